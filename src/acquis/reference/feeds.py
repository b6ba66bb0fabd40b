"""Writes calendars (iCalendar, RFC 5545) and feeds (Atom, RFC 4287; JSON Feed 1.1, https://jsonfeed.org/version/1.1).

The caller passes finished texts in the language of the reader. What the formats cannot contain (control characters,
addresses that are not web addresses) is left out, so that no text can break the file.
"""

from __future__ import annotations

import datetime
import re
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

import icalendar
import msgspec

from acquis.text.plain_text import clean_lines

UTC = datetime.UTC
_TAG = re.compile(r"tag:[A-Za-z0-9.@-]+,\d{4}(?:-\d\d){0,2}:\S*")


class FeedEntry(msgspec.Struct, frozen=True):
    """An entry of a calendar or a feed.

    `id` never changes. `starts` and `ends` are aware times; with `day` they denote whole days in their own time zone
    (that of the venue), and `ends` is the last day. An entry without `starts` is not in the calendar. `text` says in
    words how certain the date is; `tentative` says so to programs. `alarm_days`: days before the start at which to
    remind. `revision`: how often the entry was changed, so that calendars take the newest; None: not counted."""

    id: str
    title: str
    updated: datetime.datetime
    text: str = ""
    starts: datetime.datetime | None = None
    ends: datetime.datetime | None = None
    day: bool = False
    url: str = ""
    place: str = ""
    tentative: bool = False
    cancelled: bool = False
    revision: int | None = None
    alarm_days: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    data: Mapping[str, Any] | None = None
    """What the entry says, for programs: the extension `_acquis` of an item of a JSON Feed."""


def calendar(events: Iterable[FeedEntry], name: str, now: datetime.datetime) -> bytes:
    """The entries with a date as an iCalendar file with this name, made at `now`. Raises ValueError if a time has no
    zone."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Acquis//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", _line(name))
    made.add("x-wr-calname", _line(name))
    for entry in events:
        if entry.starts is not None:
            made.add_component(_event(entry, entry.starts, now))
    written: bytes = made.to_ical()
    return written


def _event(entry: FeedEntry, starts: datetime.datetime, now: datetime.datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", _line(f"{entry.id}@acquis"))
    event.add("dtstamp", _utc(now))
    event.add("last-modified", _utc(entry.updated))
    event.add("summary", _line(entry.title))
    last = max(entry.ends or starts, starts, key=_utc)
    if entry.day:
        event.add("dtstart", starts.date())
        event.add("dtend", max(last.date(), starts.date()) + datetime.timedelta(days=1))  # the first day after
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", _utc(starts))
        if last != starts:
            event.add("dtend", _utc(last))
    event.add("status", "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED")
    if entry.revision is not None:
        event.add("sequence", entry.revision)
    if text := clean_lines(entry.text):
        event.add("description", text)
    if url := web_address(entry.url):
        event.add("url", url)
    if place := _line(entry.place):
        event.add("location", place)
    if entry.categories:
        event.add("categories", [_line(category) for category in entry.categories])
    for days in entry.alarm_days:
        event.add_component(_alarm(days, _line(entry.title)))
    return event


def _alarm(days: int, title: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", datetime.timedelta(days=-days))
    alarm.add("description", title)
    return alarm


def atom(
    entries: Iterable[FeedEntry],
    title: str,
    id: str,
    link: str,
    updated: datetime.datetime,
    *,
    own: str = "",
    language: str = "",
) -> bytes:
    """The entries as an Atom feed, in their order. id: a `tag:` URI ("tag:example.org,2026:follow-up"); the ids of the
    entries get the same authority. link: the page that the feed belongs to. own: the address of the feed. language:
    that of the texts. Raises ValueError if `id` is not a `tag:` URI or a time has no zone."""
    authority = _authority(id)
    feed = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    if language:
        feed.set("xml:lang", language)
    _add(feed, "title", _line(title))
    _add(feed, "id", id)
    _add(feed, "updated", _stamp(updated))
    _link(feed, link, "alternate")
    _link(feed, own, "self")
    _add(ElementTree.SubElement(feed, "author"), "name", "Acquis")
    for entry in entries:
        _entry(feed, entry, authority)
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def json_feed(
    entries: Iterable[FeedEntry],
    title: str,
    id: str,
    link: str,
    *,
    own: str = "",
    language: str = "",
    data: Mapping[str, Any] | None = None,
) -> bytes:
    """The entries as a JSON Feed 1.1, with the ids of `atom`. data: the extension `_acquis` of the whole feed. Raises
    as `atom`."""
    authority = _authority(id)
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": _line(title)}
    feed |= _present(home_page_url=web_address(link), feed_url=web_address(own), language=language)
    extended = {"_acquis": data} if data is not None else {}
    items = [_item(entry, authority) for entry in entries]
    return msgspec.json.encode({**feed, "authors": [{"name": "Acquis"}], **extended, "items": items})


def _item(entry: FeedEntry, authority: str) -> dict[str, Any]:
    written = {"id": _id(entry, authority), "title": _line(entry.title), "content_text": clean_lines(entry.text)}
    written |= _present(url=web_address(entry.url), tags=[_line(category) for category in entry.categories])
    extended = {"_acquis": entry.data} if entry.data is not None else {}
    return {**written, "date_published": _stamp(entry.updated), **extended}


def _present(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}


def _authority(id: str) -> str:
    """The authority of the `tag:` URI of a feed, for the ids of its entries."""
    if not _TAG.fullmatch(id):
        raise ValueError(f"“{id}” is no tag: URI; write tag:example.org,2026:name")
    return ":".join(id.split(":", 2)[:2])


def _id(entry: FeedEntry, authority: str) -> str:
    return f"{authority}:{urllib.parse.quote(_line(entry.id), safe='/:-._~')}"


def _entry(feed: ElementTree.Element, entry: FeedEntry, authority: str) -> None:
    made = ElementTree.SubElement(feed, "entry")
    _add(made, "title", _line(entry.title))
    _add(made, "id", _id(entry, authority))
    _add(made, "updated", _stamp(entry.updated))
    _link(made, entry.url, "alternate")
    for category in entry.categories:
        ElementTree.SubElement(made, "category", {"term": _line(category)})
    _add(made, "content", clean_lines(entry.text), type="text")


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text


def _link(parent: ElementTree.Element, url: str, rel: str) -> None:
    if address := web_address(url):
        ElementTree.SubElement(parent, "link", {"rel": rel, "href": address})


def web_address(url: str) -> str:
    """The address with all characters escaped that a URI cannot contain; empty unless its scheme is http or https."""
    text = url.strip()
    if not re.match(r"https?://[^\s/]", text, re.IGNORECASE):
        return ""
    return urllib.parse.quote(text.encode("utf-8", "ignore"), safe="%/:?#[]@!$&'()*+,;=~")


def _line(text: str) -> str:
    return " ".join(clean_lines(text).split())


def _utc(time: datetime.datetime) -> datetime.datetime:
    if time.tzinfo is None:
        raise ValueError(f"{time} has no zone")
    return time.astimezone(UTC)


def _stamp(time: datetime.datetime) -> str:
    return _utc(time).strftime("%Y-%m-%dT%H:%M:%SZ")
