"""Which person a name means, within one document.

Full names gather into clusters; a bare surname joins the one cluster that bears it. The reference tables name the
people they list, by full name, by a surname that the table gives to one person alone, or by office at the
document's date. A surname alone never merges two people: where nothing settles it, a person stays local to the document.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.ids import slug
from kg.link.families import PERSON
from kg.link.names import clean, fold, tight
from kg.link.offices import Offices
from kg.link.personnames import PersonName, misspelt, parse_name, same_person_name
from kg.link.scene import Scene
from kg.records import Candidate, Entity, Mention, MentionKind

SAME_PASSAGE = 400
"""Characters back within which the full name of one of several namesakes settles a bare surname."""
_BENCH = (
    "judge",
    "justice",
    "chief justice",
    "magistrate judge",
    "district judge",
    "u.s. district judge",
    "federal judge",
)
_MALE = re.compile(r"\b(?:Mr\.?|Sir)\s*$")
_FEMALE = re.compile(r"\b(?:Ms\.?|Mrs\.?|Miss)\s*$")
_TITLED = re.compile(r"\b(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Judge|Justice|Mayor|Sheriff|Secretary|President)\.?\s*$")


@dataclass(slots=True)
class Cluster:
    """Mentions of one person in one document: the full names, titles said, where, and the path once known."""

    names: list[PersonName] = field(default_factory=list)
    path: str | None = None
    reason: str = ""
    members: list[tuple[int, Mention, float, str]] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)

    def takes(self, name: PersonName) -> bool:
        """Tell whether a full name may belong here: it agrees with every full name inside."""
        full = [other for other in self.names if not other.bare]
        return bool(full) and all(same_person_name(name, other) for other in full)

    @property
    def surnames(self) -> set[str]:
        """The surnames under which the person is named."""
        return {name.surname for name in self.names}


def link_people(scene: Scene, offices: Offices) -> None:
    """Decide every mention of a person that is a name, then descriptions by office."""
    named = [(i, mention) for i, mention in scene.of_family(PERSON) if mention.kind is MentionKind.NAME]
    parsed = {i: parse_name(mention.text) for i, mention in named}
    clusters: list[Cluster] = []
    bare: list[tuple[int, Mention]] = []
    for i, mention in named:
        if mention.key is None and (parsed[i].bare or _is_surname(parsed[i], parsed.values())):
            bare.append((i, mention))
        else:
            _join_full(scene, clusters, i, mention, parsed[i])
    for cluster in clusters:
        _name_cluster(scene, offices, cluster)
    for i, mention in bare:
        _join_bare(scene, offices, clusters, i, mention)
    _settle(scene, clusters)
    _link_described(scene, offices)


def _is_surname(name: PersonName, names: Iterable[PersonName]) -> bool:
    """Tell whether a name of two words is the surname of another ("Van Hollen" beside "Chris Van Hollen")."""
    whole = fold(name.printed)
    return any(other.last == whole and other.first for other in names)


def _gender(scene: Scene, mention: Mention) -> str | None:
    before = (mention.hint("honorific") or "") or scene.document.text[
        max(0, mention.span.start - 6) : mention.span.start
    ]
    if _MALE.search(before):
        return "male"
    return "female" if _FEMALE.search(before) else None


def _join_full(scene: Scene, clusters: list[Cluster], i: int, mention: Mention, name: PersonName) -> None:
    key = scene.catalog.canonical(mention.key) if mention.key else None
    fitting = [
        cluster
        for cluster in clusters
        if (key is not None and cluster.path == key) or (cluster.takes(name) and not (key and cluster.path))
    ]
    exact = [c for c in fitting if any((n.first, n.surname) == (name.first, name.surname) for n in c.names)]
    fitting = exact or fitting
    if len(fitting) == 1:
        cluster = fitting[0]
        why = "the same full name" if exact else "a form of the same full name"
    else:
        cluster, why = Cluster(), "a full name"
        clusters.append(cluster)
    cluster.path = cluster.path or key
    cluster.reason = cluster.reason or ("a name of the reference tables" if key else "")
    _add(scene, cluster, i, mention, name, 1.0 if key else 0.95, why)


def _add(scene: Scene, cluster: Cluster, i: int, mention: Mention, name: PersonName, score: float, why: str) -> None:
    if name not in cluster.names:
        cluster.names.append(name)
    cluster.members.append((i, mention, score, why))
    if mention.hint("title"):
        cluster.titles.add(fold(mention.hint("title") or ""))
    gender = _gender(scene, mention)
    if gender:
        cluster.genders.add(gender)


def _name_cluster(scene: Scene, offices: Offices, cluster: Cluster) -> None:
    """Find whom a cluster of full names means: a row of the tables, or the person of that name."""
    if cluster.path is not None:
        return
    found = sorted({path for name in cluster.names for path in scene.catalog.called(PERSON, _plain(name))})
    if len(found) > 1:
        day = scene.document.published
        held = {
            offices.holder_called(title, name.surname, day, former=False)
            for title in cluster.titles
            for name in cluster.names
        }
        found = [path for path in found if path in held]
    if len(found) == 1:
        cluster.path, cluster.reason = found[0], "a name of the reference tables"
        return
    counts = Counter(parse_name(member[1].text).printed for member in cluster.members)
    printed = min(counts, key=lambda text: (-counts[text], len(text), text))
    name = parse_name(printed)
    path = person_path(name)
    cluster.path = scene.make(Entity(path, PERSON, _plain(name)))
    cluster.reason = "a person by full name"


def person_path(name: PersonName) -> str:
    """Return the path of a person known by full name alone: without titles, initials and suffixes.

    >>> person_path(parse_name("Stephanie A. Miner"))
    'person/stephanie-miner'
    """
    middle = [part for part in name.middle if len(part) > 1]
    return f"person/{slug(' '.join((name.first, *middle, name.last)))}"


def _plain(name: PersonName) -> str:
    """Return a printed name without the title before it."""
    words = name.printed.split()
    for start in range(len(words) - 1):
        if tight(words[start]) == name.first.replace(" ", "") or (
            len(tight(words[start])) == 1 and tight(words[start]) == name.first[:1]
        ):
            return " ".join(words[start:])
    return name.printed


def _join_bare(scene: Scene, offices: Offices, clusters: list[Cluster], i: int, mention: Mention) -> None:
    """Find the person of a bare surname: by title and date, by the full names of the document, by the tables."""
    name = parse_name(mention.text)
    gender = _gender(scene, mention)
    named = [cluster for cluster in clusters if name.surname in cluster.surnames and _fits(cluster, mention, gender)]
    path, score, why = _from_tables(scene, offices, named, mention, name)
    if path is not None:
        cluster = next((cluster for cluster in clusters if cluster.path == path), None)
        if cluster is None:
            cluster = Cluster(path=path)
            clusters.append(cluster)
    else:
        cluster, score, why = _choose(clusters, named, name, mention)
    if cluster is not None:
        _add(scene, cluster, i, mention, name, score, why)
    elif why:
        candidates = tuple(Candidate(cluster.path or "", score, (why,)) for cluster in named)
        scene.settle(i, None, score, (why,), tuple(sorted(candidates, key=lambda candidate: candidate.entity)))
    elif mention.hint("title") or mention.hint("honorific") or _speaks(scene, mention) or _titled(scene, mention):
        local = f"person/local/{scene.local_name}-{slug(name.surname)}"
        cluster = Cluster(path=local, reason="a surname that the document leaves open")
        scene.make(Entity(local, PERSON, clean(mention.text), local=True))
        clusters.append(cluster)
        _add(scene, cluster, i, mention, name, 0.6, "known in this document only")
    else:
        scene.settle(i, None, 0.3, ("a surname alone, without title, speech or full name",))


def _fits(cluster: Cluster, mention: Mention, gender: str | None) -> bool:
    """Tell whether gender and title allow a surname to be a cluster's: a judge is nobody's governor."""
    if gender and cluster.genders and gender not in cluster.genders:
        return False
    title = mention.hint("title")
    if not title or not cluster.titles:
        return True
    bench = {fold(word) for word in _BENCH}
    said, known = fold(title), cluster.titles
    return (said in bench) == bool(known & bench)


def _from_tables(
    scene: Scene, offices: Offices, named: list[Cluster], mention: Mention, name: PersonName
) -> tuple[str | None, float, str]:
    """Return whom the tables say that a surname means: by its title at the date, or as one person's alone.

    A president's surname means him although a namesake is named in full: that is how news print it.
    """
    title, day = mention.hint("title"), scene.document.published
    if title:
        held = offices.holder_called(title, name.surname, day, former=mention.hint("former") == "true")
        if held is not None:
            return held, 0.95, f"held the office of {title} then"
    president = offices.president_called(name.surname, day)
    if president is None or _gender(scene, mention) == "female":
        return None, 0.0, ""
    known = {cluster.path for cluster in named}
    if title and offices.titles(title) and not offices.has_held(president, title) and president not in known:
        return None, 0.0, ""
    return president, 0.9, "a president's surname"


def _choose(
    clusters: list[Cluster], named: list[Cluster], name: PersonName, mention: Mention
) -> tuple[Cluster | None, float, str]:
    """Choose among the clusters of a document for a bare surname; the reason is empty where none comes near."""
    title = fold(mention.hint("title") or "")
    if len(named) == 1:
        return named[0], 0.9, "the only person of that surname in the document"
    if named:
        titled = [cluster for cluster in named if title and title in cluster.titles]
        if len(titled) == 1:
            return titled[0], 0.85, "of several of that surname, the one with that title"
        recent = [cluster for cluster in named if (_last_full(cluster, mention) or SAME_PASSAGE) < SAME_PASSAGE]
        if len(recent) == 1 and not title:
            return recent[0], 0.6, "of several of that surname, the one just named in full"
        return None, 0.4, "several people of that surname, none of them nearer"
    slips = [cluster for cluster in clusters if any(misspelt(name.surname, other.surname) for other in cluster.names)]
    if len(slips) == 1:
        return slips[0], 0.75, "a slip for the only surname like it in the document"
    first = [cluster for cluster in clusters if any(other.first == name.surname for other in cluster.names)]
    if len(first) == 1 and not title:
        return first[0], 0.6, "the only person of that first name in the document"
    return None, 0.0, ""


def _last_full(cluster: Cluster, mention: Mention) -> int | None:
    """Return how far back the person was last named in full, in characters."""
    distances = [
        mention.span.start - member.span.end
        for _, member, _, _ in cluster.members
        if member.span.end <= mention.span.start and not parse_name(member.text).bare
    ]
    return min(distances, default=None)


def _speaks(scene: Scene, mention: Mention) -> bool:
    """Tell whether the document has the mention speak, or hangs a fact on it."""
    return any(quotation.speaker == mention.span for quotation in scene.extraction.quotations) or any(
        mention.span in {draft.subject, draft.object, draft.evidence.attributed_to} for draft in scene.extraction.claims
    )


def _titled(scene: Scene, mention: Mention) -> bool:
    return bool(_TITLED.search(scene.document.text[max(0, mention.span.start - 12) : mention.span.start]))


def _settle(scene: Scene, clusters: list[Cluster]) -> None:
    for cluster in clusters:
        for i, _, score, why in cluster.members:
            scene.settle(i, cluster.path, score, (why, cluster.reason) if cluster.reason else (why,))


def _link_described(scene: Scene, offices: Offices) -> None:
    """Decide descriptions by office ("the attorney general") from the document's date."""
    for i, mention in scene.of_family(PERSON):
        title = mention.hint("title")
        if mention.kind is not MentionKind.NOMINAL or not title:
            continue
        organization = mention.hint("organization")
        path = (
            offices.holder(title, organization, scene.document.published) if mention.hint("former") != "true" else None
        )
        if path is not None:
            scene.settle(i, path, 0.8, (f"held the office of {title} on {scene.document.published}",))
