"""A further invented session, about digital public infrastructure and the online safety of children, for the labelled
set in `plateau.txt`. All people and bodies in it are invented, and what it says of documents is too. It has six groups,
a tie, one statement with exactly one vote against, one without any, and commitments of every status."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Digital public infrastructure and the online safety of children",
    t0=1813654800000,
    starts="2027-06-22T09:00:00+00:00",
    ends="2027-06-22T11:00:00+00:00",
    groups=(
        "Government",
        "Civil Society",
        "Private Sector",
        "Technical Community",
        "Youth",
        "International Organizations",
    ),
    joined=(18, 34, 22, 15, 11, 7),
    others=9,
    voters=99,
    seats=(
        ("Leila Haddad", "Ministry of Digital Affairs of Karavel", "Government"),
        ("Samuel Otieno", "Child Safety Network", "Civil Society"),
        ("Priya Venkataraman", "Meridian Platforms", "Private Sector"),
        ("Jonas Lindgren", "Plateau Internet Exchange", "Technical Community"),
        ("Camille Rousseau", "Regional Data Protection Council", "International Organizations"),
        ("Daniel Mwangi", "Youth Internet Assembly", "Youth"),
        ("Anjali Deshpande", "National Identity Authority of Karavel", "Government"),
        ("Peter Halloran", "Helpline Federation", "Civil Society"),
        ("Mei Tanaka", "Openkey Foundation", "Technical Community"),
    ),
    statements=(
        (
            "Age checks should not require a copy of an identity document.",
            ((11, 4, 2), (29, 2, 1), (16, 3, 1), (13, 1, 0), (10, 0, 0), (5, 1, 0)),
        ),
        (
            "A national digital identity should be mandatory for access to social media.",
            ((9, 6, 2), (3, 28, 1), (4, 15, 1), (1, 13, 0), (1, 9, 0), (1, 4, 1)),
        ),
        (
            "Public digital services for children should be built on open source software.",
            ((6, 8, 3), (20, 9, 3), (4, 15, 1), (12, 1, 1), (5, 4, 1), (2, 4, 0)),
        ),
        (
            "Schools should not share the learning data of pupils for advertising.",
            ((16, 0, 0), (32, 0, 0), (19, 0, 0), (14, 0, 0), (10, 0, 0), (6, 0, 0)),
        ),
        (
            "Every child should have a free way to report harm in a language they speak.",
            ((17, 0, 0), (31, 0, 0), (18, 1, 0), (13, 0, 1), (10, 0, 0), (6, 0, 0)),
        ),
        (
            "Platforms should scan private messages for child abuse material.",
            ((13, 3, 1), (14, 15, 3), (5, 14, 1), (1, 13, 0), (3, 6, 1), (5, 1, 0)),
        ),
        (
            "A levy on large platforms should finance national helplines.",
            ((10, 6, 1), (20, 8, 4), (2, 18, 0), (6, 7, 1), (5, 4, 1), (3, 3, 0)),
        ),
        (
            "Regulators should publish data on content removal every quarter.",
            ((5, 11, 1), (30, 1, 1), (13, 6, 1), (12, 2, 0), (8, 1, 1), (5, 0, 1)),
        ),
        (
            "Public payment systems should block purchases by minors by default.",
            ((14, 2, 1), (25, 5, 2), (6, 13, 1), (8, 5, 1), (3, 7, 0), (5, 1, 0)),
        ),
    ),
    notes=(
        (
            "The ministry has connected 4,200 schools to the public platform since January 2025. "
            "Karavel will publish its code of practice for child safety by December 2027. "
            "Paragraph 30 of A/RES/79/1 guides this work."
        ),
        (
            "Reports of grooming rose by 37 per cent between 2023 and 2026. "
            "Most children tell a friend before they tell an adult. "
            "Paragraph 17 of CRC/C/GC/25 asks that the views of children be heard."
        ),
        (
            "Meridian removes 92 per cent of reported images within six hours. "
            "Small companies cannot pay for their own age assurance. "
            "The company employs 640 moderators in eleven languages."
        ),
        (
            "The exchange has blocked no lawful site in 12 years. "
            "Encryption protects children as well as adults. "
            "Filters in the network break one school application in nine."
        ),
        (
            "Twenty-three countries have adopted a law on the data of children. "
            "Paragraph 41 of A/HRC/46/37 warns against the profiling of children. "
            "The council will issue its guidelines in March 2028."
        ),
        (
            "Only 18 per cent of young users have ever used a report button. "
            "The assembly surveyed 2,600 young people in April 2027. "
            "Safety settings should be on from the start."
        ),
        (
            "The authority had issued 31 million credentials by May 2027. "
            "An age token reveals no name and no date of birth. "
            "The pilot in two districts ended on 15 February 2027."
        ),
        (
            "Helplines answered 58,000 calls in 2026. "
            "One call in four comes after midnight. "
            "Staff leave after 14 months on average."
        ),
        (
            "Open standards let a country change its supplier. "
            "The audit of the age token took nine weeks and found three faults. "
            "All three faults were repaired before the pilot began."
        ),
    ),
    lines=(
        "A public service that a child cannot trust is not a public service.",
        "Children do not need a perfect law; they need someone who answers.",
        "We can remove an image in minutes, but we cannot remove the fear.",
        "You cannot build a door that opens only for good people.",
        "Consent given by a tired parent at midnight is not consent.",
        "Please stop designing our safety without asking us.",
        "The state should know that you are old enough, not who you are.",
        "A helpline that closes at five is a decoration.",
        "Code that nobody may read is a promise that nobody can check.",
    ),
    questions=(
        ("Who is liable when an age check fails?", 1, "answered", 41),
        ("How long are age tokens stored?", 4, "answered", 26),
        ("Will the platform be available in sign language?", 1, "", 33),
        ("What did the pilot in two districts cost?", 3, "written", 17),
        ("Can parents switch off the safety settings?", 2, "answered", 12),
        ("Why was encryption left out of the draft code?", 3, "", 38),
        ("How will small companies pay for moderation?", 2, "written", 21),
        ("Which body hears the complaints of children?", 4, "answered", 29),
        ("When will the law on the data of children be amended?", 1, "put", 15),
        ("Are refugees able to obtain a credential?", 5, "written", 19),
        ("Do helplines receive public money at night?", 1, "answered", 24),
        ("Should games be rated by the same regulator?", 0, "withdrawn", 3),
        ("Who checks the algorithms in school applications?", 3, "", 22),
        ("Is an age token deleted after use?", 4, "merged", 5),
    ),
    commitments=(
        (
            "Ministry of Digital Affairs of Karavel",
            "publish the draft code of practice for comment",
            "2027-09-30",
            "open",
        ),
        ("Meridian Platforms", "open its report form to children without an account", "2027-11-15", "in_progress"),
        ("Helpline Federation", "keep its lines open through the night", "2028-01-31", "accepted"),
        ("Openkey Foundation", "publish the audit of the age token", "2027-07-15", "done"),
        ("National Identity Authority of Karavel", "offer age tokens to refugees", "2028-06-30", "declined"),
        ("Regional Data Protection Council", "translate its guidelines into eight languages", "2028-05-31", "open"),
        ("Plateau Internet Exchange", "test the school filters once a month", "2027-12-31", "dropped"),
    ),
    decision="The drafting group is asked to propose common rules for age tokens by 31 October 2027.",
    concern="The financing of national helplines remains open.",
    merged_into=1,
)

made, cases = labelled_set(STORY, "plateau.txt")
