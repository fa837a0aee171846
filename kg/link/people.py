"""Which person a name means, within one document.

Full names gather into clusters; a bare surname joins the one cluster that bears it. The reference tables name the
people they list, by full name, by a surname that the table gives to one person alone, or by office at the
document's date. A surname alone never merges two people: where nothing settles it, a person stays local to the document.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.ids import slug
from kg.link.against import of_another_body
from kg.link.families import PERSON
from kg.link.names import fold, tight
from kg.link.offices import Offices
from kg.link.personnames import PersonName, misspelt, parse_name, same_person_name
from kg.link.printed import read_names
from kg.link.said import Said
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


RIVAL = 0.4
"""The score of a namesake whom a bare surname was not taken for."""


@dataclass(slots=True)
class Cluster:
    """Mentions of one person in one document: the full names, titles said, surnames borne, and the path once known."""

    names: list[PersonName] = field(default_factory=list)
    path: str | None = None
    reason: str = ""
    members: list[tuple[int, Mention, float, str]] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)

    def takes(self, name: PersonName) -> bool:
        """Tell whether a full name may belong here: it agrees with every full name inside."""
        full = [other for other in self.names if not other.bare]
        return bool(full) and all(same_person_name(name, other) for other in full)

    def name(self, name: PersonName) -> None:
        """Add a name."""
        if name not in self.names:
            self.names.append(name)
            self.surnames |= {tight(surname) for surname in name.surnames}


def link_people(scene: Scene, offices: Offices) -> None:
    """Decide every mention of a person that is a name, then descriptions by office."""
    found = [(i, mention) for i, mention in scene.of_family(PERSON) if mention.kind is MentionKind.NAME]
    named = list(read_names(scene, found, scene.catalog.first_names).items())
    parsed = {i: parse_name(mention.text) for i, mention in named}
    said = Said(scene, offices)
    different = set(parsed.values())
    clusters: list[Cluster] = []
    bare: list[tuple[int, Mention]] = []
    for i, mention in named:
        if mention.key is None and _is_surname(parsed[i], different):
            parsed[i] = replace(parsed[i], first="", last=fold(parsed[i].printed))
        if mention.key is None and parsed[i].bare and offices.titles(mention.text):
            scene.settle(i, None, 0.0, ("a title, and no name",))
        elif mention.key is None and parsed[i].bare:
            bare.append((i, mention))
        else:
            _join_full(scene, said, offices, clusters, i, mention, parsed[i])
    for cluster in clusters:
        _name_cluster(scene, offices, cluster)
    titles: dict[str, list[str]] = defaultdict(list)
    for i, mention in bare:
        titles[parsed[i].surname] += said.titles(mention)
    for i, mention in bare:
        shared = titles[parsed[i].surname] if not _namesakes(clusters, parsed[i]) else []
        _join_bare(scene, said, offices, clusters, (i, mention, parsed[i]), shared)
    _settle(scene, clusters)
    _link_described(scene, offices)


def _namesakes(clusters: list[Cluster], name: PersonName) -> bool:
    return any(name.surname in cluster.surnames for cluster in clusters)


def _is_surname(name: PersonName, names: Iterable[PersonName]) -> bool:
    """Tell whether a name of two words is the surname of another ("Van Hollen" beside "Chris Van Hollen")."""
    whole = fold(name.printed)
    return " " in whole and any(whole in other.surnames and other.first != name.first for other in names)


def _gender(scene: Scene, mention: Mention) -> str | None:
    before = (mention.hint("honorific") or "") or scene.document.text[
        max(0, mention.span.start - 6) : mention.span.start
    ]
    if _MALE.search(before):
        return "male"
    return "female" if _FEMALE.search(before) else None


def _join_full(
    scene: Scene, said: Said, offices: Offices, clusters: list[Cluster], i: int, mention: Mention, name: PersonName
) -> None:
    key = scene.catalog.canonical(mention.key) if mention.key else None
    fitting = [
        cluster
        for cluster in clusters
        if (key is not None and cluster.path == key) or (cluster.takes(name) and not (key and cluster.path))
    ]
    fitting = [c for c in fitting if not any(_is_son(offices, scene, n, c.path or key) for n in (name, *c.names))]
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
    _add(scene, said, cluster, i, mention, name, 1.0 if key else 0.95, why)


def _is_son(offices: Offices, scene: Scene, name: PersonName, path: str | None) -> bool:
    """Tell whether a suffix makes a name that of a president's son: presidents are printed without one."""
    return bool(name.suffix and path) and path == offices.president_called(name.surname, scene.document.published)


def _add(
    scene: Scene, said: Said, cluster: Cluster, i: int, mention: Mention, name: PersonName, score: float, why: str
) -> None:
    cluster.name(name)
    cluster.members.append((i, mention, score, why))
    cluster.titles |= {fold(title) for title in said.titles(mention)}
    gender = _gender(scene, mention)
    if gender:
        cluster.genders.add(gender)


def _name_cluster(scene: Scene, offices: Offices, cluster: Cluster) -> None:
    """Find whom a cluster of full names means: a row of the tables, or the person of that name."""
    if cluster.path is not None:
        return
    found = sorted(
        path
        for path in {path for name in cluster.names for path in scene.catalog.people_called(_plain(name))}
        if not any(_is_son(offices, scene, name, path) for name in cluster.names)
    )
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
    printed = min(counts, key=lambda text: (-counts[text], -len(_full_middle(parse_name(text))), len(text), text))
    name = parse_name(printed)
    path = person_path([other for other in cluster.names if not other.bare], name)
    cluster.path = scene.make(Entity(path, PERSON, _plain(name)))
    cluster.reason = "a person by full name"


def person_path(names: list[PersonName], name: PersonName) -> str:
    """Return the path of a person by the name chosen of all the names seen.

    Initials and suffixes are left out where the person is also named without them; where not, they may tell two apart.

    >>> plain, full = parse_name("Stephanie Miner"), parse_name("Stephanie A. Miner")
    >>> person_path([plain, full], full), person_path([full], full)
    ('person/stephanie-miner', 'person/stephanie-a-miner')
    """
    initials = name.middle if all(other.middle for other in names) else _full_middle(name)
    suffix = name.suffix if all(other.suffix for other in names) else ""
    return f"person/{slug(' '.join((name.first, *initials, name.last, suffix)))}"


def _full_middle(name: PersonName) -> tuple[str, ...]:
    return tuple(part for part in name.middle if len(part) > 1)


def _plain(name: PersonName) -> str:
    """Return a printed name without the title before it."""
    words = name.printed.split()
    for start in range(len(words) - 1):
        if tight(words[start]) == name.first.replace(" ", "") or (
            len(tight(words[start])) == 1 and tight(words[start]) == name.first[:1]
        ):
            return " ".join(words[start:])
    return name.printed


def _join_bare(
    scene: Scene,
    said: Said,
    offices: Offices,
    clusters: list[Cluster],
    asked_for: tuple[int, Mention, PersonName],
    shared: list[str],
) -> None:
    """Find the person of a bare surname: by title and date, by the full names of the document, by the tables.

    `shared` are the titles that the document gives to other mentions of the surname, when nobody bears it in full.
    """
    i, mention, name = asked_for
    gender = _gender(scene, mention)
    own = said.titles(mention)
    asked = _Bare(mention, name, gender, own or shared)
    named = [cluster for cluster in clusters if name.surname in cluster.surnames and _fits(cluster, asked)]
    path, score, why = _from_tables(scene, offices, named, asked)
    if path is not None:
        cluster = next((cluster for cluster in clusters if cluster.path == path), None)
        if cluster is None:
            cluster = Cluster(path=path)
            clusters.append(cluster)
    else:
        cluster, score, why = _choose(offices, clusters, named, asked)
    if cluster is not None:
        _add(scene, said, cluster, i, mention, name, score, why)
    elif why:
        candidates = tuple(Candidate(cluster.path or "", score, (why,)) for cluster in named)
        scene.settle(i, None, score, (why,), tuple(sorted(candidates, key=lambda candidate: candidate.entity)))
    elif own or mention.hint("honorific") or said.speaks(mention) or _titled(scene, mention):
        local = f"person/local/{scene.local_name}-{slug(name.surname)}"
        cluster = Cluster(path=local, reason="a surname that the document leaves open")
        scene.make(Entity(local, PERSON, _without_title(name), local=True))
        clusters.append(cluster)
        _add(scene, said, cluster, i, mention, name, 0.6, "known in this document only")
    else:
        scene.settle(i, None, 0.3, ("a surname alone, without title, speech or full name",))


@dataclass(frozen=True, slots=True)
class _Bare:
    """A bare surname with what the words beside it say."""

    mention: Mention
    name: PersonName
    gender: str | None
    titles: list[str]


def _without_title(name: PersonName) -> str:
    words = name.printed.split()
    size = len(name.last.split()) or 1
    return " ".join(words[-size:])


def _fits(cluster: Cluster, asked: _Bare) -> bool:
    """Tell whether gender and title allow a surname to be a cluster's: a judge is nobody's governor."""
    if asked.gender and cluster.genders and asked.gender not in cluster.genders:
        return False
    if not asked.titles or not cluster.titles:
        return True
    bench = {fold(word) for word in _BENCH}
    return bool({fold(title) for title in asked.titles} & bench) == bool(cluster.titles & bench)


def _from_tables(scene: Scene, offices: Offices, named: list[Cluster], asked: _Bare) -> tuple[str | None, float, str]:
    """Return whom the tables say that a surname means: by its title at the date, or as a president's.

    A president's surname means him although a namesake is named in full: that is how news print it. Out of office, it
    does so only where no namesake is named.
    """
    day, surname = scene.document.published, asked.name.surname
    for title in asked.titles:
        held = offices.holder_called(title, surname, day, former=asked.mention.hint("former") == "true")
        if held is not None:
            return held, 0.95, f"held the office of {title} then"
    president = offices.president_called(surname, day)
    if president is None or asked.gender == "female":
        return None, 0.0, ""
    known = {cluster.path for cluster in named}
    others = known - {president}
    if others and not _is_the_president(scene, offices, president, named, asked):
        return None, 0.0, ""
    offered = [title for title in asked.titles if offices.titles(title)]
    if offered and president not in known and not any(offices.has_held(president, title) for title in offered):
        return None, 0.0, ""
    return president, 0.9, "a president's surname"


def _is_the_president(scene: Scene, offices: Offices, president: str, named: list[Cluster], asked: _Bare) -> bool:
    """Tell whether a president's surname means him though a namesake is named in full: he is in office on the day.

    An article without a date means the one whom it calls president by that surname, or whom it names first.
    """
    day = scene.document.published
    if day is not None:
        return offices.in_office(president, "President", day)
    if re.search(rf"\bPresident {re.escape(asked.name.printed)}\b", scene.document.text):
        return True
    first = min(named, key=lambda cluster: min(member.span for _, member, _, _ in cluster.members))
    return first.path == president


def _choose(
    offices: Offices, clusters: list[Cluster], named: list[Cluster], asked: _Bare
) -> tuple[Cluster | None, float, str]:
    """Choose among the clusters of a document for a bare surname; the reason is empty where none comes near."""
    said, surname = {fold(title) for title in asked.titles}, asked.name.surname
    if len(named) == 1:
        return named[0], 0.9, "the only person of that surname in the document"
    if named:
        titled = [cluster for cluster in named if said & cluster.titles]
        if len(titled) == 1:
            return titled[0], 0.85, "of several of that surname, the one with that title"
        recent = [cluster for cluster in named if (_last_full(cluster, asked.mention) or SAME_PASSAGE) < SAME_PASSAGE]
        if len(recent) == 1 and not said:
            return recent[0], 0.6, "of several of that surname, the one just named in full"
        return None, 0.4, "several people of that surname, none of them nearer"
    slips = [
        cluster
        for cluster in clusters
        if any(
            misspelt(surname, other.surname, titled=_same_title(offices, asked.titles, cluster))
            for other in cluster.names
        )
    ]
    if len(slips) == 1:
        return slips[0], 0.75, "a slip for the only surname like it in the document"
    first = [cluster for cluster in clusters if any(other.first == surname for other in cluster.names)]
    if len(first) == 1 and not said:
        return first[0], 0.6, "the only person of that first name in the document"
    return None, 0.0, ""


def _same_title(offices: Offices, titles: list[str], cluster: Cluster) -> bool:
    """Tell whether a title is one that the cluster bears, in the document or in the tables."""
    if {fold(title) for title in titles} & cluster.titles:
        return True
    mine = {title for printed in titles for title in offices.titles(printed)}
    theirs = {title for printed in cluster.titles for title in offices.titles(printed)}
    return bool(mine & theirs) or any(offices.has_held(cluster.path or "", title) for title in sorted(mine))


def _last_full(cluster: Cluster, mention: Mention) -> int | None:
    """Return how far back the person was last named in full, in characters."""
    distances = [
        mention.span.start - member.span.end
        for _, member, _, _ in cluster.members
        if member.span.end <= mention.span.start and not parse_name(member.text).bare
    ]
    return min(distances, default=None)


def _titled(scene: Scene, mention: Mention) -> bool:
    return bool(_TITLED.search(scene.document.text[max(0, mention.span.start - 12) : mention.span.start]))


def _settle(scene: Scene, clusters: list[Cluster]) -> None:
    for cluster in clusters:
        for i, mention, score, why in cluster.members:
            reasons = (why, cluster.reason) if cluster.reason else (why,)
            rivals = _rivals(clusters, cluster, parse_name(mention.text))
            scene.settle(i, cluster.path, score, reasons, rivals, form=mention.text)


def _rivals(clusters: list[Cluster], chosen: Cluster, name: PersonName) -> tuple[Candidate, ...]:
    """Return the others of the document who bear a bare surname."""
    if not name.bare:
        return ()
    paths = {other.path for other in clusters if name.surname in other.surnames and other.path} - {chosen.path}
    return tuple(Candidate(path, RIVAL, ("bears that surname in the document too",)) for path in sorted(paths))


def _link_described(scene: Scene, offices: Offices) -> None:
    """Decide descriptions by office ("the attorney general") from the document's date."""
    for i, mention in scene.of_family(PERSON):
        title = mention.hint("title")
        if mention.kind is not MentionKind.NOMINAL or not title or of_another_body(scene, mention):
            continue
        organization = mention.hint("organization")
        path = (
            offices.holder(title, organization, scene.document.published) if mention.hint("former") != "true" else None
        )
        if path is not None:
            scene.settle(i, path, 0.8, (f"held the office of {title} on {scene.document.published}",))
