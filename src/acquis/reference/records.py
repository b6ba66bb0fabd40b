"""The classes of records of the reference. The data files are lists of records; their JSON Schemas are generated.

Every record has references, a date and a status. A fact inside a record that is less certain than the record has its
own status. `sourced`: read at its source. `unverified`: general knowledge of an official document that was not read
again. `unknown`: looked for and not found; the text is then empty or says what is missing. Where only a part of a
sourced fact was read at a source, `unverified` names the other part.

A default says nothing: it is empty, or "unknown". What a record leaves out is therefore never told as a fact."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

Status = Literal["sourced", "unverified", "unknown"]

Standing = Literal["agreed", "voted", "adopted", "procedural", "chair", "proposal", "national", "stakeholder"]
"""The standing of a text: agreed by consensus or adopted without a vote; adopted by vote; adopted, and not known
whether by vote; procedural; the Chair's own text, which was not agreed; a proposal; the position of one or several
States; the input of stakeholders. Texts of different standing are kept apart."""

Who = Literal["state", "igo", "ecosoc-ngo", "organization", "company", "academic", "individual"]
"""Kind of participant; `organization` is one without consultative status with ECOSOC."""

Actor = Literal["state", "private-sector", "technical-community", "civil-society", "academia", "igo"]
"""The kinds of actors that have a role in the framework."""

Certainty = Literal["held", "announced", "tentative", "predicted", "unknown"]
"""Certainty of a date: it has taken place; it was published; it was published as provisional; it is our estimate from a
precedent; it is unknown."""

Consensus = Literal["yes", "without-vote", "vote", "no", "none", "unknown"]
"""How an outcome came about: by consensus; without a vote; by vote; it was not agreed; nothing was put to agreement;
not known."""

Against = Literal["schema", "audit", "pages", "documents"]
"""What a record was checked against: the schema of its kind; the audit and the rules of the data; the pages that it
cites; the official documents themselves."""


class Ref(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The source of a fact: a document symbol, the place in the document ("13(j)", "annex I"), a web address, or the
    code of a page in `sources.yaml`."""

    symbol: str = ""
    paras: str = ""
    url: str = ""
    source: str = ""

    @property
    def site(self) -> str:
        """The site that its address is on ("press.un.org"); empty without one."""
        return self.url.partition("://")[2].partition("/")[0].removeprefix("www.")


class EarlierText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a fact or record said until it was corrected, and the day of the correction."""

    text: str
    until: datetime.date


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A statement with its status. Without `refs`, those of its record apply. `unverified` names, in one sentence, the
    part that was not read at a source; `earlier` is what it said before corrections."""

    status: Status
    text: str = ""
    refs: tuple[Ref, ...] = ()
    as_of: datetime.date | None = None
    unverified: str = ""
    earlier: tuple[EarlierText, ...] = ()

    @property
    def not_found(self) -> bool:
        """Whether it was looked for and not found."""
        return self.status == "unknown"


class FactCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who checked a record, on which day, and against what."""

    by: str
    date: datetime.date
    against: tuple[Against, ...]


class ReferenceRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The fields of every record. `id` is in lower case, stable and never reused. `aliases` are other names and
    numbers, `terms` are words that people use for it; both are searched, and neither is shown as a title. `as_of` is
    the day of the knowledge that it states, `checked` how that was checked last. `unverified` names the part that was
    not read at a source; `earlier` is what the record said before corrections."""

    id: str
    title: str
    status: Status
    as_of: datetime.date
    checked: FactCheck
    refs: tuple[Ref, ...]
    aliases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    note: str = ""
    unverified: str = ""
    earlier: tuple[EarlierText, ...] = ()


class Years(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """First and last year; the last one is missing while the process continues."""

    first: int
    last: int | None = None


class Modalities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How stakeholders other than States can take part."""

    accreditation: Fact
    objection: Fact
    oral: Fact
    written: Fact
    informal: Fact


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An outcome: a document (with its symbol, if it has one), its date as far as it is known ("2015-07-22", "2021-03",
    "2023"), whether it was agreed, and what endorsed it."""

    title: str
    status: Status
    symbol: str = ""
    date: str = ""
    consensus: Consensus = "unknown"
    endorsed_by: str = ""
    refs: tuple[Ref, ...] = ()
    unverified: str = ""
    earlier: tuple[EarlierText, ...] = ()


class Process(ReferenceRecord, frozen=True, kw_only=True):
    """A process in which States, or all stakeholders, discuss ICT security. `phase` is its present stage; `gaps` are
    facts that were looked for and not found."""

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

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or has become part of another process."""
        return self.phase in ("closed", "absorbed")


class Document(ReferenceRecord, frozen=True, kw_only=True):
    """A document; its id is `doc:` plus its symbol. `body` is the id of a process, or an organ ("General Assembly")."""

    symbol: str
    date: str
    body: str
    standing: Standing
    consensus: Consensus = "unknown"
    endorsed_by: tuple[str, ...] = ()
    last_paragraph: int = 0


class Meeting(ReferenceRecord, frozen=True, kw_only=True):
    """A meeting. `ends` is its last day; `zone` is the time zone of the venue."""

    process: str
    certainty: Certainty
    zone: str
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    place: str = ""


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a later text adds to an item, with its reference and standing."""

    symbol: str
    paras: str
    status: Status
    standing: Standing
    adds: str = ""
    refs: tuple[Ref, ...] = ()
    unverified: str = ""
    earlier: tuple[EarlierText, ...] = ()


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A non-State actor and its role in an item. This is our reading of the texts, not agreed text."""

    actor: Actor
    part: str


class Item(ReferenceRecord, frozen=True, kw_only=True):
    """An item of the framework: a norm, a finding on law, a confidence-building measure, a principle of
    capacity-building, a threat, an element of regular institutional dialogue, or an instrument (a checklist, a manual).

    `gist` is a summary in our words. `acts` distinguishes norms that ask for action from norms of restraint. The `refs`
    of a threat give its first mention in an agreed text."""

    kind: Literal["norm", "law", "cbm", "capacity", "threat", "dialogue", "instrument"]
    gist: str
    standing: Standing
    acts: Literal["do", "refrain", ""] = ""
    layers: tuple[Layer, ...] = ()
    partners: tuple[Partner, ...] = ()
    related: tuple[str, ...] = ()


class ProcessStep(ReferenceRecord, frozen=True, kw_only=True):
    """A step for taking part in a process, in the order of `number`. `opens` and `deadline` are a date (ISO 8601), a
    rule ("start(oewg-2-s3) - P62D"), "rolling" or "unknown"."""

    process: str
    number: int
    who: tuple[Who, ...]
    what: str
    opens: str = "unknown"
    deadline: str = "unknown"
    where: str = ""
    unsure: str = ""
    """What is unknown about this step, in one sentence; empty if nothing is missing."""


class Opportunity(ReferenceRecord, frozen=True, kw_only=True):
    """A dated opportunity to take part. `certainty` says how certain its date is; an estimated one names its precedent
    in `after`."""

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


class AskedAction(ReferenceRecord, frozen=True, kw_only=True):
    """A row of a public action list: an act (the title) that is asked of a `body`. `listed` names the list or the call
    in which it stands, `paragraph` its place in a document, and `date` its day as far as that is known (ISO 8601)."""

    body: str
    listed: str
    paragraph: Fact
    date: str = ""
    process: str = ""
    related: tuple[str, ...] = ()


Assertion = ReferenceRecord | Fact | Outcome | Layer
"""What has a status of its own: a record, or a fact inside it."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A page on which facts were read. `read` says what was read: the page itself, a copy of it elsewhere, or a page
    that is a weak source. `opens` says what the address opens: that page; only the home page of its site; or perhaps
    nothing, because only its beginning is known."""

    id: str
    url: str
    title: str
    read: Literal["page", "copy", "weak"]
    opens: Literal["page", "site", "beginning"]
    seen: str = ""


FILES: dict[str, type[ReferenceRecord]] = {
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
    "engagement": ProcessStep,
    "opportunities": Opportunity,
    "actions": AskedAction,
}
"""Name of a data file -> class of its records."""
