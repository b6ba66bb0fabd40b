"""Reads the web page of an IGF session as a programme.

Copies of the same page differ: with all labels, with some of the labels lost, or flattened to one line. Therefore lines
are classified first by their shape (`Speaker 3: ...`, `NAME, group, region`, `Panel - 90 Min`), then by labels, and
finally by their position between known lines. Values determined by position or by words are marked in `inferred`; lines
that were not understood are kept in `unparsed`. No line is dropped, and every guess is marked.
"""

from __future__ import annotations

import re
from itertools import chain

from msgspec.structs import replace

from acquis.i18n import N_
from acquis.plan.check import WRONG_WEEKDAY, slot_minutes
from acquis.plan.document import Goal, Inferred, PageReport, PlannedSegment, Programme, Unparsed
from acquis.plan.importers import names, people, shapes
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.labels import COMMON, FIELDS, PEOPLE, PLACES, SAID, inline_pieces, label_line
from acquis.plan.importers.lines import to_lines
from acquis.plan.importers.page_people import PagePeople
from acquis.reference import Profile

_LONG = 200  # characters; a longer line is a paragraph and not an entry of a list
_SHAPELY = 400  # characters; longer lines have no known shape
_ENOUGH = 3  # minimum number of signs of an IGF page
_CUT = 60  # characters; some copies of a page cut the title here
_ASKED = re.compile(r"^(?:\d[.)] ?)?How will you (?:facilitate|design|ensure)\b")


def import_igf(data: bytes | str, profile: Profile) -> Programme:
    """The programme of an IGF session page in text or HTML.

    Raises ImportFailed: empty, not_text, too_large (limit), transcript, not_igf."""
    lines = to_lines(data)
    if sum(1 for line in lines if line.startswith(">>")) > 2:
        raise ImportFailed("transcript")
    reading = _Reading(profile)
    if sum(1 for line in lines if line) < 6 and sum(map(len, lines)) > 500:
        lines = [line.strip() for line in shapes.broken("\n".join(lines), profile).split("\n")]
        reading.infer(
            "page", "the line ends were lost; it was broken again round the shapes and labels that were found"
        )
    reading.coming = {labelled[0] for line in lines if (labelled := label_line(line))}
    for number, line in enumerate(lines, 1):
        reading.take(number, line)
    return reading.programme()


class _Reading:
    """The state of reading a page. `place` is the field to which the next lines belong, set by a label; `after` is the
    last item that was recognized by its shape."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.title: shapes.TitleLine | None = None
        self.name = ""
        self.time: tuple[str, str, str] | None = None
        self.format: tuple[str, str, int] | None = None
        self.minutes = 0
        self.room = ""
        self.people = PagePeople(profile, self.infer)
        self.texts: dict[str, dict[str, None]] = {}  # a repeated text is kept once
        self.inferred: dict[Inferred, None] = {}
        self.unparsed: list[Unparsed] = []
        self.place, self.after, self.said = "", "start", ""
        self.block, self.fresh = 0, False
        self.ended = False
        self.signs: set[str] = set()
        self.labels: set[str] = set()
        self.coming: set[str] = set()  # the labels of the whole page

    def infer(self, field: str, how: str) -> None:
        self.inferred[Inferred(field, how)] = None

    def take(self, number: int, line: str) -> None:
        """Handle a line: as the rest of the line before, by shape, by label, by position, or keep it as not
        understood."""
        self.number = number
        if not line:
            self.block += 1
            return
        pieces = inline_pieces(line)
        if len(pieces) > 1:
            self.infer("page", f"line {number} has several labels; it was cut before each")
        for piece in pieces:
            if self.ended or not (
                self.goes_on(piece) or self.by_shape(number, piece) or self.by_label(piece) or self.by_position(piece)
            ):
                self.unparsed.append(Unparsed(number, piece))

    def goes_on(self, line: str) -> bool:
        """Whether the line is the rest of the person in the line before."""
        if label_line(line) or shapes.numbered(line) or shapes.times(line) or shapes.format_line(line, self.profile):
            return False
        return len(line) <= _LONG and self.people.wraps(self.number, line)

    # --- shapes ---

    def by_shape(self, number: int, line: str) -> bool:
        if len(line) > _SHAPELY:
            return False
        if title := shapes.title_line(line, self.profile):
            return self.take_title(number, line, title)
        if time := shapes.times(line):
            if self.time not in (None, time):
                return False
            self.time = time
            if shapes.wrong_weekday(line):
                self.infer("starts", WRONG_WEEKDAY)
            return self.known("time")
        if entry := shapes.numbered(line):
            self.people.take_numbered(number, *entry)
            return self.known("people", f"{entry[0]} {len(self.people.named)}")
        if self.in_head() and (bare := people.bare(line, self.profile)):
            self.people.add(bare, "", self.place, self.block)
            return self.known_person()
        if self.format is None and (form := shapes.format_line(line, self.profile)) and self.fits(form[2]):
            self.format, self.minutes = form, self.minutes or form[2]
            return self.known("format")
        if self.place not in ("", "sdgs", "questions") or not shapes.goal_line(line, self.profile):
            return False
        self.place, self.after = "sdgs", "sdgs"
        return self.put(line)

    def fits(self, minutes: int) -> bool:
        """Whether a format line is that of the session: it gives the minutes, or is in the head of the page."""
        return self.minutes in (0, minutes) if minutes else self.in_head() or self.place == "theme"

    def known(self, what: str, sign: str = "") -> bool:
        self.after, self.place, self.said = what, "", ""
        self.signs.add(sign or what)
        return True

    def in_head(self) -> bool:
        return self.after in ("start", "title", "time", "people") and self.format is None

    def take_title(self, number: int, line: str, title: shapes.TitleLine) -> bool:
        if self.title is not None and title != self.title:
            self.ended = True
            self.unparsed.append(Unparsed(number, line))
            self.infer("page", f"a second session begins at line {number}; only the first was read")
            return True
        if self.name and title.title not in ("", self.name):  # another title stood before the number
            self.unparsed.append(Unparsed(number, line))
        self.title, self.name = title, self.name or title.title
        self.signs.add("number")
        return self.known("title")

    # --- labels ---

    def by_label(self, line: str) -> bool:
        if (labelled := label_line(line)) is None:
            return False
        label, value = labelled
        self.labels.add(label)
        if label not in COMMON:
            self.signs.add(label)
        self.place = PEOPLE.get(label) or PLACES[label]
        self.after = "people" if label in PEOPLE else self.place
        self.said = f"{line[: len(label)]}: " if label in SAID else ""
        self.fresh = True
        return not value or self.put(value)

    # --- position ---

    def by_position(self, line: str) -> bool:
        if self.place:
            return self.put(line)
        if self.after == "title" and not self.name:
            self.name = line
            self.infer("title", "the line after the number")
            return True
        if self.after == "time" and not self.room and len(line) <= 60:
            self.room = line
            self.infer("room", "no label; the line after the time")
            return True
        if self.after != "format":
            return False
        asks = line.endswith("?") and len(line) <= _SHAPELY
        self.go("questions" if asks else "description", "the text after the format")
        return self.put(line)

    def put(self, line: str) -> bool:
        """Add a line to the current place. Returns False if the place does not accept it."""
        if self.place in PEOPLE.values():
            return self.put_person(line)
        if self.place in ("title", "time", "room", "format", "minutes"):
            return self.put_fact(line)
        self.move(line)
        self.texts.setdefault(self.place, {})[self.said + line] = None
        self.said = ""
        return True

    def put_fact(self, line: str) -> bool:
        place, self.place = self.place, ""
        if place == "title" and not self.name:
            self.name = line
        elif place == "room" and not self.room and len(line) <= _LONG:
            self.room = line
        elif place == "minutes" and re.fullmatch(r"\d{1,3}", line) and self.minutes in (0, int(line)):
            self.minutes = int(line)
        elif place == "format" and self.format is None and len(line) <= 90:
            known = shapes.format_line(line, self.profile)
            self.format, self.after = known or shapes.format_parts(line), "format"
            self.minutes = self.minutes or self.format[2]
            if not known:
                self.infer("format", "after its label; not a format of the profile")
        elif place == "minutes":  # the label has no value; what follows it is another field
            self.after = "format"
            return self.by_position(line)
        else:
            return False
        return True

    def put_person(self, line: str) -> bool:
        """Add the people of a line under a label. A sentence there is the description, whose label is not on the
        page."""
        if self.people.take_listed(self.number, line, self.place, self.block, self.fresh):
            return self.known_person()
        if not names.is_prose(line) or "description" in self.coming:
            return False
        self.go("description", "the text after the people")
        return self.put(line)

    def known_person(self) -> bool:
        self.after, self.fresh = "people", False
        self.signs.add("bare person")
        return True

    def move(self, line: str) -> None:
        """Go to the next place if the text shows that the label between the two was lost."""
        texts = self.texts.get(self.place)
        if self.place == "questions" and texts and "?" not in line and len(line) > _LONG:
            self.go("issue", "the text after the policy questions")
        elif self.place in ("sdg_text", "sdgs") and self.ends_goals(line):
            self.go("description", "the text after the SDGs and their targets")
        elif self.place == "description" and _ASKED.match(line):
            self.go("interaction", "the questions of the form about interaction")
        elif self.place == "outcomes" and texts and len(shapes.segments(line)) > 1:
            self.go("interaction", "the text with the timing plan, after the expected outcomes")

    def ends_goals(self, line: str) -> bool:
        """Whether a line is no longer about the goals: a long one, or any text where no description is labelled."""
        if shapes.about_goals(line, self.profile) or not self.texts.get(self.place):
            return False
        return len(line) > _LONG or not {"description", "about this session"} & self.coming

    def go(self, place: str, why: str) -> None:
        self.place = place
        self.infer(FIELDS.get(place, place), f"no label; {why}")

    # --- the programme ---

    def text(self, *places: str) -> str:
        return "\n\n".join(line for place in places for line in self.texts.get(place, ()))

    def programme(self) -> Programme:
        if len(self.signs) < _ENOUGH:
            raise ImportFailed("not_igf")
        by_role, title = self.people.by_role(self.labels), self.title
        starts, ends, zone = self.time or ("", "", "UTC")
        form, seating, _ = self.format or ("", "", 0)
        programme = Programme(
            title=self.name or self.first_words(),
            number=title.number if title else "",
            gathering=f"IGF {title.year}" if title else "",
            type=title.type if title else "",
            starts=starts,
            ends=ends,
            zone=zone,
            room=self.room,
            format=form,
            seating=seating,
            minutes=self.minutes,
            organizers=by_role["organizer"],
            speakers=by_role["speaker"],
            onsite_moderators=by_role["onsite"],
            online_moderators=by_role["online"],
            rapporteurs=by_role["rapporteur"],
            theme=self.text("theme"),
            policy_questions=tuple(chain.from_iterable(map(shapes.questions, self.texts.get("questions", ())))),
            issue=self.text("issue"),
            sdgs=self.goals(),
            sdg_text=self.text("sdgs", "sdg_text"),
            description=self.text("description"),
            expected_outcomes=self.text("outcomes"),
            interaction=self.text("interaction"),
            segments=self.segments(),
            online_participation=self.text("online_participation"),
            official_tool=self.text("official_tool"),
            page_report=PageReport(
                tuple(map(shapes.entry, self.texts.get("takeaways", ()))),
                tuple(map(shapes.entry, self.texts.get("calls", ()))),
                self.text("report"),
            ),
            source=self.key(),
        )
        self.compare(programme)
        return replace(programme, inferred=tuple(self.inferred), unparsed=tuple(self.unparsed))

    def compare(self, programme: Programme) -> None:
        """Note what the page says in two ways, and a title that may have been cut."""
        slot = slot_minutes(programme)
        if programme.minutes and slot > 0 and slot != programme.minutes:
            self.infer("minutes", f"the format says {programme.minutes} minutes; from start to end there are {slot}")
        if _CUT - 2 <= len(programme.title) <= _CUT and programme.title[-1].isalnum() and self.name:
            self.infer("title", f"some copies of the page cut it after {_CUT} characters; check its end")

    def segments(self) -> tuple[PlannedSegment, ...]:
        segments = shapes.segments(self.text("interaction")) or shapes.segments(self.text("outcomes", "description"))
        for n in range(len(segments)):
            self.infer(f"segments[{n}].kind", shapes.KIND_BY_WORDS)
        return segments

    def goals(self) -> tuple[Goal, ...]:
        goals = shapes.goals([*self.texts.get("sdgs", ()), *self.texts.get("sdg_text", ())], self.profile)
        if goals and "sdgs" not in self.texts:
            self.infer("sdgs", "named in the text of the targets")
        return goals

    def key(self) -> str:
        """An id that is the same for all addresses and copies of a page: "igf:2021:ws:119"; empty if the page does not
        say enough."""
        title = self.title
        if not (title and title.code and title.number):
            return ""
        return f"igf:{title.year}:{'-'.join(re.findall('[a-z0-9]+', title.code.lower()))}:{title.number}"

    def first_words(self) -> str:
        self.infer("title", "the page has none; the first words of its text stand in for it")
        return (self.text("description", "issue") or "Session")[:60]


IGF = ProgrammeImporter(
    "igf",
    N_("page of an IGF session, as text or HTML"),
    "whatever no other importer recognizes; it is refused without labels, numbers or people of such a page",
    (".txt", ".html", ".htm"),
    lambda text: True,
    import_igf,
)
