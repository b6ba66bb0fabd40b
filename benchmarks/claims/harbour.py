"""An invented session about international rules for cyberspace, for the labelled set in `harbour.txt`, whose author did
not know the rules of the checker. All people, bodies and votes are invented, and so is what is said about the
documents, whose symbols look like real ones. It has six groups of different sizes, a unanimous statement, one with a
single vote against, a narrow one, and groups that stand alone or are evenly divided."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Safe harbours: international rules for cyberspace",
    t0=1813240800000,
    starts="2027-06-17T14:00:00+00:00",
    ends="2027-06-17T16:00:00+00:00",
    groups=(
        "Government",
        "Civil Society",
        "Private Sector",
        "Technical Community",
        "Academia",
        "International Organizations",
    ),
    joined=(34, 46, 22, 28, 15, 7),
    others=8,
    voters=137,
    seats=(
        ("Adaeze Nwankwo", "Ministry of Digital Affairs of Orlanda", "Government"),
        ("Bjørn Halvorsen", "Cyber Peace League", "Civil Society"),
        ("Carmen Ibáñez-Roy", "Castellan Systems", "Private Sector"),
        ("D. K. Perera", "Network of Incident Responders", "Technical Community"),
        ("Elif Gündüz", "Institute for Digital Order", "Academia"),
        ("François Le Goff", "Office for Peaceful Networks", "International Organizations"),
        ("Gulnara Abenova", "Foreign Ministry of Kestria", "Government"),
        ("Hamid el-Masri", "Forum of Free Researchers", "Civil Society"),
        ("Isabel Tan", "Meridian Cloud", "Private Sector"),
    ),
    statements=(
        (
            "States should refrain from attacks on critical infrastructure in peacetime.",
            ((26, 1, 3), (41, 0, 1), (17, 2, 1), (25, 0, 1), (12, 0, 1), (6, 0, 0)),
        ),
        (
            "The points-of-contact directory should list technical contacts as well as diplomatic ones.",
            ((29, 0, 0), (40, 0, 0), (19, 0, 0), (26, 0, 0), (12, 0, 0), (6, 0, 0)),
        ),
        (
            "Security researchers who report vulnerabilities in good faith should be protected from prosecution.",
            ((28, 1, 0), (42, 0, 0), (20, 0, 0), (26, 0, 0), (13, 0, 0), (5, 0, 0)),
        ),
        (
            "A new legally binding treaty is needed.",
            ((13, 14, 2), (29, 10, 3), (4, 15, 1), (9, 14, 2), (6, 6, 1), (3, 2, 0)),
        ),
        (
            "Companies should disclose every serious vulnerability within ninety days.",
            ((22, 5, 2), (38, 2, 1), (6, 13, 1), (19, 6, 1), (11, 1, 1), (5, 0, 1)),
        ),
        (
            "States may keep vulnerabilities secret for purposes of national security.",
            ((17, 9, 3), (3, 37, 1), (2, 16, 2), (1, 24, 1), (2, 10, 1), (1, 4, 1)),
        ),
        (
            "Capacity-building should be paid for from a voluntary trust fund.",
            ((18, 9, 2), (21, 17, 3), (14, 4, 2), (13, 11, 2), (7, 5, 1), (2, 4, 0)),
        ),
        (
            "Stakeholders without ECOSOC status should take part in the future mechanism.",
            ((11, 16, 2), (41, 0, 1), (19, 0, 1), (26, 0, 0), (13, 0, 0), (4, 1, 1)),
        ),
        (
            "The future mechanism should decide by majority vote.",
            ((4, 24, 1), (19, 19, 4), (8, 10, 2), (7, 15, 3), (3, 9, 1), (0, 6, 0)),
        ),
    ),
    notes=(
        (
            "Orlanda has nominated two contacts for the directory since May 2024. "
            "Its hospitals reported fourteen ransomware attacks last year. "
            "The ministry follows paragraph 13 of A/70/174."
        ),
        (
            "The League counted 212 attacks on water works in 2026. "
            "Victims wait six months for a reply. "
            "Resolution A/RES/75/240 created the working group."
        ),
        (
            "Castellan patches critical flaws within eleven days on average. "
            "Small suppliers cannot run a bounty programme. "
            "One report in eight is a false alarm."
        ),
        (
            "Responders from thirty-eight teams exercised together in Port Amara. "
            "Only 61 per cent of the contacts answered the ping test of 3 March 2027. "
            "Paragraph 44 of A/77/275 describes the directory."
        ),
        (
            "Attribution takes nine weeks on average. "
            "Seventeen States have published a position on international law. "
            "Paragraph 71 of A/76/135 leaves the question of countermeasures open."
        ),
        (
            "The Office has trained 1,250 officials from fifty-three States since 2022. "
            "Women hold a third of the places. "
            "Its report A/79/214 asks in paragraph 27 for stable funding."
        ),
        (
            "Kestria will host the regional centre from 2028. "
            "Paragraph 55 of A/80/257 sets out the modalities of the future mechanism. "
            "Consensus protects small States."
        ),
        (
            "Researchers in four countries were sued in 2025. "
            "Safe harbour clauses cost nothing. "
            "The model clause follows ISO/IEC 29147."
        ),
        (
            "Meridian runs nine data centres under a common emergency plan. "
            "Its customers lost 4.2 million dollars to one unpatched router. "
            "Disclosure without a patch helps the attacker."
        ),
    ),
    lines=(
        "A hospital is not a battlefield, and neither is its server.",
        "A norm that nobody enforces is a wish with a paragraph number.",
        "We can patch in a week what a lawyer will debate for a year.",
        "When the phone number in the directory is dead, so is the norm.",
        "International law did not stop at the router; our courage did.",
        "You cannot build confidence with a training that ends on Friday.",
        "A vote may win the room and lose the world.",
        "Punish the messenger, and the next bug will be sold in silence.",
        "Every secret flaw is a loan that somebody else repays.",
    ),
    questions=(
        ("Who updates the directory after an election?", 0, "answered", 38),
        ("Are submarine cables covered by the norms?", 3, "answered", 52),
        ("What happens when a State denies an attack?", 1, "", 47),
        ("Can a small company join the mechanism?", 2, "written", 19),
        ("Does paragraph 9 of A/RES/79/237 bind private companies?", 4, "written", 11),
        ("How is the trust fund audited?", 5, "answered", 8),
        ("Will the contacts be reachable at weekends?", 3, "", 26),
        ("Is ransomware a use of force?", 4, "", 33),
        ("When will the model clause be translated?", 1, "answered", 6),
        ("Which countries still lack a response team?", 0, "written", 24),
        ("May a researcher publish when the vendor stays silent?", 1, "put", 41),
        ("Who protects election software?", 1, "withdrawn", 3),
        ("Do hospitals have to report attacks?", 2, "answered", 15),
        ("Are cables under the sea protected?", 3, "merged", 4),
        ("Why was the side event closed to the press?", 1, "", 9),
        ("How many women lead a national delegation?", 5, "answered", 12),
    ),
    commitments=(
        ("Ministry of Digital Affairs of Orlanda", "publish its vulnerability disclosure policy", "2027-12-31", "open"),
        ("Castellan Systems", "open a safe harbour for researchers", "2027-10-15", "done"),
        ("Office for Peaceful Networks", "train two hundred contacts in the smallest States", "2028-06-30", "open"),
        ("Institute for Digital Order", "publish a commentary on paragraph 29 of A/75/816", "2028-02-01", "open"),
        ("Network of Incident Responders", "run a ping test in every region", "2027-11-20", "done"),
    ),
    decision="The Friends of the Directory are asked to propose a common template for contacts by 30 April 2028.",
    concern="The funding of capacity-building after 2030 remains unresolved.",
    merged_into=1,
)

made, cases = labelled_set(STORY, "harbour.txt")
