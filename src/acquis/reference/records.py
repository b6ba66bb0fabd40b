"""The kinds of records of the reference. The data files are lists of these; their JSON Schemas are made from them.

A record never stands without its refs, its date and its status, and a fact inside a record that is known less well than
the record says so itself: `sourced` was seen at its source, `unverified` is general knowledge of an official document
that was not re-read, `unknown` was looked for and not found (its text is then empty, or says what is missing).
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

Status = Literal["sourced", "unverified", "unknown"]

Standing = Literal["agreed", "voted", "procedural", "chair", "proposal", "national", "stakeholder"]
"""What kind of text it is: agreed by consensus; adopted by vote; a record of procedure; the Chair's own text, agreed by
nobody; a proposal; the position of one state or some; the input of others than states. They are never mixed."""

Who = Literal["state", "igo", "ecosoc-ngo", "organization", "company", "academic", "individual"]
"""Who somebody is who wants to take part; `organization` is one without ECOSOC status."""

Actor = Literal["state", "private-sector", "technical-community", "civil-society", "academia", "igo"]
"""The kinds of actors that have a part in the framework."""

Certainty = Literal["held", "announced", "tentative", "predicted", "unknown"]
"""Of a date: it was so; it was published; it was published as provisional; nobody announced it and it is our guess from
a precedent; not known."""

Consensus = Literal["yes", "no", "vote", "none"]
"""Whether an outcome was agreed; `none` where nothing was to be agreed."""


class Ref(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a fact stands: a document symbol, the place in it ("13(j)", "annex I"), an address, or a page of
    `sources.yaml` by its code."""

    symbol: str = ""
    paras: str = ""
    url: str = ""
    source: str = ""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that is said, with how well it is known. Without `refs`, those of its record hold."""

    status: Status
    text: str = ""
    refs: tuple[Ref, ...] = ()
    as_of: datetime.date | None = None


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What every record has. `id` is lower-case, stable and never reused; `aliases` are other names and numbers in use,
    `terms` the words that people use when they mean it (both are searched, neither is shown as a title)."""

    id: str
    title: str
    status: Status
    as_of: datetime.date
    refs: tuple[Ref, ...]
    aliases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    note: str = ""


class Years(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """First and last year; no last one while it goes on."""

    first: int
    last: int | None = None


class Modalities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How others than states take part."""

    accreditation: Fact
    objection: Fact
    oral: Fact
    written: Fact
    informal: Fact


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What came out: a document (symbol, if it has one), its date as far as it is known ("2015-07-22", "2021-03",
    "2023"), whether it was agreed, and what endorsed it."""

    title: str
    status: Status
    symbol: str = ""
    date: str = ""
    consensus: Consensus = "none"
    endorsed_by: str = ""
    refs: tuple[Ref, ...] = ()


class Process(Record, frozen=True, kw_only=True):
    """A process in which states, or all, speak about ICT security. `phase` is where it stands; `gaps` are the things
    about it that were looked for and not found."""

    short: str
    phase: Literal["closed", "running", "permanent", "absorbed"]
    years: Years
    mandate: tuple[Fact, ...]
    members: Fact
    decision: Fact
    stakeholders: Modalities
    cadence: Fact
    chair: Fact
    outcomes: tuple[Outcome, ...] = ()
    adds: Fact | None = None
    successor: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


class Document(Record, frozen=True, kw_only=True):
    """A document; its id is `doc:` and its symbol. `body` is a process id, or the organ ("General Assembly")."""

    symbol: str
    date: str
    body: str
    standing: Standing
    consensus: Consensus = "none"
    endorsed_by: tuple[str, ...] = ()
    last_paragraph: int = 0


class Meeting(Record, frozen=True, kw_only=True):
    """A meeting. `ends` is its last day; `zone` that of the venue."""

    process: str
    certainty: Certainty
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    zone: str = "America/New_York"
    place: str = ""


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a later text says on top: where, of which standing, and in a few words what it adds."""

    symbol: str
    paras: str
    status: Status
    standing: Standing = "agreed"
    adds: str = ""
    refs: tuple[Ref, ...] = ()


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who besides states has a part in it, and which: our reading of the texts, not agreed text."""

    actor: Actor
    part: str


class Item(Record, frozen=True, kw_only=True):
    """An item of the framework: a norm, a finding on law, a confidence-building measure, a principle of capacity
    building, a threat, an element of regular institutional dialogue, or an instrument (a checklist, a manual).

    `gist` is in our words. `acts` tells norms that ask for action from norms that restrain. Of a threat, `refs` name
    its first agreed mention."""

    kind: Literal["norm", "law", "cbm", "capacity", "threat", "dialogue", "instrument"]
    gist: str
    standing: Standing
    acts: Literal["do", "refrain", ""] = ""
    layers: tuple[Layer, ...] = ()
    partners: tuple[Partner, ...] = ()
    related: tuple[str, ...] = ()


class Step(Record, frozen=True, kw_only=True):
    """One step on the way into a process, in the order of `number`. `opens` and `deadline` are a date (ISO 8601), a
    rule ("start(oewg-2-s3) - P62D"), "rolling" or "unknown"."""

    process: str
    number: int
    who: tuple[Who, ...]
    what: str
    opens: str = "unknown"
    deadline: str = "unknown"
    where: str = ""
    unsure: str = ""
    """What is not known about this step, in one sentence; empty if nothing is missing."""


class Opportunity(Record, frozen=True, kw_only=True):
    """A dated chance to take part. A past one is a fact; `certainty` says what a coming one is. A predicted one names
    its precedent in `after`."""

    process: str
    action: Literal[
        "attend",
        "subscribe",
        "apply",
        "register",
        "speak",
        "submit",
        "consult",
        "propose",
        "sign",
        "comment",
        "watch",
    ]
    who: tuple[Who, ...]
    certainty: Certainty
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    deadline: str = ""
    meeting: str = ""
    after: str = ""
    where: str = ""
    limits: dict[str, int] = {}
    outcome: dict[str, int] = {}


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A page that facts were seen on, by its code; `read` says what was read: the page itself, a copy of it held
    elsewhere, or a page that is weak as a source."""

    id: str
    url: str
    title: str
    read: Literal["page", "copy", "weak"]
    seen: str = ""


FILES: dict[str, type[Record]] = {
    "processes": Process,
    "documents": Document,
    "meetings": Meeting,
    "norms": Item,
    "law": Item,
    "cbms": Item,
    "capacity": Item,
    "threats": Item,
    "dialogue": Item,
    "instruments": Item,
    "engagement": Step,
    "opportunities": Opportunity,
}
"""The data files and the kind of record in each."""
