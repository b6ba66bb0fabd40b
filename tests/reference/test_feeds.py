from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.reference.feeds import FeedEntry, atom, calendar, web_address

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
NEW_YORK = ZoneInfo("America/New_York")
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "tag:example.org,2026:coming"

DEADLINE = FeedEntry(
    "gm-thematic-2026-12",
    "Thematic groups",
    NOW,
    text="Announced.\nSeats: not known.",
    starts=datetime.datetime(2026, 12, 7, 23, 59, 59, tzinfo=NEW_YORK),
    ends=datetime.datetime(2026, 12, 11, 23, 59, 59, tzinfo=NEW_YORK),
    day=True,
    url="https://meetings.unoda.org/meeting/76825",
    alarm_days=(7, 1),
    categories=("Global Mechanism", "attend"),
)
ARABIC = (
    "مشاركة الشركات في الآلية العالمية لأمن تكنولوجيا المعلومات والاتصالات: المواعيد والخطوات المعروفة وغير المعروفة"
)
CHINESE = "信息和通信技术安全全球机制、企业如何参与、截止日期、已知和未知事项的说明、以及何时重新登记邮件列表" * 3
HOSTILE = 'a\x00b\x07c ]]> & <b>"x"</b>; \\ , \x0b\x1b\x7f\x85END:VEVENT\r\nBEGIN:VEVENT\u2028\ufffe\ud800ok'


def read_back(*entries: FeedEntry) -> list[Any]:
    parsed = icalendar.Calendar.from_ical(calendar(entries, "Dates", NOW))
    assert isinstance(parsed, icalendar.Calendar)
    return list(parsed.events)


def read_feed(*entries: FeedEntry) -> ElementTree.Element:
    return ElementTree.fromstring(atom(entries, "News", FEED, "https://example.org/", NOW))


def test_a_calendar_is_read_back_as_it_was_meant() -> None:
    (event,) = read_back(DEADLINE)

    assert event["uid"] == "gm-thematic-2026-12@acquis"
    assert event["summary"] == "Thematic groups"
    assert event["description"] == "Announced.\nSeats: not known."
    assert event["url"] == "https://meetings.unoda.org/meeting/76825"
    assert event["dtstamp"].dt == NOW
    assert event["status"] == "CONFIRMED"
    assert [str(category) for category in event["categories"].cats] == ["Global Mechanism", "attend"]


def test_whole_days_are_those_of_the_venue_and_end_on_the_day_after() -> None:
    (event,) = read_back(DEADLINE)

    assert (event["dtstart"].dt, event["dtend"].dt) == (datetime.date(2026, 12, 7), datetime.date(2026, 12, 12))


def test_one_day_is_one_day() -> None:
    (event,) = read_back(msgspec.structs.replace(DEADLINE, ends=None))

    assert (event["dtstart"].dt, event["dtend"].dt) == (datetime.date(2026, 12, 7), datetime.date(2026, 12, 8))


def test_an_hour_is_an_instant() -> None:
    starts = datetime.datetime(2026, 12, 7, 10, tzinfo=NEW_YORK)
    (event,) = read_back(msgspec.structs.replace(DEADLINE, starts=starts, ends=None, day=False))

    assert event["dtstart"].dt == datetime.datetime(2026, 12, 7, 15, tzinfo=datetime.UTC)
    assert "dtend" not in event


def test_what_ends_before_it_starts_ends_when_it_starts() -> None:
    starts = datetime.datetime(2026, 12, 7, 10, tzinfo=NEW_YORK)
    backwards = msgspec.structs.replace(DEADLINE, starts=starts, ends=starts - datetime.timedelta(days=3))

    assert read_back(backwards)[0]["dtend"].dt == datetime.date(2026, 12, 8)
    assert "dtend" not in read_back(msgspec.structs.replace(backwards, day=False))[0]


def test_reminders_ring_as_many_days_ahead_as_was_asked() -> None:
    (event,) = read_back(DEADLINE)

    alarms = [part for part in event.subcomponents if part.name == "VALARM"]
    assert [alarm["trigger"].dt for alarm in alarms] == [datetime.timedelta(days=-7), datetime.timedelta(days=-1)]
    assert {(alarm["action"], alarm["description"]) for alarm in alarms} == {("DISPLAY", "Thematic groups")}


def test_a_guess_is_tentative() -> None:
    (event,) = read_back(msgspec.structs.replace(DEADLINE, tentative=True))

    assert event["status"] == "TENTATIVE"


def test_what_has_no_day_is_in_no_calendar() -> None:
    assert read_back(msgspec.structs.replace(DEADLINE, starts=None)) == []


def test_the_same_entries_make_the_same_file() -> None:
    assert calendar([DEADLINE], "Dates", NOW) == calendar([DEADLINE], "Dates", NOW)


def test_a_calendar_has_the_properties_that_it_must_have() -> None:
    parsed = icalendar.Calendar.from_ical(calendar([], "Dates", NOW))

    assert (parsed["version"], parsed["prodid"], parsed["x-wr-calname"]) == ("2.0", "-//Acquis//EN", "Dates")


@pytest.mark.parametrize("text", [ARABIC, CHINESE])
def test_long_lines_are_folded_between_characters(text: str) -> None:
    written = calendar([msgspec.structs.replace(DEADLINE, title=text, text=text)], text, NOW)

    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert all(line.decode() is not None for line in written.split(b"\r\n"))  # no character is cut in two
    (event,) = read_back(msgspec.structs.replace(DEADLINE, title=text, text=text))
    assert (event["summary"], event["description"]) == (text, text)


def test_hostile_text_stays_text() -> None:
    hostile = FeedEntry(
        HOSTILE,
        HOSTILE,
        NOW,
        HOSTILE,
        NOW,
        url=f"https://example.org/{HOSTILE}",
        categories=(HOSTILE,),
        alarm_days=(1,),
    )
    (event,) = read_back(hostile)
    (entry,) = read_feed(hostile).findall(f"{ATOM}entry")

    kept = 'abc ]]> & <b>"x"</b>; \\ , \nEND:VEVENT\nBEGIN:VEVENT\nok'
    assert event["description"] == kept
    assert entry.findtext(f"{ATOM}content") == kept
    assert event["summary"] == entry.findtext(f"{ATOM}title") == " ".join(kept.split())
    assert "\n" not in event["url"]


anything = st.text(st.characters(), max_size=60)


@given(anything, anything, anything, anything)
def test_no_text_breaks_a_file(id: str, title: str, text: str, url: str) -> None:
    entry = FeedEntry(id, title, NOW, text, NOW, url=f"https://{url}", categories=(title,), alarm_days=(1,))

    (event,) = read_back(entry)
    (found,) = read_feed(entry).findall(f"{ATOM}entry")

    assert {*event} <= EVENT_PROPERTIES
    assert event["summary"] == found.findtext(f"{ATOM}title")
    assert event.get("description", "") == found.findtext(f"{ATOM}content")


EVENT_PROPERTIES = {
    *("UID", "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "DTSTART", "STATUS", "DESCRIPTION", "URL", "CATEGORIES"),
}


def test_a_feed_has_the_elements_that_it_must_have() -> None:
    feed = read_feed(DEADLINE)
    (entry,) = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == FEED
    assert feed.findtext(f"{ATOM}title") == "News"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-23T12:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Acquis"
    assert entry.findtext(f"{ATOM}id") == "tag:example.org,2026:gm-thematic-2026-12"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-23T12:00:00Z"
    assert entry.findtext(f"{ATOM}content") == "Announced.\nSeats: not known."
    assert [link.attrib for link in entry.findall(f"{ATOM}link")] == [
        {"rel": "alternate", "href": "https://meetings.unoda.org/meeting/76825"}
    ]
    assert [one.attrib["term"] for one in entry.findall(f"{ATOM}category")] == ["Global Mechanism", "attend"]


def test_a_feed_says_where_it_is_and_in_which_language() -> None:
    own = "https://example.org/coming.atom"
    feed = ElementTree.fromstring(atom([DEADLINE], ARABIC, FEED, "https://example.org/", NOW, own=own, language="ar"))

    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "https://example.org/", "self": own}
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ar"
    assert feed.findtext(f"{ATOM}title") == ARABIC


@pytest.mark.parametrize("id", ["coming", "https://example.org/", "tag:example.org:coming", "tag:example.org,2026:a b"])
def test_an_id_that_is_no_tag_is_refused(id: str) -> None:
    with pytest.raises(ValueError, match="is no tag: URI"):
        atom([], "News", id, "https://example.org/", NOW)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = msgspec.structs.replace(DEADLINE, updated=NOW.replace(tzinfo=None))

    with pytest.raises(ValueError, match="has no zone"):
        calendar([naive], "Dates", NOW)
    with pytest.raises(ValueError, match="has no zone"):
        atom([naive], "News", FEED, "https://example.org/", NOW)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("https://example.org/é x", "https://example.org/%C3%A9%20x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("example.org", ""),
        ("https://", ""),
        ("", ""),
        ("https://example.org/\r\nEND:VEVENT", "https://example.org/%0D%0AEND:VEVENT"),
    ],
)
def test_only_web_addresses_are_links(url: str, kept: str) -> None:
    assert web_address(url) == kept
