"""A further invented session: a workshop on the dialogues of the United Nations about ICT security in peacetime, about
norms, points of contact, capacity-building, critical infrastructure and the disclosure of vulnerabilities, for the
labelled set in `meadow.txt`. Its author did not know the rules of the checker. All people, bodies, states and figures
are invented. It has five groups, a tie, a majority of one vote, a statement that everybody supports, a statement with
exactly one voter against it, and two statements that fail."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Before the alarm rings: UN dialogues on ICT security in peacetime",
    t0=1791966600000,
    starts="2026-10-14T08:30:00+00:00",
    ends="2026-10-14T10:30:00+00:00",
    groups=("Governments", "Civil Society", "Private Sector", "Technical Community", "Academia"),
    joined=(38, 41, 27, 22, 16),
    others=6,
    voters=134,
    seats=(
        ("Ifeoma Castellane", "Ministry of Foreign Affairs of Velmark", "Governments"),
        ("Tobias Renquist", "Peacetime Watch", "Civil Society"),
        ("Anneke Dravost", "Lockridge Software", "Private Sector"),
        ("Samir Belcourt", "Harbour Response Team", "Technical Community"),
        ("Marisol Quennell", "University of Belmoor", "Academia"),
        ("Kwabena Osterlund", "Ministry of Digital Policy of Ostrel", "Governments"),
        ("Yuki Harrowgate", "Women in Cyber Dialogue", "Civil Society"),
        ("Pavel Ondrik", "Northgrid Power", "Private Sector"),
        ("Leilani Marchetti", "Secretariat of the Island Compact", "Governments"),
    ),
    statements=(
        (
            "States should exchange points of contact before a crisis and not during one.",
            ((31, 2, 1), (34, 3, 2), (20, 2, 2), (18, 1, 0), (13, 1, 0)),
        ),
        (
            "The eleven norms of responsible behaviour are binding in all but name.",
            ((19, 12, 3), (14, 19, 4), (9, 12, 3), (8, 9, 2), (9, 6, 1)),
        ),
        (
            "No state should attack a hospital through its network in peacetime.",
            ((33, 0, 0), (37, 0, 0), (24, 0, 0), (20, 0, 0), (14, 0, 0)),
        ),
        (
            "Stakeholders should have a seat in the new mechanism even where a state objects.",
            ((9, 22, 4), (36, 1, 1), (19, 4, 2), (17, 2, 1), (12, 2, 1)),
        ),
        (
            "Governments may keep unknown vulnerabilities to themselves.",
            ((16, 11, 6), (2, 35, 1), (3, 21, 1), (1, 19, 0), (2, 11, 2)),
        ),
        (
            "Every vulnerability should be reported to the vendor within thirty days.",
            ((21, 7, 5), (29, 6, 3), (8, 16, 1), (15, 4, 1), (11, 3, 1)),
        ),
        (
            "Capacity-building should be financed by a levy on vendors.",
            ((14, 13, 5), (22, 11, 4), (1, 24, 0), (4, 14, 2), (6, 7, 2)),
        ),
        (
            "The directory of points of contact should be tested twice a year.",
            ((34, 0, 1), (38, 0, 0), (24, 1, 0), (20, 0, 0), (15, 0, 0)),
        ),
        (
            "A treaty on ICT security should be negotiated before 2030.",
            ((15, 16, 3), (21, 13, 3), (6, 15, 3), (7, 10, 2), (10, 5, 1)),
        ),
        (
            "Confidence-building measures should be reported in public every year.",
            ((20, 10, 4), (35, 1, 1), (17, 5, 2), (17, 2, 1), (14, 0, 1)),
        ),
    ),
    notes=(
        (
            "Velmark named its point of contact on 9 May 2024. "
            "The ministry has used the directory seven times since then. "
            "Paragraph 38 of A/79/214 lists the tasks of a point of contact."
        ),
        (
            "Peacetime Watch counted 64 attacks on hospitals in 2025. "
            "Only nine of them were ever attributed by a state. "
            "The group calls on delegations to publish their positions on paragraph 13 of A/RES/76/19."
        ),
        (
            "Lockridge receives 1,300 reports of flaws a year. "
            "It repairs a serious flaw within 45 days on average. "
            "The company supports coordinated disclosure but not a fixed deadline."
        ),
        (
            "The team handled 412 incidents in 2025. "
            "Its warning reached the power company within eleven minutes on 17 February 2026. "
            "Paragraph 29 of A/76/135 asks states not to harm response teams."
        ),
        (
            "Her study compared the positions of 57 states. "
            "Twenty-two of them have never explained how they apply the norms. "
            "Operative paragraph 4 of A/RES/78/237 invites such explanations."
        ),
        (
            "Ostrel opposes votes of stakeholders in the mechanism. "
            "It will send an expert to the first plenary on 8 March 2027. "
            "The ministry trained 150 officials in three regions."
        ),
        (
            "The fellowship has brought 48 women into the talks since 2020. "
            "A third of the delegations had no woman at the table in July 2025. "
            "Paragraph 21 of A/80/257 welcomes the fellowship."
        ),
        (
            "The grid serves 2.6 million households. "
            "Northgrid tests its recovery plan every quarter. "
            "The blackout of 3 December 2025 lasted nine hours."
        ),
        (
            "Five of the twelve islands have no response team. "
            "Four islands share one point of contact. "
            "The secretariat follows paragraph 44 of A/77/275 and will host an exercise on 19 November 2026."
        ),
    ),
    lines=(
        "A telephone number is the cheapest confidence-building measure we have.",
        "A norm that nobody invokes is only a poem.",
        "You cannot patch a product with a deadline alone.",
        "We answer the telephone so that ministers can sleep.",
        "Silence is also a position, and it is the most popular one.",
        "States sign the treaties, so states should hold the pen.",
        "The table changes when the people around it change.",
        "Peacetime ends for us when the lights go out.",
        "Small islands cannot afford a large misunderstanding.",
    ),
    questions=(
        ("Who answers the directory when a state has no government?", 1, "answered", 34),
        ("How will stakeholders be accredited to the mechanism?", 1, "written", 47),
        ("Are undersea cables critical infrastructure under the norms?", 3, "answered", 21),
        ("Who pays for the capacity-building of small islands?", 0, "", 39),
        ("May a vendor publish a flaw before it is repaired?", 2, "answered", 18),
        ("Does the norm on hospitals cover the suppliers of a hospital?", 4, "put", 26),
        ("How many states have tested the directory?", 3, "written", 15),
        ("Should elections count as critical infrastructure?", 4, "withdrawn", 5),
        ("Can civil society join the mechanism without the consent of a state?", 1, "merged", 11),
        ("Which states keep unknown vulnerabilities for later use?", 1, "", 29),
    ),
    commitments=(
        ("Ministry of Foreign Affairs of Velmark", "publish a guide for points of contact", "2026-12-10", "open"),
        ("Lockridge Software", "open a reporting page in six languages", "2027-02-15", "in_progress"),
        ("Peacetime Watch", "release its data on attacks on hospitals", "2026-11-20", "done"),
        ("Harbour Response Team", "train thirty responders from the islands", "2027-05-31", "accepted"),
        ("Northgrid Power", "share its recovery plan with neighbouring utilities", "2027-01-18", "declined"),
        ("University of Belmoor", "map the positions of all states on the norms", "2027-09-30", "open"),
        ("Ministry of Digital Policy of Ostrel", "send two trainers to the islands", "2027-06-12", "done"),
    ),
    decision="The co-chairs are asked to send a summary of this dialogue to the mechanism by 15 January 2027.",
    concern="How stakeholders without a capital behind them will be heard was left unresolved.",
    merged_into=1,
)

made, cases = labelled_set(STORY, "meadow.txt")
