"""Transcripts as meeting programs, services that recognize speech, courts and parliaments write them: whose words every
line is. All people are invented."""

from __future__ import annotations

import json

import pytest

from acquis.captions import CaptionsError, read_captions


def _said(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker or f"?{turn.offered}", turn.text) for turn in read_captions(text).turns]


def _cue(number: int, text: str) -> str:
    return f"{number}\n00:00:{10 * number:02}.000 --> 00:00:{10 * number + 5:02}.000\n{text}\n\n"


AMAZON = {
    "jobName": "harbour",
    "results": {
        "transcripts": [{"transcript": "Good morning. Yes."}],
        "speaker_labels": {
            "segments": [
                {"speaker_label": "spk_0", "items": [{"start_time": "0.0"}, {"start_time": "0.5"}]},
                {"speaker_label": "spk_1", "items": [{"start_time": "1.5"}]},
            ]
        },
        "items": [
            {"start_time": "0.0", "end_time": "0.5", "type": "pronunciation", "alternatives": [{"content": "Good"}]},
            {"start_time": "0.5", "end_time": "1.2", "type": "pronunciation", "alternatives": [{"content": "morning"}]},
            {"type": "punctuation", "alternatives": [{"content": "."}]},
            {"start_time": "1.5", "end_time": "2.0", "type": "pronunciation", "alternatives": [{"content": "Yes"}]},
            {"type": "punctuation", "alternatives": [{"content": "."}]},
        ],
    },
}
CASES = {
    "people at a telephone and with odd names, where every cue has a name": (
        "WEBVTT\n\n"
        + _cue(1, "Ingrid Solheim (Lanternhuset): Welcome.")
        + _cue(2, "+41 22 555 01 02: Can you hear me?")
        + _cue(3, "iPhone (2): Yes.")
        + _cue(4, "Ngozi A.: Yes."),
        [
            ("Ingrid Solheim (Lanternhuset)", "Welcome."),
            ("+41 22 555 01 02", "Can you hear me?"),
            ("?iPhone (2)", "iPhone (2): Yes."),
            ("?Ngozi A.", "Ngozi A.: Yes."),
        ],
    ),
    "offices in French": (
        "Mme Wanjiru (Kenya) : Je serai brève.\nLa Présidente par intérim : Merci.\nLe Président : Je vous en prie.",
        [
            ("Mme Wanjiru (Kenya)", "Je serai brève."),
            ("La Présidente par intérim", "Merci."),
            ("Le Président", "Je vous en prie."),
        ],
    ),
    "offices in Russian": (
        "Председатель: Прошу.\nГ-жа Ванджиру (Кения): Благодарим.\nПредседатель: Спасибо.",  # noqa: RUF001  # Russian
        [("Председатель", "Прошу."), ("Г-жа Ванджиру (Кения)", "Благодарим."), ("Председатель", "Спасибо.")],  # Russian
    ),
    "titles before names, in Spanish": (
        "La señora PRESIDENTA: Tiene la palabra.\nEl señor MUESTRA PÉREZ: Gracias.\n"
        "La señora MINISTRA DE FAROS (Ejemplo Ruiz): Ya está.",
        [
            ("La señora PRESIDENTA", "Tiene la palabra."),
            ("El señor MUESTRA PÉREZ", "Gracias."),
            ("La señora MINISTRA DE FAROS (Ejemplo Ruiz)", "Ya está."),
        ],
    ),
    "members of a parliament in two languages": (
        "Mr. Ben Muster (Northport, NDP): I rise.\nSome hon. members: Hear, hear!\n"
        "L'hon. Dora Beispiel: Monsieur le Président.",
        [
            ("Mr. Ben Muster (Northport, NDP)", "I rise."),
            ("Some hon. members", "Hear, hear!"),
            ("L'hon. Dora Beispiel", "Monsieur le Président."),
        ],
    ),
    "times before the colon": (
        "Mr MUSTER (Northport—Minister for Lamps) (10:02): I move.\nMs PROBE (Southport) (10:11): I thank him.",
        [("Mr MUSTER (Northport—Minister for Lamps)", "I move."), ("Ms PROBE (Southport)", "I thank him.")],
    ),
    "the end of a sentence before a colon": (
        "Präsidentin Ama Beispiel:\nVielen Dank. – Nächste Rednerin: Carla Probe.\nCarla Probe (SPD):\nDanke.",
        [
            ("Präsidentin Ama Beispiel", "Vielen Dank. – Nächste Rednerin: Carla Probe."),
            ("Carla Probe (SPD)", "Danke."),
        ],
    ),
    "a hearing": (
        "BEFORE: Hon. Ama Example\n\nEXAMINATION BY MR. MUSTER:\n\nQ.  Was it lit?\nA.  Yes.\nMR. PROBE:  Objection.\n"
        "BY MR. MUSTER:\nQ.  How?\nA.  Well.\n",
        [
            ("Q.", "Was it lit?"),
            ("A.", "Yes."),
            ("MR. PROBE", "Objection."),
            ("Q.", "How?"),
            ("A.", "Well."),
        ],
    ),
    "a vote by roll call": (
        "Council Member Example: Aye\nCouncil Member Muster: Aye\nMayor Prueba: Aye\nMotion carries 3-0.",
        [("Council Member Example", "Aye"), ("Council Member Muster", "Aye"), ("Mayor Prueba", "Aye")],
    ),
    "the end of Google Meet in German": (
        "Ama Example: Guten Morgen.\nBen Muster: Morgen.\nDas Meeting wurde nach 00:31:12 beendet 👋\n"
        "Dieses bearbeitbare Transkript wurde computergeneriert und kann Fehler enthalten.",
        [("Ama Example", "Guten Morgen."), ("Ben Muster", "Morgen.")],
    ),
    "one blank between name and time": (
        "Ama Example 0:00\nGood afternoon.\nBen Muster 0:04\nThank you.",
        [("Ama Example", "Good afternoon."), ("Ben Muster", "Thank you.")],
    ),
    "times in brackets behind the colon": (
        "Ama Example: [00:00:01] Good afternoon.\n\nSpeaker2: [00:00:04] Thank you.",
        [("Ama Example", "Good afternoon."), ("Speaker2", "Thank you.")],
    ),
    "times in brackets behind the name, without a colon": (
        "Ama Example [00:00:01] Good [inaudible 00:00:02] afternoon.\n\nBen Muster [00:00:04] Thank you.",
        [("Ama Example", "Good [inaudible 00:00:02] afternoon."), ("Ben Muster", "Thank you.")],
    ),
    "times in brackets behind a name in bold": (
        "**Ama Example:** [00:00:00] Good afternoon.\n\n**Ben Muster:** [00:00:04] Thank you.",
        [("Ama Example", "Good afternoon."), ("Ben Muster", "Thank you.")],
    ),
    "numbered speakers above their words": (
        "[00:00:00.120] - Ama Example\nBonjour.\n\n[00:00:04.450] - Intervenant 3\nMerci.",
        [("Ama Example", "Bonjour."), ("Intervenant 3", "Merci.")],
    ),
    "times of YouTube in words": (
        "0:00\n0 seconds\nwelcome\n1:10\n1 minute, 10 seconds\ngoodbye",
        [("?", "welcome"), ("?", "goodbye")],
    ),
    "times without a blank behind them": (
        "[00:01.00]Good morning.\n[00:03.50]We begin.",
        [("?", "Good morning."), ("?", "We begin.")],
    ),
    "a colon before the thousandths": (
        "1\n00:00:01:000 --> 00:00:02:000\nAMA EXAMPLE: Hello.\n\n2\n00:00:03:000 --> 00:00:04:000\nBEN MUSTER: Hi.",
        [("AMA EXAMPLE", "Hello."), ("BEN MUSTER", "Hi.")],
    ),
    "a table of turns": (
        'Time,Speaker,Statement\n00:00:01,Ama Example,Good morning.\n00:00:05,Ben Muster,"Yes, Ama: I agree."\n',
        [("Ama Example", "Good morning."), ("Ben Muster", "Yes, Ama: I agree.")],
    ),
    "a table of turns without times": (
        "speaker\ttext\nAma Example\tGood morning.\nBen Muster\tYes.\n",
        [("Ama Example", "Good morning."), ("Ben Muster", "Yes.")],
    ),
    "Amazon Transcribe": (json.dumps(AMAZON), [("spk_0", "Good morning."), ("spk_1", "Yes.")]),
    "Google Speech-to-Text": (
        '{"results":[{"alternatives":[{"transcript":"Good morning."}],"resultEndTime":"1.2s"}]}',
        [("?", "Good morning.")],
    ),
    "Azure Speech": (
        '{"recognizedPhrases":[{"speaker":1,"offsetInTicks":0,"durationInTicks":10,"nBest":[{"display":"Yes."}]}]}',
        [("Speaker 1", "Yes.")],
    ),
    "captions of YouTube as data": (
        '{"events":[{"tStartMs":80,"segs":[{"utf8":"good"},{"utf8":" day"}]},{"tStartMs":90,"segs":[{"utf8":"\\n"}]}]}',
        [("?", "good day")],
    ),
    "a summary record": (
        "The meeting was called to order at 3 p.m.\n\nAgenda item 98: Lamps (A/C.1/79/L.9)\n\n"
        "1.\tMr. Prueba (Southland), introducing the draft, said that it mattered.\n\n2.\tHe thanked the sponsors.\n\n"
        "3.\tThe Chair said she took it that it was agreed.\n\n4.\tIt was so decided.\n",
        [
            ("Mr. Prueba (Southland)", "introducing the draft, said that it mattered. He thanked the sponsors."),
            ("The Chair", "said she took it that it was agreed."),
        ],
    ),
    "a French parliament": (
        "Mme la présidente. La parole est à M. Ben Muster.\n\nM. Ben Muster. Merci.\n\n"
        "Mme Ama Exemple, ministre des phares. C'est allumé.",
        [
            ("Mme la présidente", "La parole est à M. Ben Muster."),
            ("M. Ben Muster", "Merci."),
            ("Mme Ama Exemple, ministre des phares", "C'est allumé."),
        ],
    ),
    "the European Parliament": (
        "Die Präsidentin. – Die Sitzung ist eröffnet.\n\nBen Muster (PPE), blue-card reply. – No.",
        [("Die Präsidentin", "Die Sitzung ist eröffnet."), ("Ben Muster (PPE), blue-card reply", "No.")],
    ),
    "a Brazilian parliament": (
        "O SR. PRESIDENTE (Beto Exemplo. PT - SP) - Está aberta a sessão.\n\n"
        "A SRA. ANA MOSTRA (PSB - PE. Pela ordem.) - Dois pontos.",
        [
            ("O SR. PRESIDENTE (Beto Exemplo. PT - SP)", "Está aberta a sessão."),
            ("A SRA. ANA MOSTRA (PSB - PE. Pela ordem.)", "Dois pontos."),
        ],
    ),
    "a Japanese parliament": (
        "○議長（見本太郎君）\u3000開きます。\n○例花子君\u3000二点質問します。",
        [("議長（見本太郎君）", "開きます。"), ("例花子君", "二点質問します。")],
    ),
    "the end of Teams in German": (
        "Ama Beispiel 0:03\nGuten Morgen.\n\nBen Muster 0:09\nMorgen.\n\nAma Beispiel hat die Transkription beendet",
        [("Ama Beispiel", "Guten Morgen."), ("Ben Muster", "Morgen.")],
    ),
    "a copy of Teams in French": (
        "Ama Exemple\n0 minutes 3 secondes\n0:03\nAma Exemple 0 minutes 3 secondes\nBonjour.\n"
        "Ben Muster\n1 minute 9 secondes\n1:09\nBen Muster 1 minute 9 secondes\nOui.",
        [("Ama Exemple", "Bonjour."), ("Ben Muster", "Oui.")],
    ),
    "voices in a chamber": (
        "M. Ben Muster (Portnord, BQ): Deux points.\nDes voix: Bravo!\nM. Ben Muster: Merci.",
        [("M. Ben Muster (Portnord, BQ)", "Deux points."), ("Des voix", "Bravo!"), ("M. Ben Muster", "Merci.")],
    ),
    "an office behind a comma, in small letters": (
        "Muster Ben (S, ZH): Zwei Punkte.\nExemple Anne, conseillère fédérale: C'est fait.",
        [
            ("Muster Ben (S, ZH)", "Zwei Punkte."),
            ("?Exemple Anne, conseillère fédérale", "Exemple Anne, conseillère fédérale: C'est fait."),
        ],
    ),
    "one word with a colon above the words": (
        "Marszałek:\nOtwieram.\nPoseł Jan Przykład:\nPani Marszałek!\nMarszałek:\nDziękuję.",
        [("Marszałek", "Otwieram."), ("Poseł Jan Przykład", "Pani Marszałek!"), ("Marszałek", "Dziękuję.")],
    ),
    "a colon at the end of a line of speech": (
        "AMA EXAMPLE: We need two things.\nNamely:\nlamps and ropes.\nBEN MUSTER: Yes.",
        [("AMA EXAMPLE", "We need two things. Namely: lamps and ropes."), ("BEN MUSTER", "Yes.")],
    ),
    "a nickname with a low line, in italics": (
        "# Call\n\n*Ama_E:* we begin\n\n*Ben Muster:* fine\n\n*Ama_E:* thanks",
        [("Ama_E", "we begin"), ("Ben Muster", "fine"), ("Ama_E", "thanks")],
    ),
    "a Turkish parliament": (
        "BAŞKAN – Oturumu açıyorum.\nAMA ÖRNEK (İzmir) – Teşekkür ederim.",  # noqa: RUF001  # Turkish
        [("BAŞKAN", "Oturumu açıyorum."), ("AMA ÖRNEK (İzmir)", "Teşekkür ederim.")],  # noqa: RUF001  # Turkish
    ),
    "an Italian parliament": (
        "PRESIDENTE. La seduta è aperta.\n\nAMA PROVA, Ministra dei fari. È acceso. Grazie.",
        [("PRESIDENTE", "La seduta è aperta."), ("AMA PROVA, Ministra dei fari", "È acceso. Grazie.")],
    ),
    "a congress": (
        "  The SPEAKER. The Chair recognizes the gentleman.\n\n  Mr. MUSTER. Madam Speaker, I rise.\n\n"
        "  Ms. EXAMPLE of Northport. I thank him.",
        [
            ("The SPEAKER", "The Chair recognizes the gentleman."),
            ("Mr. MUSTER", "Madam Speaker, I rise."),
            ("Ms. EXAMPLE of Northport", "I thank him."),
        ],
    ),
    "a hearing of a congress": (
        "    Chairman Example. The hearing will come to order.\n    Mr. Muster. Thank you. One, lamps.",
        [("Chairman Example", "The hearing will come to order."), ("Mr. Muster", "Thank you. One, lamps.")],
    ),
    "a title with a day below": (
        "House of Lamps\nTuesday 3 March 2026\n\nAma Example\nI ask.\n\nMr Speaker\nOrder.\n\nAma Example\nThanks.\n\n"
        "Ben Muster\nNo.",
        [("Ama Example", "I ask."), ("Mr Speaker", "Order."), ("Ama Example", "Thanks."), ("Ben Muster", "No.")],
    ),
}


@pytest.mark.parametrize(("text", "said"), CASES.values(), ids=list(CASES))
def test_every_line_is_of_whom_the_file_names(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text) == said


NO_SPEAKERS = (
    "AMA EXEMPLE : M. Muster a parlé.\nM. Muster est parti. Bien.\nMme Probe aussi. Elle est là.\nBEN MUSTER : Oui.",
    "AMA EXAMPLE: The list:\n1. Mr. Muster (Norland) will pay.\n2. Ms. Probe (Southland) will row.\nBEN MUSTER: Fine.",
    "AMA EXAMPLE: We met the WHO. The report is out.\nTHE LAW. It applies.\nTHE SEA – it is deep.\nBEN MUSTER: Yes.",
    "AMA EXAMPLE: In Kenya, our partners: they wait.\nHowever, Ms Probe: no.\nAs Dag Hauge, the pilot, said: go.\n"
    "BEN MUSTER: Q. is a letter.",
    "AMA EXAMPLE: We meet at 10:30\nand we close at 11:00.\nThe motion was good, and we carry it.\nBEN MUSTER: Yes.",
)
"""Transcripts with lines that look like those of other records."""


@pytest.mark.parametrize("text", NO_SPEAKERS)
def test_lines_that_look_like_those_of_other_records_go_on_with_the_turn(text: str) -> None:
    first, _, last = text.rpartition("\n")
    said = [tuple(" ".join(part.split()).replace(" :", ":", 1).split(": ", 1)) for part in (first, last)]
    assert _said(text) == said


def test_years_are_no_number_of_a_telephone() -> None:
    lines = ["Ama Example: We had a war.", "Ben Muster: Yes.", "1914-1918: a book.", "Ben Muster: Yes."]
    text = "WEBVTT\n\n" + "".join(_cue(number, line) for number, line in enumerate(lines, 1))
    assert "1914-1918" not in {name for name, _ in _said(text)}


def test_what_stands_above_a_colon_is_no_speaker_after_an_article() -> None:
    """An office has an article in front of it; a question or a film is none then."""
    said = _said("AMA EXAMPLE: I begin.\nThe question: who pays?\nThe Chair: Thank you.")
    assert said == [("AMA EXAMPLE", "I begin. The question: who pays?"), ("The Chair", "Thank you.")]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_names_above_their_words_are_read_alike_whatever_the_end_of_the_file(end: str) -> None:
    text = "AMA EXAMPLE\nGood morning.\nThank you.\n\nBEN MUSTER\nYes.\n\nAMA EXAMPLE\nGo on."
    said = [("AMA EXAMPLE", "Good morning. Thank you."), ("BEN MUSTER", "Yes."), ("AMA EXAMPLE", "Go on.")]
    assert _said(text + end) == said


def test_the_numbers_of_pages_are_nobodys_words() -> None:
    transcript = read_captions("AMA EXAMPLE: Lamps and\n- 13 -\nropes.\nBEN MUSTER: Yes.\nPage 14 of 20\n")
    assert [turn.text for turn in transcript.turns] == ["Lamps and ropes.", "Yes."]
    assert [left.text for left in transcript.unparsed] == ["- 13 -", "Page 14 of 20"]


@pytest.mark.parametrize("data", [b"{\\rtf1\\ansi AMA EXAMPLE: Hello.\\par}", b"%PDF-1.4\nAMA EXAMPLE: Hello."])
def test_a_document_of_another_program_is_not_read_as_its_codes(data: bytes) -> None:
    with pytest.raises(CaptionsError, match="not_text"):
        read_captions(data)
