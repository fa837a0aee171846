"""The steps before the page: reading, gathering links, folding, placing, ready-made views, overview, map."""

import itertools
import math
from dataclasses import replace

import generator
import networkx as nx
import numpy as np
import pytest

from kg.ids import RESOURCE_BASE
from kg.ontology import Ontology
from kg.view import overview
from kg.view.content import Content, read_content
from kg.view.folding import CROWDED, find_groups
from kg.view.layout import lay_out
from kg.view.network import DrawnLink, centrality, draw, simple
from kg.view.places import pixel_of, read_atlas
from kg.view.stories import tell_stories, whole_graph
from kg.view.vocabulary import Vocabulary, vocabulary_of


@pytest.fixture(scope="module")
def vocabulary(ontology: Ontology) -> Vocabulary:
    return vocabulary_of(ontology)


@pytest.fixture(scope="module")
def content(vocabulary: Vocabulary) -> Content:
    return read_content(generator.news_graph(), vocabulary)


def iri(path: str) -> str:
    return RESOURCE_BASE + path


# How people see who lack one kind of cone: linear RGB in and out (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHTS = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no long": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no middle": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no short": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def lab(colour: str, sight: tuple[tuple[float, ...], ...]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return a colour as seen, in CIE L*a*b*, where distances are those that the eye makes."""
    stored = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)
    x, y, z = (np.array(TO_XYZ) @ np.clip(np.array(sight) @ linear, 0, 1)) / np.array(WHITE)
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


@pytest.mark.parametrize("sight", SIGHTS)
def test_each_class_of_the_legend_has_a_shape_and_a_colour_of_its_own(vocabulary: Vocabulary, sight: str) -> None:
    roots = [style for style in vocabulary.kinds.values() if style.parent is None]
    assert len({style.shape for style in roots}) == len(roots) == 8
    for one, two in itertools.combinations(roots, 2):
        distance = float(np.linalg.norm(lab(one.colour, SIGHTS[sight]) - lab(two.colour, SIGHTS[sight])))
        assert distance > 15, (one.name, two.name)


def test_a_reprint_makes_no_link_thicker(content: Content) -> None:
    by_support = sorted(draw(content).links, key=lambda link: -link.support)
    documents = {item.document for number in by_support[0].facts for item in content.facts[number].evidence}
    assert by_support[0].support == len(documents) > 1
    first, *others = sorted(documents)
    told = {iri: replace(d, original=first) if iri in others else d for iri, d in content.documents.items()}
    again = draw(replace(content, documents=told)).links
    assert {link.support for link in again if link.facts == by_support[0].facts} == {1}


def test_entities_have_their_most_specific_class(content: Content, vocabulary: Vocabulary) -> None:
    person = content.entities[iri("person/ada-marsh")]
    assert (person.kind, person.alt_labels) == ("Official", ("Marsh",))
    assert vocabulary.root(person.kind) == "Person"
    assert len(person.documents) > 2


def test_marks_are_the_words_that_name_the_two_ends(content: Content) -> None:
    for fact in content.facts:
        for evidence in fact.evidence:
            words = {evidence.sentence[start:end]: who for start, end, who in evidence.marks}
            assert words == {content.entities[end].label: end for end in (fact.subject, fact.object)}


def test_qualifiers_and_speakers_are_read(content: Content) -> None:
    letter = next(fact for fact in content.facts if fact.relation == "sentLetterTo")
    assert dict(letter.qualifiers) == {"date": "2018-01-24", "deadline": "2018-02-23"}
    threat = next(fact for fact in content.facts if fact.relation == "threatensFundingOf" and fact.qualifiers)
    assert threat.evidence[0].attributed_to == iri("person/ada-marsh")


def test_what_the_reference_says_is_background(content: Content) -> None:
    assert (iri("jurisdiction/us/northmark"), "within", iri("jurisdiction/us")) in content.background
    claimed = {(fact.subject, fact.relation, fact.object) for fact in content.facts}
    assert not claimed & set(content.background)


def test_one_link_gathers_the_facts_with_the_same_ends_relation_and_status(content: Content) -> None:
    drawing = draw(content)
    keys = [(link.source, link.target, link.relation, link.status) for link in drawing.links]
    assert len(keys) == len(set(keys))
    town, program = (
        drawing.entities.index(iri(p)) for p in ("jurisdiction/us/goldcoast/selby", "program/harbor-grants")
    )
    found = [
        link
        for link in drawing.links
        if (link.source, link.target, link.relation) == (town, program, "receivedFunding")
    ]
    assert [len(link.facts) for link in found] == [2]
    assert {link.status for link in drawing.links} == {"Asserted", "Negated", "Hypothetical"}


def leaf_links(leaves: int, **change: object) -> list[DrawnLink]:
    """Hub 0 with leaves that each have one link, and enough other nodes that the picture counts as crowded."""
    rest = [DrawnLink(1000 + n, 2000 + n, "sued", "Asserted", (0,), 1) for n in range(CROWDED)]
    links = [DrawnLink(0, n, "sentLetterTo", "Asserted", (0,), 1) for n in range(1, leaves + 1)]
    if change:
        last = links[-1]
        links[-1] = DrawnLink(
            last.source,
            last.target,
            str(change.get("relation", last.relation)),
            str(change.get("status", last.status)),
            (0,),
            1,
        )
    return links + rest


@pytest.mark.parametrize(
    ("links", "kinds", "expected"),
    [
        (leaf_links(5), {}, [(1, 2, 3, 4, 5)]),
        (leaf_links(3), {}, []),
        (leaf_links(5, relation="cites"), {}, [(1, 2, 3, 4)]),
        (leaf_links(5, status="Negated"), {}, [(1, 2, 3, 4)]),
        (leaf_links(5), {5: "Agency"}, [(1, 2, 3, 4)]),
        ([*leaf_links(5), DrawnLink(5, 900, "within", "Asserted", (), 0)], {}, [(1, 2, 3, 4, 5)]),
        ([*leaf_links(5), DrawnLink(5, 900, "sued", "Asserted", (0,), 1)], {}, [(1, 2, 3, 4)]),
        (leaf_links(5)[:5], {}, []),
    ],
    ids=["alike", "too few", "relation", "status", "kind", "place does not count", "one link more", "not crowded"],
)
def test_folding(links: list[DrawnLink], kinds: dict[int, str], expected: list[tuple[int, ...]]) -> None:
    roots = {end: kinds.get(end, "Jurisdiction") for link in links for end in (link.source, link.target)}
    assert [group.members for group in find_groups(links, roots)] == expected


@pytest.mark.parametrize(
    "graph",
    [nx.path_graph(2), nx.star_graph(30), nx.disjoint_union(nx.cycle_graph(9), nx.path_graph(3)), nx.empty_graph(4),
     nx.connected_caveman_graph(20, 20)],
    ids=["pair", "star", "two parts", "no links", "communities"],
)  # fmt: skip
def test_layout_is_the_same_again_and_keeps_nodes_apart(graph: "nx.Graph[int]") -> None:
    nx.set_edge_attributes(graph, 1.0, "weight")
    radii = dict.fromkeys(graph, 12.0)
    places = lay_out(graph, radii)
    assert places == lay_out(graph, radii)
    assert set(places) == set(graph)
    close = [
        pair for pair in itertools.combinations(sorted(graph), 2) if math.dist(places[pair[0]], places[pair[1]]) < 20
    ]
    assert len(close) <= len(graph) // 50


def test_stories_hold_their_relations_and_the_law(content: Content, vocabulary: Vocabulary) -> None:
    drawing = draw(content)
    roots = {n: vocabulary.root(content.entities[e].kind) for n, e in enumerate(drawing.entities)}
    stories = {story.key: story for story in tell_stories(content, drawing, roots)}
    assert list(stories) == ["letters", "money", "threats", "criticism", "law"]
    assert {drawing.links[n].relation for n in stories["threats"].links} == {"threatensFundingOf"}
    assert stories["law"].title == "What hangs on 8 U.S.C. \u00a7 1373"
    assert "conditionedOn" in {drawing.links[n].relation for n in stories["law"].links}
    drawn = {drawing.links[n].relation for n in whole_graph(drawing).links}
    assert "within" not in drawn and "partOf" in drawn


def test_overview_and_subset_say_what_they_leave_out(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    content = read_content(generator.wide_graph(400), vocabulary)
    drawing = draw(content)
    scores = centrality(simple(drawing.links, list(range(len(drawing.entities)))))
    found = overview.make_overview(content, drawing, scores)
    assert sum(part.size for part in found.parts) + found.scattered == 400
    assert all(a < b and count > 0 for a, b, count in found.links)
    first = found.parts[0]
    assert first.names[0] == content.entities[max(first.members, key=lambda e: scores[drawing.entities.index(e)])].label
    monkeypatch.setattr(overview, "SUBSET", 100)
    kept = overview.keep_central(content, drawing, scores, found)
    assert len(kept.entities) == pytest.approx(100, abs=4 * len(found.parts))
    assert all(fact.subject in kept.entities and fact.object in kept.entities for fact in kept.facts)


@pytest.mark.parametrize(
    ("place", "pixel"),
    [((41.88, -87.63), (638, 226)), ((61.2, -149.9), (112, 544)), ((51.5, -0.1), None), ((19.4, -99.1), None)],
    ids=["Chicago", "Anchorage", "London", "Mexico City"],
)
def test_map_places(place: tuple[float, float], pixel: tuple[int, int] | None) -> None:
    assert pixel_of(*place) == pixel


def test_the_atlas_agrees_with_the_projection() -> None:
    atlas = read_atlas()
    assert len(atlas.states) >= 50
    sacramento = pixel_of(38.58, -121.49)
    assert sacramento
    assert math.dist(atlas.counties["06067"], sacramento) < 6
    assert atlas.pixel("06", None) == atlas.states["06"][1:]
    assert atlas.pixel("", None) is None
