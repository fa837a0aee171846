"""Link texts and photo credits that a page glued into its sentences."""

import pytest

from kg.extract.links import blank_links

CASES = [
    ("A gap near the fence. (Photo: Nia Roe, The Elm Republic)", "A gap near the fence."),
    ("It was said. (Photo by Nia Roe)", "It was said."),
    ("They demand much. Video provided by Newsly Newsroll", "They demand much."),
    ("He had a (photo of it) there.", None),
    ("The video was provided by the city.", None),
    ("Sen. Ana Ruiz Ana (Anita) Maria RuizFive things to know MORE said no.", "Sen. Ana Ruiz said no."),
    ("Sen. Ana Ruiz Ana RuizKoch-backed group urges calm MORE said no.", "Sen. Ana Ruiz said no."),
    ("Leader Tom McVance said no, and nobody asked for MORE than that.", None),  # no name stands twice
    ("He left the room. REUTERS/Ana Ruiz He came back.", "He left the room. He came back."),
    ("(Ana Ruiz/AFP/Getty Images) He left.", "He left."),
    ("He left. Ana Ruiz/AP He came back.", "He left. He came back."),
    ("He left AP classes early.", None),
]


@pytest.mark.parametrize(("text", "kept"), CASES)
def test_blank_links(text: str, kept: str | None) -> None:
    blanked = blank_links(text)
    assert len(blanked) == len(text)
    assert " ".join(blanked.split()) == (kept or text)
