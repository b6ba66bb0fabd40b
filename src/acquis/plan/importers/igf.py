"""The page of an IGF session becomes a programme.

The same page comes back in several flavours: with its labels, with half of them lost, flattened to one line. So line
shapes are matched first (`Speaker 3: ...`, `NAME, group, region`, `Panel - 90 Min`), labels second, and position between
known lines last. What was found by position or by words is marked in `inferred`; a line that was not understood is kept
in `unparsed`. Nothing is dropped and nothing is guessed in silence.
"""

from __future__ import annotations

import re

import msgspec

from acquis.plan.importers import ImportFailed, shapes
from acquis.plan.importers.lines import to_lines
from acquis.plan.programme import Goal, Inferred, PageReport, Person, PolicyQuestion, Programme, Unparsed
from acquis.reference import Profile

# Label -> the place its lines go to. A label stands alone on its line, or before a colon and its value.
LABELS = {
    "time": "time",
    "room": "room",
    "theme": "issue",
    "subtheme": "issue",
    "issue(s)": "issue",
    "issues": "issue",
    "about this session": "description",
    "speakers": "speakers",
    "additional speakers": "speakers",
    "moderator": "onsite",
    "moderators": "onsite",
    "onsite moderator": "onsite",
    "on-site moderator": "onsite",
    "online moderator": "online",
    "rapporteur": "rapporteur",
    "rapporteurs": "rapporteur",
    "format": "format",
    "format description": "interaction",
    "duration (minutes)": "minutes",
    "interventions": "interaction",
    "diversity": "description",
    "policy question(s)": "questions",
    "policy questions": "questions",
    "additional policy questions information": "issue",
    "connection with previous messages": "issue",
    "relevance to theme": "issue",
    "relevance to internet governance": "issue",
    "relevance to issue": "issue",
    "sdgs": "sdgs",
    "targets": "sdg_text",
    "description": "description",
    "expected outcomes": "outcomes",
    "what will participants gain from attending this session?": "outcomes",
    "how will you facilitate interaction?": "interaction",
    "interaction": "interaction",
    "hybrid format": "online_participation",
    "online participation": "online_participation",
    "usage of igf official tool": "official_tool",
    "key takeaways": "takeaways",
    "call to action": "calls",
}
_LABEL = re.compile(
    r"^(?P<label>" + "|".join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True)) + r")"
    r"(?: ?\(\*[^)]*\)[^:]{0,60})?(?: ?[:.])?(?P<value> .*)?$",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"(?<!^)\s+(?=(?:Organi[sz]er|Speaker) ?\d+ ?:|Policy Question\(s\)|Targets:|Expected Outcomes\b|Online Moderator\b"
    r"|Online Participation\b|Usage of IGF Official Tool|Key Takeaways \(|Call to Action \(|Description:|Additional Speakers\b)"
)
_GOAL = re.compile(r"\b(?:GOAL|SDG)s? ?(\d{1,2})\b|^(\d{1,2})\. [A-Z]", re.IGNORECASE)
_TARGET = re.compile(r"\b(\d{1,2}\.(?:\d{1,2}|[a-d]))\b")
_BANNER = re.compile(r"^(check-in and access this session|back to |you are here)", re.IGNORECASE)

# Roles of the bare `name, group, region` lines between the last speaker and the format, in this order.
_BY_POSITION = ("onsite", "online", "rapporteur")


def import_igf(data: bytes | str, profile: Profile) -> Programme:
    """The programme of an IGF session page, text or HTML.

    Raises ImportFailed: empty, not_text, too_large (limit), not_igf."""
    lines = to_lines(data)
    reading = _Reading(profile)
    if sum(1 for line in lines if line) < 6 and sum(map(len, lines)) > 500:
        lines = _BREAKS.sub("\n", "\n".join(lines)).split("\n")
        reading.infer("the whole page", "it came in one line; it was broken before the labels that were found")
    for number, line in enumerate(lines, 1):
        if line:
            reading.take(number, line)
    return reading.programme()


def unsure(programme: Programme) -> list[tuple[str, str]]:
    """(field or line, how or text) of everything a person should look at."""
    marked = [(inferred.field, inferred.how) for inferred in programme.inferred]
    return marked + [(f"line {line.line}", line.text) for line in programme.unparsed]


class _Reading:
    """A page being read: where we are, and what was found."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.title: shapes.TitleLine | None = None
        self.time: tuple[str, str, str] | None = None
        self.format: tuple[str, str, int] | None = None
        self.minutes = 0
        self.room = ""
        self.people: dict[str, list[Person]] = {
            role: [] for role in ("organizer", "speaker", "onsite", "online", "rapporteur")
        }
        self.texts: dict[str, list[str]] = {}
        self.inferred: list[Inferred] = []
        self.unparsed: list[Unparsed] = []
        self.place = ""
        self.after = "start"
        self.shapes = 0

    def infer(self, field: str, how: str) -> None:
        mark = Inferred(field, how)
        if mark not in self.inferred:
            self.inferred.append(mark)

    def take(self, number: int, line: str) -> None:
        """One line: by shape, by label, by position, or kept as not understood."""
        if self.by_shape(line) or self.by_label(line) or self.by_position(line):
            return
        self.unparsed.append(Unparsed(number, line))

    def by_shape(self, line: str) -> bool:
        if self.title is None and (title := shapes.title_line(line, self.profile)):
            self.title, self.after = title, "title"
        elif self.time is None and (time := shapes.times(line)):
            self.time, self.after, self.place = time, "time", ""
        elif found := shapes.numbered(line):
            self.add_numbered(*found)
        elif self.in_head() and (bare := shapes.person(line, self.profile)):
            self.add_bare(bare)
        elif self.format is None and (found_format := shapes.format_line(line, self.profile)):
            self.format, self.after, self.place = found_format, "format", ""
        else:
            return False
        self.shapes += 1
        return True

    def in_head(self) -> bool:
        return self.after in ("title", "time", "people", "start") and self.format is None

    def add_numbered(self, role: str, rest: str) -> None:
        self.after, self.place = "people", ""
        if role == "organizer":
            person, understood = shapes.organizer(rest), True
        else:
            person, understood = shapes.speaker(rest, self.profile)
        if person not in self.people[role]:
            self.people[role].append(person)
        if not understood:
            self.infer(f"{role} {len(self.people[role])}", f"no stakeholder group was understood in: {rest}")

    def add_bare(self, person: Person) -> None:
        """A person without a number: the label before decides, else the position after the speakers."""
        self.after = "people"
        if self.place in self.people:
            role = self.place
        elif self.place == "speakers":
            role = "speaker"
        else:
            role = next((role for role in _BY_POSITION if not self.people[role]), "rapporteur")
            if self.people["online"] and not self.people["rapporteur"]:
                role = "rapporteur" if self.people["onsite"] else "onsite"
            where = "after the speakers and before the format"
            self.infer(f"{role}: {person.name}", f"no label; by its position {where}")
        if person not in self.people[role]:
            self.people[role].append(person)
        self.place = "" if self.place in self.people else self.place

    def by_label(self, line: str) -> bool:
        match = _LABEL.match(line)
        if match is None:
            return False
        place, value = LABELS[match["label"].casefold()], (match["value"] or "").strip()
        has_colon = line[len(match["label"]) :].lstrip().startswith((":", "(*"))
        if value and not has_colon:
            return False  # a sentence that begins with the word
        self.place, self.after = place, "people" if place in self.people or place == "speakers" else place
        if place not in self.people:
            self.shapes += 1
        if value:
            self.put(value)
        return True

    def by_position(self, line: str) -> bool:
        if _BANNER.match(line) and self.title is None:
            return False
        if self.place:
            return self.put(line)
        if self.after == "time" and not self.room and len(line) <= 60:
            self.room = line
            self.infer("room", "no label; the line after the time")
            return True
        if self.after == "format":
            self.place = "description"
            return self.put(line)
        return False

    def put(self, line: str) -> bool:
        """A line of the place we are in; some lines end the place, by what they are."""
        place = self.place
        if place == "room":
            self.room, self.place = self.room or line, ""
            return True
        if place in self.people or place == "speakers":
            return self.put_person(line)
        if place == "minutes":
            digits = re.match(r"\d+", line)
            self.minutes = int(digits[0]) if digits else 0
            return digits is not None
        if place == "time":
            return False
        if place == "format":
            self.texts.setdefault("interaction", []).append(line)
            return True
        if place == "questions" and "?" not in line and self.texts.get("questions") and len(line) > 200:
            self.place = place = "issue"
            self.infer("issue", "no label; the text after the policy questions")
        elif place == "sdg_text" and self.texts.get("sdg_text") and len(line) > 200:
            self.place = place = "description"
            self.infer("description", "no label; the text after the targets of the SDGs")
        elif place == "outcomes" and self.texts.get("outcomes") and len(shapes.segments(line)) > 1:
            self.place = place = "interaction"
            self.infer("interaction", "no label; the text with the timing plan, after the expected outcomes")
        self.texts.setdefault(place, []).append(line)
        return True

    def put_person(self, line: str) -> bool:
        role = "speaker" if self.place == "speakers" else self.place
        if len(line) > 120:
            return False
        person, _ = shapes.speaker(line, self.profile)
        self.people[role].append(person)
        self.infer(f"{role}: {person.name}", "no groups; the line after the label")
        return True

    def text(self, place: str) -> str:
        return "\n\n".join(self.texts.get(place, ()))

    def programme(self) -> Programme:
        if self.shapes < 3 or not (self.title or self.people["organizer"] or self.people["speaker"]):
            raise ImportFailed("not_igf")
        starts, ends, zone = self.time or ("", "", "UTC")
        name, seating, minutes = self.format or ("", "", 0)
        interaction = self.text("interaction")
        segments = shapes.segments(interaction) or shapes.segments(self.text("outcomes"))
        for segment in segments:
            self.infer(f"segment kind: {segment.title[:60]}", f"{segment.kind}, by the words of its title")
        if not self.title:
            self.infer("title", "the page has none; the first words of the description stand in for it")
        programme = Programme(
            title=self.title.title if self.title else self.first_words(),
            number=self.title.number if self.title else "",
            gathering=f"IGF {self.title.year}" if self.title else "",
            type=self.title.type if self.title else "",
            starts=starts,
            ends=ends,
            zone=zone,
            room=self.room,
            format=name,
            seating=seating,
            minutes=minutes or self.minutes,
            profile=self.profile.name,
            organizers=tuple(self.people["organizer"]),
            speakers=tuple(self.people["speaker"]),
            onsite_moderators=tuple(self.people["onsite"]),
            online_moderators=tuple(self.people["online"]),
            rapporteurs=tuple(self.people["rapporteur"]),
            policy_questions=tuple(map(_question, self.texts.get("questions", ()))),
            issue=self.text("issue"),
            sdgs=self.goals(),
            sdg_text="\n\n".join(filter(None, (self.text("sdgs"), self.text("sdg_text")))),
            description=self.text("description"),
            expected_outcomes=self.text("outcomes"),
            interaction=interaction,
            segments=segments,
            online_participation=self.text("online_participation"),
            official_tool=self.text("official_tool"),
            page_report=PageReport(
                tuple(map(_bullet, self.texts.get("takeaways", ()))), tuple(map(_bullet, self.texts.get("calls", ())))
            ),
        )
        return msgspec.structs.replace(programme, inferred=tuple(self.inferred), unparsed=tuple(self.unparsed))

    def first_words(self) -> str:
        return (self.text("description") or self.text("issue") or "Session")[:60]

    def goals(self) -> tuple[Goal, ...]:
        """The goals named under their label, or in the prose of the targets."""
        lines = [*self.texts.get("sdgs", ()), *self.texts.get("sdg_text", ())]
        targets = [target for line in lines for target in _TARGET.findall(line)]
        numbers = [int(a or b) for line in lines for a, b in _GOAL.findall(line)]
        numbers += [int(target.split(".")[0]) for target in targets]
        if numbers and not self.texts.get("sdgs"):
            self.infer("sdgs", "named in the text of the targets")
        goals = sorted({number for number in numbers if 1 <= number <= 17})
        return tuple(
            Goal(goal, tuple(dict.fromkeys(t for t in targets if t.split(".")[0] == str(goal)))) for goal in goals
        )


def _question(line: str) -> PolicyQuestion:
    """`Theme: question?`, with or without the theme."""
    theme, colon, text = line.partition(": ")
    if colon and "?" not in theme and len(theme) <= 120 and text:
        return PolicyQuestion(text.strip(), theme.strip())
    return PolicyQuestion(line)


def _bullet(line: str) -> str:
    return line.lstrip("•-*– ").strip()
