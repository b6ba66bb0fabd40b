"""Invented sessions for the tests of the documents: in five further scripts, with hostile texts, and as large as a
session gets. Everybody in them is simulated."""

from __future__ import annotations

import random
from collections.abc import Sequence

from acquis import events as ev
from acquis.documents.view import ReportView, report_view
from acquis.report.publishing import PublishReport

from .story import WRITER, Happened, Recorded, published, recorded, then, voices, with_votes

HELD = "This text was never let through."
HOSTILE = (
    '#import "x": * #panic() {{ 7*7 }} {% raw %} $ x^2 $ @ref <label> = head \\ ` // /* */ [a](b) \'q\' "q"',
    "bell\x07 null\x00 esc\x1b[31m lone\ufffe \ud800".encode("utf-16", "surrogatepass").decode("utf-16", "ignore"),
    "turned \u202eback \u2067isolated \u200frtl mark",
    "</script><script>alert(1)</script>&amp;<!-- ]]> --> <w:p/>",
    "x" * 1900,
    "=1+1 - dash\n# line\r\nsecond line\tand tab",
    "{minutes} {who} %s %(n)d ${HOME}",
)

Words = tuple[str, Sequence[str], Sequence[str], Sequence[str], Sequence[str]]
"""Title, seats, questions, statements, takeaways."""

ARABIC: Words = (
    "بناء الثقة في الفضاء السيبراني (جلسة محاكاة)",
    ("متحدثة أولى (محاكاة)", "متحدث ثان (محاكاة)"),
    ("من يتابع تنفيذ المعايير المتفق عليها؟", "كيف تُسمع أصوات المشاركين عن بعد؟"),
    ("تحتاج المعايير إلى جهة تتابع تنفيذها.", "عملية واحدة تكفي لجميع الدول."),
    ("اتفق المشاركون على أن المعايير تحتاج إلى متابعة منتظمة.", "طُلب من الدول نشر تقارير سنوية عن التنفيذ."),
)
CHINESE: Words = (
    "网络空间中的信任建设（模拟会议）",  # Chinese has its own signs
    ("模拟发言人甲", "模拟发言人乙"),
    ("由谁来跟进商定规范的落实情况？", "如何让线上与会者的声音被听到？"),  # Chinese has its own signs
    ("规范需要有一个机构来跟进落实。", "一个进程对所有国家已经足够。"),
    ("与会者一致认为，规范的落实需要定期跟进。", "呼吁各国每年公布落实情况的报告。"),  # Chinese has its own signs
)
RUSSIAN: Words = (
    "Доверие в киберпространстве (имитация)",
    ("Докладчица 1 (имитация)", "Докладчик 2 (имитация)"),
    ("Кто следит за выполнением норм?", "Как услышать участников в сети?"),
    ("Нормам нужен орган, который следит за ними.", "Одного процесса достаточно."),
    ("Участники согласны: нормам нужно наблюдение.", "Государства призваны отчитываться ежегодно."),
)

GREEK: Words = (
    "Εμπιστοσύνη στον κυβερνοχώρο (προσομοίωση)",
    ("Ομιλήτρια 1 (προσομοίωση)", "Ομιλητής 2 (προσομοίωση)"),
    ("Ποιος παρακολουθεί την εφαρμογή των κανόνων;", "Πώς ακούγονται όσοι συμμετέχουν από απόσταση;"),
    ("Οι κανόνες χρειάζονται ένα όργανο που τους παρακολουθεί.", "Μία διαδικασία αρκεί για όλους."),  # noqa: RUF001  # Greek letters
    ("Οι συμμετέχοντες συμφωνούν: οι κανόνες χρειάζονται παρακολούθηση.", "Τα κράτη καλούνται να υποβάλλουν εκθέσεις."),  # noqa: RUF001  # Greek letters
)
HINDI: Words = (
    "साइबर क्षेत्र में विश्वास निर्माण (अनुकरण)",
    ("वक्ता एक (अनुकरण)", "वक्ता दो (अनुकरण)"),
    ("सहमत मानदंडों के पालन पर कौन नज़र रखता है?", "ऑनलाइन प्रतिभागियों की आवाज़ कैसे सुनी जाए?"),
    ("मानदंडों को एक ऐसी संस्था चाहिए जो उन पर नज़र रखे।", "सभी राज्यों के लिए एक प्रक्रिया पर्याप्त है।"),
    ("प्रतिभागी सहमत हैं कि मानदंडों की नियमित समीक्षा चाहिए।", "राज्यों से हर वर्ष रिपोर्ट देने का आग्रह किया गया।"),
)


def session_in(words: Words) -> Recorded:
    """A session of twelve simulated voices in some language, with a report of every part."""
    title, seats, questions, statements, takeaways = words
    programme = ev.ProgrammePublished(
        title,
        (ev.Segment(title, "questions", 30),),
        "2026-11-23T10:00:00+00:00",
        "2026-11-23T10:45:00+00:00",
        seats=tuple(ev.Seat(name) for name in seats),
        rehearsal=True,
        document={"title": title},
    )
    so_far = recorded(
        [
            programme,  # 1
            *voices(),  # 2 to 13
            *[ev.StatementSeeded(text) for text in statements],  # 14, 15
            ev.SessionOpened(),  # 16
            ("p-a", ev.QuestionAsked(questions[0], 1, lane="room", stakeholder="Government")),  # 17
            ("p-b", ev.QuestionAsked(questions[1], 0, lane="online")),  # 18
            ev.QuestionApproved(17),
            ev.QuestionApproved(18),
            ("p-z", ev.QuestionAsked(HELD, 0, lane="room")),  # 21
            ev.QuestionHeldBack(21, "personal_data"),
            ev.SegmentStarted(0, ("room", "online", "other")),
            ("p-c", ev.HandRaised("turn", lane="room", stakeholder="Government")),  # 24
            ("p-d", ev.HandRaised("turn", lane="online", stakeholder="Civil Society")),  # 25
            ev.FloorGiven(24),
            ev.FloorGiven(25),  # 27
            ev.TurnNoted(27, takeaways[1]),
            ev.SpeakerGivenFloor(2, 17),
            ev.QuestionAnswered(17),
            *[(f"v{n}", ev.VoteCast(14, "agree")) for n in range(12)],
            *[(f"v{n}", ev.VoteCast(15, "disagree" if n < 6 else "agree")) for n in range(12)],
            ev.SessionClosed(),
        ]
    )
    so_far = with_votes(so_far)
    event = PublishReport(
        (ev.Sentence(takeaways[0], (14, 17)),), (ev.Sentence(takeaways[1], (27,)),), (), (ev.Sentence(statements[1]),)
    ).decide(so_far.state, WRITER, so_far.state.at)
    assert event is not None
    return then(so_far, ("p-writer", event))


def hostile() -> Recorded:
    """A session in which every text that somebody may write is hostile."""
    programme = ev.ProgrammePublished(
        HOSTILE[0],
        (ev.Segment("x", "questions", 30),),
        HOSTILE[3],
        HOSTILE[0],
        zone=HOSTILE[2],
        room=HOSTILE[1],
        seats=tuple(ev.Seat(text, text, stakeholder=text, region=text) for text in HOSTILE),
        document={"number": HOSTILE[2], "gathering": HOSTILE[3], "organizers": [{"name": text} for text in HOSTILE]},
    )
    questions: list[Happened] = [
        ("p-a", ev.QuestionAsked(text, n % 3, lane="room", stakeholder=text)) for n, text in enumerate(HOSTILE)
    ]
    statements: list[Happened] = [ev.StatementSeeded(text) for text in HOSTILE]
    so_far = recorded([programme, *statements, ev.SessionOpened(), *questions])
    asked = list(so_far.state.questions)
    so_far = then(
        so_far,
        *[ev.QuestionApproved(seq) for seq in asked],
        *[ev.AnswerWritten(seq, text) for seq, text in zip(asked, HOSTILE)],
        ev.SegmentStarted(0, ("room", "other")),
        ("p-c", ev.HandRaised("turn", lane="room", stakeholder=HOSTILE[0])),
    )
    hand = so_far.state.seq
    so_far = then(so_far, ev.FloorGiven(hand), ev.TurnNoted(hand + 1, HOSTILE[3]))
    cast = [(f"v{n}", ev.ParticipantJoined(lane="room", stakeholder=HOSTILE[3], ballot=f"{n:032x}")) for n in range(6)]
    cited = (*asked, *so_far.state.statements, hand + 1)
    votes = [(f"v{n}", ev.VoteCast(seq, "agree")) for seq in so_far.state.statements for n in range(6)]
    so_far = then(so_far, *cast, *votes, ev.SessionClosed())
    return published(so_far, *(ev.Sentence(text, cited) for text in HOSTILE))


def largest(questions: int = 500, statements: int = 200, turns: int = 1000, people: int = 300) -> Recorded:
    """As large as a session gets: same numbers, same session."""
    dice = random.Random(5)
    groups = ("Civil Society", "Government", "Private Sector", "Technical Community")
    lanes: tuple[ev.Lane, ...] = ("room", "online")
    words = ("norms", "capacity", "building", "of", "small", "states", "internet", "follow", "up", "confidence", "who")

    def text() -> str:
        return " ".join(dice.choices(words, k=18)).capitalize()

    happened: list[Happened] = [
        ev.ProgrammePublished("A large session", (ev.Segment("All", "questions", 600),), seats=(ev.Seat("Somebody"),)),
        *[
            (f"v{n}", ev.ParticipantJoined(lane=lanes[n % 2], stakeholder=groups[n % 4], ballot=f"{n:032x}"))
            for n in range(people)
        ],
        *[ev.StatementSeeded(text()) for _ in range(statements)],
        ev.SessionOpened(),
    ]
    first = people + 2
    ask: list[Happened] = [(f"p{n}", ev.QuestionAsked(text() + "?", 0, lane=lanes[n % 2])) for n in range(questions)]
    happened += ask
    begin = first + statements + 1
    happened += [ev.QuestionApproved(begin + n) for n in range(questions) if n % 10]
    happened.append(ev.SegmentStarted(0, ("room", "online", "other")))
    for n in range(turns):
        happened += [
            (f"p{n}", ev.HandRaised("turn", lane=lanes[n % 2], stakeholder=groups[n % 4])),
            ev.FloorGiven(len(happened) + 1),
        ]
    for n in range(people):
        leaning: list[ev.Choice] = ["agree", "disagree", "pass"] if n % 2 else ["disagree", "agree", "pass"]
        cast = (ev.VoteCast(first + k, dice.choices(leaning, (6, 2, 1))[0]) for k in range(statements))
        happened += [(f"v{n}", vote) for vote in cast if dice.random() < 0.5]
    so_far = recorded([*happened, ev.SessionClosed()])
    cited = [*list(so_far.state.statements)[:10], *list(so_far.state.turns)[:10]]
    return published(so_far, *(ev.Sentence(text() + ".", tuple(cited)) for _ in range(10)))


def view_of(found: Recorded) -> ReportView:
    """The view of the newest version."""
    return report_view(found.state, found.head)
