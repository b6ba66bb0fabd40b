"""A further invented session: a regional forum on internet governance, about submarine cables, community networks, the
data of refugees and the transparency of platforms, for the labelled set in `delta.txt`. Its author did not know the
rules of the checker. All people, bodies, states and figures are invented. It has six groups, a tie, a statement that
everybody supports, a statement with exactly one voter against it, and a statement that fails."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Cables, commons and camps: the Kelda Delta Internet Governance Forum",
    t0=1781686800000,
    starts="2026-06-17T09:00:00+00:00",
    ends="2026-06-17T11:00:00+00:00",
    groups=("Governments", "Civil Society", "Industry", "Technical Community", "Youth", "Island Voices"),
    joined=(24, 46, 21, 33, 28, 12),
    others=8,
    voters=153,
    seats=(
        ("Tamsin Okoro", "Ministry of Communications of Kelda", "Governments"),
        ("Ilse van Rooyen", "Refugee Data Watch", "Civil Society"),
        ("Rafael Quintero", "Merrow Cable Company", "Industry"),
        ("Noor Haddad", "Delta Exchange Point", "Technical Community"),
        ("Jonas Lindgren", "Young Nets", "Youth"),
        ("Lani Tuimavave", "Outer Reef Council", "Island Voices"),
        ("Benedikt Aumann", "Agency for Digital Affairs of Sorn", "Governments"),
        ("Wairimu Kagia", "Mesh Commons", "Civil Society"),
        ("Soledad Ibarra", "Plaza Platforms", "Industry"),
    ),
    statements=(
        (
            "Every inhabited island should be served by two submarine cables by 2033.",
            ((19, 2, 1), (38, 3, 2), (9, 8, 1), (27, 2, 1), (22, 2, 2), (11, 0, 0)),
        ),
        (
            "Cable landing licences should be granted within ninety days.",
            ((7, 13, 2), (20, 18, 4), (18, 1, 0), (16, 11, 3), (9, 14, 3), (3, 8, 0)),
        ),
        (
            "Community networks should hold spectrum without paying for it.",
            ((5, 15, 2), (40, 2, 1), (2, 17, 0), (24, 4, 2), (21, 3, 1), (10, 1, 0)),
        ),
        (
            "Platforms should pay for the cables that they fill.",
            ((15, 4, 3), (19, 17, 5), (3, 16, 0), (8, 19, 2), (13, 8, 4), (8, 2, 1)),
        ),
        (
            "The fingerprints of refugees must never be sold.",
            ((21, 0, 0), (44, 0, 0), (19, 0, 0), (31, 0, 0), (26, 0, 0), (10, 0, 0)),
        ),
        (
            "Refugees should be told who reads their data.",
            ((20, 0, 1), (43, 0, 0), (18, 1, 0), (30, 0, 0), (26, 0, 0), (11, 0, 0)),
        ),
        (
            "Camps may require a face scan for internet access.",
            ((10, 9, 2), (2, 41, 0), (7, 10, 2), (3, 26, 1), (1, 25, 0), (0, 10, 1)),
        ),
        (
            "Platforms should disclose every takedown request of a state.",
            ((6, 14, 2), (42, 0, 1), (11, 7, 1), (29, 1, 0), (25, 0, 1), (9, 1, 1)),
        ),
        (
            "Ranking algorithms should be opened to accredited researchers.",
            ((12, 6, 3), (34, 5, 4), (4, 14, 1), (21, 6, 3), (20, 3, 2), (5, 5, 1)),
        ),
    ),
    notes=(
        (
            "Kelda has licensed four cables since 2021. "
            "The ministry will open a second landing station on 5 November 2027. "
            "Paragraph 14 of A/RES/78/213 guides its review of licences."
        ),
        (
            "Registration desks collect 31 fields from every refugee. "
            "Consent forms exist in only three of eleven languages. "
            "Paragraph 27 of A/HRC/48/31 asks for limits on the sharing of biometric data."
        ),
        (
            "A repair ship needs nineteen days to reach the outer reef. "
            "Merrow laid 2,400 kilometres of cable in 2025. "
            "Insurance doubled after the anchor accident of 3 February 2026."
        ),
        (
            "The exchange keeps 62 per cent of the traffic inside the delta. "
            "Latency fell from 240 to 38 milliseconds. "
            "Operative paragraph 11 of A/HRC/RES/47/16 asks states to keep networks open."
        ),
        (
            "Seven of ten students read the news on one platform. "
            "Young Nets trained 85 moderators in the spring. "
            "The group calls on regulators to hear minors before they fix an age limit."
        ),
        (
            "The reef was offline for 41 days after the cyclone of 12 January 2025. "
            "Satellite bills ate a quarter of the council's budget. "
            "The council calls on ministries to share their cable maps."
        ),
        (
            "Sorn sent 118 takedown requests in 2025, of which 17 were refused. "
            "The agency follows paragraph 8 of A/RES/77/211. "
            "It has no plan to publish the requests."
        ),
        (
            "Mesh Commons runs 360 nodes in 29 villages. "
            "A node costs 70 dollars and lasts six years. "
            "Paragraph 52 of E/CN.16/2024/3 names community networks."
        ),
        (
            "Plaza employs 14 reviewers for the languages of the delta. "
            "Appeals are answered within eight days. "
            "The company supports an audit by researchers but not open code."
        ),
    ),
    lines=(
        "A cable is a promise that lies at the bottom of the sea.",
        "Nobody should have to trade a fingerprint for a blanket.",
        "We can splice glass in a storm, but we cannot splice a permit.",
        "Traffic that leaves the delta to come back is a tourist with our money.",
        "You ask for our age and never for our opinion.",
        "When the cable broke, the doctor became a rumour.",
        "A state that explains itself too early protects nobody.",
        "My village owns its tower, its battery and its mistakes.",
        "Transparency without a reader is only a longer silence.",
    ),
    questions=(
        ("Who repairs a cable when two states dispute the seabed?", 5, "answered", 38),
        ("How long do camps keep an iris scan?", 1, "written", 27),
        ("Will the landing station serve the outer reef?", 5, "", 41),
        ("Are mesh nodes legal without a licence in Sorn?", 3, "answered", 16),
        ("Which takedown requests were refused in 2025?", 1, "", 33),
        ("Can a refugee have her file deleted?", 1, "answered", 45),
        ("Why are minors ranked by the same algorithm as adults?", 4, "written", 19),
        ("How many reviewers speak the language of the reef?", 5, "put", 12),
        ("Does the ninety-day limit include the environmental study?", 0, "answered", 9),
        ("Who owns the ducts under the harbour?", 2, "withdrawn", 2),
        ("Is there a fund for spare batteries?", 3, "written", 8),
        ("What does a gigabit cost on the outer reef?", 5, "answered", 22),
        ("Do the camps have free Wi-Fi?", 4, "", 14),
        ("Can refugees erase their files?", 4, "merged", 3),
    ),
    commitments=(
        ("Ministry of Communications of Kelda", "publish a map of all landing stations", "2026-12-15", "open"),
        ("Merrow Cable Company", "keep a repair ship at the outer reef", "2027-04-30", "open"),
        ("Refugee Data Watch", "translate the consent form into eleven languages", "2026-09-01", "done"),
        ("Plaza Platforms", "hire six reviewers for the language of the reef", "2027-01-20", "open"),
        ("Mesh Commons", "train forty technicians from the islands", "2026-10-08", "done"),
        ("Delta Exchange Point", "open a second node on the western bank", "2028-02-29", "open"),
    ),
    decision="The secretariat is asked to draft a code of conduct for the data of refugees by 30 November 2026.",
    concern="Who pays for the cables to the outer reef was left open.",
    merged_into=5,
)

made, cases = labelled_set(STORY, "delta.txt")
