"""Labels of the reference and the addresses of its records."""

from __future__ import annotations

import datetime
import urllib.parse

from babel.dates import format_date, format_skeleton

from acquis.i18n import N_, say
from acquis.i18n.dates import days_away, locale_of
from acquis.reference.library import library
from acquis.reference.records import (
    AskedAction,
    Document,
    Item,
    Meeting,
    Opportunity,
    Process,
    ProcessStep,
    ReferenceRecord,
)
from acquis.reference.taking_part import Chance

STATUSES = {"sourced": N_("sourced"), "unverified": N_("unverified"), "unknown": N_("unknown")}
DOUBTS = {status: word for status, word in STATUSES.items() if status != "sourced"}
"""Words for the statuses that a reader has to be told."""
STANDINGS = {
    "agreed": N_("agreed text"),
    "voted": N_("adopted by vote"),
    "adopted": N_("adopted, how is not known"),
    "procedural": N_("procedural document"),
    "chair": N_("Chair’s text, not agreed"),
    "proposal": N_("proposal"),
    "national": N_("national position"),
    "stakeholder": N_("stakeholder input"),
}
STANDINGS_EXPLAINED = {
    "agreed": N_("Agreed by consensus of the participating States, or adopted without a vote."),
    "voted": N_("Adopted by a majority. Others voted against or abstained."),
    "adopted": N_("Adopted by the body. Whether by consensus or by vote was not checked."),
    "procedural": N_("Procedural: it records events or sets up a body, without an agreement on substance."),
    "chair": N_("Issued under the Chair’s own responsibility, without the agreement of States."),
    "proposal": N_("A proposal that was not adopted in this form."),
    "national": N_("Position of one State or a group of States."),
    "stakeholder": N_("Oral or written input from non-State stakeholders."),
}
CERTAINTIES = {
    "held": N_("took place"),
    "announced": N_("announced"),
    "tentative": N_("published as provisional"),
    "predicted": N_("estimate, not announced"),
    "unknown": N_("date not known"),
}
CONSENSUS = {
    "yes": N_("agreed by consensus"),
    "without-vote": N_("adopted without a vote"),
    "vote": N_("adopted by vote"),
    "no": N_("no agreement"),
    "none": N_("no agreement sought"),
    "unknown": N_("not known whether by consensus or by vote"),
}
AGAINST = {
    "schema": N_("the schema"),
    "audit": N_("the rules of the data"),
    "pages": N_("the cited pages"),
    "documents": N_("the documents"),
}
"""What a record was checked against."""
OPENS = {
    "page": "",
    "site": N_("The address opens only the home page of the site."),
    "beginning": N_("Only the beginning of the address is known."),
}
"""What the address of a source opens, if not the page."""
PHASES = {
    "closed": N_("concluded"),
    "running": N_("ongoing"),
    "permanent": N_("permanent"),
    "absorbed": N_("merged into another process"),
}
WHO = {
    "state": N_("a State"),
    "igo": N_("an intergovernmental organization"),
    "ecosoc-ngo": N_("an NGO in consultative status with ECOSOC"),
    "organization": N_("an organization without ECOSOC consultative status"),
    "company": N_("a company"),
    "academic": N_("a university or research body"),
    "individual": N_("an individual"),
}
ACTORS = {
    "state": N_("States"),
    "private-sector": N_("Private sector"),
    "technical-community": N_("Technical community"),
    "civil-society": N_("Civil society"),
    "academia": N_("Academia"),
    "igo": N_("Intergovernmental organizations"),
}
ITEM_KINDS = {
    "norm": N_("Norms of responsible State behaviour"),
    "law": N_("International law"),
    "cbm": N_("Confidence-building measures"),
    "capacity": N_("Capacity-building"),
    "threat": N_("Threats"),
    "dialogue": N_("Regular institutional dialogue"),
    "instrument": N_("Checklists, manuals and other instruments"),
}
KIND = {
    "norm": N_("Norm"),
    "law": N_("International law"),
    "cbm": N_("Confidence-building measure"),
    "capacity": N_("Principle of capacity-building"),
    "threat": N_("Threat"),
    "dialogue": N_("Element of regular institutional dialogue"),
    "instrument": N_("Instrument"),
    "process": N_("Process"),
    "document": N_("Document"),
    "meeting": N_("Meeting"),
    "step": N_("Step to take part"),
    "opportunity": N_("Opportunity"),
    "outcome": N_("Outcome"),
    "askedaction": N_("Act asked in a public list"),
}
NUMBERED = {"norm": N_("Norm {number}: {title}"), "cbm": N_("Confidence-building measure {number}: {title}")}
"""Kinds of items that States refer to by a letter or number."""
ACTS = {"do": N_("calls on States to act"), "refrain": N_("asks States to refrain"), "": ""}
ACTIONS = {
    "attend": N_("attend"),
    "subscribe": N_("subscribe"),
    "apply": N_("apply"),
    "register": N_("register"),
    "speak": N_("speak"),
    "submit": N_("submit"),
    "consult": N_("take part in a consultation"),
    "propose": N_("propose"),
    "sign": N_("sign"),
    "comment": N_("comment"),
    "watch": N_("watch"),
}
STATES = {
    "open": N_("open now"),
    "closed": N_("closed"),
    "coming": N_("not open yet"),
    "unknown": N_("not known whether it is open"),
}
READ = {
    "page": N_("the page itself was read"),
    "copy": N_("a copy held elsewhere was read"),
    "weak": N_("low-reliability source"),
}
COUNTED = {
    "minutes": N_("Minutes"),
    "words": N_("Words"),
    "characters": N_("Characters"),
    "pages": N_("Pages"),
    "delegates": N_("delegates"),
    "proposed": N_("proposed"),
    "reviewed": N_("reviewed"),
    "asked": N_("asked for the floor"),
    "spoke": N_("spoke"),
    "applied": N_("applied"),
    "accepted": N_("accepted"),
    "refused": N_("refused"),
    "signed": N_("signed"),
}


def href(record: ReferenceRecord | str) -> str:
    """The path of the page of a record, given as the record or its id ("norm-j", "doc:A/70/174#13.j"); for an unknown
    id the path of a search for it. Raises TypeError for a kind of record that has no page."""
    if isinstance(record, str):
        return _of_id(record)
    if isinstance(record, Document):
        return document_href(record.symbol)
    if isinstance(record, Process):
        return f"/reference/processes/{record.id}"
    if isinstance(record, Item):
        return f"/reference/framework/{record.id}"
    if isinstance(record, Meeting | ProcessStep | Opportunity):
        return f"/reference/processes/{record.process}#{record.id}"
    if isinstance(record, AskedAction):
        return f"/followup#{record.id}"
    raise TypeError(f"{record.id} is of a kind that has no page")


def _of_id(id: str) -> str:
    if id.startswith("doc:"):
        return document_href(id.removeprefix("doc:").partition("#")[0])
    record = library().find(id)
    if record is not None:
        return href(record)
    return f"/reference?{urllib.parse.urlencode({'q': id})}"


def document_href(symbol: str) -> str:
    """The address of a document by its symbol, even if the reference does not have it."""
    return "/reference/documents/" + urllib.parse.quote(symbol, safe="/().:-")


def name_of(language: str, record: ReferenceRecord) -> str:
    """What a record is called where it stands alone: a title, with the letter or number of a norm or measure."""
    if isinstance(record, Item) and record.kind in NUMBERED:
        return say(language, NUMBERED[record.kind], number=record.id.partition("-")[2], title=record.title)
    return record.symbol if isinstance(record, Document) else record.title


def kind_of(record: ReferenceRecord) -> str:
    """The code of the kind of a record, with which its word is looked up: "step", "document", or that of an item."""
    if isinstance(record, Item):
        return record.kind
    return "step" if isinstance(record, ProcessStep) else type(record).__name__.lower()


def day(language: str, date: datetime.date) -> str:
    """A date in a language ("7 December 2026")."""
    return format_date(date, "long", locale=locale_of(language))


def date_words(language: str, text: str) -> str:
    """A day, month or year ("2015-07-22", "2021-03", "2023") in words; any other text is returned unchanged."""
    try:
        if len(text) == 10:
            return day(language, datetime.date.fromisoformat(text))
        if len(text) == 7:
            first = datetime.date.fromisoformat(text + "-01")
            return str(format_skeleton("yMMMM", first, locale=locale_of(language)))
    except ValueError:
        pass
    return text


def days_words(language: str, first: datetime.date, last: datetime.date | None) -> str:
    """One day, or the first and the last: "7–11 December 2026"."""
    if last is None or last == first:
        return day(language, first)
    begun = str(first.day) if (first.year, first.month) == (last.year, last.month) else day(language, first)
    return say(language, N_("{first} to {last}"), first=begun, last=day(language, last))


def chance_words(language: str, chance: Chance) -> str:
    """The certainty and time of an opportunity: "announced: 7 to 11 December 2026, in 14 days"."""
    certainty = say(language, CERTAINTIES[chance.certainty])
    if chance.rolling:
        return say(language, N_("{certainty}: open at any time"), certainty=certainty)
    if chance.due is None:
        return say(language, CERTAINTIES["unknown"])
    facts = {"certainty": certainty, "day": day(language, chance.due.day)}
    facts["left"] = days_away(language, chance.days_left or 0)
    if chance.opportunity.deadline:
        return say(language, N_("{certainty}: until {day}, {left}"), **facts)
    return say(language, N_("{certainty}: {day}, {left}"), **facts)


def counted_words(language: str, counted: dict[str, int]) -> str:
    """Numbers that belong to an opportunity, in words: "applied: 86, accepted: 54, refused: 32"."""
    shown = ((say(language, COUNTED.get(name, name.replace("_", " "))), number) for name, number in counted.items())
    return ", ".join(say(language, N_("{what}: {n}"), what=what, n=number) for what, number in shown)
