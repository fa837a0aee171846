"""Fill the corpora folder: `KG_CORPORA=folder python -m training.download`. Needs git and a network.

Enters: corpora.yaml. Leaves: one folder a corpus, at the commit named there, converted where it says so. A corpus that
is there already is left alone. It must not be run by tests or builds: it is the only part of the project's own
programs that needs a network to train the model.
"""

import argparse
import csv
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import yaml

OPEN_GENRES = ("academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage")
CORPORA = Path(__file__).with_name("corpora.yaml")


def read_corpora() -> list[dict]:
    """The entries of corpora.yaml."""
    return yaml.safe_load(CORPORA.read_text(encoding="utf-8"))


def open_genres(source: Path, target: Path) -> None:
    """Keep the documents of GUM whose texts have no non-commercial clause."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as kept:
        wanted = False
        for line in lines:
            if line.startswith("# newdoc id = GUM_"):
                wanted = line.split("GUM_")[1].split("_")[0] in OPEN_GENRES
            if wanted:
                kept.write(line)


def people_table(source: Path, target: Path) -> None:
    """Flatten Open States' files of one person each to a table of names."""
    with target.open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, delimiter="\t")
        rows.writerow(["id", "name", "family_name"])
        for path in sorted(source.rglob("*.yml")):
            if path.parent.name != "committees":
                person = yaml.safe_load(path.read_text(encoding="utf-8"))
                rows.writerow([person["id"], person["name"], person.get("family_name", "")])


def gmb_columns(source: Path, target: Path) -> None:
    """Turn the zipped table into one word a line, sentences apart by blank lines."""
    with zipfile.ZipFile(source) as archive, target.open("w", encoding="utf-8") as lines:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        text = io.TextIOWrapper(archive.open(name), encoding="latin-1")
        for number, row in enumerate(csv.DictReader(text)):
            if row["Sentence #"] and number:
                lines.write("\n")
            lines.write(f"{row['Word']}\t{row['POS']}\t{row['Tag']}\n")


def articles(source: Path, target: Path) -> None:
    """Draw 4,000 articles; another draw than ours, so the vectors will differ a little."""
    paths = random.Random(7).sample(sorted(source.glob("*.json")), 4000)
    with gzip.open(target, "wt", encoding="utf-8") as lines:
        for path in paths:
            article = json.loads(path.read_text(encoding="utf-8"))
            lines.write(json.dumps({"title": article["title"], "text": article["content_original"]}) + "\n")


CONVERSIONS = {
    "open_genres": open_genres,
    "people_table": people_table,
    "gmb_columns": gmb_columns,
    "articles": articles,
}


def fetch(corpus: dict, folder: Path) -> None:
    """Check out the files of one corpus at its commit and put them where prepare.py looks for them."""
    target = folder / corpus["folder"]
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        clone = ["git", "clone", "--quiet", "--filter=blob:none", "--no-checkout", corpus["repository"], scratch]
        subprocess.run(clone, check=True)
        subprocess.run(["git", "-C", scratch, "checkout", corpus["commit"], "--", *corpus["files"]], check=True)
        for source, name in corpus["files"].items():
            found, goal = Path(scratch) / source, target / name
            if "convert" in corpus:
                CONVERSIONS[corpus["convert"]](found, goal)
            elif found.is_dir():
                shutil.copytree(found, goal)
            else:
                shutil.copy(found, goal)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=os.environ.get("KG_CORPORA"))
    folder = parser.parse_args().folder
    if folder is None:
        raise SystemExit("Give the corpora folder, or set KG_CORPORA")
    for corpus in read_corpora():
        if (Path(folder) / corpus["folder"]).exists():
            print(f"{corpus['name']}: there already")
        else:
            fetch(corpus, Path(folder))
            print(f"{corpus['name']}: {corpus['license']}")


if __name__ == "__main__":
    main()
