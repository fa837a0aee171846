"""Link texts and photo credits that a web page glued into its sentences, blanked out so that they are not read as the article's words.

What enters is printed text; what leaves is text of the same length, so that offsets hold. Some sites put the full
name of a person and headlines about them right behind the name, ending in "MORE".
"""

import re

GLUED = re.compile(
    r"(?P<run>(?:\(?[A-Z][\w.()'’-]+ ){1,7}[A-Z][\w’'-]*[a-z)])(?<!Mc)(?<!Mac)(?=[A-Z][\w’'-]+[ :,])[^\n]{20,900}?\bMORE\b"
)


CREDIT = re.compile(
    r"\([^()\n]{0,60}(?:Getty|AFP|Associated Press|Reuters|REUTERS|\bAP\b|EPA|Bloomberg)[^()\n]{0,40}\)"
    r"|(?<=\.)[A-Z][\w.'-]+ [A-Z][\w.'-]+ ?/ ?(?:Getty Images|AP|AFP|Reuters)"
    r"|\b[A-Z][\w'-]+ [A-Z][\w'-]+ ?/ ?(?:AFP|AP|Reuters|REUTERS|Getty|EPA)\b(?: Images| ?/ ?Getty(?: Images)?)?"
    r"|\b(?:REUTERS|AP|AFP|Reuters) ?/ ?[A-Z][\w'-]+ [A-Z][\w'-]+(?: [A-Z][\w'-]+(?= [A-Z]|\s*\Z|\.))?"
    r"|\bImage (?:copyright|caption|source) (?:[A-Z][\w.'-]+ ){1,3}"
    r"|\((?:Photo|Image|Photograph|Illustration|Video|Credit|Source photo)s?(?: by|:| courtesy of| credit:?) ?[^()\n]{3,80}\)"
    r"|\b(?:Video|Photo|Image)s? (?:provided|courtesy|supplied)(?: of| by)? (?:[A-Z][\w.'&-]+ ?){1,4}(?=\n|\Z|\()"
)


def blank_links(text: str) -> str:
    """Replace glued link texts by as many spaces; the name that they stand behind stays.

    >>> blank_links("Mr. Roe Jane Ann RoeFive things to know about today MORE said no.").split()
    ['Mr.', 'Roe', 'said', 'no.']
    """
    return CREDIT.sub(lambda match: " " * len(match[0]), GLUED.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    kept = _name_before(match["run"].split())
    if not kept:
        return match[0]
    start = len(" ".join(kept))
    return match[0][:start] + " " * (len(match[0]) - start)


def _name_before(words: list[str]) -> list[str]:
    """Return the part of a run of capitalised words that is the sentence's: "Joe Biden" of "Joe Biden Joe Biden"."""
    for size in range(len(words) - 1, 0, -1):
        if words[size - 1] == words[-1]:
            return words[:size]
    return []
