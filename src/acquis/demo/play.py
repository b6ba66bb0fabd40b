"""A simulated session with its people and their texts.

All actions are commands of actors with roles, carried out by `Session.do`, with simulated times for the past. The
simulation is deterministic for a seed.
"""

from __future__ import annotations

import math
import random
import secrets
from importlib import resources
from typing import Any

import msgspec
import yaml
from msgspec.structs import asdict

from acquis import command as who
from acquis.attributes import Attributes, Lane
from acquis.command import Actor, Command, Refused
from acquis.events import Choice, Sentence
from acquis.floor import fairness, people, questions, queue, segments, speech, statements
from acquis.publication.totals import publication
from acquis.record import Entry
from acquis.report.publishing import PublishReport
from acquis.roster import Pass, Roster
from acquis.session import Session
from acquis.statistics.summary import areas

STEP_MS = 10_000
GROUPS = ("Civil Society", "Government", "Private Sector", "Technical Community", "Intergovernmental Organization", "")
WEIGHTS = (30, 20, 20, 15, 5, 10)


class SimulatedPerson(msgspec.Struct, gc=False):
    """A member of the simulated audience: an actor, and a position on the axis that divides opinions."""

    actor: Actor
    name: str
    stands: float
    joins_at: int
    eager: float


class Play:
    """A simulated session: the people, their possible texts, and the random generators."""

    def __init__(self, session: Session, roster: Roster, people: int, seed: int) -> None:
        self.session, self.roster = session, roster
        self.dice = random.Random(seed)
        source = resources.files("acquis.reference").joinpath("data/demo/audience.yaml").read_text("utf-8")
        # Separate generators, so that ballots and captions do not influence the actions.
        self.ballots = random.Random(seed + 2)
        self.texts: dict[str, Any] = yaml.safe_load(source)
        self.keys = 0
        self.host = Actor("p-moderator", roles=who.HOSTS | {who.RAPPORTEUR})
        self.crowd = [self._person(number) for number in range(1, people + 1)]
        self.left = list(self.texts["questions"])
        self.planned = 0
        self.speaking = random.Random(seed + 1)
        self.captioner = Actor("p-captioner", roles=frozenset({who.CAPTIONER}))

    def _person(self, number: int) -> SimulatedPerson:
        group = self.dice.choices(GROUPS, WEIGHTS)[0]
        programme = self.session.state.programme
        regions = programme.regional_groups
        lane: Lane = "room" if self.dice.random() < 0.55 else "online"
        actor = Actor(
            f"p-sim-{number}",
            f"v-sim-{self.dice.getrandbits(40):08x}",
            who.PEOPLE,
            Attributes(
                lane=lane,
                stakeholder=group if group in programme.stakeholder_groups else "",
                region=self.dice.choice(regions) if regions and self.dice.random() < 0.8 else "",
            ),
            ballot=f"{self.ballots.getrandbits(128):032x}",
        )
        lean = {"Government": -0.9, "Civil Society": 0.8, "Technical Community": 0.5}.get(group, 0.0)
        stands = self.dice.gauss(lean, 0.5)
        joins_at = int(self.dice.lognormvariate(math.log(240_000), 1.0))
        return SimulatedPerson(actor, f"Participant {number} (simulated)", stands, joins_at, self.dice.random() ** 2)

    async def do(self, command: Command, by: Actor, at: int) -> Entry | None:
        """Carry out a command. Returns its entry; None if nothing changed or the command was refused."""
        self.keys += 1
        try:
            return await self.session.do(command, by, at, f"demo-{at}-{self.keys}")
        except Refused:
            return None

    # --- the past ---

    async def until(self, opened: int, minutes: float) -> None:
        """Play the session from its opening at `opened` (ms) for some minutes of simulated time."""
        await self.prepare(opened - 300_000)
        await self.do(segments.OpenSession(), self.host, opened)
        programme = self.session.state.programme
        starts, begin = [], opened
        for segment in programme.segments:
            starts.append(begin)
            begin += segment.minutes * 60_000
        for at in range(opened, opened + int(minutes * 60_000), STEP_MS):
            due = max(number for number, start in enumerate(starts) if start <= at)
            await self.do(segments.StartSegment(due), self.host, at)
            await self.step(at, at - opened)

    async def prepare(self, at: int) -> None:
        """Add the statements of the moderators before the session."""
        for statement in self.texts["statements"][:6]:
            await self.do(statements.SeedStatement(statement["text"]), self.host, at)

    async def close(self, at: int) -> None:
        """Close the session and answer one or two questions in writing."""
        await self.do(segments.CloseSession(), self.host, at)
        await self.session.publish(publication(self.session.state), at + 15_000)
        open_still = [q for q in self.session.state.questions.values() if q.fate == "not_reached" and q.text]
        for question, text in zip(open_still, self.texts["written_answers"], strict=False):
            await self.do(questions.AnswerInWriting(question.seq, text), self.host, at + 600_000)

    async def publish(self, at: int) -> None:
        """Publish the report of the rapporteur, with evidence for each sentence."""
        state, shared = self.session.state, areas(self.session.state)
        noted = [turn.seq for turn in state.turns.values() if turn.note]
        ranked = sorted(state.questions.values(), key=lambda question: -len(question.supporters))
        answered = [question.seq for question in ranked if question.fate.startswith("answered")]
        agreed = [area.statement for area in shared.consensus]
        texts = self.texts["report"]
        await self.do(
            PublishReport(
                takeaways=tuple(
                    Sentence(text, tuple(cites))
                    for text, cites in zip(texts["takeaways"], (agreed[:2] + noted[:1], agreed[1:3]), strict=True)
                ),
                calls_to_action=(Sentence(texts["calls_to_action"][0], tuple(answered[:2])),),
                consensus=tuple(Sentence(state.statements[s].text, (s,)) for s in agreed[:3]),
                concern=tuple(Sentence(state.statements[a.statement].text, (a.statement,)) for a in shared.concern[:3]),
            ),
            self.host,
            at,
        )

    # --- one step ---

    async def step(self, at: int, since_open: int, moderated: bool = True) -> None:
        """Play ten seconds: people join, ask, support and vote; the moderators run the floor."""
        for person in self.crowd:
            if person.joins_at <= since_open and person.actor.voice not in self.session.state.voice_numbers:
                await self.join(person, at)
        here = [p for p in self.crowd if p.actor.voice in self.session.state.voice_numbers]
        for person in self.dice.sample(here, min(len(here), max(1, len(here) // 8))):
            await self.act(person, at)
        if moderated:
            await self.moderate(at)
        await self.caption(at)

    async def caption(self, at: int) -> None:
        """Add a caption of the person who has the floor."""
        if self.session.state.turn and self.speaking.random() < 0.7:
            text = self.speaking.choice(self.texts["speech"])
            await self.do(speech.CaptionSpeech(text, language="en"), self.captioner, at)

    async def join(self, person: SimulatedPerson, at: int) -> None:
        """Let a person join: the name is stored in the roster, the rest in the log."""
        actor = person.actor
        if actor.person not in self.roster.names(self.session.log):
            self.roster.issue(
                secrets.token_urlsafe(32),
                Pass(
                    session=self.session.log,
                    roles=actor.roles & {who.PARTICIPANT},
                    person=actor.person,
                    voice=actor.voice,
                    name=person.name,
                    attributes=actor.attributes,
                    issued=at,
                ),
            )
        await self.do(people.Join(**asdict(actor.attributes)), actor, at)

    async def act(self, person: SimulatedPerson, at: int) -> None:
        """Let a person carry out one random action."""
        state, roll = self.session.state, self.dice.random()
        if roll < 0.62:
            await self.vote(person, at)
        elif roll < 0.80:
            open_questions = [q for q in state.questions.values() if q.fate == "approved"]
            if open_questions:
                weights = [1 + len(question.supporters) for question in open_questions]
                chosen = self.dice.choices(open_questions, weights)[0]
                await self.do(questions.SupportQuestion(chosen.seq), person.actor, at)
        elif roll < 0.90 and state.now is not None and state.now.kind == "questions":
            if self.dice.random() < person.eager and len(state.waiting) < 9:
                about = self.dice.choice(["", *self.texts["topics"]])
                await self.do(queue.RaiseHand("turn", about), person.actor, at)
        elif roll < 0.935 and self.left and state.now is not None and state.now.kind != "closing":
            seats = len(state.seats)
            ask = questions.AskQuestion(self.left.pop(0), self.dice.randint(0, seats), self.dice.random() < 0.25)
            await self.do(ask, person.actor, at)
        elif roll > 0.995:
            proposals = [s["text"] for s in self.texts["statements"][6:]]
            await self.do(statements.ProposeStatement(self.dice.choice(proposals)), person.actor, at)

    async def vote(self, person: SimulatedPerson, at: int) -> None:
        """Let a person vote, according to his or her position, on a statement on which he or she has not voted."""
        state = self.session.state
        number = state.voice_numbers[person.actor.voice]
        fresh = [s for s in state.statements.values() if s.fate == "open" and not state.votes[s.seq][number]]
        if not fresh:
            return
        statement = self.dice.choice(fresh)
        known = {s["text"]: s for s in self.texts["statements"]}.get(statement.text, {"mean": 0, "line": 0})
        pull = known["mean"] + known["line"] * person.stands + self.dice.gauss(0, 0.9)
        choice: Choice = "pass" if abs(pull) < 0.35 else ("agree" if pull > 0 else "disagree")
        await self.do(statements.CastVote(statement.seq, choice), person.actor, at)

    async def moderate(self, at: int) -> None:
        """Let the moderators act: review questions, open segments and give the floor."""
        state = self.session.state
        await self._moderate_questions(at)
        for statement in [s for s in state.statements.values() if s.fate == "proposed"]:
            await self.do(statements.OpenStatement(statement.seq), self.host, at)
        turn = state.turns.get(state.turn)
        if turn is not None and turn.used(at) < self.planned:
            return
        if turn is not None:
            await self.do(queue.EndTurn(turn.seq), self.host, at)
            if turn.kind == "turn" and self.dice.random() < 0.4:
                await self.do(queue.NoteTurn(turn.seq, self.dice.choice(self.texts["notes"])), self.host, at)
        await self._next(at)

    async def _moderate_questions(self, at: int) -> None:
        waiting = [q for q in self.session.state.questions.values() if q.fate == "waiting"]
        for question in waiting:
            if self.dice.random() < 0.08:
                await self.do(questions.HoldBackQuestion(question.seq, "off_topic"), self.host, at)
            elif self.dice.random() < 0.5:
                await self.do(questions.ApproveQuestion(question.seq), self.host, at)

    async def _next(self, at: int) -> None:
        """Give the floor: in the panel to the next speaker, in questions to the next request or to a written
        question."""
        state = self.session.state
        kind = state.now.kind if state.now else ""
        seats = len(state.seats)
        self.planned = int(self.dice.uniform(50_000, 170_000))
        if kind == "panel" and seats:
            last = max((turn.seat for turn in state.turns.values()), default=0)
            await self.do(queue.GiveFloorToSpeaker(last % seats + 1), self.host, at)
        elif kind == "questions":
            on_floor = [q for q in state.questions.values() if q.fate == "on_floor"]
            for question in on_floor:
                await self.do(questions.MarkAnswered(question.seq), self.host, at)
            chosen, ranked = fairness.pick(state, at), [q for q in state.questions.values() if q.fate == "approved"]
            if ranked and seats and (chosen is None or self.dice.random() < 0.25):
                best = max(ranked, key=lambda q: (len(q.supporters), -q.seq))
                seat = best.to or self.dice.randint(1, seats)
                await self.do(queue.GiveFloorToSpeaker(seat, best.seq), self.host, at)
            elif chosen is not None:
                await self.do(queue.GiveFloor(chosen.hand), self.host, at)
