# ruff: noqa: RUF001  # texts in Hebrew, Russian, Arabic and Chinese are meant
"""Files as meeting programs, minute-takers and the United Nations write them, each with what was once given to the
wrong speaker: no turn has words that its file gives to somebody else or to nobody. Every speaker is invented."""

from __future__ import annotations

import json

import pytest

from acquis.captions import read_captions


def vtt(cues: list[str]) -> str:
    return "WEBVTT\n\n" + "\n".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n" for n, cue in enumerate(cues))


def said(text: str | bytes) -> list[tuple[str, str]]:
    """The turns; a speaker who is only offered stands after a question mark."""
    return [(turn.speaker or f"?{turn.offered}", turn.text) for turn in read_captions(text).turns]


CUES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "odd names of a meeting program": (
        vtt(["José Núñez (he/him): Hi.", "iPhone von Max: Hallo.", "Kenya: We agree.", "maria.garcia: And I.",
            "José Núñez (he/him): Thanks: two.", "maria.garcia: Yes.", "Bao Sample: No."]),
        [("José Núñez (he/him)", "Hi."), ("?iPhone von Max", "iPhone von Max: Hallo."), ("Kenya", "We agree."),
         ("maria.garcia", "And I."), ("José Núñez (he/him)", "Thanks: two."), ("maria.garcia", "Yes."),
         ("Bao Sample", "No.")],
    ),
    "marks inside of a line": (
        vtt([">> AMA: I agree. >> No. >> BEN: Yes.", "and so on >> CARLA:\nhello."]),
        [("AMA", "I agree."), ("?", "No."), ("BEN", "Yes. and so on"), ("CARLA", "hello.")],
    ),
    "names inside of a line": (
        vtt(["CHAIR: Who agrees? BEN: No! AMA: Yes.", "and I."]),
        [("CHAIR", "Who agrees?"), ("BEN", "No!"), ("AMA", "Yes. and I.")],
    ),
    "names in brackets and in small letters": (
        vtt(["AMA: I agree.", "[BEN] No.", "(CARLA) Yes.", "[Applause] Thanks.", "Dina: So do I."]),
        [("AMA", "I agree."), ("BEN", "No."), ("CARLA", "Yes. [Applause] Thanks."), ("?Dina", "Dina: So do I.")],
    ),
    "music is nobody's": (vtt(["BEN: Yes.", "♪ a song ♪"]), [("BEN", "Yes."), ("?", "♪ a song ♪")]),
    "dashes without blanks": (vtt(["-AMA: Yes\n-BEN: No"]), [("AMA", "Yes"), ("BEN", "No")]),
    "what is behind a voice, and other angle brackets": (
        vtt(["<i><v.first Ama Example>Hi</v></i> there <v Ben>Me & <you>.</v>"]),
        [("Ama Example", "Hi"), ("?", "there"), ("Ben", "Me & <you>.")],
    ),
    "numbered speakers": (
        vtt(["[SPEAKER_00]: Hello.", "[SPEAKER_01]: Yes.", "No name.", "[SPEAKER_00]: Yes."]),
        [("SPEAKER_00", "Hello."), ("SPEAKER_01", "Yes."), ("?", "No name."), ("SPEAKER_00", "Yes.")],
    ),
    "signs of direction": (
        vtt(["\u202bשרה כהן: שלום\u202c", "\u202aAma Example\u202c: Hi", "\u200fדוד לוי\u200f: כן"]),
        [("שרה כהן", "שלום"), ("Ama Example", "Hi"), ("דוד לוי", "כן")],
    ),
}  # fmt: skip
TEXTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "lists of votes": (
        "The President: We vote.\n\nA recorded vote was taken.\n\nIn favour:\nAlbania, Algeria,\nAngola\n\nAgainst:\n"
        "Kenya\n\nMr. Dupont (France) (spoke in French): Yes.\n\nThe President: Thank you.",
        [("The President", "We vote."), ("Mr. Dupont (France)", "Yes."), ("The President", "Thank you.")],
    ),
    "States as the United Nations name them": (
        "Chair: Open.\nCôte d'Ivoire: Merci.\nthe Netherlands: Yes.\nBosnia and Herzegovina: No.\n"
        "United Kingdom of Great Britain and Northern Ireland: Yes.\nIran (Islamic Republic of): No.\n"
        "Secretariat: One remark.\nal-Khatib: And I.\nFrancia: Sí.\nSomeone from Cisco: Hm.\n??: Unheard.",
        [("Chair", "Open."), ("Côte d'Ivoire", "Merci."), ("the Netherlands", "Yes."),
         ("Bosnia and Herzegovina", "No."), ("United Kingdom of Great Britain and Northern Ireland", "Yes."),
         ("Iran (Islamic Republic of)", "No."), ("Secretariat", "One remark."), ("?al-Khatib", "al-Khatib: And I."),
         ("Francia", "Sí."), ("?Someone from Cisco", "Someone from Cisco: Hm."), ("?", "??: Unheard.")],
    ),
    "answers of one word between names": (
        "Chair\n\nGood morning.\n\nFrance\n\nNo.\n\nEl Salvador, on behalf of a group\n\nYes\n\nChair\n\nBye\n\n"
        "Applause\n\nChair\n\nWe end.",
        [("Chair", "Good morning."), ("France", "No."), ("El Salvador, on behalf of a group", "Yes"), ("Chair", "Bye"),
         ("?Applause", "Applause"), ("Chair", "We end.")],
    ),
    "names in bold with times and inside of lines": (
        "**Ama Example:** One. **Ben Muster:** Two.\n\n**Carla Probe** (00:12): three\n\n"
        "**[00:15] Dina Test:** four\n\n**A title**\n\nfive",
        [("Ama Example", "One."), ("Ben Muster", "Two."), ("Carla Probe", "three"), ("Dina Test", "four")],
    ),
    "initials with a note, and tasks": (
        "# Minutes\n\nAE: One.\n\nBM: Two.\n\nAE (from chat): Three.\n\nBM: Four.\n\n- [ ] AE: write it\n",
        [("AE", "One."), ("BM", "Two."), ("AE (from chat)", "Three."), ("BM", "Four.")],
    ),
    "names beside times, above the words": (
        "00:01 Ama Example\nHello.\n\n00:05 Ben Muster\nYes, at 10:30.\nSee you tomorrow (10:30)\n",
        [("Ama Example", "Hello."), ("Ben Muster", "Yes, at 10:30. See you tomorrow (10:30)")],
    ),
    "a copy from Teams": (
        2 * "Ama Example\n0 minutes 3 seconds\n0:03\nAma Example 0 minutes 3 seconds\nHello.\nMore.\nBen Muster\n"
        "1 minute 9 seconds\n1:09\nBen Muster 1 minute 9 seconds\nYes.\n",
        2 * [("Ama Example", "Hello. More."), ("Ben Muster", "Yes.")],
    ),
    "what a chat repeats": (
        "16:57:02 From Ama to Everyone:\n\tHello: all\n16:57:09 From Ben to Everyone:\n\tReplying to \"Hello: all\"\n"
        "\n\tyes\n",
        [("Ama", "Hello: all"), ("Ben", "yes")],
    ),
    "private messages of a chat": (
        "10:20:11 From Ama Example to Everyone:\n\tWelcome.\n"
        "10:20:30 From Ben Muster to Ama Example (Direct Message):\n\tI will\n\tvote no.\n"
        "10:21:40 De Ben Muster a Ama Example (Mensaje directo):\n\tsecreto\n"
        "10:22:40 From Ama Example to Hosts:\n\tfor us\n10:23:40 From Ben Muster to Everyone:\n\tThanks.\n",
        [("Ama Example", "Welcome."), ("Ben Muster", "Thanks.")],
    ),
    "ranges of times": (
        "[00:01 - 00:04] Ama Example: hello\n[00:05 - 00:08] Ben: yes\n[00:09 - 00:10] Ben: no\n",
        [("Ama Example", "hello"), ("Ben", "yes"), ("Ben", "no")],
    ),
    "a name in bold inside of a paragraph, programs, asides": (
        "<html><body><p><b>Ama Example:</b> One. <b>Ben Muster:</b> Two. <i>really</i> <b>Carla Probe</b>: three</p>"
        "<aside>By our <b>editor</b></aside><dl><dt>Dina</dt><dd>Four.</dd></dl><p>After it.</p>"
        "<address>By scribe</address></body></html>",
        [("Ama Example", "One."), ("Ben Muster", "Two. really"), ("Carla Probe", "three"), ("Dina", "Four."),
         ("?Dina", "After it.")],
    ),
    "another time without a name in a page of a podcast": (
        "<cite>Ama:</cite>\n<time>0:00</time>\n<p>Hello.</p>\n<time>0:20</time>\n<p>Who?</p>\n"
        "<cite>&lt;Zakim&gt;</cite>\n<p>I see.</p>",
        [("Ama", "Hello."), ("?Ama", "Who?")],
    ),
    "several people, and people of another file": (
        '<TEI><text><u who="persons.xml#Ama"><seg>One.</seg></u><u who="#Ama #Ben"><seg>Both.</seg></u></text></TEI>',
        [("Ama", "One."), ("Ama, Ben", "Both.")],
    ),
    "each word has its speaker": (
        json.dumps({"segments": [
            {"start": 0, "end": 2, "text": "Yes. No.", "speaker": "A1",
             "words": [{"word": "Yes.", "speaker": "A1"}, {"word": "No.", "speaker": "B2"}]},
            {"start": 2, "end": 3, "text": "No.", "speaker": "B2"}]}),
        [("A1", "Yes."), ("B2", "No. No.")],
    ),
    "data of Teams": (
        json.dumps({"entries": [{"text": "Hello.", "startOffset": "00:00:03.1000000", "speakerDisplayName": "Ama"}]}),
        [("Ama", "Hello.")],
    ),
    "lines in a cell": (
        'start,end,speaker,text\n0.0,2.0,Ama,"Hello\nall"\n2.0,,,Yes\n', [("Ama", "Hello all"), ("?", "Yes")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CUES | TEXTS)
def test_nobody_gets_the_words_of_somebody_else(case: str) -> None:
    text, wanted = (CUES | TEXTS)[case]
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        ("Le Président : Bonjour.\nMme Zhou (Chine) (parle en chinois) : Non.\nLe Président : Merci.\n"
         "Il en est ainsi décidé.\nLa séance est levée à 13 heures.", "zh", "Mme Zhou (Chine)"),
        ("El Presidente: Hola.\nSr. Dupont (Francia) (habla en francés): No.\nEl Presidente: Gracias.\n"
         "Así queda acordado.\nSe levanta la sesión a las 13.00 horas.", "fr", "Sr. Dupont (Francia)"),
        ("Председатель: Здравствуйте.\nГ-н Дюпон (Франция) (говорит по-английски): Нет.\nПредседатель: Да.\n"
         "Решение принимается.\nЗаседание закрывается в 13 ч. 00 м.", "en", "Г-н Дюпон (Франция)"),
        ("الرئيس: أهلا.\nالسيد دوبون (فرنسا) (تكلم بالفرنسية): لا.\nالرئيس: شكرا.\n"
         "تقرر ذلك.\nرفعت الجلسة الساعة 13/00.",
         "fr", "السيد دوبون (فرنسا)"),
        ("主席：大家好。\n杜邦先生（法国）（以法语发言）：不。\n主席：谢谢。\n就这样决定。\n下午1时散会。",
         "fr", "杜邦先生（法国）"),
    ],
    ids=["fr", "es", "ru", "ar", "zh"],
)  # fmt: skip
def test_verbatim_records_in_the_languages_of_the_united_nations(text: str, language: str, speaker: str) -> None:
    """What the record says of the meeting is nobody's words, and the note of a language is the language."""
    found = read_captions(text)
    assert [(turn.speaker, turn.language) for turn in found.turns][1] == (speaker, language)
    assert len(found.turns) == 3
    assert [left.why for left in found.unparsed] == 3 * ["procedure"]
    assert found.unparsed[0].text in text.split("\n")[1]


@pytest.mark.parametrize("encoding", ["iso8859_2", "cp1250", "iso2022_jp"])
def test_encodings_that_look_like_others(encoding: str) -> None:
    text = "MAYA: こんにちは。" if encoding == "iso2022_jp" else "ŻANETA: Są dwa pytania, źle, śledź, ćma."
    found = read_captions(vtt([text, "BEN: OK"]).encode(encoding))
    assert found.encoding == encoding
    assert f"{found.turns[0].speaker}: {found.turns[0].text}" == text
