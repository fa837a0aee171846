"""Writing beside, then swapping in: an output folder holds a finished build or the one before, never half of one.

In goes the output folder, out comes a working folder inside it (so that renaming stays on one file system). Files of
other people in the output folder are left alone.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError

WORKING = ".building-"
"""How the names of working folders begin."""


@contextmanager
def swapped(output: Path) -> Iterator[Path]:
    """Give a working folder; what lies in it when the block ends takes its place in the output folder.

    When the block raises, the output folder stays as it was, and is not left behind if it was not there. Raises
    OutputError where the folder cannot be written: at once, before any work is done.
    """
    made = [folder for folder in (output, *output.parents) if not folder.exists()]
    try:
        output.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=WORKING, dir=output))
    except OSError as error:
        _remove(made)
        raise _unwritable(output, error) from error
    try:
        yield work
        _swap(work, output)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        _remove(made)
        raise
    shutil.rmtree(work, ignore_errors=True)


def _swap(work: Path, output: Path) -> None:
    """Rename each entry into its place; when one cannot be, put back what was there."""
    names = sorted(path.name for path in work.iterdir())
    before = work / ".before"
    done: list[str] = []
    try:
        before.mkdir()
        for name in names:
            done.append(name)
            if (output / name).exists():
                (output / name).rename(before / name)
            (work / name).rename(output / name)
    except OSError as error:
        for name in done:
            if (output / name).exists() and not (work / name).exists():
                (output / name).rename(work / name)
            if (before / name).exists():
                (before / name).rename(output / name)
        raise _unwritable(output, error) from error


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _unwritable(output: Path, error: OSError) -> OutputError:
    return OutputError(
        "the output folder cannot be written",
        place=str(output),
        hint=f"{error.strerror or error}. Name another with -o",
    )
