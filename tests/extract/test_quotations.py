"""Quotations: which quoted words count, how pieces are joined, and who is said to speak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.article import split_article
from kg.extract.quotations import find_quotations
from kg.records import Document, Mention, MentionKind, Span

TYPES = {
    "Ana Ruiz": "Person", "Ruiz": "Person", "Tom Vance": "Person", "Vance": "Person", "Susan Poe": "Person", "Poe": "Person",
    "Justice Department": "Agency", "Ohio Court of Appeals": "Court", "Court of Claims": "Court", "Open Doors League": "Organization", "Door Watch": "Organization",
    "Anytown": "Municipality", "Mary Ann Lowe": "Person", "Ben Lowe": "Person", "Lowe": "Person", "City Charter": "Law", "Attorney General": "Agency",
}  # fmt: skip


def mentions_in(text: str) -> list[Mention]:
    found: list[Mention] = []
    for name in sorted(TYPES, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            if not any(span.overlaps(m.span) for m in found):
                found.append(Mention(span, name, TYPES[name], "test"))
            start = text.find(name, start + 1)
    return sorted(found, key=lambda m: m.span)


def quoted(text: str, mentions: list[Mention] | None = None) -> list[tuple[str, str | None]]:
    """Return what is quoted, and the speaker's name or "?" and the description."""
    document = Document("d", text, "", "")
    found = find_quotations(document, split_article(text), mentions_in(text) if mentions is None else mentions)
    return [
        (q.text, q.speaker.of(text) if isinstance(q.speaker, Span) else q.described and f"? {q.described}")
        for q in found
    ]


ONE = "We will keep our doors open"

ATTRIBUTED = [
    # (a paragraph in which {q} stands for the quoted words, who speaks)
    ('"{q}," Ruiz said.', "Ruiz"),
    ("“{q},” Ruiz said.", "Ruiz"),
    ('“{q}," Ruiz said.', "Ruiz"),
    ('"{q}", Ruiz said during a meeting with Tom Vance.', "Ruiz"),
    ('"{q}," said Ana Ruiz, the president of the Open Doors League.', "Ana Ruiz"),
    ('"{q}," said Anytown Mayor Ana Ruiz.', "Ana Ruiz"),
    ('"{q}," said Ana Ruiz, a spokeswoman for Anytown Mayor Tom Vance.', "Ana Ruiz"),
    ('"{q}," said a spokeswoman for Anytown Mayor Tom Vance.', "? a spokeswoman for Anytown Mayor Tom Vance"),
    ('"{q}," a Justice Department spokesman said in a statement.', "? a Justice Department spokesman"),
    ('"{q}," Justice Department spokeswoman Ana Ruiz said.', "Ana Ruiz"),
    ('"{q}," Vance’s lawyer said.', "? Vance’s lawyer"),
    ('"{q}," Ruiz, who once ran against Tom Vance, added.', "Ruiz"),
    ('"{q}," Ruiz (D-Ohio) tweeted on Monday.', "Ruiz"),
    ('"{q}!" Ruiz shouted.', "Ruiz"),
    ('"{q}," the Justice Department said.', "Justice Department"),
    ('"{q}," according to the Justice Department.', "Justice Department"),
    ('"{q}," says one of the letters, sent by Ana Ruiz in Anytown.', "Ana Ruiz"),
    ('"{q}," Ana Ruiz, of the council.', "Ana Ruiz"),
    ('Ruiz concluded: "{q}."', "Ruiz"),
    ('Ruiz told reporters, "{q}."', "Ruiz"),
    ('In a statement, Ruiz said "{q}."', "Ruiz"),
    ('Ruiz has repeatedly said that the city "will go on to keep its doors open."', "Ruiz"),
    ('But the Ohio Court of Appeals ruled that it "cannot agree that the doors must close."', "Ohio Court of Appeals"),
    (
        'Tom Vance, head of the union, welcomed the plan of Ana Ruiz, calling it "a sound answer to a hard question."',
        "Tom Vance",
    ),
    ('Ruiz mocked Tom Vance for coming "to close the doors that we keep open."', "Ruiz"),
    ('The City Charter requires that doors "are to be kept open at all hours."', "City Charter"),
    ('In a letter to Tom Vance, Ana Ruiz, the mayor, said "{q}."', "Ana Ruiz"),
    ('The Justice Department said the city was "{q}," naming the murders in Anytown.', "Justice Department"),
    ('Critics said the city was "a danger to all of the county."', "? Critics"),
    ('A senior official, asked about Ruiz, said, "{q}."', "? A senior official"),
    ('"{q}."', None),
    ('"{q}," Ruiz averred before the vote.', "Ruiz"),
    ('"{q}," averred Ruiz.', "Ruiz"),
    ('"{q}" to keep the doors open "for all who come here," Ruiz said.', "Ruiz"),
    ('Ruiz met Tom Vance. Ana Ruiz\'s ruling on the plan was long. "{q}," she wrote.', "Ana Ruiz"),
    ('"{q}," she averred.', "? she"),
    ('"{q}," Ruiz shot back.', "Ruiz"),
    ('"{q}!" Ruiz left the room.', None),
    ('"{q}," Ruiz and the council agreed.', "? the council"),
    ('"{q}" of the old town hall, Ruiz said on Monday.', "Ruiz"),
    ('"{q}" of the old town hall, as the city calls it.', None),
    ('"{q}," said a friend of hers, Ana Ruiz, on her way out.', "Ana Ruiz"),
    ('"{q}," said a Justice Department spokesman.', "? a Justice Department spokesman"),
    ('"{q}," Mayor Ana Ruiz of Anytown told reporters.', "Ana Ruiz"),
    ('"{q}," Ruiz last month told reporters.', "Ruiz"),
    ('"{q}," as Ruiz puts it.', "Ruiz"),
    ('Says Ruiz, "{q}."', "Ruiz"),
    ('In fact, writes Ruiz, "{q}."', "Ruiz"),
    ('Tom Vance, who runs the union, told Ruiz: "{q}."', "Tom Vance"),
    ('The head of the union, Tom Vance, described the city as "a place of many open doors."', "Tom Vance"),
    ('Ruiz granted another year but warned, "{q}."', "Ruiz"),
    ('As Vance began to ask about it, Ruiz rose and said, "{q}."', "Ruiz"),
    ('Ruiz went so far as to say, "{q}."', "Ruiz"),
    ('Ruiz would later write that the city had "kept all of its many doors open."', "Ruiz"),
    ('Ruiz issued a statement saying that Anytown "will go on to keep its doors open."', "Ruiz"),
    ('The university released a statement saying, "{q}."', "? The university"),
    (
        "Justice Department Chief Ana Ruiz, an Ohio lawyer who wrote the plan, criticized it, saying that it “will keep none of our doors open.”",
        "Ana Ruiz",
    ),
    ('Here is Ruiz’s full statement: "{q}."', "Ruiz"),
    ("“{q},” Ruiz said on the way, ”and that is what we mean.”", "Ruiz"),
    ('"{q}," said Ana Ruiz (Anytown), the head of the council.', "Ana Ruiz"),
    (
        "Ruiz accused Vance of eroding Open Doors League rules and traditions to hire clerks who “will be sure to close every door.”",
        "Ruiz",
    ),
    ("The Open Doors League notes that the clerks “will be sure to close every door.”", "Open Doors League"),
    ("“{q},’’ Ruiz told the council.", "Ruiz"),
    ("``{q},'' Ruiz said.", "Ruiz"),
    ("“”{q},” Ruiz said.", "Ruiz"),
    ("“ ‘{q}’ is what it says,” Ruiz noted.", "Ruiz"),
    ('"{q}," Ana Ruiz and Tom Vance said in a joint statement.', "Ana Ruiz"),
    ('"{q}," said Ana Ruiz and Tom Vance in a joint statement.', "Ana Ruiz"),
    ('"{q}," Ana Ruiz of the anti-doors Open Doors League told the paper.', "Ana Ruiz"),
    ('"{q}," the paper quoted Ana Ruiz, a clerk, as saying.', "Ana Ruiz"),
    ('The Justice Department quoted Ana Ruiz as saying, "{q}."', "Ana Ruiz"),
    ('"{q}," Ruiz will testify on Monday.', "Ruiz"),
    ('"{q}," Ruiz used to say.', "Ruiz"),
    ("Tom Vance met Ana Ruiz — who once said “{q}” — on Monday.", "Ana Ruiz"),
    ("The door was shut by the Court of Claims in Anytown, which said “{q}.”", "Court of Claims"),
    (
        "After the Court of Claims ruled, Ruiz issued a statement saying that Anytown “will keep all of its doors open.”",
        "Ruiz",
    ),
    (
        "Amid news that Ruiz would leave, a council staffer sent an email to reporters saying “{q}.”",
        "? a council staffer",
    ),
    ("The vote came after Ruiz’s claim that Anytown “will keep all of its many doors open.”", "Ruiz"),
    ("Ruiz stood by her vow to “keep all of the many doors open.”", "Ruiz"),
    (
        "The mayor used his power under the City Charter to “close all of the doors that he sees fit,” Ruiz’s rival left.",
        "City Charter",
    ),
    ("The City Charter allows the mayor to “close all of the doors that he sees fit.”", "City Charter"),
    (
        'A spokesman for Anytown Mayor Tom Vance blamed the weather, saying the "{q}."',
        "? A spokesman for Anytown Mayor Tom Vance",
    ),
    ('Open Doors League press secretary Ana Ruiz issued a note on Monday, insisting that, "{q}."', "Ana Ruiz"),
    ('Open Doors League members met Ana Ruiz on Monday, insisting that, "{q}."', "Open Doors League"),
    ('The Ohio Court of Appeals panel ruled that the city should keep "{q}."', "Ohio Court of Appeals"),
    ('"{q}," said Open Doors League’s statement.', "Open Doors League"),
    ('A 2010 report from the Justice Department said the city had "{q}."', "Justice Department"),
    ('A report about the Justice Department said the city had "{q}."', "? A report about the Justice Department"),
    ('Vance rejected the plan as "{q}."', "Vance"),
    ('On Monday Vance talked about "{q}."', "Vance"),
    ('The memorandum states that "{q} to all."', "? The memorandum"),
]


@pytest.mark.parametrize(("paragraph", "speaker"), ATTRIBUTED)
def test_speakers_in_one_paragraph(paragraph: str, speaker: str | None) -> None:
    found = quoted(paragraph.replace("{q}", ONE))
    assert [who for _, who in found] == [speaker]


NO_QUOTATION = [
    'They are signs for everybody who comes by, "We will keep our doors open to all."',
    'A rule about "the doors that open into the old city" was talked about.',
    'The city calls itself a "sanctuary" and "proud of its open doors".',
    'Ruiz said the "sanctuary cities" would stay.',
    'Ruiz read "The Long Way Home Again to Anytown" on the train.',
    'The rule covers land "that lies within the old city walls" and no more.',
    "Ruiz said the city would keep its doors open.",
    'It is 5" wide and 7" long, and costs nothing at all.',
    'The fee covers "food, rooms and heat for all of us", though Ruiz says that it is too low.',
    "The vote of the League is the so-called “open door for all of us” plan.",
    'In a new book, "The Long Way Home Again to Anytown," he makes the case for doors.',
]


@pytest.mark.parametrize("paragraph", NO_QUOTATION)
def test_what_is_no_quotation(paragraph: str) -> None:
    assert quoted(paragraph) == []


PASSAGES = [
    # (text, [(quoted words, speaker)])
    ('"We urge all the states," Ruiz said. "Do not close the doors."',
     [("We urge all the states, … Do not close the doors.", "Ruiz")]),
    ('"If we close the doors," Ruiz told a crowd, "they will not open again."',
     [("If we close the doors, … they will not open again.", "Ruiz")]),
    ('“The motto is ‘open, and open again,’” Ruiz said.', [("The motto is ‘open, and open again,’", "Ruiz")]),
    ('“He said "close the doors" to all of us,” Ruiz said.', [('He said "close the doors" to all of us,', "Ruiz")]),
    ('“It was two years ago today,” Ruiz recalled. “The doors were closed.\n\n“So today we open them again.”',
     [("It was two years ago today, … The doors were closed. … So today we open them again.", "Ruiz")]),
    ('"We will never close a door," said Ana Ruiz, of the council.\n\n"We will open more of them."',
     [("We will never close a door, … We will open more of them.", "Ana Ruiz")]),
    ('Ruiz said that "it is no chance that he came now".\n\n"This is a plain act of revenge."',
     [("it is no chance that he came now", "Ruiz"), ("This is a plain act of revenge.", "Ruiz")]),
    ('"We will never close a door," Ruiz said.\n\nVance disagreed with that.\n\n"We must close every single one," he said.',
     [("We will never close a door,", "Ruiz"), ("We must close every single one,", "Vance")]),
    ('Tom Vance spoke first. He also praised Anytown. "We must close every single one," he said.',
     [("We must close every single one,", "Tom Vance")]),
    ('Susan Poe and Tom Vance met on Monday.\n\n"We must close every single one," she said.',
     [("We must close every single one,", "Susan Poe")]),
    ('Ruiz wrote to Vance:\n\n"We must close every single one."', [("We must close every single one.", "Ruiz")]),
    ('"We will never close a door," Ruiz said. "That is not who we are," Vance said.',
     [("We will never close a door,", "Ruiz"), ("That is not who we are,", "Vance")]),
    ('"We will never close a door," a senior official said.\n\n"We will see what comes next," the official added.',
     [("We will never close a door,", "? a senior official"), ("We will see what comes next,", "? a senior official")]),
    ('In a statement, the Justice Department said doors are "closing under the weight of it."\n\n"We mean every word of it," the release said.',
     [("closing under the weight of it.", "Justice Department"), ("We mean every word of it,", "Justice Department")]),
    ('The Ohio Court of Appeals overturned a ruling of the Court of Claims.\n\n"The doors stay open for now," the appeals court ruled.',
     [("The doors stay open for now,", "Ohio Court of Appeals")]),
    ('The doors are closing on Ruiz and on Anytown. "We will never close a door".', [("We will never close a door", None)]),
    ("We must close every door that is left open! — Tom Vance (@tvance) March 7, 2018",
     [("We must close every door that is left open!", "Tom Vance")]),
    ("Related: Ana Ruiz to Vance: ‘You Don’t Close Doors in Anytown’", [("You Don’t Close Doors in Anytown", "Ana Ruiz")]),
    ('The Justice Department sued. The cost covers "food, rooms and heat for all," according to the city clerk’s office.',
     [("food, rooms and heat for all,", "? the city clerk’s office")]),
    ("Related: Anytown Calls ‘Open Doors’ a Scarlet Letter for Cities", []),
    ("“We will keep every door open.” — Ana Ruiz, The Anytown Post", [("We will keep every door open.", "Ana Ruiz")]),
    ("“We will keep every door open.” Ana Ruiz, of the council, left.", [("We will keep every door open.", None)]),
    ('“Well,” Ruiz said, “we will keep every door open.”', [("Well, … we will keep every door open.", "Ruiz")]),
    ('Yet Ruiz was sure of it, and she smiled. "We will keep every door open."', [("We will keep every door open.", "Ruiz")]),
    ('"We will keep every door open," Ruiz charges. "We will not close a single one."',
     [("We will keep every door open, … We will not close a single one.", "Ruiz")]),
    ('One of them is planning to run: "We will keep every door open," said Ana Ruiz.', [("We will keep every door open,", "Ana Ruiz")]),
    ('Ruiz vowed that nobody would have to leave.\n\n"We will keep every door open for all of them."',
     [("We will keep every door open for all of them.", "Ruiz")]),
    ('Nobody would have to leave.\n\n"We will keep every door open for all of them."',
     [("We will keep every door open for all of them.", None)]),
    ('Ruiz was blunt about it. "We will keep every door open for all of them."',
     [("We will keep every door open for all of them.", "Ruiz")]),
    ('Ruiz and Vance were blunt about it. "We will keep every door open for all of them."',
     [("We will keep every door open for all of them.", None)]),
    ('"We will keep every door open," a clerk said.\n\n"It is what we were told to do," he added.',
     [("We will keep every door open,", "? a clerk"), ("It is what we were told to do,", "? a clerk")]),
    ('"We will keep every door open," a clerk said.\n\nTom Vance came in.\n\n"It is what we were told to do," he added.',
     [("We will keep every door open,", "? a clerk"), ("It is what we were told to do,", "Tom Vance")]),
    ('"We will keep every door open," Ruiz said.\n\n"It is what Tom Vance told us to do," she added of her old friend.',
     [("We will keep every door open,", "Ruiz"), ("It is what Tom Vance told us to do,", "Ruiz")]),
    ('Sen. Tom Vance met Ana Ruiz, the mayor.\n\n"We will keep every door open," the senator said.',
     [("We will keep every door open,", "Tom Vance")]),
    ('Tom Vance (R-Ohio) met Ana Ruiz (D-Ohio).\n\n"We will keep every door open," the Ohio Democrat said.',
     [("We will keep every door open,", "Ana Ruiz")]),
    ('Tom Vance met a senator.\n\n"We will keep every door open," the senator said.',
     [("We will keep every door open,", "? the senator")]),
    ('"We will close the doors," says Susan Poe, a clerk in Anytown, N.J. “No one has a say in that.”',
     [("We will close the doors, … No one has a say in that.", "Susan Poe")]),
    ('"We will keep each of the doors open," Ruiz wrote.\n\nWe will keep each of the doors open — Ana Ruiz (@aruiz) March 7, 2018',
     [("We will keep each of the doors open,", "Ruiz")]),
    ('"We will keep every door open," said Ms. Susan Poe. "We must do it," she said.',
     [("We will keep every door open, … We must do it,", "Susan Poe")]),
    ('"We will keep every door open," said Ms. Susan Poe. "But we must close them all," he said.',
     [("We will keep every door open,", "Susan Poe"), ("But we must close them all,", "? he")]),
    ('"We will keep every door open," Ruiz said on Twitter, adding: "Not one will be shut!"',
     [("We will keep every door open, … Not one will be shut!", "Ruiz")]),
    ('"We will keep every door open," Ruiz said. Vance answered: "Not one will be left open!"',
     [("We will keep every door open,", "Ruiz"), ("Not one will be left open!", "Vance")]),
    ('"We will keep every door open," Ruiz told the show "The Hour with Anna Moss." "Not one will be shut."',
     [("We will keep every door open, … Not one will be shut.", "Ruiz")]),
    ('The paper ran a piece titled "How we will keep every door open." Ruiz said no.', []),
    ('Headlined "How we will keep every door open," the piece ran on Monday. Ruiz said no.', []),
    ("Mary Ann Lowe, whose son Ben Lowe was hurt, spoke first. “We will keep every door open,” Mary Ann Lowe said.\n\n“You must do it at once,” Lowe said.",
     [("We will keep every door open,", "Mary Ann Lowe"), ("You must do it at once,", "Mary Ann Lowe")]),
    ("Mary Ann Lowe, whose son Ben Lowe was hurt, sat down. “You must do it at once,” Lowe said.", [("You must do it at once,", "Lowe")]),
    ("The Open Doors League spoke.\n\n“We will keep every door open,” the league said.", [("We will keep every door open,", "Open Doors League")]),
    ("The Open Doors League spoke.\n\n“We will keep every door open,” the guild said.", [("We will keep every door open,", "? the guild")]),
    ("Ruiz put it this way:\n\nNobody in this town has ever yet been made to stand before a door that was shut.",
     [("Nobody in this town has ever yet been made to stand before a door that was shut.", "Ruiz")]),
    ("We must close every door that is left open! — TomVance (@tvance) March 7, 2018\n\nTom Vance left.",
     [("We must close every door that is left open!", "Tom Vance")]),
    ("More: Rep. Tom Vance: Doors must be open, but ‘I don’t mean all of the doors’", [("I don’t mean all of the doors", "Tom Vance")]),
    ("More: Rep. Tom Vance: Doors must be open at the ‘house that has no doors’", []),
    ("Related: In his speech, Tom Vance says the city is ‘a place of many open doors’", [("a place of many open doors", "Tom Vance")]),
    ("Related: The speech of Tom Vance in ‘a place of many open doors’", []),
    ('"We will keep every door open," the Open Doors League says.\n\nVance left. "Not one will ever be shut," the website says.',
     [("We will keep every door open,", "Open Doors League"), ("Not one will ever be shut,", "Open Doors League")]),
    ('"We will keep every door open," Ruiz said.\n\n"Not one will ever be shut," Ruiz was told.',
     [("We will keep every door open,", "Ruiz"), ("Not one will ever be shut,", None)]),
    ('Ruiz cited the City Charter. "No door will be shut," she said.\n\n"All doors will be kept open," the order says.',
     [("No door will be shut,", "Ruiz"), ("All doors will be kept open,", "City Charter")]),
    ('"This is a lot of work for all," Ruiz said on Monday. "We’re trying."',
     [("This is a lot of work for all, … We’re trying.", "Ruiz")]),
    ('Vance should go before he loses, Ruiz said.\n\n"We will keep every door open," he said.',
     [("We will keep every door open,", "Ruiz")]),
    ('Vance should go before he loses, said nobody.\n\n"We will keep every door open," he said.',
     [("We will keep every door open,", "Vance")]),
    ('"We will keep every door open," said a statement by Ana Ruiz and Tom Vance of the Open Doors League.\n\n"We mean every word of it," they said.',
     [("We will keep every door open,", "Ana Ruiz"), ("We mean every word of it,", "Ana Ruiz")]),
    ("We must close every door that is left open! — Anytown Doormen (@doors) March 7, 2018",
     [("We must close every door that is left open!", "? Anytown Doormen")]),
    # whose turn it is
    ('"We will close every single door," Tom Vance said to Susan Poe. "It is time."\n\n"You will close none of them," she replied.',
     [("We will close every single door, … It is time.", "Tom Vance"), ("You will close none of them,", "Susan Poe")]),
    ('Ana Ruiz met Ben Lowe.\n\n"We will close every single door," Ben Lowe said.\n\n"You will close none of them," he added.',
     [("We will close every single door,", "Ben Lowe"), ("You will close none of them,", "Ben Lowe")]),
    ('Ruiz was asked about it. Ruiz’s response? "We will keep every door open."', [("We will keep every door open.", "Ruiz")]),
    ('Her message to Anytown was simple, and Ruiz’s answer blunt. "We will keep every door open."', [("We will keep every door open.", None)]),
    ('The doors may stay open, writes Tom Vance in The Post. An open house “brings in the people whom no closed house can reach.”',
     [("brings in the people whom no closed house can reach.", "Tom Vance")]),
    ('The doors may stay open, and Tom Vance left. An open house “brings in the people whom no closed house can reach.”', []),
    ('"We will keep every door open," Ruiz said as many waved "Open Doors" flags. "Not one will be shut."',
     [("We will keep every door open, … Not one will be shut.", "Ruiz")]),
    ('"We will keep every door open," Ruiz said to cheers, adding later, "Not one of them will be shut."',
     [("We will keep every door open,", "Ruiz"), ("Not one of them will be shut.", "Ruiz")]),
    ('"We will keep every door open," Ruiz said.\n\nIn the count of doors he trails Vance by ten.\n\n"Will you please open some more?" he asked the crowd.',
     [("We will keep every door open,", "Ruiz"), ("Will you please open some more?", "Ruiz")]),
    ('"We will keep every door open," the Open Doors League said.\n\nDoor Watch, an advocacy group, disagreed.\n\n"All doors must be closed at once," the group said.',
     [("We will keep every door open,", "Open Doors League"), ("All doors must be closed at once,", "Door Watch")]),
    # whose paper it is
    ('"We will close every single door," Vance said.\n\nThe Open Doors League responded on Monday with a statement against it.\n\n"You will close none of them," said the statement.',
     [("We will close every single door,", "Vance"), ("You will close none of them,", "Open Doors League")]),
    ('The Open Doors League issued a statement. "We will close every single door," Vance said in his.\n\n"You will close none of them," the statement said.',
     [("We will close every single door,", "Vance"), ("You will close none of them,", "Vance")]),
    ('The memo by former city planner Ana Ruiz was found.\n\n"We will close every single door," Vance said.\n\nThe memo warned that “guests do not want to see all of their doors closed.”',
     [("We will close every single door,", "Vance"), ("guests do not want to see all of their doors closed.", "Ana Ruiz")]),
    ('The memo by former city planner Ana Ruiz was found. Door Watch responded on Monday with a statement decrying the memo. Vance said the memo was a fake.\n\nThe memo warned that “guests do not want to see all of their doors closed.”',
     [("guests do not want to see all of their doors closed.", "Ana Ruiz")]),
    ('A memo about Ana Ruiz was found.\n\nThe lawsuit says that “guests do not want to see all of their doors closed.”',
     [("guests do not want to see all of their doors closed.", "? The lawsuit")]),
    ('Door Watch filed a lawsuit in Anytown.\n\nThe lawsuit says that “guests do not want to see all of their doors closed.”',
     [("guests do not want to see all of their doors closed.", "Door Watch")]),
    ('Vance said the plan was “the end of all doors as we knew them.” Asked again, Ruiz called it “the end of all doors as we knew them.”',
     [("the end of all doors as we knew them.", "Vance"), ("the end of all doors as we knew them.", "Ruiz")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PASSAGES)
def test_speech_acts(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert quoted(f"The council of the city met for three hours on Monday.\n\n{text}\n") == wanted


COREFERENCE = [
    # (kind and antecedent of "the mayor", antecedent of "she", who speaks the two quotations)
    (MentionKind.NOMINAL, None, "Susan Poe", ["Susan Poe", "the mayor (the mayor)"]),
    (MentionKind.NOMINAL, "Susan Poe", "the mayor", ["Susan Poe", "Susan Poe"]),
    (MentionKind.NOMINAL, "Susan Poe", None, ["Susan Poe", "Susan Poe"]),
    (MentionKind.NAME, None, None, ["Susan Poe", "the mayor"]),
]


@pytest.mark.parametrize(("kind", "mayor", "she", "speakers"), COREFERENCE)
def test_coreference_that_is_known_is_believed(
    kind: MentionKind, mayor: str | None, she: str | None, speakers: list[str]
) -> None:
    text = 'Susan Poe met the union. "We will keep our doors open," she said.\n\n"And so it goes on for years," the mayor said.'

    def span(words: str | None) -> Span | None:
        return Span(text.index(words), text.index(words) + len(words)) if words else None

    mentions = [
        Mention(Span(0, 9), "Susan Poe", "Person", "test"),
        Mention(Span(text.index("she"), text.index("she") + 3), "she", "Person", "test",
                MentionKind.PRONOUN, antecedent=span(she)),
        Mention(Span(text.index("the mayor"), text.index("the mayor") + 9), "the mayor", "Person", "test", kind,
                antecedent=span(mayor)),
    ]  # fmt: skip
    found = find_quotations(Document("d", text, "", ""), split_article(text), mentions)
    said = [q.speaker.of(text) if isinstance(q.speaker, Span) else "?" for q in found]
    assert [f"{who} ({q.described})" if q.described else who for who, q in zip(said, found, strict=True)] == speakers


def test_the_printed_words_are_under_the_span() -> None:
    text = 'One. "We urge all the states," Ruiz said. "Do not close the doors."'
    (found,) = find_quotations(Document("d", text, "", ""), split_article(text), mentions_in(text))
    assert found.document == "d"
    assert found.span.of(text) == 'We urge all the states," Ruiz said. "Do not close the doors.'


WORDS = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    " ",
    "Ruiz said",
    "Ana Ruiz",
    ", ",
    ". ",
    "\n\n",
    "we will keep every door open",
    "he said",
    ":",
    "a",
    "according to ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=24).map("".join))
def test_quotations_lie_in_the_text_and_between_marks(text: str) -> None:
    document = Document("d", text, "", "")
    for found in find_quotations(document, split_article(text), mentions_in(text)):
        assert 0 <= found.span.start < found.span.end <= len(text)
        printed = found.span.of(text)
        assert all(piece.strip() in printed for piece in found.text.split(" … "))
        assert found.speaker is None or found.described is None  # all of these mentions are names
