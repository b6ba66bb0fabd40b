"""Schedules of events that never were, in the forms in which programs export them."""

from __future__ import annotations

FRAB = """\
<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <version>1</version>
  <conference><acronym>ferry25</acronym><title>Ferry Days</title>
  <time_zone_name>Europe/Oslo</time_zone_name></conference>
  <day index="1" date="2025-06-01">
    <room name="Pier">
      <event guid="g-1" id="11">
        <room>Pier</room><title>Bells &amp; boats</title><subtitle>A start</subtitle><type>Panel</type>
        <date>2025-06-01T10:00:00+02:00</date><start>10:00</start><duration>01:30</duration>
        <abstract>Why ring.</abstract><track>Sound</track><description>Two speak.</description>
        <persons><person id="1">Ole Dahl</person><person id="2">TBC</person></persons>
      </event>
    </room>
    <room name="Quay">
      <event guid="g-2" id="12">
        <title>Ropes</title><start>10:30</start><duration>00:30</duration>
        <persons><person id="1">Ole Dahl</person></persons>
      </event>
    </room>
  </day>
</schedule>
"""

PRETALX = """\
{"schedule": {"version": "1", "conference": {"acronym": "ferry25", "title": "Ferry Days",
 "time_zone_name": "Europe/Oslo", "days": [{"index": 1, "date": "2025-06-01", "rooms": {
  "Pier": [{"guid": "g-1", "id": 11, "date": "2025-06-01T10:00:00+02:00", "start": "10:00", "duration": "01:30",
            "room": "Pier", "title": "Bells & boats", "subtitle": "A start", "type": {"en": "Panel"}, "track": "Sound",
            "abstract": "Why ring.", "description": "Two speak.", "persons": [{"id": 1, "public_name": "Ole Dahl"}]}],
  "Quay": [{"guid": "g-2", "id": 12, "date": "2025-06-01T10:30:00+02:00", "start": "10:30", "duration": "00:30",
            "room": "Quay", "title": "Ropes", "persons": [{"id": 1, "name": "Ole Dahl"}]}]}}]}}}
"""

REST = """\
{"count": 3, "next": null, "previous": "https://talks.example.org/api/events/ferry25/talks/?page=1", "results": [
 {"code": "ABCDE", "title": "Bells & boats", "state": "confirmed", "submission_type": {"id": 3, "name": "Panel"},
  "track": {"id": 4, "name": {"en": "Sound"}}, "abstract": "Why ring.", "description": "Two speak.", "duration": 90,
  "speakers": [{"code": "QRSTU", "name": "Ole Dahl", "biography": null}],
  "slots": [{"id": 9, "room": {"id": 1, "name": {"en": "Pier"}}, "start": "2025-06-01T10:00:00+02:00",
             "end": "2025-06-01T11:30:00+02:00"}]},
 {"code": "FGHIJ", "title": "Ropes", "state": "accepted", "submission_type": "Talk", "track": 4, "duration": 30,
  "speakers": ["QRSTU"], "slot": {"start": "2025-06-01T08:30:00Z", "end": "2025-06-01T09:00:00Z", "room": "Quay"}},
 {"code": "KLMNO", "title": "Not taken", "state": "rejected", "submission_type": 3, "speakers": [], "slots": []}]}
"""

INDICO = """\
{"count": 1, "_type": "HTTPAPIResult", "results": [{"_type": "Conference", "id": "7", "title": "Ferry seminar",
 "startDate": {"date": "2025-06-01", "time": "10:00:00", "tz": "Europe/Oslo"},
 "endDate": {"date": "2025-06-01", "time": "11:30:00", "tz": "Europe/Oslo"}, "room": "Pier", "location": "Bergen",
 "chairs": [{"fullName": "Roth, Pia", "affiliation": "Port Office"}], "description": "<p>On bells.</p>",
 "contributions": [{"title": "Opening", "speakers": [{"first_name": "Ole", "last_name": "Dahl"}], "duration": 20},
                   {"title": "Questions", "duration": 70}]}]}
"""

LINKED = """\
{"@context": "https://schema.org", "@type": "Event", "name": "Bells", "identifier": "7",
 "startDate": "2025-06-01T10:00:00+02:00", "endDate": "2025-06-01T11:30:00+02:00",
 "location": [{"@type": "Place", "name": "Pier"}, {"@type": "VirtualLocation", "url": "https://example.org"}],
 "superEvent": {"@type": "Event", "name": "Ferry Days"}, "organizer": {"@type": "Organization", "name": "Port Office"},
 "performer": [{"@type": "Person", "name": "Ole Dahl", "affiliation": {"name": "Ferry Union"}}],
 "description": "On bells."}
"""

PAGE = f"""\
<!DOCTYPE html><html><head><title>Bells</title><script type="application/ld+json">{LINKED}</script></head>
<body><h1>Bells</h1><h2>Speakers</h2><ul><li>Ole Dahl, Ferry Union</li><li>Pia Roth, Port Office</li></ul>
<h2>Moderator</h2><p>Uma Beck</p><h2>Description</h2><p>On bells.</p><p>Tea is served at noon.</p></body></html>
"""

CALENDAR = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Somebody//EN\r
X-WR-CALNAME:Ferry Days\r
X-WR-TIMEZONE:Europe/Oslo\r
BEGIN:VEVENT\r
UID:1@ferry.example\r
DTSTART:20250601T080000Z\r
DTEND:20250601T093000Z\r
SUMMARY:Bells\\, and boats\r
LOCATION:Pier\r
DESCRIPTION:Two speak.\\nOne rings.\r
ORGANIZER;CN=Port Office:mailto:office@example.org\r
CATEGORIES:Sound\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@ferry.example\r
DTSTART;TZID=Europe/Oslo:20250602T100000\r
DURATION:PT45M\r
SUMMARY:Ropes\r
STATUS:CANCELLED\r
RRULE:FREQ=DAILY;COUNT=3\r
END:VEVENT\r
END:VCALENDAR\r
"""

TABLE = """\
Session ID,Title,Published?,Session start,Session end,Type,Venue,Description,Speakers,Moderators,Capacity
a1,Bells,Y,2025-06-01 10:00 AM,2025-06-01 11:30 AM,Panel,Pier,Two speak.,"Ole Dahl; Pia Roth, Port Office",Uma Beck,90
a2,Ropes,N,2025-06-01 12:15 PM,2025-06-01 01:00 PM,,Quay,,,,
"""

WORK = """\
Working group on ferries and bells
Third substantive session
New York, 2-3 December 2024
Provisional programme of work

Monday, 2 December
10 a.m.-1 p.m.
Agenda item 2: General exchange
- Bells
- Ropes (continued)
3-6 p.m.
Dedicated stakeholder session

Wednesday, 3 December
3-6 p.m.
- Closing of the session
"""

AGENDA = """\
Ferry workshop: bells for small boats
1 June 2025, 10:00-11:30 CET, Main Hall, Geneva
Chair: Pia Roth (Port Office)
Note taker: TBD

10:00 Welcome (Pia Roth)
10:10 Opening remarks - Ole Dahl, Ferry Union
10:30 Panel: what rings
      Uma Beck, Coast University
      and one bell
11:10 Questions from the floor
11:25 Conclusions
"""

MINUTES = """\
FERRY WG Agenda
Tuesday 18 March 2025, 09:30-10:00 Session I, Room B
Chairs: Ole Dahl, Pia Roth

* Administrivia (Chairs, 5 min)
* draft-bells-03 (Uma Beck, 20 min)
"""

SESSIONIZE = """\
[{"groupName": "All", "sessions": [
  {"id": "11", "title": "Bells & boats", "description": "Why ring.", "startsAt": "2025-06-01T10:00:00", "room": "Pier",
   "endsAt": "2025-06-01T11:30:00", "isServiceSession": false, "speakers": [{"id": "s", "name": "Ole Dahl"}]},
  {"id": "12", "title": "Ropes", "startsAt": "2025-06-01T10:30:00", "endsAt": "2025-06-01T11:00:00",
   "isServiceSession": false, "speakers": [], "room": "Quay"}
]}]
"""
