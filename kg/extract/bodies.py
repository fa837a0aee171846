"""Mentions made by pattern: public bodies of a place, administrations, courts, pools of grants, acts, polls.

What enters are a passage and the mentions that tables and citations gave; what leaves are further mentions, with
hints for linking: the place or agency that the words hang on. Nothing here knows a particular place or person.
"""

import re
from collections.abc import Iterator, Sequence

from kg.extract.article import BlockKind
from kg.extract.organizations import kind_of
from kg.extract.passages import Passage
from kg.records import Mention, MentionKind, Span

FOUND_BY = "pattern"

LAW_ENFORCEMENT = (
    r"Police Department|Police Force|Police Bureau|Police|Sheriff['’]s? (?:Office|Department)|Department of Corrections(?: and Rehabilitation)?"
    r"|Department of Public Safety|Highway Patrol|State Police|Sheriff['’]s Dept\."
)
LEGISLATIVE = (
    r"City Council|city council|(?<=City )[Cc]ouncil|County Council|Board of Supervisors|Board of Commissioners|Board of Aldermen|County Commission|Common Council"
    r"|State Senate|State Assembly|State House|Senate|Assembly|House of Representatives|House of Delegates|Legislature|General Assembly"
)
OFFICE_BODIES = (
    r"City Attorney['’]s Office|District Attorney['’]s Office|Attorney General['’]s Office|Mayor['’]s Office|Governor['’]s Office"
    r"|Public Schools|School District|Housing Authority|Transit Authority|Department of (?:[A-Z][a-z]+)(?:(?:,| and|,? and| &) [A-Z][a-z]+)*"
)
LOCAL_BODY = re.compile(
    rf"['’]?s? ?(?P<body>(?P<police>{LAW_ENFORCEMENT})|(?P<council>{LEGISLATIVE})|(?P<office>{OFFICE_BODIES}))\b(?! [Cc]ommittee)"
)
NAMED_ADMINISTRATION = re.compile(
    r"\b(?!(?:Anti|Non|Pro|Post|Pre)-)(?P<name>(?:[A-Z][a-z]+ )?[A-Z][a-zA-Z]+)(?:[-–/](?P<vice>[A-Z][a-z]+))?(?:['’]s)?[ -](?:[Aa]dministration|Admin|ADMINISTRATION|era)\b"
)
"""A president's, with his vice president's name or without: "the Roe-Doe administration"."""
ADMINISTRATION_OF = re.compile(
    r"\b[Aa]dministration of (?:(?:the )?(?:then-|former |late |current |US |U\.S\. )*President(?:-elect)? |Presidents? )"
    r"(?P<name>[A-Z][\w’-]+(?: [A-Z]\.)*(?: [A-Z][\w’-]+){0,2})"
)
CAMPAIGN = re.compile(
    r"\b(?:(?<=[Tt]he )|(?<=by ))(?P<name>[A-Z][\w’'-]+(?: [A-Z][a-z][\w’'-]+)?) (?:presidential |gubernatorial |re-election )?campaign\b"
    r"(?! (?:trail|promise|pledge|season|finance|rally|cash|ad|ads|event|stop|speech|slogan))"
)
CAMPAIGN_STAFF = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+) campaign(?= (?:chair|manager|spokes|advis|official|aide|strateg|staff|lawyer|attorney)\w*)"
)
NOT_A_CANDIDATE = {
    "Longtime",
    "Former",
    "His",
    "Her",
    "Their",
    "The",
    "One",
    "Top",
    "Obama-era",
    "American",
    "Russian",
    "Senate",
    "House",
    "Labor",
    "GOP",
    "General",
    "Presidential",
    "Brexit",
    "Leave",
    "Remain",
    "Islamic",
}
NOT_A_PRESIDENT = {"The", "This", "Our", "His", "Her", "Federal", "State", "City", "Drug", "Security", "Presidential", "Democratic", "Republican",
                   "National", "Current", "Previous", "New", "General", "Enforcement", "Social", "Aviation", "Business", "Veterans", "Transit",
                   "Highway", "Railroad", "Services", "Food", "Post", "Civil", "Medieval", "Depression", "Progressive", "War"}  # fmt: skip
GRANT_WORDS = re.compile(r"['’]?s? (?P<pool>(?:federal )?grants?(?: (?:money|funds|funding|dollars|programs?))?)\b")
POOL_FROM = re.compile(
    r"\b(?P<pool>[Gg]rants?(?: (?:money|funds|funding))?) (?:awarded |offered |administered |provided |available )?(?:from|by|through|of) (?:the )?$"
)
PROGRAM_NAME = re.compile(
    r"\b(?P<name>(?:[A-Z][\w&’'-]+,? (?:(?:of|for|and|on|to|in) (?:the )?)?)+(?:Grants?(?: Program)?|Program|Initiative|Fund))\b"
)
ACT_NAME = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'-]+,? (?:(?:of|for|and|on|to|from|in|Against) (?:the |Our )?)?){1,8}(?P<kind>Act|Ordinance|Amendment|Clause|Law)(?: of \d{4})?)\b"
    r"(?! (?:School|Center|Firm|Review|Journal|Group|Enforcement|[Pp]rofessor|[Ss]tudent|[Gg]rad|[Ll]ecturer|[Ff]aculty|[Aa]lum)\w*)"
)
LONG_NAME = re.compile(
    r"\b(?P<first>(?:(?!The |In |At |But |And )[A-Z][\w.’'-]+ ){0,4}(?:Commission|Committee|Coalition|Council|Institute|Center|Centre|Foundation|Alliance|Association|Campaign|Task Force"
    r"|Federation|Project|Network|League|Subcommittee|Society|Partnership|Citizens|Americans)"
    r" (?:on|for|against|Against) (?:the |an? )?(?P<cause>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*[. ]\d|Capitol)(?:[A-Z][\w’'-]+ (?:(?:of|on|in) (?:the )?)?){0,4}[A-Z][\w’'-]+))(?P<more>,? (?:and|&) (?:the )?(?P<last>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?))?(?= [a-z(]|[,.;:)”\"]|$)"
)
"""A body's long name: "the Open Doors Commission on Housing and the Homeless"."""
NO_CAUSES = {"Person", "Jurisdiction", "Agency", "LegislativeBody", "LawEnforcementAgency", "Organization", "Court"}
NOT_A_CAUSE = re.compile(
    r"(?:Rep|Sen|Gov|Mr|Ms|Mrs|Dr|Judge|Mayor|President|Attorney|Secretary|Sheriff|Police|Chief|Speaker|Director)\b"
)
"""Words behind "and" that begin another name."""
LAW_SCHOOL = re.compile(
    r"\b(?:School|College|University|Faculty|Institute|Department|Center)(?: of| for)? (?:the )?Law\Z|\bUniversity\b.*Law\Z"
)
NO_FUND = re.compile(
    r"\b(?:Enforcement|Visa|Waiver|Admissions?|Hearing|Verification|Communities|Entry|Witness|Guest|Worker|Registry|Surveillance|Space|Nuclear|Lottery)\b"
    r"(?!.*(?:Grant|Assistance))|\b(?:Action|Defense|Legal|Education|Victory|Hedge|Leadership|Memorial|Pension|Monetary) Fund\Z"
)
"""Programs that give no money, and funds that are organisations."""
POLL_NAME = re.compile(r"\b(?P<name>(?:[A-Z][\w&./’'-]+ ){1,4}(?P<kind>[Pp]oll|[Ss]urvey))\b")
MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)")
"""What says when a poll was made, not whose it is: "a January poll"."""
FEDERAL_JUDGE = re.compile(
    r"\b(?:[Aa] |[Tt]he )?(?P<what>(?:three-judge )?(?:U\.?S\.? |federal )(?:(?:district|appeals|appellate|circuit) )?(?:court judges?|three-judge panel|judges?|magistrate|courtroom|court|panel)"
    r"|three-judge (?:court|panel)(?= in )|(?<=-based )(?:appeals|appellate|circuit) court)(?!s?\w)(?! of)(?! (?!\w+day\b)[A-Z]\w+\.? [A-Z])"
    r"(?: (?:here )?in (?:the state of )?)?"
)
NAMED_AFTER = re.compile(
    r" (?:[A-Z][\w&-]+ ){0,3}(?P<head>Tactical Unit|Crime Lab|Police Union|Morning News|Daily News|Times-?\w*|Tribune|Herald|Chronicle|Post|Examiner|Gazette|Globe|Register"
    r"|College|General Hospital|Hospital|Medical Center|Republican [Pp]arty|Democratic [Pp]arty|GOP|ACLU|NAACP|AFL-CIO|League of Women Voters|Farm Bureau|Association|Coalition|League|Foundation|Institute|Federation|Alliance|Union|Society|University|Caucus|Committee"
    r"|Council|Chamber of Commerce|Party|Unit|Task Force|Academy)\b(?! (?!Chair|President|Director|Leader|Executive|Secretary|Spokes|CEO|Vice|Member|Co-|Chief|Agent)[A-Z])"
)
MEMBERS = re.compile(r"(?:crats|cans|tarians|Dems)\Z")
"""Names of a party that mean its members: "Republicans of Ohio" are no branch."""
STATE_COURT = re.compile(
    r"['’]?s? (?P<body>Supreme Court|Court of Appeals?|Superior Court|Appeals Court|State Supreme Court)\b"
)


class BodyFinder:
    """Finds bodies by pattern around the mentions found so far."""

    def find(self, passage: Passage, known: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the mentions; they may overlap those already known, and then replace shorter ones."""
        text = passage.text
        for mention in known:
            start, end = mention.span.start - passage.start, mention.span.end - passage.start
            if mention.kind is MentionKind.NAME and passage.block.kind is not BlockKind.HEADLINE:
                yield from self._private_body(passage, text, mention, start, end)
            if mention.type == "Jurisdiction":
                yield from self._local_body(passage, text, mention, start, end)
            elif (
                mention.type in {"Agency", "LegislativeBody", "LawEnforcementAgency"}
                and mention.kind is MentionKind.NAME
            ):
                yield from self._pool(passage, text, mention, start, end)
        yield from self._chapters(passage, text, known)
        yield from self._administrations(passage, text)
        yield from self._campaigns(passage, text, known)
        yield from self._names(passage, text)
        yield from self._long_names(passage, text, known)
        yield from self._federal_courts(passage, text, known)

    @staticmethod
    def _local_body(passage: Passage, text: str, place: Mention, start: int, end: int) -> Iterator[Mention]:
        hints = {"place": place.hint("name") or place.text}
        for name in ("within", "level"):
            value = place.hint(name)
            if value:
                hints["state" if name == "within" else "place_level"] = value
        court = STATE_COURT.match(text, end)
        if court:
            hints["body"] = court["body"]
            yield _mention(passage, text, start, court.end("body"), "Court", hints)
            return
        match = LOCAL_BODY.match(text, end)
        if not match or text[end : match.start("body")].strip(" '’s") or match.start("body") == end:
            return
        if (
            match["body"] in {"Senate", "Assembly", "House of Representatives", "Legislature"}
            and place.hint("level") == "Country"
        ):
            return  # the national bodies stand in the tables
        kind = "LawEnforcementAgency" if match["police"] else "LegislativeBody" if match["council"] else "Agency"
        hints["body"] = match["body"]
        yield _mention(passage, text, start, match.end("body"), kind, hints)

    @staticmethod
    def _private_body(passage: Passage, text: str, named: Mention, start: int, end: int) -> Iterator[Mention]:
        """Yield what is named after a place or agency and is another body: "Green Bay Tea Party", "ICE Council"."""
        match = NAMED_AFTER.match(text, end)
        if match and named.type in {"Jurisdiction", "Agency", "LawEnforcementAgency", "LegislativeBody"}:
            if match["head"].endswith(("Party", "party", "GOP")) and named.type != "Jurisdiction":
                return  # "Senate GOP": the party's members there
            own = match["head"].endswith(("Unit", "Task Force", "Academy")) and named.type != "Jurisdiction"
            kind = named.type if own else kind_of(text[start : match.end("head")])
            yield _mention(passage, text, start, match.end("head"), kind, {})

    @staticmethod
    def _chapters(passage: Passage, text: str, known: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the branches of a listed body in a state or town, which act for themselves: "ACLU of Ohio"."""
        places = {m.span.start: m for m in known if m.type == "Jurisdiction" and m.hint("level") != "Country"}
        for whole in known:
            place = places.get(whole.span.end + len(" of "))
            if place is None or not whole.key or whole.type != "Organization" or MEMBERS.search(whole.text):
                continue
            start, end = whole.span.end - passage.start, place.span.start - passage.start
            if text[start:end] == " of ":
                hints = {"chapter": whole.key, "place": place.hint("name") or place.text}
                first, last = whole.span.start - passage.start, place.span.end - passage.start
                yield _mention(passage, text, first, last, "Organization", hints)

    @staticmethod
    def _pool(passage: Passage, text: str, agency: Mention, start: int, end: int) -> Iterator[Mention]:
        hints = {"pool": agency.key or agency.text}
        match = GRANT_WORDS.match(text, end)
        if match and match["pool"].split()[0] not in {"funds"}:
            yield _mention(
                passage, text, match.start("pool"), match.end("pool"), "FundingProgram", hints, MentionKind.NOMINAL
            )
        before = POOL_FROM.search(text, 0, start)
        if before:
            yield _mention(
                passage, text, before.start("pool"), before.end("pool"), "FundingProgram", hints, MentionKind.NOMINAL
            )

    @staticmethod
    def _administrations(passage: Passage, text: str) -> Iterator[Mention]:
        for match in NAMED_ADMINISTRATION.finditer(text):
            words = match["name"].split()
            if {words[-1], match["vice"]} & NOT_A_PRESIDENT or (words[-1].isupper() and len(words[-1]) < 4):
                continue
            start = match.start() if words[0] not in NOT_A_PRESIDENT else match.start() + len(words[0]) + 1
            name = text[start : match.end("name")]
            if match[0].endswith("era"):
                continue
            yield _mention(passage, text, start, match.end(), "Agency", {"administration": name})
        for match in ADMINISTRATION_OF.finditer(text):
            name = re.sub(r"['’]s?\Z", "", match["name"])
            end = match.start("name") + len(name)
            yield _mention(passage, text, match.start(), end, "Agency", {"administration": name})

    @staticmethod
    def _campaigns(passage: Passage, text: str, known: Sequence[Mention]) -> Iterator[Mention]:
        places = {mention.span.end - passage.start for mention in known if mention.type != "Person"}
        for match in (*CAMPAIGN.finditer(text), *CAMPAIGN_STAFF.finditer(text)):
            words = match["name"].split()
            if (
                words[0] in NOT_A_CANDIDATE
                or words[-1] in NOT_A_PRESIDENT | NOT_A_CANDIDATE
                or match.end("name") in places
            ):
                continue
            yield _mention(passage, text, match.start("name"), match.end(), "Organization", {})

    @staticmethod
    def _names(passage: Passage, text: str) -> Iterator[Mention]:
        for match in PROGRAM_NAME.finditer(text):
            part = re.match(r" [A-Z]", text[match.end() :]) and re.match(
                r"\W*(?:Center|Office|Bureau|Division) (?:for|of)\b", match["name"]
            )
            if len(match["name"].split()) >= 3 and not part and not NO_FUND.search(match["name"]):
                start = _skip_article(text, _after_owner(text, match.start(), match.end()))
                yield _mention(passage, text, start, match.end(), "FundingProgram", {})
        for match in ACT_NAME.finditer(text):
            kind = {
                "Ordinance": "Ordinance",
                "Amendment": "ConstitutionalProvision",
                "Clause": "ConstitutionalProvision",
            }
            before = match["name"].rfind(" and the ")  # "the Supremacy Clause and the Commerce Clause" are two
            start = _skip_article(text, match.start() + (before + len(" and the ") if before >= 0 else 0))
            if " " in text[start : match.end()] and not LAW_SCHOOL.search(match["name"]):
                yield _mention(passage, text, start, match.end(), kind.get(match["kind"], "Statute"), {})
        for match in POLL_NAME.finditer(text):
            start = _skip_article(text, match.start())
            if start < match.start("kind") and not MONTH.fullmatch(text[start : match.start("kind") - 1]):
                publisher = text[start : match.start("kind")].strip()
                yield _mention(
                    passage, text, start, match.end(), "Publication", {"publisher": publisher, "noun": "poll"}
                )

    @staticmethod
    def _long_names(passage: Passage, text: str, known: Sequence[Mention]) -> Iterator[Mention]:
        named = [(m.span.start - passage.start, m.span.end - passage.start) for m in known if m.type in NO_CAUSES]
        named += [(entity.start_char, entity.end_char) for entity in passage.doc.ents if entity.label_ != "LAW"]
        if passage.block.kind is BlockKind.HEADLINE:
            return
        for match in LONG_NAME.finditer(text):
            begin, cause, end = match.start(), match.start("cause"), match.end()
            owner = re.match(r"(?P<who>[A-Z][\w. -]*)['’]s ", match["first"])
            if owner and (
                owner["who"].isupper() or any(m.span.end - passage.start == begin + owner.end("who") for m in known)
            ):
                begin += owner.end()  # "the FBI's Center for Roe Studies"
            if any(m.span.start - passage.start == cause and m.type in {"Person", "Jurisdiction"} for m in known):
                continue  # "Americans for Roe", "the office for Ohio"
            if any(
                m.key and m.span.start - passage.start < cause and m.span.end - passage.start > begin for m in known
            ):
                continue  # "the Senate Judiciary Committee on Tuesday": the tables have the body
            inside = (begin, end)
            if any(_reaches_beyond(extent, inside) for extent in named):
                continue  # the recogniser or a table has more of it
            if text[:begin].endswith(("University of ", "College of ")):
                continue  # "the University of Ohio Center for Birds" begins before
            joined = match["last"] and not NOT_A_CAUSE.match(match["last"])
            if not joined or any(start == match.start("last") for start, _ in named):
                end = match.end("first")
            name = text[begin:end]
            kind = (
                "Organization"
                if re.search(r"(?!National|Federal|State|Presidential)[A-Z]\w+ Commission on", name)
                else kind_of(name)
            )
            yield _mention(passage, text, begin, end, kind, {})

    @staticmethod
    def _federal_courts(passage: Passage, text: str, known: Sequence[Mention]) -> Iterator[Mention]:
        inside = [m for m in known if m.type == "Jurisdiction" and m.hint("level") != "Country"]
        places = {mention.span.start - passage.start: mention for mention in inside}
        before = {
            mention.span.end - passage.start + len(gap): mention
            for mention in inside
            for gap in (" ", "-based ")
            if text.startswith(gap, mention.span.end - passage.start)
        }
        for match in FEDERAL_JUDGE.finditer(text):
            hints = {"court": _kind_of_court(match["what"])}
            place = places.get(match.end()) if match[0].rstrip().endswith(("in", "in the state of")) else None
            place = place or before.get(match.start("what"))
            if place is not None:
                hints["place"] = place.hint("name") or place.text
                if place.hint("within"):
                    hints["state"] = str(place.hint("within"))
            yield _mention(passage, text, match.start("what"), match.end("what"), "Court", hints, MentionKind.NOMINAL)


def _reaches_beyond(extent: tuple[int, int], inside: tuple[int, int]) -> bool:
    """Tell whether a stretch of text overlaps another and goes on before or behind it."""
    overlaps = extent[0] < inside[1] and inside[0] < extent[1]
    return overlaps and (extent[0] < inside[0] or extent[1] > inside[1])


def _kind_of_court(words: str) -> str:
    """Tell a court of appeals, a panel that either kind may sit as, or a district court."""
    if re.search(r"appeals|appellate|circuit", words):
        return "appeals"
    return "panel" if "three-judge" in words or words.endswith("panel") else "district"


def _skip_article(text: str, start: int) -> int:
    """Move past a leading "The" or another opening word that is no part of a name."""
    match = re.match(
        r"(?:Pursuant to the|Pursuant to|The|A|An|This|That|In|Under|But|And|Its|Their|His|Of|For|If|As|While|When|Both) ",
        text[start:],
    )
    return start + match.end() if match else start


def _after_owner(text: str, start: int, end: int) -> int:
    """Move past an owner in the possessive: "the Department's Edward Byrne … Grants" is the department's program."""
    owner = re.search(r".*['’]s? (?=[A-Z])", text[start:end])
    return start + owner.end() if owner and not text[start : start + owner.end()].startswith("Veterans") else start


def _mention(
    passage: Passage,
    text: str,
    start: int,
    end: int,
    kind: str,
    hints: dict[str, str],
    how: MentionKind = MentionKind.NAME,
) -> Mention:
    span = Span(passage.start + start, passage.start + end)
    return Mention(span, text[start:end], kind, FOUND_BY, kind=how, hints=tuple(sorted(hints.items())))
