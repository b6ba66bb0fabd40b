"""Texts are as they would be met; what is known is what the project's reference lists about these processes."""

from __future__ import annotations

import datetime
import functools
import itertools
import string

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.work import calls

from acquis.reference.paragraphs import Place, Range, paras_text, parse_paras
from acquis.reference.symbols import KnownDocument, check_mention, check_text, find_symbols, parse_symbol

YEARS_KNOWN = {
    "report": "A/65/201 2010; A/68/98 2013; A/70/174 2015; A/75/816 2021; A/76/135 2021; A/76/136 2021; A/80/257 2025",
    "paper": "A/AC.290/2021/CRP.2 2021",
    "resolution": "A/RES/65/41 2010; A/RES/68/243 2013; A/RES/70/237 2015; A/RES/79/243 2024; S/RES/2341 (2017) 2017",
    "decision": "A/DEC/75/564 2021; PC.DEC/1106 2013; PC.DEC/1202 2016",
}
LAST = {"A/70/174": 35}  # made up: no test of this file says how long the report of 2015 is
KNOWN = {
    symbol: KnownDocument(symbol, kind, LAST.get(symbol, 0), int(year))
    for kind, documents in YEARS_KNOWN.items()
    for symbol, _, year in (one.rpartition(" ") for one in documents.split("; "))
}


def findings(text: str, today: datetime.date | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.normal, one.finding.code, one.finding.suggestions) for one in check_text(text, KNOWN, today) if one.finding
    ]


def facts(text: str, today: datetime.date | None = None) -> dict[str, str | int]:
    (one,) = check_text(text, KNOWN, today)
    assert one.finding
    return one.finding.facts


SERIES = """
assembly resolution: A/RES/70/237; A/RES/2625(XXV); A/RES/3201(S-VI); A/RES/ES-11/1; A/RES/49/75K
assembly decision: A/DEC/75/564
assembly document: A/70/174; A/70/174/Add.1; A/INF/70/1; A/AC.291/6; A/CONF.157/23; A/520/Rev.20
assembly draft: A/80/L.41; A/C.1/75/L.8/Rev.1; A/ES-11/L.1
assembly conference-paper: A/AC.290/2021/CRP.2; A/AC.292/2025/CRP.1; A/CN.9/WG.III/WP.1
human-rights-council resolution: A/HRC/RES/20/8; A/HRC/RES/26/13
human-rights-council document: A/HRC/38/35; A/HRC/38/G/1; A/HRC/WG.6/38/CHE/1
security-council resolution: S/RES/2341 (2017); S/RES/2341
security-council document: S/2021/621
security-council record: S/PV.8000
ecosoc resolution: E/RES/2011/33
ecosoc document: E/2011/33; E/CN.16/2021/2
secretariat document: ST/SGB/2019/8; ST/ESA/STAT/SER.M/49
treaty-body document: CRPD/C/GC/2; CCPR/C/DEU/CO/7
osce decision: PC.DEC/1106; FSC.DEC/5; MC.DEC/5/16
"""


@pytest.mark.parametrize("line", SERIES.strip().splitlines())
def test_the_series_of_the_field(line: str) -> None:
    what, _, written = line.partition(": ")
    read = [(one, parse_symbol(one)) for one in written.split("; ")]

    assert all(symbol and (f"{symbol.organ} {symbol.kind}", symbol.normal) == (what, one) for one, symbol in read)


def test_the_parts_of_a_symbol() -> None:
    read = [
        parse_symbol(one) for one in ("A/RES/49/75K", "A/RES/2625(XXV)", "A/AC.290/2021/CRP.2", "A/70/174/Add.1/Corr.2")
    ]

    assert [(one.session, one.number, one.part, one.year, one.suffixes) for one in read if one] == [
        ("49", 75, "K", 0, ()),
        ("XXV", 2625, "", 0, ()),
        ("", 2, "", 2021, ()),
        ("70", 174, "", 0, ("Add.1", "Corr.2")),
    ]


SPELLINGS = {
    "A/RES/70/237": "a/res/70/237; A / RES / 70 / 237; A/RES\u00a070/237; A\uff0fRES\uff0f\uff17\uff10\uff0f237; "
    "A/\u2060RES/\u200b70/\u00ad237; A.RES.70.237; A_RES_70_237; A/RES/70/\n237; resolution 70/237; "
    "General Assembly resolution 70/237; UNGA Res. 70/237; Resolution\u00a070/237",
    "A/RES/2625(XXV)": "resolution 2625 (XXV); A/RES/2625 (XXV)",
    "A/RES/217(III)A": "resolution 217 A (III)",
    "S/RES/2341 (2017)": "resolution 2341 (2017); S/RES/2341(2017); Security Council resolution 2341 (2017)",
    "S/RES/2341": "Security Council resolution 2341",
    "A/HRC/RES/20/8": "HRC resolution 20/8; HRC/RES/20/8; Human Rights Council resolution 20/8",
    "E/RES/2011/33": "ECOSOC resolution 2011/33; resolution 2011/33",
    "A/DEC/75/564": "GA decision 75/564; decision 75/564; General Assembly's decision 75/564",
    "A/70/174": "UN Doc. A/70/174; a/70/174; document A/70/174",
    "A/ES-11/L.1": "A/ES\u201111/L.1",
    "A/C.1/75/L.8/Rev.1": "a/c.1/75/l.8/REV.1; A/C. 1/75/L. 8/Rev. 1",
    "PC.DEC/1202": "PC.DEC/No. 1202; OSCE Permanent Council Decision No. 1202; pc.dec/1202; PC.DEC.1202",
}


@pytest.mark.parametrize("normal", SPELLINGS)
def test_other_spellings_come_to_the_same(normal: str) -> None:
    read = [parse_symbol(written) for written in SPELLINGS[normal].split("; ")]

    assert [symbol and symbol.normal for symbol in read] == [normal] * len(read)


@pytest.mark.parametrize(
    "written",
    [
        *["", "A/4", "n/a", "70/237", "24/7", "s/he/they", "and/or", "a/1/2", "decision 31/12/2021", "resolution 7"],
        *["Decision No. 1202", "resolution 20/8", "A/RES/070/237", "A/RES/70/237 and A/70/174", "BA/70/174"],
        *["A/RE\u00df/70/237", "A/RE\u017f/70/237", "A/70/174/Rev.0", "A/RES/70", "A/DEC/75/64"],
    ],
)
def test_what_is_no_symbol_or_cannot_be_told(written: str) -> None:
    assert parse_symbol(written) is None


def test_addresses_are_of_the_un_only_and_hold_no_blank() -> None:
    addresses = [symbol.url for symbol in map(parse_symbol, ["A/70/174", "S/RES/2341 (2017)", "PC.DEC/1106"]) if symbol]

    assert addresses == ["https://docs.un.org/en/A/70/174", "https://docs.un.org/en/S/RES/2341(2017)", ""]


PARAGRAPHS = {
    "13(j)": "para. 13 (j); para. 13\u00a0(j); 13(j); 13j; paragraph 13 j",
    "24-33": "paras 24-33; paras. 24 \u2013 33; para 24 to 33",
    "71(a)-(g)": "paragraphs 71(a) to 71(g); paras 71 (a)\u2013(g); para 71 a-g",
    "71(a)-(g), 72": "paras 71 (a)\u2013(g) and 72",
    "4": "operative para 4; OP4; op. para 4; \u00a7 4; \u00b6 4",
    "13(h)-(i)": "13(h)(i)",
    "7, 8, 9": "paras 7, 8 and 9; \u00a7\u00a7 7, 8 & 9",
    "28(b)-(c), 28(e), 28(g), 5(a)(ii)": "28(b)(c), (e)(g), 5 (a) (ii)",
}


@pytest.mark.parametrize("normal", PARAGRAPHS)
def test_paragraphs_are_written_one_way(normal: str) -> None:
    assert {paras_text(parse_paras(written)) for written in PARAGRAPHS[normal].split("; ")} == {normal}


@pytest.mark.parametrize("text", ["a/1/2", "BA/70/174", "A/4 paper", "n/a/70/174", "he/she/70", "decision 30/1"])
def test_what_is_not_even_a_mention(text: str) -> None:
    assert find_symbols(text) == []


@pytest.mark.parametrize("written", ["", "annex I", "para", "preambular paragraph 3", "13 states", "paras 70/237"])
def test_what_is_no_paragraph(written: str) -> None:
    assert parse_paras(written) == ()


BESIDE = """
see A/70/174, para. 13 (j), on it: A/70/174 13(j)
A/75/816 (paras 64-65). Four parts: A/75/816 64-65
para 13(j) of A/70/174: A/70/174 13(j)
paras 24-33 of the final report A/75/816: A/75/816 24-33
operative para 4 of General Assembly resolution 68/243: A/RES/68/243 4
A/70/174 (2015), \u00a7 13: A/70/174 13
A/76/135 paragraphs 71(a) to 71(g): A/76/135 71(a)-(g)
in A/70/174, para 13 a state may: A/70/174 13
noted in A/75/816 para 77 (M): A/75/816 77
A/68/98 para 19, 15 states said: A/68/98 19
A/68/98 para 20; A/76/135 para 71(b): A/68/98 20, A/76/135 71(b)
para 5 says more. Another is A/70/174.: A/70/174
preambular para 3 of A/RES/70/237: A/RES/70/237
"""


@pytest.mark.parametrize("line", BESIDE.strip().splitlines())
def test_paragraphs_go_to_the_symbol_beside_them(line: str) -> None:
    text, _, expected = line.rpartition(": ")

    assert ", ".join(f"{one.normal} {paras_text(one.paras)}".strip() for one in find_symbols(text)) == expected


def test_lists_go_on() -> None:
    text = "(A/RES/65/41, 68/243, 70/237), resolutions 68/167 and 69/166, PC.DEC/1106 and 1202, A/RES/68/167, 2015"

    assert " ".join(one.normal for one in find_symbols(text)) == (
        "A/RES/65/41 A/RES/68/243 A/RES/70/237 A/RES/68/167 A/RES/69/166 PC.DEC/1106 PC.DEC/1202 A/RES/68/167"
    )


def test_addresses_and_slashes_between_symbols() -> None:
    text = "https://docs.un.org/en/A/70/174?x=1, undocs.org/A/76/135, A/75/816/A/AC.290/2021/CRP.2, A/68/98 / 2 pages"

    assert [one.text for one in find_symbols(text)] == [
        "A/70/174",
        "A/76/135",
        "A/75/816",
        "A/AC.290/2021/CRP.2",
        "A/68/98",
    ]


# The errors that were met in respected sources. These are no matter of symbols and belong to whoever checks facts: a
# report of 2011 that never was; law and norms said of the wrong report; who adopted it; progress; who proposed the
# programme of action; the day of the first session; the misspelled name; a speaker's group; missing headings;
# accreditation "until 2015"; the number of expert groups and who broke 2017; signed or ratified; mixed-up norms and
# invented measures. Of the "wrong 2021 law paragraphs" only those that do not exist can be told here.


MET = """
the norms were first agreed in the 2015 report of the GGE (A/70/74): similar A/70/174
May 2021: the sixth GGE adopts its report (A/RES/76/135): same_number A/76/135
May 2021: the sixth GGE adopts its report A/RES/76/135: other_kind A/76/135
OSCE Permanent Council Decision No. 1201: similar PC.DEC/1202
"""
MORE = """
A/70/237: same_number A/RES/70/237
resolution A/76/135: other_kind A/76/135
report A/RES/12/13: malformed
report A/RES/71/13: other_kind
resolution 75/564: same_number A/DEC/75/564
two digits swapped, A/70/147: similar A/70/174
a digit added, A/70/1174: similar A/70/174
S/RES/2340 (2017): similar S/RES/2341 (2017)
A/AC.291/2021/CRP.2: similar A/AC.290/2021/CRP.2
the nearest first, A/76/137: similar A/76/136, A/76/135
another paper, A/AC.290/2021/CRP.3: unknown
another session, A/71/174: unknown
another year, A/AC.290/2020/CRP.2: unknown
A/70/174/Corr.1: unknown
impossible, but A/7/174: malformed A/70/174
no decision, A/DEC/75/64: malformed A/DEC/75/564
"""


@pytest.mark.parametrize("line", [*MET.strip().splitlines(), *MORE.strip().splitlines()])
def test_what_is_not_as_it_is_written(line: str) -> None:
    text, _, expected = line.rpartition(": ")

    assert [" ".join([code, ", ".join(near)]).strip() for _, code, near in findings(text)] == [expected]


def test_met_the_osce_decision_with_the_year_of_the_other() -> None:
    text = "PC.DEC/1202 of 10 March 2013 expands the list"

    assert findings(text) == [("PC.DEC/1202", "wrong_year", ())]
    assert facts(text) == {"said": 2013, "known": 2016}


def test_met_a_paragraph_that_is_not_there() -> None:
    assert findings("A/70/174, paras 34-36") == [("A/70/174", "no_such_paragraph", ())]
    assert facts("A/70/174, paras 33-36") == {"paras": "33-36", "last": 35}
    assert findings("A/70/174, para 35, and A/76/135, para 999") == []


def test_the_right_side_of_the_corrections_has_no_finding() -> None:
    text = """2010 (A/65/201), 2013 (A/68/98), 2015 (A/70/174), and 2021 (A/76/135 and OEWG A/75/816).
    The GA took note or welcomed (A/RES/65/41, 68/243, 70/237), see para 2(a) of A/RES/70/237; GA decision 75/564.
    PC.DEC/1106 (3 Dec 2013), PC.DEC/1202 (10 Mar 2016)"""

    assert findings(text) == []
    assert len(check_text(text, KNOWN)) == 12


@pytest.mark.parametrize("text", ["S/RES/2341", "A/68/98 in 2019", "A/70/174 2018", "A/65/201, 30 July 2010"])
def test_neither_a_year_left_out_nor_one_that_only_follows_is_wrong(text: str) -> None:
    assert (findings(text), len(find_symbols(text))) == ([], 1)


FAULTS = {
    "session": "A/7/174; A/700/174; A/RES/30/1; A/131/1; A/RES/2625(XXXV)",
    "decision_number": "A/DEC/75/64; decision 75/400",
    "missing_part": "A/RES/70; A/AC.290/2021",
    "form": "A/70/1740000; A/70/174/2",
    "session_year": "A/76/135 (2013); A/76/135 (2024); A/RES/70/237 of 23 December 2014; A/RES/70/237 (2017)",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_looks_like_a_symbol_and_is_none(fault: str) -> None:
    found = [one.finding for text in FAULTS[fault].split("; ") for one in check_text(text, KNOWN)]

    assert len(found) == len(FAULTS[fault].split("; "))
    assert all(one and (one.code, one.facts["fault"]) == ("malformed", fault) for one in found)


def test_a_session_that_has_not_come_is_told_only_with_a_day() -> None:
    day = datetime.date(2026, 11, 23)

    assert facts("A/RES/82/10", day) == {"fault": "future_session", "session": 82}
    assert findings("A/RES/82/10") == [("A/RES/82/10", "unknown", ())]
    assert findings("A/RES/81/10 and A/82/50", day) == [("A/RES/81/10", "unknown", ()), ("A/82/50", "unknown", ())]


def test_the_report_says_where() -> None:
    text = "first line\n\nsee\u00a0A / 70 / 74, para. 13 (j)\nA/76/135"

    first, second = check_text(text, KNOWN)

    assert [text[slice(*one.paras_at)] for one in find_symbols(text)] == ["para. 13 (j)", ""]
    assert msgspec.structs.astuple(first)[:5] == (3, 5, "A / 70 / 74", "A/70/74", "13(j)")
    assert (second.line, second.column, second.finding) == (4, 1, None)


SYMBOLS = st.from_regex(
    r"A/(RES|C\.[1-6])/(3[1-9]|[4-9][0-9])/[1-9][0-9]{0,2}|A/DEC/(3[1-9]|[4-9][0-9])/[5-9][0-9]{2}"
    r"|A/(3[1-9]|[4-9][0-9])/(L\.)?[1-9][0-9]{0,2}(/(Add|Corr|Rev)\.[1-9][0-9]?){0,2}|A/HRC/RES/[1-6][0-9]?/[1-9][0-9]?"
    r"|A/AC\.[1-9][0-9]{0,2}/20[0-3][0-9]/(CRP|L|INF|WP)\.[1-9][0-9]?|A/RES/[1-9][0-9]{0,3}\((I|IV|IX|XIX|XXV|X{3})\)"
    r"|S/RES/[1-9][0-9]{0,3} \((19|20)[0-9]{2}\)|E/20[0-3][0-9]/[1-9][0-9]{0,2}|PC\.DEC/[1-9][0-9]{2,3}",
    fullmatch=True,
)
SLASHES = st.sampled_from(["/", " / ", "/ ", "\u00a0/", "/\u202f", "\u2044", "\uff0f", "/\u2060", "/\n"])


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    normal = draw(SYMBOLS)
    cased = "".join(draw(st.sampled_from([char.lower(), char.upper()])) for char in normal)
    return normal, "".join(draw(SLASHES) if char == "/" else char for char in cased)


@given(SYMBOLS)
def test_the_normal_form_is_read_as_itself(normal: str) -> None:
    symbol = parse_symbol(normal)

    assert symbol
    assert symbol.normal == normal


@given(disguised(), st.sampled_from(["", "see ", "(", "\u00ab\u00a0"]), st.sampled_from(["", ".", ") and", ", it"]))
def test_every_disguise_is_found(pair: tuple[str, str], before: str, after: str) -> None:
    normal, written = pair

    (one,) = find_symbols(before + written + after)

    assert (one.normal, one.text, one.start) == (normal, written, len(before))


PIECES = st.sampled_from(
    ["A", "/", "RES", "70", "237", " ", "para ", "13", "(j)", "-", ",", " of ", "resolution ", "PC.DEC", "\n", "(2015)"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@settings(max_examples=times(300))
def test_any_text_goes_through_and_the_places_are_right(text: str) -> None:
    mentions = find_symbols(text)

    assert all(text[one.start : one.end] == one.text for one in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert all(one.symbol is None or one.symbol.normal == one.normal for one in mentions)
    for one in mentions:
        check_mention(one, KNOWN)


LETTERS = st.sampled_from([(), ("a", "ii"), *zip(string.ascii_lowercase)])
PLACES = st.builds(Place, st.integers(1, 999), LETTERS)


@given(st.lists(st.one_of(PLACES.map(lambda one: Range(one, one)), st.builds(Range, PLACES, PLACES)), min_size=1))
def test_paragraphs_survive_being_written(ranges: list[Range]) -> None:
    assert parse_paras(paras_text(tuple(ranges[:9]))) == tuple(ranges[:9])


ADVERSE = [
    *["/", "1", "1/", "A/", "A/RES/", "A / ", ", 70/237", "(a)", "para 1(a), (b)-(c) ", "1-", "ST/ESA/", "/Add.1", " "],
    *["General Assembly resolution ", "A/RES/70/237, ", "paras 1, ", "1 (I", "1(a), "],
]


@pytest.mark.parametrize("piece", ADVERSE, ids=repr)
def test_the_work_grows_with_the_length(piece: str) -> None:
    texts = ("A/RES/65/41 " + piece * (size // len(piece)) for size in (1_000, 4_000))
    short, long = (calls(functools.partial(check_text, text, KNOWN)) for text in texts)
    mentions = find_symbols(piece * (100_000 // len(piece)))  # an expression that tries everything would not come back

    assert long <= 5 * short + 1_000
    assert all(one.symbol for one in mentions)
