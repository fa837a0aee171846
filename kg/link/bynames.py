"""What the linkers of bodies share: a key, a name of the tables, an abbreviation that the document explains."""

import re

from kg.link.families import AGENCY, JURISDICTION, ORGANIZATION
from kg.link.names import clean, fold, initials
from kg.link.scene import Scene
from kg.records import Candidate, Mention

KNOWN, NAMED, ONE_OF_SEVERAL, ABBREVIATED, PART = 1.0, 0.95, 0.7, 0.85, 0.7
_NATION = re.compile(r"^(?:[Tt]he )?(?:U\.S\.|US|United States) ")


def settle_known(scene: Scene, i: int, mention: Mention, kind: str) -> bool:
    """Decide a mention that has a key, or a name that one reference row has, or one of the rows listed in its hints."""
    if mention.key is not None:
        scene.settle(i, scene.catalog.canonical(mention.key), KNOWN, ("named by its key",))
        return True
    listed = mention.hint("candidates")
    paths = listed.split("|") if listed else _called(scene, kind, clean(mention.text))
    if len(paths) == 1:
        scene.settle(i, paths[0], NAMED, ("a name of the reference tables",))
        return True
    if paths:
        _settle_by_place(scene, i, paths)
        return True
    return False


def _called(scene: Scene, kind: str, printed: str) -> list[str]:
    """Return the rows of a name, with or without the nation before it ("U.S. Chamber of Commerce", "House")."""
    bare = _NATION.sub("", printed)
    for name in (printed, bare if bare != printed else f"U.S. {printed}"):
        found = scene.catalog.called(kind, name)
        if found:
            return found
    return scene.catalog.nearly_called(kind, printed)


def settle_part(scene: Scene, i: int, mention: Mention, kind: str) -> bool:
    """Decide a name whose words end, or begin, the longer name of exactly one body of the document."""
    words = fold(mention.text).split()
    found = set()
    for form, path in scene.printed(kind):
        longer = fold(form).split()
        if len(longer) > len(words) and words in (longer[-len(words) :], longer[: len(words)]):
            found.add(path)
    if len(found) != 1:
        return False
    scene.settle(i, found.pop(), PART, ("a part of the only longer name in the document that has these words",))
    return True


def _settle_by_place(scene: Scene, i: int, paths: list[str]) -> None:
    """Choose among rows of one name by the places of the document; a federal body goes before local ones."""
    states = {path.split("/")[2] for path in scene.paths(JURISDICTION) if path.count("/") >= 2}
    local = [path for path in paths if path.count("/") >= 3 and path.split("/")[2] in states]
    federal = [path for path in paths if path.count("/") == 2]
    why = "of several of that name, the one whose state the article names"
    chosen = local if len(local) == 1 else federal if len(federal) == 1 else []
    if chosen and chosen == federal:
        why = "of several of that name, the federal one"
    candidates = tuple(Candidate(path, ONE_OF_SEVERAL if path in chosen else 0.2, (why,)) for path in sorted(paths))
    if chosen:
        scene.settle(i, chosen[0], ONE_OF_SEVERAL, (why,), candidates)
    else:
        scene.settle(i, None, 0.3, ("several rows of the tables have this name",), candidates)


def settle_abbreviation(scene: Scene, i: int, mention: Mention) -> bool:
    """Decide an abbreviation by the only body of the document whose capitals it has ("CLF" after the full name)."""
    printed = clean(mention.text).replace(".", "")
    if not (printed.isupper() and 2 <= len(printed) <= 8):
        return False
    found = {path for kind in (AGENCY, ORGANIZATION) for form, path in scene.printed(kind) if initials(form) == printed}
    if len(found) != 1:
        return False
    scene.settle(i, found.pop(), ABBREVIATED, ("the capitals of a name in the document",))
    return True


def short_name(label: str) -> str:
    """Return an agency's name without the nation in front of it.

    >>> short_name("United States Department of Justice")
    'Department of Justice'
    """
    folded = fold(label)
    for prefix in ("united states ", "us "):
        if folded.startswith(prefix):
            return label.split(" ", 2 if prefix.startswith("united") else 1)[-1]
    return label
