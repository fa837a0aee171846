"""Quotations without marks: paragraphs that are set apart or that a colon announces."""

import pytest

from tests.extract.test_quotations import quoted

DISPLAYED = [
    # (the paragraph before, the paragraph, who speaks it or "-" where it is no quotation)
    ("Ruiz said in a statement:", "The doors of the city stay open for all who come to it.", "Ruiz"),
    (
        "Tom Vance wrote on Monday (emphasis added):",
        "The doors of the city stay open for all who come to it.",
        "Tom Vance",
    ),
    ("Here is Ruiz’s full statement from Monday:", "The doors of the city stay open for all who come to it.", "Ruiz"),
    ("The union said this:", "The doors of the city stay open for all who come to it.", "? The union"),
    ("Ruiz has three plans for the city:", "The doors of the city stay open for all who come to it.", "-"),
    ("Ruiz said that nobody should wonder about it:", "The doors of the city stay open for all who come to it.", "-"),
    ("Ruiz said it in a few words.", "The doors of the city stay open for all who come to it.", "-"),
    ("Ruiz said in a statement:", "Vance said on Monday that he would rather see all doors closed.", "-"),
    (
        "Thirty clerks sent a letter to the mayor.",
        "We ask that you keep our doors open, and we urge you to hurry.",
        None,
    ),
    ("Thirty clerks went to see the mayor.", "We ask that you keep our doors open, and we urge you to hurry.", "-"),
]


@pytest.mark.parametrize(("intro", "paragraph", "speaker"), DISPLAYED)
def test_paragraphs_quoted_without_marks(intro: str, paragraph: str, speaker: str | None) -> None:
    found = quoted(f"The council of the city met for three hours on Monday.\n\n{intro}\n\n{paragraph}\n\nIt rained.\n")
    assert found == ([] if speaker == "-" else [(paragraph, speaker)])


def test_a_paragraph_set_apart_is_quoted() -> None:
    words = "The doors of the city stay open for all who come to it."
    assert quoted(f"Ruiz wrote a long letter.\n\n> {words}\n\nIt rained.\n") == [(words, "Ruiz")]
