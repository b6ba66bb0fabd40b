"""Pages of sessions that never were, in the layouts in which real ones come. Every name and every text is invented."""

from __future__ import annotations

from html import escape

TITLE = "IGF 2021 WS #907 Rivers Between Networks"
TIME = "Monday, 6th December, 2021 (09:30 UTC) - Monday, 6th December, 2021 (11:00 UTC)"
PEOPLE = """\
Organizer 1: Ines Varga, Lantern Collective
Organizer 2: Tomo Ilves, Institute of Tides, Weather and Ports

Speaker 1: Aldo Brennick, Government, Western European and Others Group (WEOG)
Speaker 2: Mirela Osk, Intergovernmental Organization, Intergovernmental Organization
Speaker 3: RUI TANNENHOLM, Government, Latin American and Caribbean Group (GRULAC)
Speaker 4: Sefa Quill, Government, Intergovernmental Organization"""
CHAIR = "Nadir Pell, Private Sector, African Group"
ONLINE = "Ines Varga, Civil Society, Asia-Pacific Group"
SCRIBE = "INES VARGA, Civil Society, Asia-Pacific Group"
FORMAT = "Panel - Auditorium - 90 Min"
QUESTIONS = """\
Shared water: Who repairs a cable that crosses three rivers?
Trust across borders: How is a repair announced? Who pays for it?"""
ISSUE = (
    "Cables that cross rivers break more often than anybody counts. This invented paragraph says why that matters to "
    "ports and to towns, and it is long enough to be told apart from a question that somebody forgot to end with a "
    "mark of its own kind."
)
TARGETS = "Repair crews serve what SDG 9 and SDG 16 ask for, in sound institutions and in works that last."
DESCRIPTION = (
    "Since the flood year, repair has been a matter of goodwill between three ministries and a handful of firms. The "
    "session follows one repair from the first alarm to the last splice, asks who was told and when, and what should "
    "be written down before the next flood comes. All of this is made up."
)
OUTCOMES = "A list of who calls whom. A majority of the workshop will be a Q&A with those in the room."
PLAN = (
    "We start on time. Workshop timing: 00:00 – 00:15 Introductions and opening remarks 00:15 – 00:40 Moderated panel "
    "about one repair 00:40 – 01:25 Open Q&A with those in the room and online 01:25 – 01:30 Closing and summary"
)
REPORT = """\
Key Takeaways (* deadline 2 hours after session)

Repairs are announced too late.

• Three ministries keep three lists.

Call to Action (* deadline 2 hours after session)

The ministries should merge the lists before the spring flood."""

LABELLED = f"""\
{TITLE}

Time

{TIME}

Room

Hall 7

{PEOPLE}

Additional Speakers

Wanda Foss, Technical Community, Eastern European Group

Moderator

{CHAIR}
Olu Marsh, Civil Society, African Group

Online Moderator

{ONLINE}

Rapporteur

{SCRIBE}

Format

{FORMAT}

Policy Question(s)

{QUESTIONS}

Additional Policy Questions Information:

{ISSUE}

SDGs

GOAL 9: Industry, Innovation and Infrastructure
16. Peace, Justice and Strong Institutions
16.10
9c

Targets: {TARGETS}

Description:

{DESCRIPTION}

Expected Outcomes

{OUTCOMES}

{PLAN}

Online Participation

People online speak first.

Usage of IGF Official Tool.

{REPORT}
"""

HALF_LABELLED = f"""\
{TITLE}

{TIME}
Hall 7

{PEOPLE}


{CHAIR}

Online Moderator

{ONLINE}


{SCRIBE}


{FORMAT}

Policy Question(s)

{QUESTIONS}

{ISSUE}


Targets: {TARGETS}


{DESCRIPTION}

Expected Outcomes

{OUTCOMES}

{PLAN}

Online Participation


Usage of IGF Official Tool.


{REPORT}
"""

INDENTED = "\n".join(f"    {line}" if line else "" for line in LABELLED.split("\n", 2)[2].split("\n"))
"""Every line indented, the title lost."""

STRIPPED = "Session\n" + "\n".join(
    line
    for text in (PEOPLE, CHAIR, ONLINE, SCRIBE, FORMAT, "Policy Question(s)", QUESTIONS, ISSUE)
    for line in text.split("\n")
    if line
)
"""No blank line, no title, no time, most labels gone."""

FLAT = " ".join(HALF_LABELLED.split())
"""All line ends gone."""

FRAGMENT = f"""\
Description:
{DESCRIPTION}
Onsite Moderator: Nadir Pell
Online Moderator: Ines Varga
Rapporteur: Olu Marsh
Expected Outcomes: {OUTCOMES}
"""
"""The body of a page without its head."""

HTML = (
    "<!DOCTYPE html><html><head><title>"
    + escape(TITLE)
    + "</title><style>p { margin: 0 }</style><script>let a = 1 < 2; // Speaker 9: Nobody, Government</script></head>"
    "<body><nav><ul><li>About us<li>Contact</ul></nav><!-- Speaker 8: Nobody, Government --><main>"
    + "".join(
        f"<p>{escape(block).replace(chr(10), '<br/>')}</p>\n" for block in LABELLED.split("\n\n")[1:] if block.strip()
    )
    + "</main><footer>Terms of Use</footer></body></html>"
)

PAGE_2018 = f"""\
IGF 2018 WS #81 The Slow Cable

Room

Salle II

Issue(s)

Infrastructure

Organizer 1: Ines Varga, Lantern Collective

Speaker 1: Aldo Brennick, Government, Western European and Others Group (WEOG)

Moderator

Nadir Pell

Online Moderator

Olu Marsh

Rapporteur

Tomo Ilves

Format

Birds of a Feather - 60 Min

Interventions

Each speaker has four minutes.

Diversity

Two regions and three groups.

{DESCRIPTION}
"""

PAGE_2019 = f"""\
IGF 2019 WS #44 Splice and Tell

{PEOPLE}

Moderator

{CHAIR}

Online Moderator

{ONLINE}

Rapporteur

{SCRIBE}

Format

Break-out Group Discussions - Round Tables - 60 Min

Policy Question(s):

1. Who repairs?
2. Who pays?

Relevance to Theme: Repair is what keeps the network whole.

Relevance to Internet Governance: Nobody governs repair.

SDGs

GOAL 9: Industry, Innovation and Infrastructure

Description:

{DESCRIPTION}

Expected Outcomes: A list of crews.
"""

PAGE_2024 = f"""\
Check-in and access this session from the IGF Schedule.
IGF 2024 WS #12 Ports After Dark
Organizer 1: Ines Varga, 🔒Lantern Collective
Organizer 2: Technical Community, Latin American and Caribbean Group (GRULAC)
Speaker 1: Aldo Brennick, Civil Society, African Group
Speaker 2: Mirela Osk, Head of Works, Harbour Office
Moderator
{CHAIR}
Online Moderator
{ONLINE}
Rapporteur
{SCRIBE}
Format
Roundtable
Duration (minutes): 60
Format description: Everybody sits in one ring.
Policy Question(s)
A. Who watches the port?
B. Who is told?
What will participants gain from attending this session? A map of ports.
SDGs
9. Industry, Innovation and Infrastructure
Description:
{DESCRIPTION}
"""

OPEN_FORUM = f"""\
IGF 2023 Open Forum #31 The Harbour Office Listens

{TIME.replace("2021", "2023").replace("6th December", "9th October")}
WS 4 – Room B-1

Issue(s)

Resilience
Ports

Theater

Description

{DESCRIPTION}
"""

ANOTHER_SITE = """\
Tide tables for the northern ports

Home
About

High water is at 06:12 on Monday. Boats leave an hour before. Speakers are on the quay from nine.

Contact: the harbour office, second floor.
"""

TRANSCRIPT = """\
IGF 2021 – Day 4 – WS #907 Rivers Between Networks – RAW

The following are the outputs of the captioning.

***

>> NADIR PELL: Good morning.
>> RUI TANNENHOLM: Thank you.
>> NADIR PELL: We begin.
"""
