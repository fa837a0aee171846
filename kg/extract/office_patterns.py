"""Orders of names, titles and places that state an office, as regular expressions over coded sentences.

The codes are those of `kg.extract.codes`. Whether the words behind a match do say that somebody holds the office is
decided by `kg.extract.offices`; the patterns that stand first are tried first.
"""

import re

ORGANISATION = r"(?P<org>[LG])s?"
TOPIC = "(?:o[xmn]{1,4}|n[xm]{1,2}|o[xm]{1,2}s[xm]{1,2})?"
"""What an office is about, between its title and whom it serves: "director of litigation for the League"."""
PARTY = "(?:d?L?m{1,2}n)?"
"""Another apposition before the office: "a Democrat and former member of Congress"."""
TAG = "(?:bmc[Lm]e|c(?:mc[Lm]|Lm{1,2}))?"
"""Party and state behind a legislator's name: "Sen. Jane Roe (R-Ohio), chairman of …", "Rep. Tom Vale, Ohio Democrat, …"."""
PATTERNS: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern), confidence)
    for name, pattern, confidence in (
        # Cook County Mayor Ana Ruiz · former chief strategist Tom Vale · Secretary of Homeland Security Jane Roe
        ("before-name", rf"(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION}(?P<comma>c)?)?(?P<f2>[FC])?m{{0,2}}(?P<t>T(?:nC?T)?)(?:o(?P<org2>[LG]))?(?P<p>P)(?:c?od?(?P<at>[LG]))?", 0.95),
        # Ana Ruiz, president of the Open Doors League · Tom Vale, a spokesman for Boston Mayor Jane Roe
        ("after-name", rf"(?P<p>P){TAG}[cb](?:[xm]{{0,3}}c)?{PARTY}d?(?P<f>[FC])?(?:[mx]{{1,3}}n)?[mx]{{0,2}}(?:{ORGANISATION})?(?P<f2>[FC])?m{{0,2}}(?P<t>T(?:n?C?T)?)"
         rf"(?:(?:[ox]|x{{1,2}}o|{TOPIC}o)d?[xm]{{0,4}}(?P<org2>[LG])(?:s?[mx]?(?P<org3>G)|xod?(?P<org4>G))?)?", 0.9),
        # Jane Roe, a former U.S. attorney and Ohio attorney general
        ("after-name-second", rf"(?P<p>P)[cb]d?(?P<f>[FC])?m?[LG]?s?m?T(?:od?[LG])?nd?(?P<f2>[FC])?m?(?:{ORGANISATION})?m?(?P<t>T)(?:od?(?P<org2>[LG])(?:xod?(?P<org3>G))?)?", 0.85),
        # Jane Roe is an activist and an Open Doors League lawyer
        ("being", rf"(?P<p>[Py])c?w?(?P<be>i)d?[mx]{{0,4}}T(?:od?[LG])?nd?(?P<f>[FC])?m?(?:{ORGANISATION})m?(?P<t>T)", 0.8),
        # Boston's Jane Roe, in a list of mayors
        ("in-list", r"(?P<t>t)(?:c?(?:xi|[uox]{1,2})|c)(?P<org>L)s(?P<p>P)", 0.85),
        ("in-list-more", r"(?P<t>t)(?:c?(?:xi|[uox]{1,2})|c)LsP(?:[cn]{1,2}LsP)*[cn]{1,2}(?P<org>L)s(?P<p>P)", 0.85),
        # Obama was president · X is the mayor of Y · X, who was director of Z · since X became Y's governor
        ("being", rf"(?P<p>[Py])c?w?(?P<have>x)?(?P<be>i)x?d?(?:[mx]{{1,3}}n)?(?P<f>[FC])?(?:m{{0,2}}|x)(?:{ORGANISATION})?m{{0,1}}(?P<t>T)(?:(?:{TOPIC})od?[xm]{{0,2}}(?P<org2>[LG]))?", 0.85),
        # Tom Vale, who served as attorney general · Jane Roe took over as the city's mayor
        ("being", rf"(?P<p>y)(?P<be>s)x?d?(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION})?m?(?P<t>T)(?:(?:{TOPIC})od?[xm]{{0,2}}(?P<org2>[LG]))?", 0.8),
        # Jane Roe, a former aide of the council who is now an analyst at the League
        ("being", rf"(?P<p>P)[cb](?:[^PcktywT]|T){{1,8}}[ce]?w(?P<have>x)?(?P<be>i)x?d?(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION})?m?(?P<t>T)(?:(?:{TOPIC})od?[xm]{{0,2}}(?P<org2>[LG]))?", 0.8),
        # Jane Roe, who left to become Oregon's treasurer · he went on to become governor of Ohio
        ("becoming", rf"(?P<p>[Py])c?w?(?P<verb>x{{1,3}})o{{1,2}}(?P<become>x)d?m?(?:{ORGANISATION})?m?(?P<t>T)(?:od?m?(?P<org2>[LG]))?", 0.8),
        ("serving", rf"(?P<p>[Py])c?w?(?P<verb>x{{1,3}})i(?P<be>i)?d?(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION})?m?(?P<t>T)(?:od?m?(?P<org2>[LG]))?", 0.8),
        # Governor Roe's spokesman, Tom Vale · Roe adviser Tom Vale
        ("staff", r"(?P<chief>P)s(?P<f>[FC])?m{0,2}(?P<t>T)c?(?P<p>P)", 0.85),
        ("staff", r"(?P<chief>P)(?P<f>[FC])?(?P<t>T)(?P<p>P)", 0.8),
        # Tom Vale, a spokesman for Governor Roe · Tom Vale, Governor Roe's chief of staff · a spokesman for Roe, Tom Vale
        ("staff", r"(?P<p>P)(?:[cb]|c?w?i)d?(?P<f>[FC])?[mx]{0,2}(?P<t>T)od?F?(?:[LG]s?)?m?T?(?P<chief>P)", 0.85),
        ("staff", r"(?P<p>P)(?:[cb]|c?w?i)d?(?:[LG]?s?m?T)?(?P<chief>P)s(?P<f>[FC])?[mx]{0,2}(?P<t>T)", 0.85),
        ("staff", r"(?P<f>[FC])?(?P<t>T)od?F?(?:[LG]s?)?m?T?(?P<chief>P)c(?P<p>P)(?=c|$|[x.])", 0.8),
        # the mayor's spokesman, Tom Vale · Tom Vale, the president's chief strategist
        ("staff-of-office", r"(?P<chief>T)s(?P<f>[FC])?[mx]{0,2}(?P<t>T)c?(?P<p>P)(?=c|$|[x.ni])", 0.8),
        ("staff-of-office", r"(?P<p>P)[cb]d(?P<chief>T)s(?P<f>[FC])?[mx]{0,2}(?P<t>T)(?=c|$|[xe.n])", 0.8),
        # a former Justice Department official named Tom Vale
        ("named", rf"(?P<f>[FC])?m{{0,2}}(?:{ORGANISATION})?(?P<f2>[FC])?m{{0,2}}(?P<t>T)(?:od?(?P<org2>[LG]))?(?P<named>x)(?P<p>P)", 0.8),
        # White House officials, including former chief strategist Tom Vale
        ("among-officials", r"(?P<org>[LG])s?[tx]c?u(?P<f>[FC])?m{0,2}(?P<t>T)(?P<p>P)", 0.85),
        # the mayor of Boston, Tom Vale · the group's president, Jane Roe
        ("then-name", rf"(?:{ORGANISATION})?(?P<f>[FC])?m{{0,2}}(?P<t>T)(?:od?(?P<org2>[LG]))?c(?P<p>P)(?=c|$|[x.])", 0.8),
        # the committee's chairman, Sen. Jane Roe of Ohio · the group's president, former Rep. Tom Vale
        ("then-titled", rf"(?:{ORGANISATION})?(?P<f>[FC])?m{{0,2}}(?P<t>T)(?:od?(?P<org2>[LG]))?cF?T(?P<p>P)(?:oL|bmc[Lm]e|c(?:mc[Lm]|Lm{{1,2}}))?(?=c|$|[x.ni])", 0.8),
        # Jane Roe, who heads the Open Doors League · Jane Roe chairs the League · Tom Vale, who now works for the League
        ("heading", r"(?P<p>P)c?w?x?(?P<verb>x)o?d?[mx]{0,2}(?P<org2>G)", 0.8),
        # the Open Doors League, led by Jane Roe
        ("heading", r"(?P<org>G)c?(?P<verb>x)(?P<by>x)[Tt]?(?P<p>P)", 0.8),
        # the Open Doors League, led by Reps. Jane Roe and Tom Vale
        ("heading", rf"(?P<org>G)c?(?P<verb>x)(?P<by>x)[Tt]?P{TAG}c?n[Tt]?(?P<p>P)", 0.8),
        # Jane Roe (R-Ohio) · Tom Vale, D-Ariz.: a seat of Congress, where the tables have one
        ("by-party", r"(?P<p>P)(?:bmc[Lm]e|cmc[Lm](?=[cnxi]|$))", 0.8),
        # Fox News' Jane Roe · Jane Roe of the Open Doors League: a job without a title
        ("of-medium", r"(?P<org>G)s(?P<p>P)", 0.75),
        ("of-body", r"(?P<p>P)c?od?[xm]{0,2}(?P<org2>G)", 0.75),
    )
)  # fmt: skip
_TAGGED = r"P(?:b[^Pbe]{1,6}e|oL|cd?[mx](?:cL?x?)?(?=[cn]))?"
PEOPLE = re.compile(
    rf"(?P<f>[FC])?(?P<org>[LG])?s?m{{0,2}}(?P<t>t)(?:c?(?P<such>u|xi)c?)?(?P<list>{_TAGGED}(?:(?:cn?|n){_TAGGED})*)"
)
"""A title in the plural and the people who share it: "Sens. Jane Roe (R-Ohio) and Tom Vale of Iowa", "Justices A, B and C", "mayors such as A"."""
DESCRIBED = re.compile(
    r"d(?P<f>F)?m?(?:(?P<org>L)s?)?m?(?P<t>T)(?:od?(?P<org2>[LG]))?(?=[xiwscn.]|$)(?!cF?[PT]|nF?T|sm{0,2}[PT])"
)
"""An office without a name: "the former Ohio attorney general said", "the Oregon governor's plan"."""
