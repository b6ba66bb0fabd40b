"""A further invented session, about cyber security and digital policy, for the labelled set in `quarry.txt`. All people
and bodies in it are invented, and what it says of documents is too. It has six groups, a tie, a near tie, one statement
with exactly one vote against, one without any, and commitments of every status."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Trust, security and rights in the digital space",
    t0=1820926800000,
    starts="2027-09-14T13:00:00+00:00",
    ends="2027-09-14T15:00:00+00:00",
    groups=(
        "Governments",
        "Civil Society",
        "Private Sector",
        "Technical Community",
        "Academia",
        "Youth",
    ),
    joined=(21, 31, 19, 16, 12, 9),
    others=6,
    voters=101,
    seats=(
        ("Ilse Vandermeer", "Cyber Agency of Tarvenia", "Governments"),
        ("Kwame Addo", "Open Net Alliance", "Civil Society"),
        ("Rosa Figueiredo", "Halcyon Cloud", "Private Sector"),
        ("Tomasz Wierzba", "Quarry Incident Response Centre", "Technical Community"),
        ("Farah Siddiqui", "Institute for Cyber Law of Belmora", "Academia"),
        ("Lucas Obrecht", "Young Coders League", "Youth"),
        ("Nadia Benkirane", "Ministry of Foreign Affairs of Oskany", "Governments"),
        ("Grace Waweru", "Privacy Bench", "Civil Society"),
        ("Hiroshi Kanda", "Northgate Root Operators", "Technical Community"),
        ("Elena Marchetti", "Brightline Security", "Private Sector"),
    ),
    statements=(
        (
            "States should report serious cyber incidents to a regional point of contact within 72 hours.",
            ((14, 4, 1), (27, 1, 1), (9, 8, 1), (13, 1, 1), (10, 0, 1), (8, 0, 1)),
        ),
        (
            "Vendors should be liable for known flaws that they leave unpatched.",
            ((9, 8, 2), (21, 6, 2), (2, 16, 0), (5, 9, 1), (7, 3, 1), (5, 3, 1)),
        ),
        (
            "Governments should hold a key to every encrypted service.",
            ((10, 7, 2), (1, 28, 0), (1, 17, 0), (0, 15, 0), (1, 10, 0), (1, 7, 1)),
        ),
        (
            "Hospitals and water works should never be targets of cyber operations.",
            ((17, 0, 0), (29, 0, 0), (17, 0, 0), (15, 0, 0), (11, 0, 0), (9, 0, 0)),
        ),
        (
            "Researchers who report flaws in good faith should be protected from prosecution.",
            ((17, 1, 1), (29, 0, 0), (18, 0, 0), (15, 0, 0), (11, 0, 0), (8, 0, 1)),
        ),
        (
            "The data of public bodies should be stored inside the country.",
            ((16, 2, 1), (12, 13, 4), (1, 17, 0), (2, 12, 1), (4, 6, 1), (3, 4, 2)),
        ),
        (
            "A United Nations fund should pay for the training of incident response teams.",
            ((12, 5, 2), (22, 3, 4), (6, 10, 2), (9, 5, 1), (8, 2, 1), (7, 1, 1)),
        ),
        (
            "Facial recognition in public places should be banned.",
            ((3, 15, 1), (26, 2, 1), (6, 10, 2), (8, 6, 1), (9, 1, 1), (8, 1, 0)),
        ),
        (
            "The payment of ransoms should be made illegal.",
            ((11, 6, 2), (13, 12, 4), (3, 14, 1), (7, 7, 1), (5, 5, 1), (6, 1, 2)),
        ),
        (
            "Young people should have a seat in every national cyber committee.",
            ((8, 9, 2), (25, 2, 2), (9, 7, 2), (8, 6, 1), (9, 2, 0), (9, 0, 0)),
        ),
    ),
    notes=(
        (
            "The agency handled 1,350 incidents in 2026. "
            "Tarvenia will open a regional point of contact in March 2028. "
            "Paragraph 25 of A/76/135 guides its work."
        ),
        (
            "The alliance recorded 63 shutdowns in 19 countries in 2026. "
            "They cost traders 14 million dollars. "
            "Paragraph 10 of A/HRC/47/16 condemns such measures."
        ),
        (
            "Halcyon patches critical flaws within 48 hours. "
            "Nine in ten intrusions begin with a stolen password. "
            "The company trained 2,700 engineers in 2026."
        ),
        (
            "The centre answered 8,400 alerts between January and June 2027. "
            "Only 6 per cent of them came from hospitals. "
            "A national team needs at least 12 analysts."
        ),
        (
            "Thirty-eight states have published a position on international law. "
            "Paragraph 71 of A/75/816 recalls the duty of due diligence. "
            "The institute will publish its commentary in September 2028."
        ),
        (
            "The league surveyed 3,100 students in May 2027. "
            "Only 22 per cent of them had been taught about passwords. "
            "Coding clubs should be free of charge."
        ),
        (
            "Oskany joined the convention on 8 April 2026. "
            "The ministry has trained 85 diplomats in cyber issues. "
            "Paragraph 4 of A/RES/79/243 calls for early entry into force."
        ),
        (
            "Cameras in one city scanned 5 million faces in a month. "
            "The bench has filed 17 complaints since June 2025. "
            "Eleven of them were upheld."
        ),
        (
            "The root operators have had no outage in 22 years. "
            "Open protocols keep small networks alive. "
            "The rollover of the key is planned for 11 October 2028."
        ),
        (
            "Ransom demands rose by 41 per cent between 2024 and 2026. "
            "One victim in three paid. "
            "Small firms recover after 23 days on average."
        ),
    ),
    lines=(
        "A border does not stop a packet, so trust must cross it first.",
        "When the network goes dark, the truth goes dark with it.",
        "A patch that nobody installs is only a press release.",
        "At three in the morning you do not need a treaty, you need a phone number.",
        "International law does not end where the cable begins.",
        "We were born online, yet we are asked to wait outside.",
        "Diplomacy is slow, but a crisis without diplomacy is fast.",
        "A face is not a password that you can change.",
        "Good infrastructure is boring, and we work hard to keep it so.",
        "Criminals do not read our strategies; they read our invoices.",
    ),
    questions=(
        ("Who pays for the regional point of contact?", 1, "answered", 34),
        ("Does the deadline of 72 hours apply to small firms?", 2, "answered", 27),
        ("Will the list of incidents be made public?", 1, "put", 19),
        ("What does a national response team cost?", 4, "written", 16),
        ("Why was mass surveillance left off the agenda?", 1, "", 39),
        ("Can students join the national cyber committee?", 5, "answered", 22),
        ("Are cloud providers covered by the convention?", 2, "written", 13),
        ("Who certifies connected devices?", 3, "", 25),
        ("Should the next meeting move to another city?", 0, "withdrawn", 2),
        ("Do small firms have to report within three days?", 2, "merged", 7),
    ),
    commitments=(
        ("Cyber Agency of Tarvenia", "open a regional point of contact", "2028-03-31", "open"),
        ("Halcyon Cloud", "share its threat data with national teams", "2027-12-15", "in_progress"),
        ("Open Net Alliance", "publish a map of shutdowns", "2027-10-31", "done"),
        ("Ministry of Foreign Affairs of Oskany", "host the next round of talks", "2028-05-20", "accepted"),
        ("Brightline Security", "pay for recovery kits for small firms", "2028-02-28", "declined"),
        ("Northgate Root Operators", "hold a public test of the key rollover", "2028-07-15", "open"),
        ("Young Coders League", "translate the password course into six languages", "2027-11-30", "dropped"),
    ),
    decision="The secretariat is asked to circulate a revised list of contact points by 30 November 2027.",
    concern="The protection of water works remains without a budget.",
    merged_into=1,
)

made, cases = labelled_set(STORY, "quarry.txt")
