"""Which law is meant: by citation, by a bare section number, by bill and state, by a described executive order."""

import datetime
import re

from kg.ids import slug
from kg.link.bynames import settle_known
from kg.link.describedlaws import settle_described_law
from kg.link.families import LAW
from kg.link.names import clean, fold
from kg.link.scene import Scene
from kg.link.surroundings import Surroundings
from kg.records import Candidate, Entity, Mention, MentionKind
from kg.reference import ReferenceEntry

FIRST_CONGRESS = 1789
"""A congress lasts two years; the first met in this one."""

_CHAMBERS = {
    "SB": "Senate Bill",
    "AB": "Assembly Bill",
    "HB": "House Bill",
    "HR": "H.R.",
    "S": "Senate Bill",
    "HF": "House File",
    "SF": "Senate File",
}
_PLAIN = frozenset(
    ["executive", "exec", "order", "united", "state", "first", "second", "original", "revised", "into", "nation"]
)
ENOUGH_WORDS, CLEARLY_MORE = 1.0, 1.3
"""Weight of the words of an order's name from which it is taken, and how far ahead of the next it must be."""
NEAR = 400
"""Characters around a description within which a word counts twice."""


def link_laws(scene: Scene) -> None:
    """Decide every mention of a law that stands for itself."""
    around = Surroundings(scene)
    described: list[tuple[int, Mention]] = []
    for i, mention in scene.of_family(LAW):
        if mention.key is not None and _settle_key(scene, i, mention):
            continue
        if mention.hint("section"):
            _settle_section(scene, i, mention)
        elif mention.hint("bill"):
            _settle_bill(scene, around, i, mention)
        elif mention.hint("signed_by"):
            _settle_order(scene, i, mention)
        elif mention.hint("sponsor"):
            _settle_sponsored(scene, i, mention)
        elif mention.hint("law"):
            described.append((i, mention))
        elif not settle_known(scene, i, mention, LAW) and mention.kind is MentionKind.NAME:
            _settle_name(scene, around, i, mention)
    for i, mention in described:
        settle_described_law(scene, around, i, mention)


def _settle_key(scene: Scene, i: int, mention: Mention) -> bool:
    path = scene.catalog.canonical(mention.key or "")
    if scene.catalog.entity(path) is None:
        scene.make(Entity(path, mention.type, clean(mention.text)))
    scene.settle(i, path, 1.0, ("its citation",))
    return True


def _settle_section(scene: Scene, i: int, mention: Mention) -> None:
    """Decide a bare section: the one that the document cites in full, else the one of the tables."""
    section = re.sub(r"\(.*", "", mention.hint("section") or "").lower()
    cited = sorted(
        path for path in scene.paths(LAW) if path.startswith("law/us/usc/") and path.split("/")[-1] == section
    )
    rows = scene.catalog.sections.get(section, [])
    for found, score, why in (
        (cited, 0.95, "the document cites it in full"),
        (rows, 0.9, "the only law of the tables with that section"),
    ):
        if len(found) == 1:
            scene.settle(i, found[0], score, (why,))
            return
    candidates = tuple(Candidate(path, 0.3, ("a law with that section",)) for path in rows)
    scene.settle(i, None, 0.3, ("a section without its title",), candidates)


def _settle_bill(scene: Scene, around: Surroundings, i: int, mention: Mention) -> None:
    """Decide a bill by its number and state; a federal one by the congress of the document's year."""
    bill = mention.hint("bill") or ""
    state = mention.hint("state")
    postal = around.gazetteer.postal(state) if state else None
    rows = sorted(entry.id for entry in scene.catalog.entries(LAW) if entry.id.rsplit("/", 1)[-1] == slug(bill))
    named = [path for path in scene.catalog.called(LAW, bill) if around.votes[path.split("/")[2].upper()]]
    rows = [path for path in rows or named if postal is None or path.startswith(f"law/us/{postal.lower()}/")]
    if len(rows) == 1:
        scene.settle(i, rows[0], 0.9 if postal else 0.8, ("the only bill of that number in the tables",))
        return
    if postal is None and bill.startswith("HR"):
        _settle_federal(scene, i, mention, bill)
        return
    score, why = 0.9, "the state printed"
    if postal is None:
        near = around.nearest(mention.span, 300, frozenset({"State"}))
        top = around.votes.most_common(2)
        if near is not None and near.state:
            postal, score, why = near.state, 0.75, "the state that stands nearest"
        elif top and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
            postal, score, why = top[0][0], 0.7, "the state where the article plays"
    chamber, number = [*bill.split(), ""][:2]
    long = f"{_CHAMBERS.get(chamber, chamber)} {number}".strip()
    forms = [bill.replace(" ", ""), long, f"{'.'.join(chamber)}. {number}"]
    if postal is None:
        path = scene.make(
            Entity(f"law/local/{scene.local_name}-{slug(bill)}", "Bill", bill, tuple(sorted(forms)), local=True)
        )
        scene.settle(i, path, 0.55, ("nothing says of which state",))
        return
    forms.append(f"{around.gazetteer.state_names.get(postal, postal)} {long}")
    path = scene.make(Entity(f"law/us/{postal.lower()}/{slug(bill)}", "Bill", bill, tuple(sorted(forms))))
    scene.settle(i, path, score, (why,))


def _settle_sponsored(scene: Scene, i: int, mention: Mention) -> None:
    """Make a bill that the article tells by its makers: "the Roe-Doe proposal", which "Roe's bill" means too."""
    makers, called = _joint_makers(scene, mention)
    noun = _first_noun(scene, mention, called)
    label = f"{makers} {noun}"
    forms = tuple(
        sorted({form for name in called for form in (f"{name} bill", f"{name} {noun}", f"{name}'s {noun}")} - {label})
    )
    known = sorted({path for name in called for path in scene.catalog.called(LAW, f"{name} bill")})
    if len(known) == 1 and noun != "amendment" and "-" in makers:
        scene.settle(i, known[0], 0.85, ("a bill of the tables, by who made it",))
        return
    path = scene.make(Entity(f"law/local/{scene.local_name}-{slug(label)}", "Bill", label, forms, local=True))
    scene.settle(i, path, 0.6, ("a bill by who made it",))


def _joint_makers(scene: Scene, mention: Mention) -> tuple[str, set[str]]:
    """Return the makers of a bill, with those whom the article names beside them elsewhere, and how it tells them."""
    said = mention.hint("sponsor") or ""
    amends = mention.hint("noun") == "amendment"
    bills = [m for m in scene.mentions if m.hint("sponsor") and (m.hint("noun") == "amendment") == amends]
    named = list(dict.fromkeys(m.hint("sponsor") or "" for m in bills))
    wider = [name for name in named if set(said.split("-")) < set(name.split("-"))]
    same = [name for name in named if set(said.split("-")) == set(name.split("-"))]
    makers = wider[0] if len(wider) == 1 else (same or [said])[0]
    return makers, {name for name in named if set(name.split("-")) <= set(makers.split("-"))}


def _first_noun(scene: Scene, mention: Mention, called: set[str]) -> str:
    """Return by which noun the article first tells a bill that it calls "proposal" here and "bill" there."""
    noun = mention.hint("noun") or "bill"
    nouns = [m.hint("noun") or "bill" for m in scene.mentions if m.hint("sponsor") in called]
    return noun if noun == "amendment" else next((n for n in nouns if n != "amendment"), noun)


def _settle_federal(scene: Scene, i: int, mention: Mention, bill: str) -> None:
    day = scene.document.published
    if day is None:
        path = scene.make(Entity(f"law/local/{scene.local_name}-{slug(bill)}", "Bill", clean(mention.text), local=True))
        scene.settle(i, path, 0.55, ("nothing says of which congress",))
        return
    congress = (day.year - FIRST_CONGRESS) // 2 + 1
    number = bill.rsplit(maxsplit=1)[-1]
    path = scene.make(
        Entity(
            f"law/us/congress/{congress}/hr-{number}",
            "Bill",
            f"H.R. {number}",
            (f"HR {number}", f"House Bill {number}"),
        )
    )
    scene.settle(i, path, 0.85, (f"a bill of the {congress}th Congress, which sat then",))


def _settle_order(scene: Scene, i: int, mention: Mention) -> None:
    """Decide "the executive order Trump signed in January" by signer and date, then by the words of the article."""
    signer, when = mention.hint("signed_by") or "", mention.hint("date") or ""
    found = [
        entry
        for entry in scene.catalog.entries(LAW)
        if entry.type == "ExecutiveOrder" and _signed(scene, entry, signer, when)
    ]
    if len(found) == 1 and when:
        scene.settle(i, found[0].id, 0.85, ("the only order of that signer and date in the tables",))
        return
    before = sorted(
        {path for other, path in scene.decided(LAW) if other.hint("signed_by") == signer} & {e.id for e in found}
    )
    if len(before) == 1:
        scene.settle(i, before[0], 0.65, ("the order of that signer that the document described before",))
        return
    ranked = _rank_by_topic(scene, found, mention)
    candidates = tuple(
        Candidate(path, round(weight / (weight + 4), 2), ("words of its title",)) for weight, path in ranked[:5]
    )
    if ranked and ranked[0][0] >= ENOUGH_WORDS and (len(ranked) == 1 or ranked[0][0] >= CLEARLY_MORE * ranked[1][0]):
        why = "of the orders of that signer, the one whose title the article's words fit"
        scene.settle(i, ranked[0][1], 0.65, (why,), candidates)
        return
    if (
        not found
        and len(when) == 10
        and (scene.document.published is None or when < scene.document.published.isoformat())
    ):
        label = f"executive order of {datetime.date.fromisoformat(when):%B} {int(when[-2:])}, {when[:4]}"
        made = Entity(
            f"law/local/{scene.local_name}-order-{when}", "ExecutiveOrder", label, ("executive order",), local=True
        )
        scene.settle(i, scene.make(made), 0.6, ("an order of that day, which the tables do not have",))
        return
    if signer and not any(
        entry.row.get("signed_by", "").endswith(fold(signer)) for entry in scene.catalog.entries(LAW)
    ):
        made = Entity(
            f"law/local/{scene.local_name}-order-{slug(signer)}",
            "ExecutiveOrder",
            f"{signer} executive order",
            local=True,
        )
        scene.settle(i, scene.make(made), 0.6, ("an order of somebody who signed none of the tables'",))
        return
    scene.settle(i, None, 0.3, ("several orders fit" if found else "no order of the tables fits",), candidates)


def _rank_by_topic(scene: Scene, orders: list[ReferenceEntry], mention: Mention) -> list[tuple[float, str]]:
    """Rank orders by the share of one of their names' words that the article has; words near the mention count twice."""
    text = scene.document.text
    everywhere = set(_words(text))
    near = set(_words(text[max(0, mention.span.start - NEAR) : mention.span.end + NEAR]))
    ranked = []
    for entry in orders:
        topics = [topic for name in (entry.label, *entry.aliases) if (topic := set(_words(name)) - _PLAIN)]
        weights = [(len(topic & everywhere) + len(topic & near)) / max(len(topic), 2) for topic in topics]
        ranked.append((round(max(weights, default=0.0), 4), entry.id))
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))


def _words(text: str) -> list[str]:
    """Return the long words of a text, plurals cut to their singular."""
    return [re.sub(r"(?:ies|y)$", "i", word).removesuffix("s") for word in re.findall(r"[a-z]{4,}", fold(text))]


def _signed(scene: Scene, entry: ReferenceEntry, signer: str, when: str) -> bool:
    by = entry.row.get("signed_by", "")
    people = {signer, *scene.catalog.called("Person", signer)}
    day = scene.document.published
    signed = entry.row.get("signed", "")
    known_by_then = day is None or not signed or signed <= day.isoformat()
    return (
        bool(by)
        and (by in people or by.rsplit("-", 1)[-1] == fold(signer))
        and signed.startswith(when)
        and known_by_then
    )


def _settle_name(scene: Scene, around: Surroundings, i: int, mention: Mention) -> None:
    """Decide a law by its own name, within its state or city where hints say so."""
    printed = mention.hint("name") or clean(mention.text)
    state = mention.hint("state") or mention.hint("place")
    postal = around.gazetteer.postal(state) if state else None
    owned = re.match(r"(.+?)['’]s? (.+)", printed)
    if owned and (owner := around.gazetteer.state_called(owned[1])) is not None:
        postal, printed = owner.state, owned[2]
        known = scene.catalog.called(LAW, f"{owned[1]} {printed}") or scene.catalog.called(LAW, printed)
        if len(known) == 1:
            scene.settle(i, known[0], 0.9, ("a law of the tables, by its state and name",))
            return
    if mention.type == "Ordinance" and postal is None:
        place = around.nearest(mention.span, 200, frozenset({"Municipality", "County"}))
        if place is None:
            path = f"law/local/{scene.local_name}-{slug(printed)}"
        else:
            path = f"law/{place.path.removeprefix('jurisdiction/')}/{slug(printed)}"
        local = place is None
    else:
        path, local = f"law/us/{f'{postal.lower()}/' if postal else ''}{slug(printed)}", False
    if len(printed.split()) < 2:
        scene.settle(i, None, 0.3, ("a name too short to tell laws apart",))
        return
    scene.settle(i, scene.make(Entity(path, mention.type, printed, local=local)), 0.65, ("a law by its own name",))
