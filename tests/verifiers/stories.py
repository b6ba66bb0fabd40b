"""Sessions that a server could have held, written with the generator."""

from __future__ import annotations

import functools
from typing import Any

from .generator import Record, Signer, canonical

ORGANIZER, MODERATOR, CAPTIONER, RAPPORTEUR = ("p-organizer", "p-moderator", "p-captioner", "p-rapporteur")
STAKEHOLDERS = ("Government", "Civil Society", "Private Sector", "Technical Community")
REGIONS = ("African Group", "Asia-Pacific Group", "Eastern European Group")
SEEDED = (
    "One body should follow up every year how norms are kept.",
    "Capacity-building comes before compliance.",
    "Existing law is enough; what is missing is the will to apply it.",
)
PEOPLE = 12


class Play:
    """A session while it is played: who voted for what, and who supported what."""

    def __init__(self, record: Record) -> None:
        self.record, self.chance = record, record.chance
        self.voices = [f"v-{self.chance.randbytes(5).hex()}" for _ in range(PEOPLE)]
        self.persons = [f"p-{self.chance.randbytes(5).hex()}" for _ in range(PEOPLE)]
        self.ballots = [self.chance.randbytes(16).hex() for _ in range(PEOPLE)]
        self.groups: list[dict[str, str]] = []
        self.votes: dict[tuple[int, int], str] = {}
        self.support: dict[int, set[int]] = {}

    def vote(self, person: int, statement: int, choice: str) -> int:
        self.votes[person, statement] = choice
        return self.record.add(self.voices[person], "VoteCast", statement=statement, choice=choice)

    def tally(self, statement: int, lane: str = "") -> dict[str, int]:
        """The numbers of a figure; those that are 0 are left out."""
        counted = {"agree": 0, "disagree": 0, "passes": 0}
        for (person, voted), choice in self.votes.items():
            if voted == statement and lane in ("", self.groups[person]["lane"]):
                counted["passes" if choice == "pass" else choice] += 1
        return {name: number for name, number in counted.items() if number}


def programme(chatham: bool) -> dict[str, Any]:
    return {
        "title": "A dialogue on reporting incidents",
        "segments": [
            {"title": "Opening", "kind": "opening", "minutes": 10, "fair": False, "open_floor": False},
            {"title": "Open floor", "kind": "questions", "minutes": 30},
        ],
        "starts": "2026-11-29T10:00:00+00:00",
        "ends": "2026-11-29T10:40:00+00:00",
        "settings": {"ask_gender": True} | ({"chatham": True} if chatham else {}),
        "stakeholder_groups": list(STAKEHOLDERS),
        "regional_groups": list(REGIONS),
        "seats": [{"name": "Ama Example", "organization": "Example Institute", "stakeholder": "Civil Society"}],
        "document": {"title": "A dialogue on reporting incidents", "speakers": [{"name": "Ama Example"}]},
    }


def opened(record: Record, chatham: bool) -> Play:
    """The programme, the key, three statements, the opening, and everybody who joins."""
    play = Play(record)
    record.add(ORGANIZER, "ProgrammePublished", **programme(chatham))
    record.add("", "KeyAnnounced", key=record.signer.verifier_key)
    for text in SEEDED:
        record.add(MODERATOR, "StatementSeeded", text=text)
    record.add(MODERATOR, "SessionOpened")
    record.add(MODERATOR, "SegmentStarted", segment=0, groups=["room", "online", "other"])
    for person in range(PEOPLE):
        groups = {"lane": "online" if person % 12 < 5 else "room", "stakeholder": STAKEHOLDERS[person % 4]}
        play.groups.append(groups | {"region": REGIONS[person % 3]})
        record.add(play.voices[person], "ParticipantJoined", **play.groups[person])
    return play


def held(play: Play) -> None:
    """The open floor: votes, questions, captions, a proposed statement; a text is erased."""
    record, chance = play.record, play.chance
    record.add(MODERATOR, "SpeakerGivenFloor", seat=1)
    turn = len(record.entries)
    record.add(CAPTIONER, "SpeechCaptioned", text="Example Institute reports within a day.", speaker="Ama", turn=turn)
    record.add(MODERATOR, "TurnEnded", turn=turn)
    record.add(MODERATOR, "SegmentStarted", segment=1, groups=["room", "online", "other"])
    for person in range(PEOPLE):
        for statement in (3, 4, 5):
            if chance.random() < 0.9:
                play.vote(person, statement, chance.choice(("agree", "agree", "disagree", "pass")))
    asked = record.add(
        play.persons[0], "QuestionAsked", text="Who reads the reports? Ama Example?", **play.groups[0], gender="woman"
    )
    record.add(MODERATOR, "QuestionApproved", question=asked)
    for person in range(1, 5):
        record.add(play.voices[person], "QuestionSupported", question=asked)
    record.add(play.voices[4], "SupportWithdrawn", question=asked)
    play.support[asked] = {1, 2, 3}
    hand = record.add(play.persons[6], "HandRaised", **play.groups[6])
    given = record.add(MODERATOR, "FloorGiven", hand=hand)
    for text in ("We know nobody who reads them all.", "My name is Kim and I live at 5 Example Street."):
        record.add(CAPTIONER, "SpeechCaptioned", text=text, turn=given)
    record.add(MODERATOR, "TurnEnded", turn=given)
    proposed = record.add(play.persons[2], "StatementProposed", text="Reports are published after a year.")
    record.add(MODERATOR, "StatementOpened", statement=proposed)
    for person in range(1, PEOPLE):
        play.vote(person, proposed, chance.choice(("agree", "disagree")))
    play.vote(3, 4, "agree")  # in place of what was voted before
    del play.votes[5, proposed]
    record.add(play.voices[5], "VoteWithdrawn", statement=proposed)
    record.add(MODERATOR, "QuestionPut", question=asked)
    record.add(MODERATOR, "QuestionAnswered", question=asked)
    erased = record.numbers("SpeechCaptioned")[-1]
    record.add(ORGANIZER, "TextErased", entry=erased, reason="personal data", rest="0" * 64)
    record.hide(erased, "text")


def struck(play: Play) -> None:
    """The votes of three people are left out; those of one are counted again, and one strike is taken back."""
    record = play.record
    for person in (8, 9, 10):
        record.add(MODERATOR, "VotesStruck", reason="voted_twice", voice=play.voices[person])
        if person == 10:
            record.add(MODERATOR, "ActTakenBack", entry=len(record.entries))
    record.at += 60_000
    record.add(MODERATOR, "VotesRestored", entry=record.numbers("VotesStruck")[1])
    play.votes = {vote: choice for vote, choice in play.votes.items() if vote[0] != 8}


def closed(play: Play) -> None:
    """The close, the ballots and the totals."""
    record = play.record
    record.at += 60_000
    record.add(MODERATOR, "SessionClosed")
    statements = sorted(record.numbers("StatementSeeded") + record.numbers("StatementProposed"))
    signs = {"agree": "+", "disagree": "-", "pass": "0"}
    ballots = sorted(
        play.ballots[person] + "".join(signs.get(play.votes.get((person, each), ""), ".") for each in statements)
        for person in range(PEOPLE)
    )
    voted = [ballot for ballot in ballots if ballot[32:].strip(".")]
    record.add("", "BallotsPublished", statements=statements, ballots=voted)
    figures: list[dict[str, Any]] = []
    for statement in statements:
        figures.append({"statement": statement, **play.tally(statement)})
        shown = [lane for lane in ("room", "online") if sum(play.tally(statement, lane).values()) >= 5]
        figures += [{"statement": statement, **play.tally(statement, lane), "group": lane} for lane in shown]
    lanes = [groups["lane"] for groups in play.groups]
    people = [{"attribute": "lane", "value": lane, "people": lanes.count(lane)} for lane in ("room", "online")]
    sealed = sum(not part[0].shown or part[0].value.find('"by":"v-') > 0 for part in record.entries)
    supporters = [{"question": question, "people": len(people)} for question, people in play.support.items()]
    totals: dict[str, Any] = {"upto": len(record.entries), "sealed": sealed, "figures": figures}
    record.add("", "TotalsPublished", **totals, people=[{"people": PEOPLE}, *people], supporters=supporters)


def reported(play: Play) -> None:
    record = play.record
    totals = record.members(record.numbers("TotalsPublished")[0])
    takeaways = [{"text": "Nobody reads all reports.", "cites": record.numbers("SpeechCaptioned")[1:2]}]
    upto = len(record.entries)
    record.add(RAPPORTEUR, "ReportPublished", takeaways=takeaways, figures=totals["figures"], upto=upto)


def seal(record: Record) -> None:
    """Hide what the public log never shows."""
    for seq in range(1, len(record.entries) + 1):
        if record.members(seq)["by"].startswith("v-"):
            record.hide(seq)
        record.hide(seq, "gender", "voice", "person")
        if record.hides_authors and '"by"' not in record.entries[seq - 1][0].value:
            record.hide(seq, "by")


@functools.cache
def _story(kind: str) -> tuple[Record, Play]:
    record = Record(
        {"plain": 1, "withheld": 2, "chatham": 3, "running": 4, "rotated": 5, "struck": 6, "nameless": 7}[kind]
    )
    record.hides_authors = kind == "nameless"
    play = opened(record, chatham=kind in ("chatham", "nameless"))
    held(play)
    if kind == "nameless":
        record.add(MODERATOR, "HandEntered", person=play.persons[9], **play.groups[9])
        record.add(MODERATOR, "ParticipantSilenced", person=play.persons[9], reason="abusive")
    if kind == "rotated":
        later = Signer(record.origin, 55)
        key = later.verifier_key
        record.add("", "KeyAnnounced", key=key, signature=record.signer.signature(key))
        record.signer = later
    if kind == "withheld":
        asked = record.add(play.persons[7], "QuestionAsked", text="You are all wrong!", **play.groups[7])
        record.add(MODERATOR, "QuestionHeldBack", question=asked, reason="abusive")
        record.hide(asked, "text")
    if kind == "struck":
        struck(play)
    if kind != "running":
        closed(play)
        if kind == "withheld":
            drafted = record.add(RAPPORTEUR, "SentenceDrafted", part="takeaways", text="A first try.")
            record.hide(drafted, "text")
        reported(play)
    if kind in ("chatham", "nameless"):
        mask(record)
    seal(record)
    return record, play


def mask(record: Record) -> None:
    """Under the rule: no names, no groups, and what names somebody in another form. One form replaces an earlier."""
    asked = record.numbers("QuestionAsked")[0]
    line = record.numbers("SpeechCaptioned")[0]
    for seq in range(1, len(record.entries) + 1):
        record.hide(seq, "lane", "stakeholder", "region")
        record.hide(seq, "seats", "speaker")
    for seq, member in ((asked, "text"), (line, "text")):
        record.hide(seq, member)
    kept = {name: programme(chatham=True)[name] for name in ("title", "segments")}
    record.add("", "TextMasked", entry=1, shown=canonical(kept | {"seats": [{"name": "[…]"}]}))
    masked = record.add("", "TextMasked", entry=asked, shown='{"text":"Who reads the reports? Ama […]?"}')
    record.add("", "TextMasked", entry=line, shown='{"text":"[…] reports within a day.","speaker":"[…]"}')
    record.add("", "TextMasked", entry=asked, shown='{"text":"Who reads the reports? […]?"}')
    record.hide(masked, "shown")


def story(kind: str) -> Record:
    """A copy of the record of a session: `plain`, `withheld` (moderators held a text back), `nameless` (under the
    Chatham House Rule), `chatham` (the same, as earlier versions wrote it: with the ids of people), `running` (not
    closed), `rotated` (with a second key) or `struck` (with votes that are left out)."""
    return _story(kind)[0].copy()
