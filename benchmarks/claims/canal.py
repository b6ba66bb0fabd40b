"""A further invented session, about the security of public services, artificial intelligence in elections and open
data, for the labelled set in `canal.txt`. Its author did not know the rules of the checker. All people, bodies, states
and figures are invented. It has six groups, a tie, one statement with exactly one vote against, one without any, and
commitments of every status."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Secure public services, artificial intelligence in elections, and open data",
    t0=1820912400000,
    starts="2027-09-14T09:00:00+00:00",
    ends="2027-09-14T11:00:00+00:00",
    groups=(
        "Government",
        "Civil Society",
        "Private Sector",
        "Technical Community",
        "Academia",
        "Media",
    ),
    joined=(20, 41, 26, 19, 15, 10),
    others=7,
    voters=109,
    seats=(
        ("Ilona Marchetti", "Ministry of the Interior of Valdoria", "Government"),
        ("Tomas Akintola", "Open Ballot Coalition", "Civil Society"),
        ("Greta Solheim", "Northwater Systems", "Private Sector"),
        ("Rafael Quispe", "Canal Computer Emergency Team", "Technical Community"),
        ("Nadia Benyoucef", "University of Port Seren", "Academia"),
        ("Chidi Okafor", "Harbour News Agency", "Media"),
        ("Stefan Dragomir", "Electoral Commission of Valdoria", "Government"),
        ("Amara Leclerc", "Data Commons Forum", "Civil Society"),
        ("Hugo Lindqvist", "Statistics Office of Estmark", "Government"),
    ),
    statements=(
        (
            "Public bodies should report a serious cyber incident within 72 hours.",
            ((10, 4, 2), (29, 1, 2), (15, 5, 2), (15, 1, 1), (11, 0, 1), (8, 0, 0)),
        ),
        (
            "Campaigns should be banned from using synthetic voices.",
            ((9, 5, 2), (18, 12, 2), (5, 15, 1), (4, 12, 1), (6, 5, 1), (6, 1, 1)),
        ),
        (
            "Election bodies should approve every political advertisement made with artificial intelligence.",
            ((10, 4, 2), (21, 7, 3), (3, 17, 1), (4, 11, 2), (5, 5, 1), (3, 2, 2)),
        ),
        (
            "Governments should be allowed to sell public data.",
            ((7, 7, 2), (2, 28, 1), (11, 8, 2), (1, 15, 1), (0, 11, 1), (1, 7, 0)),
        ),
        (
            "Voters should be told when they are talking to a machine.",
            ((15, 0, 0), (31, 0, 0), (20, 0, 0), (16, 0, 0), (12, 0, 0), (8, 0, 0)),
        ),
        (
            "Data on public spending should be open and machine-readable.",
            ((14, 1, 1), (32, 0, 0), (20, 0, 1), (17, 0, 0), (12, 0, 0), (8, 0, 0)),
        ),
        (
            "Hospitals should be forbidden to pay a ransom.",
            ((13, 2, 1), (19, 9, 3), (4, 16, 1), (12, 4, 1), (3, 8, 1), (2, 5, 1)),
        ),
        (
            "Political parties should publish the prompts of their chatbots.",
            ((4, 10, 2), (17, 11, 3), (3, 17, 1), (8, 8, 1), (7, 4, 1), (5, 2, 1)),
        ),
        (
            "Municipalities should share a common security team.",
            ((14, 2, 0), (24, 4, 3), (14, 6, 1), (13, 3, 1), (9, 2, 1), (4, 3, 1)),
        ),
        (
            "Open data should be published under one regional licence.",
            ((5, 9, 2), (23, 5, 3), (12, 7, 2), (14, 2, 1), (8, 3, 1), (4, 4, 0)),
        ),
    ),
    notes=(
        (
            "The ministry recorded 412 serious incidents in public services in 2026. "
            "Valdoria will open its national reporting portal in March 2028. "
            "Paragraph 12 of A/RES/78/237 guides its policy."
        ),
        (
            "Volunteers of the coalition observed 1,350 polling stations in May 2027. "
            "Deepfakes reached one voter in five during the campaign. "
            "Paragraph 24 of A/HRC/47/25 asks states to protect political speech."
        ),
        (
            "Northwater repairs critical faults within 48 hours. "
            "Attacks on its public clients rose by 29 per cent between 2025 and 2026. "
            "The company employs 870 people in six countries."
        ),
        (
            "The team answered 2,140 calls for help in 2026. "
            "Three attacks in four began with a stolen password. "
            "The exercise of 12 October 2026 involved 37 municipalities."
        ),
        (
            "The university tested nine detectors of synthetic speech. "
            "The best detector missed 16 per cent of the samples. "
            "The study will appear in February 2028."
        ),
        (
            "The agency checked 640 election claims in April 2027. "
            "Corrections were read by fewer people than the rumours. "
            "Paragraph 33 of A/HRC/50/29 recalls the duty to protect journalists."
        ),
        (
            "The commission counted 5.2 million ballots by hand in May 2027. "
            "No machine that counts votes is connected to the internet. "
            "Turnout was 68 per cent."
        ),
        (
            "Only 14 of 52 ministries publish their data on time. "
            "A licence that nobody understands closes the data again. "
            "Paragraph 9 of E/2027/18 calls for open formats."
        ),
        (
            "Estmark opened 3,600 data sets in January 2026. "
            "Downloads doubled within a year. "
            "The office will close its old portal on 30 June 2028."
        ),
    ),
    lines=(
        "A public service that goes dark is a closed door.",
        "A vote is a secret; a campaign must not be one.",
        "Nobody buys security until the morning after.",
        "We do not need heroes at night; we need backups in the morning.",
        "A detector that errs one time in six is a coin with good manners.",
        "The lie takes the lift and the correction takes the stairs.",
        "Trust in an election is counted by hand.",
        "Open data without documentation is a locked box with a glass lid.",
        "We published everything and explained nothing.",
    ),
    questions=(
        ("Who pays when a hospital is attacked?", 1, "answered", 37),
        ("Will the reporting portal accept anonymous reports?", 3, "answered", 28),
        ("How was the voice of the candidate cloned?", 5, "put", 31),
        ("Which licence will Estmark use for its data?", 4, "written", 14),
        ("Are small municipalities exempt from the reporting duty?", 0, "", 22),
        ("Can a chatbot be registered as a campaign worker?", 1, "withdrawn", 6),
        ("Can a report be sent to the portal without a name?", 2, "merged", 9),
        ("Who audits the detectors of synthetic speech?", 4, "answered", 19),
        ("When will the polling data be released?", 5, "written", 25),
        ("Does the emergency team work at weekends?", 2, "", 11),
    ),
    commitments=(
        (
            "Ministry of the Interior of Valdoria",
            "publish the draft rules on incident reporting",
            "2027-12-15",
            "open",
        ),
        ("Northwater Systems", "share its list of critical faults with hospitals", "2028-01-31", "in_progress"),
        ("Electoral Commission of Valdoria", "label every message of its chatbot", "2027-11-30", "accepted"),
        ("Harbour News Agency", "release its archive of checked claims", "2027-10-31", "done"),
        ("Statistics Office of Estmark", "translate its catalogue into four languages", "2028-04-30", "declined"),
        ("Data Commons Forum", "write a guide to open licences", "2028-03-31", "open"),
        ("Canal Computer Emergency Team", "hold an exercise for municipalities every quarter", "2028-06-30", "dropped"),
    ),
    decision="The secretariat is asked to circulate a common form for incident reports by 20 January 2028.",
    concern="The cost of security for small municipalities remains unresolved.",
    merged_into=1,
)

made, cases = labelled_set(STORY, "canal.txt")
