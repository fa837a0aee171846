"""The steps before the page: reading, gathering links, folding, placing, ready-made views, overview, map."""

import itertools
import math

import generator
import networkx as nx
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
