"""The verbs of speaking, and the adverbs that may stand between a speaker and such a verb, as patterns.

Words only: who speaks is decided in `kg.extract.speakers`. Add a verb here and both quotations and indirect speech
know it.
"""

import re

SAY = (
    r"sa(?:id|ys?)|add(?:ed|s)?|told|tells?|wr(?:ote|ites?)|tweet(?:ed|s)|ask(?:ed|s)|argu(?:ed|es)|not(?:ed|es)|explain(?:ed|s)"
    r"|conclud(?:ed|es)|warn(?:ed|s)|insist(?:ed|s)|stat(?:ed|es)|declar(?:ed|es)|announc(?:ed|es)|continu(?:ed|es)(?=[,.:]|\s*\Z|\s+(?:on|in|during)\b)|repl(?:ied|ies)"
    r"|respond(?:ed|s)|recall(?:ed|s)|observ(?:ed|es)|remark(?:ed|s)|conced(?:ed|es)|acknowledg(?:ed|es)|admit(?:ted|s)|claim(?:ed|s)"
    r"|complain(?:ed|s)|counter(?:ed|s)|contend(?:ed|s)|maintain(?:ed|s)|vow(?:ed|s)|pledg(?:ed|es)|promis(?:ed|es)|testif(?:ied|ies)"
    r"|quipp?(?:ed|s)|jok(?:ed|es)|shout(?:ed|s)|yell(?:ed|s)|lament(?:ed|s)|suggest(?:ed|s)|stress(?:ed|es)|emphasi[sz](?:ed|es)"
    r"|reiterat(?:ed|es)|repeat(?:ed|s)|predict(?:ed|s)|rul(?:ed|es)|reads?|point(?:ed|s) out|went on|goes on|put it|puts it"
    r"|comment(?:ed|s)|caution(?:ed|s)|urg(?:ed|es)|boast(?:ed|s)|fum(?:ed|es)|post(?:ed|s)|texted|e-?mailed|alleg(?:ed|es)|agre(?:ed|es)"
    r"|wonder(?:ed|s)|confirm(?:ed|s)|report(?:ed|s)|recount(?:ed|s)|proclaim(?:ed|s)|assert(?:ed|s)|thunder(?:ed|s)|tout(?:ed|s)"
    r"|advis(?:ed|es)|reveal(?:ed|s)|elaborat(?:ed|es)|exclaim(?:ed|s)|began(?=[,.:]|\s*\Z)|interject(?:ed|s)|retort(?:ed|s)|muse[ds]|opin(?:ed|es)"
    r"|affirm(?:ed|s)|clarif(?:ied|ies)|disclos(?:ed|es)|demand(?:ed|s)|signal(?:ed|s)|bragged|chanted|cried|mentioned|rant(?:ed|s)|rav(?:ed|es)|rag(?:ed|es)|rail(?:ed|s)|scoff(?:ed|s)|sniff(?:ed|s)|wrote back|read aloud|blogged|deadpanned"
    r"|averred|shot back|hit back|fired back|chimed in|weighed in|snapped|intoned|gushed|reasoned|reassured|assured|confess(?:ed|es)|joked"
)
JUDGE = (
    r"call(?:ed|s)|term(?:ed|s)|dubb?(?:ed|s)|describ(?:ed|es)|label(?:l?ed|s)|brand(?:ed|s)|critici[sz](?:ed|es)|mock(?:ed|s)"
    r"|slamm?(?:ed|s)|denounc(?:ed|es)|condemn(?:ed|s)|prais(?:ed|es)|welcom(?:ed|es)|blast(?:ed|s)|lambast(?:ed|es)|accus(?:ed|es)"
    r"|cit(?:ed|es)|quot(?:ed|es)|hail(?:ed|s)|ripp?(?:ed|s)|decr(?:ied|ies)|defend(?:ed|s)|question(?:ed|s)|dismiss(?:ed|es)"
    r"|talk(?:ed|s)(?= (?:about|of)\b)|reject(?:ed|s)|assail(?:ed|s)|derid(?:ed|es)|denigrat(?:ed|es)|ridicul(?:ed|es)|portray(?:ed|s)|blam(?:ed|es)|vilif(?:ied|ies)|disparag(?:ed|es)"
    r"|excoriat(?:ed|es)|castigat(?:ed|es)|applaud(?:ed|s)|liken(?:ed|s)|deem(?:ed|s)|pronounc(?:ed|es)"
    r"|characteri[sz](?:ed|es)|refer(?:red|s)|offer(?:ed|s)|complained|taunt(?:ed|s)|rail(?:ed|s)|attack(?:ed|s)"
    r"|found|held|holds|finds|believ(?:ed|es)|thinks|thought|express(?:ed|es)|expounded|spoke|speaks|order(?:ed|s)|direct(?:ed|s)"
)
_PAPER = (
    r"requir(?:ed|es)|provid(?:ed|es)|prohibit(?:ed|s)|bar(?:red|s)|mandat(?:ed|es)|stipulat(?:ed|es)|define[sd]|instruct(?:ed|s)|forbids?|forbade|authoriz(?:ed|es)"
    r"|allow(?:ed|s)|permit(?:ted|s)|empower(?:ed|s)|g[ai]ves?|grants?|guarantee[sd]|obligat(?:ed|es)|protects?|calls? for|enable[sd]"
)
_PARTICIPLE = (
    r"saying|adding|telling|writing|tweeting|calling|noting|arguing|warning|asking|claiming|describing|insisting|declaring|stating"
    r"|accusing|explaining|criticizing|slamming|mocking|denouncing|quoting|concluding|ruling|vowing|urging|stressing|contending"
    r"|asserting|complaining|charging|labeling|dubbing|citing|pledging|predicting|suggesting|pointing out|lamenting|acknowledging"
    r"|promising|threatening|proclaiming|announcing|touting|observing|maintaining|testifying|recalling|repeating|hailing|blasting|blaming|portraying|rejecting"
    r"|reiterating|emphasizing|alleging|boasting|joking|admitting|declaring|questioning|condemning|praising|reading|posting|finding"
)
FINITE = re.compile(rf"(?<!-)\b(?:{SAY}|{JUDGE})\b(?!-)")
REPORTING = re.compile(rf"(?<!-)\b(?:{SAY})\b(?!-)")
ANY_VERB = re.compile(
    rf"(?<!-)\b(?:(?P<finite>{SAY}|{JUDGE})|(?P<paper>{_PAPER})|(?P<ing>{_PARTICIPLE}))\b(?!-)|(?P<source>[Aa]ccording to)\b"
)

NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|his|her|their|its|our|these|those|such|of|no|any|some|new|false|[\w]+[’']s)\s+\Z", re.IGNORECASE
)
NOUNY = re.compile(
    r"(?:claim|promise|report|note|comment|demand|rule|call|order|pledge|question|attack|post|state|offer|quote|urge)s\b"
)
BASE_VERB = (
    r"(?:say|add|write|tweet|report|argue|note|warn|declare|describe|call|ask|tell|state|announce|explain|insist|claim"
    r"|testify|acknowledge|admit|conclude|respond|reply|joke|promise|vow|recall|complain|suggest|urge|repeat)"
)
BASE = re.compile(
    r"\b(?:to|would|will|could|might|did|may|later|also|often|they|who|we|people|critics|officials|others|lawyers|some|many)\s+(?:later\s+|also\s+|then\s+)?"
    rf"(?P<base>{BASE_VERB})\b(?!-)"
)
"""A verb of speaking in its base form: "went so far as to report", "would later write", "they also say"."""
HANGING = re.compile(
    r"(?:\A|[,;:—–]\s*|\b(?:by|and|while|before|after|in|for|of|statement|letter|tweet|memo|report|video|message|release|e-?mail)\s+|\bquoted\s+as\s+"
    r"|\b(?:statement|letter|tweet|memo|message|note|release|e-?mail)\s+(?:sent\s+)?to\s+(?:[\w.’'-]+\s+){1,5})"
    r"(?:\w+ly\s+)?\Z"
)
_DAY = (
    r"(?:(?:on|late|early|last) )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
)
ADVERB = (
    rf"(?:(?!(?:ally|family|assembly|bully|reply|supply|July)\b)\w+ly|has|have|had|also|then|later|again|repeatedly|once|recently|previously|publicly|famously|reportedly|simply|now|still|just|even"
    rf"|often|quickly|immediately|earlier|himself|herself|themselves|itself|since|long|already|already|first|further|always|never|both"
    rf"|all|would|will|could|may|might|must|did|does|was|were|is|are|in turn|in part|specifically|explicitly|has been|had been|thus"
    rf"|similarly|instead|nonetheless|nevertheless|only|all but|basically|flatly|bluntly|openly|rightly|jokingly|sarcastically"
    rf"|at the time|at one point|in a (?:[\w-]+ )?(?:statement|tweet|letter|interview|speech|memo|ruling|brief|filing|news conference)"
    rf"|to (?:say|tell|add)|twice|once more|{_DAY}|likewise|meanwhile|too|last (?:week|month|year|night|spring|summer|fall|winter)"
    rf"|(?:earlier )?this (?:week|month|year|morning)|(?:in|on|since) (?:(?:January|February|March|April|May|June|July|August|September|October"
    rf"|November|December|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)(?: \d{{1,2}})?(?:,? \d{{4}},?)?|\d{{4}}))"
)
