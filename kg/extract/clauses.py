"""Reporting clauses as patterns: what may stand between a speaker, the verb of speaking, and the words that are reported.

Words only, over a text in which quoted words are blotted out: who speaks is decided in `kg.extract.speakers`.
"""

import re

from kg.extract.antecedents import BLOT, PAPERS_NOUN
from kg.extract.saying import ADVERB, BASE_VERB

HOME = (
    r"(?:\s+(?:of|from|in|at|with|for)\s+(?:(?:the|an?)\s+)?(?:[a-z][\w’'-]*\s+){0,3}[A-Z][\w.’'&-]*"
    r"(?:\s+(?:(?:of|for|on|and|the|&)\s+)*[A-Z][\w.’'&-]*){0,7})"
)
GAP = re.compile(
    rf"(?:\s*\([^()]{{1,40}}\))?{HOME}?(?:\s*,\s+(?!and\b|but\b|or\b|then\b)[^;:{BLOT}]{{1,220}}?,|\s+[—–-]+\s[^;:{BLOT}]{{1,200}}?\s[—–-]+)?"
    rf"\s*(?:{ADVERB},?\s+)*",
)
PRONOUN_END = re.compile(rf"\b(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)\s+(?:{ADVERB},?\s+)*\Z")
NEW_CLAUSE = re.compile(
    r"(?:\A|[;:—–,]\s|\b(?:but|and|while|as|because|when|that|after|before|which|who|if|where|although|though|since|whether)\s)",
    re.IGNORECASE,
)
DESCRIBED_FOR = re.compile(
    r"\A\s*(?:an?|the|one|another|his|her|their|its|some|several|two|three|many)\s.*\b(?:for|of|with|at|in|to|from|on|who|representing)\s",
    re.IGNORECASE,
)
SENT_BY = re.compile(
    rf"{PAPERS_NOUN}\b,?\s+(?:(?:sent|written|signed|penned|issued|released|drafted) by|from)\s+(?:the\s+)?"
)
RELATIVE = re.compile(rf"(?:\s*,|\s+[—–-]+|)\s+(?:which|who|that)\s+(?:{ADVERB},?\s+)*\Z")
TITLES = r"\s*(?:the\s+)?(?:(?:(?:[A-Z][\w.’'-]*|former|then)|of|and|for|the)\s+)*"
SAYS = re.compile(r"\s*(?:Says?|Said|Adds|Added|Writes|Wrote|Notes|Explains|Recalls)\b(?=\s+[A-Zt])")
OPENER = r"(?:But|And|Still|Yet|Later|Then|Also),?\s+"
CLAUSE_IN_FRONT = re.compile(
    r"\s*(?:After|Before|When|While|As|Since|Although|Though|Because|Once|Until|If|Amid|Asked|With|Hours after|Days after)\b[^,]*,"
)
COORDINATED = re.compile(rf"\b(?:and|but|or|then|yet)\s+(?:{ADVERB},?\s+)*\Z")
ANY_INVERTED = re.compile(r"[\s,—–-]*(?!based|called|named|used|aimed|titled|entitled|known)[a-z]+(?:ed|s)\s+(?=[A-Z])")
ANY_VERB_BEHIND = re.compile(
    rf"\s+(?:{ADVERB},?\s+)*(?!(?:was|is|has|his|as|its|this|does|us)\b)[a-z]+(?:ed|s|ew|old|ote|nt|ook|ose|ood|ave|ame|ade|et|an|oke)\b"
)
ROLE_BEHIND = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:spokes\w+|officials?|lawyers?|attorneys?|directors?|leaders?|members?|chief|head|officers?|professors?|analysts?"
    r"|experts?|aides?|advis[eo]rs?|reporters?|researchers?|staffers?|representatives?|sources?|secretar(?:y|ies)|counsel|strategists?|managers?"
    r"|organizers?|coordinators?|lobbyists?)\b"
)
COURT_BEHIND = re.compile(r"\s+(?:Court(?:\s+of\s+Appeals)?|(?:court|panel|judges|majority)(?=\s+[a-z]))(?![\w’'])")
"""The rest of a court's name, or of what it is called: "the 99th Circuit Court ruled", "the 99th Circuit panel wrote"."""
FUTURE = re.compile(
    rf"\b(?:will|would|may|might|could|(?:used|plans|continued|likes|loves|had|proceeded) to)\s+(?:later\s+|also\s+)?(?P<base>{BASE_VERB})\b(?!-)"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\Z")
REPORTS = re.compile(r"\s*(?:\Z|[,:\"“]|(?:that|on|in|as|out|it|him|her|them|how|why|the|a)\b)")
"""What may follow a form that is a verb of speaking or else a plural noun: "Ruiz rules that", but "Senate rules and"."""
WAS_TOLD = re.compile(
    r"[\s,]*(?:[A-Z][\w.’'-]*\s+|he\s+|she\s+|they\s+){1,4}(?:was|were)\s+(?:\w+ly\s+)?(?:asked|told|warned|shown|sent|given)\b"
)
PRESENT = re.compile(r"(?:says|reads|goes on|went on|began)\b")
QUOTED_AS = re.compile(r"\b(?P<verb>(?:quot|cit)(?:ed|es|ing))\s+[^;:]{1,120}?\bas\s+\Z")
CLAIM = re.compile(
    r"(?:\b(?P<whose>[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|(?P<owned>[’']s?))\s+(?:[\w-]+\s+){0,2}"
    r"(?P<noun>claim|statement|assertion|argument|contention|complaint|vow|pledge|promise|warning|suggestion|insistence|admission"
    r"|accusation|comment|remark|declaration|allegation|observation|response|conclusion|finding|prediction|threat)s?\s+"
    rf"(?:that|to|about)\b[^,;:{BLOT}]{{0,60}}\Z"
)
NAMED_IN_ROLE = re.compile(rf"{ROLE_BEHIND.pattern}\s+")
"""Between a body and who works for it: "Open Doors press secretary Ana Ruiz"."""
SOMEBODY_DID = re.compile(
    r"\A\s*(?P<who>(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he)\s+(?:[\w.’'&-]+\s+){0,4}?(?:spokes\w+|officials?|lawyer|attorney|aide|staffer|representative|adviser)"
    rf"(?:\s+(?:for|of|at|with|from|in)\s+[^,;:{BLOT}]{{3,80}}?)?){ANY_VERB_BEHIND.pattern}"
)
"""Somebody without a name who does something, and then speaks: "A spokesman for Ana Ruiz blamed the weather, saying"."""
RELEASER = re.compile(
    r"\A\s*(?P<who>(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Ss]everal|[Mm]any|[Oo]ther)\s+(?:[\w.’'&-]+\s+){0,5}?[\w.’'&-]+)\s+(?:released|issued|sent|posted|published"
    r"|put out|wrote|made|gave|circulated)\b"
)
