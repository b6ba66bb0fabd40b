"""A further invented session, a national youth and civil-society forum on artificial intelligence in schools and public
services, for the labelled set in `orchard.txt`. People and bodies are invented. It has six groups of very different
sizes, a statement without a vote against and one with exactly one, a tie in one group, document symbols of several
kinds, every fate of a question and every status of a commitment."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Artificial intelligence in schools and public services: a national forum",
    t0=1808384400000,
    starts="2027-04-22T09:00:00+00:00",
    ends="2027-04-22T12:00:00+00:00",
    groups=(
        "Public Administration",
        "Teaching Profession",
        "Youth",
        "Civil Society",
        "Technology Companies",
        "Research",
    ),
    joined=(30, 44, 58, 37, 15, 11),
    others=7,
    voters=178,
    seats=(
        ("Leïla Benhaddou", "Ministry of Learning", "Public Administration"),
        ("Jonas Achterberg", "Union of Classroom Teachers", "Teaching Profession"),
        ("Nia Oyelaran", "National Pupils' Council", "Youth"),
        ("Sofia Marchetti-Ruiz", "Digital Rights Circle", "Civil Society"),
        ("Kwame D. Asante", "Brightleaf Learning", "Technology Companies"),
        ("Yuki Hanazawa", "Orchard Institute for Data and Society", "Research"),
        ("Pádraig O'Sullivan", "Agency for Public Services", "Public Administration"),
        ("Mirela Stoica", "Parents for Privacy", "Civil Society"),
        ("Tariq al-Masri", "Young Coders' Network", "Youth"),
    ),
    statements=(
        (
            "Pupils should learn how artificial intelligence works before they are graded with it.",
            ((19, 5, 2), (35, 3, 1), (41, 8, 3), (29, 2, 2), (9, 4, 1), (8, 1, 1)),
        ),
        (
            "No decision about a child may be taken by a machine alone.",
            ((25, 0, 0), (40, 0, 0), (51, 0, 0), (34, 0, 0), (13, 0, 0), (10, 0, 0)),
        ),
        (
            "Public bodies should keep a public register of the algorithms that they use.",
            ((24, 1, 0), (38, 0, 0), (50, 0, 0), (35, 0, 0), (14, 0, 0), (11, 0, 0)),
        ),
        (
            "Homework may be written with the help of a chatbot.",
            ((10, 14, 0), (11, 28, 0), (39, 13, 0), (14, 19, 0), (11, 3, 0), (4, 6, 0)),
        ),
        (
            "Cameras may measure the attention of pupils in class.",
            ((4, 20, 1), (3, 35, 2), (2, 49, 1), (0, 34, 0), (5, 8, 1), (1, 9, 0)),
        ),
        (
            "A levy on learning software should pay for free textbooks.",
            ((12, 12, 1), (27, 9, 3), (30, 18, 4), (26, 5, 2), (1, 13, 0), (3, 6, 1)),
        ),
        (
            "The state should train its own language model.",
            ((15, 9, 0), (14, 23, 2), (20, 28, 3), (11, 20, 2), (4, 9, 1), (7, 2, 1)),
        ),
        (
            "Every office should keep a counter with a human being.",
            ((9, 15, 1), (34, 5, 0), (38, 12, 2), (33, 0, 1), (8, 5, 1), (8, 2, 0)),
        ),
        (
            "Schools should delete the data of a pupil within thirty days after graduation.",
            ((17, 7, 0), (30, 10, 0), (45, 5, 0), (31, 2, 0), (5, 9, 0), (6, 4, 0)),
        ),
    ),
    notes=(
        (
            "The ministry tested reading tutors in 64 schools from September 2025 to June 2026. "
            "Reading scores rose by nine per cent in the first year. "
            "Paragraph 17 of CRC/C/GC/25 obliges it to consult children."
        ),
        (
            "Teachers spend five hours a week on checking machine feedback. "
            "Only one teacher in six has had any training. "
            "The union signed the agreement on grading software on 3 February 2027. "
            "It follows recommendation 9 of EDU/WKP(2024)11."
        ),
        (
            "The council asked 4,200 pupils between 12 and 18. "
            "Seventy-one per cent use a chatbot every week. "
            "It wants two seats on the supervisory board, as section 5 of the Schools Act of 2019 allows."
        ),
        (
            "The circle found 23 undeclared algorithms in welfare offices. "
            "Article 12 of the National Data Act of 2024 grants a right to an explanation. "
            "It lodged a complaint on 30 November 2026."
        ),
        (
            "Brightleaf Learning deletes voice recordings after 14 days. "
            "Its software costs eight euros for each pupil and year. "
            "Small firms cannot pay for three audits. "
            "The company works under clause 8.4 of ISO/IEC 42001."
        ),
        (
            "The institute compared eighteen grading tools. "
            "Eleven of them gave lower marks to pupils who write in a second language. "
            "Section 1.3 of OECD/LEGAL/0449 asks for transparency."
        ),
        (
            "The agency answers 40,000 letters a month with a language model. "
            "One letter in twenty is corrected by hand. "
            "It applies paragraph 6 of A/RES/78/265."
        ),
        (
            "Parents learn of new software from their children. "
            "Consent forms are eleven pages long. "
            "The association won its case before the Court of Orlen on 12 May 2026."
        ),
        (
            "The network teaches programming in nineteen villages. "
            "Half of its trainers are under twenty. "
            "It wants the source code of public software to be open by 2029. "
            "Paragraph 33 of A/HRC/51/17 warns of secret scoring."
        ),
    ),
    lines=(
        "A tutor that cannot be questioned is not a teacher.",
        "I did not study for five years to supervise a photocopier that talks.",
        "You are writing rules for a school that you left thirty years ago.",
        "A secret algorithm is a law without a parliament.",
        "If you forbid our tool, the pupils will use a worse one.",
        "Accuracy for the average child is unfairness for the child at the edge.",
        "A quick wrong letter is slower than a late right one.",
        "My son's mistakes should be forgotten before he is a grown man.",
        "Give us the code and we will find the errors for free.",
    ),
    questions=(
        ("Who is liable when a grading tool is wrong?", 2, "answered", 52),
        ("How much does the reading tutor cost?", 3, "written", 17),
        ("Will pupils be able to opt out of the pilot?", 2, "", 47),
        ("Which data leave the country?", 3, "answered", 33),
        ("Are teachers paid for the extra hours?", 1, "", 38),
        ("When does the register of algorithms go online?", 3, "answered", 26),
        ("Does the tutor understand dialects?", 5, "written", 8),
        ("Can a village school buy the software jointly with others?", 0, "answered", 6),
        ("Why are the audit reports secret?", 3, "", 41),
        ("Who chose the firms for the pilot?", 1, "written", 21),
        ("Is there a helpline for wrong letters?", 2, "put", 14),
        ("May a robot supervise an examination?", 4, "withdrawn", 1),
        ("How old must a child be to have an account?", 2, "answered", 29),
        ("Is the tutor expensive?", 1, "merged", 3),
    ),
    commitments=(
        ("Ministry of Learning", "publish the evaluation of the reading tutors", "2027-09-30", "in_progress"),
        ("Agency for Public Services", "put the register of algorithms online", "2027-12-15", "accepted"),
        ("Brightleaf Learning", "let outsiders audit its grading tool", "2028-02-29", "declined"),
        ("Digital Rights Circle", "translate its guide to complaints into five languages", "2027-07-31", "done"),
        ("Union of Classroom Teachers", "draft a code of conduct for grading", "2027-11-20", "open"),
        ("Young Coders' Network", "host a summer camp for girls", "2027-08-14", "dropped"),
    ),
    decision="The task force on school software is asked to draft minimum rules for contracts by 15 January 2028.",
    concern="The cost of training for teachers stays unsettled.",
    merged_into=1,
)

made, cases = labelled_set(STORY, "orchard.txt")
