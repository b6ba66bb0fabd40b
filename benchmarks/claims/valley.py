"""Another invented session, about public transport without barriers in a valley, for the labelled set that was made
without knowledge of the rules of the checker (`independent.txt`). Unlike the first session it has ties, a group of six
people, names with particles and initials, interventions of several sentences, and every fate of a question."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Travel without barriers in the Aller valley",
    t0=1791986400000,
    starts="2026-10-14T14:00:00+00:00",
    ends="2026-10-14T16:00:00+00:00",
    groups=("Local Government", "Disability Organizations", "Operators", "Academia"),
    joined=(20, 31, 12, 6),
    others=5,
    voters=68,
    seats=(
        ("Marijke van der Velde", "Aller Transit Authority", "Local Government"),
        ("J. P. Okonkwo", "Blind Travellers' Union", "Disability Organizations"),
        ("Rosa de la Cruz", "Valley Rail Company", "Operators"),
        ("Ingrid Sørensen", "Institute for Inclusive Design", "Academia"),
        ("Ahmed al-Rashid", "City of Brennau", "Local Government"),
        ("Tomasz Wójcik", "Deaf Forum", "Disability Organizations"),
        ("Sunita Rao", "Greenline Buses", "Operators"),
        ("K. Lindqvist", "University of Aller", "Academia"),
    ),
    statements=(
        (
            "Every stop in the valley should announce departures aloud by 2028.",
            ((14, 4, 2), (27, 1, 1), (6, 6, 0), (5, 0, 1)),
        ),
        (
            "Operators should open their live departure data to everybody.",
            ((6, 11, 2), (21, 6, 2), (1, 11, 0), (3, 3, 0)),
        ),
        ("Nobody should have to book assistance a day ahead.", ((19, 0, 0), (29, 0, 0), (12, 0, 0), (6, 0, 0))),
        ("Part of the fuel tax should pay for ramps and lifts.", ((16, 3, 1), (24, 4, 1), (2, 10, 0), (1, 5, 0))),
        ("Facial recognition may replace paper tickets at the gates.", ((5, 13, 2), (2, 26, 1), (7, 5, 0), (0, 6, 0))),
        ("Timetables should be printed in easy language.", ((19, 1, 0), (29, 0, 1), (12, 0, 0), (6, 0, 0))),
    ),
    notes=(
        (
            "The authority has fitted loudspeakers at forty stops since March. "
            "Broken lifts are its most frequent complaint. "
            "It wants one number to call in the whole valley."
        ),
        (
            "Guide dogs are still refused on night buses. "
            "Tactile paving ends where the municipal boundary begins. "
            "Booking ahead is a permit to travel."
        ),
        (
            "New trains have level boarding at every door. "
            "Replacing the old fleet will take until 2034. "
            "Ticket machines with keyboards are on trial at three stations."
        ),
        (
            "Testing with users halves the number of later repairs. "
            "Paragraph 24 of CRPD/C/GC/2 asks for universal design from the start. "
            "Standards for signs differ between the five districts."
        ),
        (
            "The council put aside two million for kerbs. "
            "It follows paragraph 9 of A/RES/75/154. "
            "Snow clearing of ramps has no owner."
        ),
        "Delays are announced only by sound. Video interpreters could serve every help point from one office.",
        "Small operators cannot afford two data formats. Drivers leave because of the rosters.",
        (
            "Anxiety about transfers keeps people at home. "
            "Older riders prefer staff to apps, as A/74/186 found in paragraph 41."
        ),
    ),
    lines=(
        "A lift that is out of order for a week is a week of house arrest.",
        "We do not want special buses; we want the same bus at the same time.",
        "Our drivers are trained for eleven minutes on ramps, and it shows.",
        "Colour contrast costs nothing if you think of it before you print.",
        "The city will not buy another vehicle that a wheelchair cannot enter.",
        "When the loudspeaker says run, nobody tells the deaf passenger which way.",
        "Open data without maintenance is a museum of old timetables.",
        "Four of ten journeys that we studied were given up before they began.",
    ),
    questions=(
        ("Who repairs a lift when the owner is bankrupt?", 1, "answered", 31),
        ("How many guide dogs were refused last year?", 1, "written", 9),
        ("Will the app work without a smartphone?", 3, "", 4),
        ("When do the night buses get ramps?", 1, "answered", 27),
        ("Is the fuel tax enough for forty lifts?", 0, "answered", 12),
        ("Why do the ferries have no audible signal?", 1, "", 18),
        ("Which stops are next on the list?", 0, "answered", 6),
        ("Who checks the training of the drivers?", 3, "written", 3),
        ("Can a child with a wheelchair use the school bus?", 1, "", 22),
        ("What does a tactile map cost?", 0, "answered", 5),
        ("Are the help points staffed at night?", 1, "put", 14),
        ("May scooters be parked on guiding lines?", 3, "withdrawn", 1),
        ("How are complaints passed to the operators?", 0, "answered", 8),
        ("Does the new law cover private coaches?", 1, "written", 11),
        ("Do night buses take wheelchairs?", 1, "merged", 2),
    ),
    commitments=(
        ("Aller Transit Authority", "publish the state of all lifts every hour", "2027-05-31", "open"),
        ("Valley Rail Company", "train all conductors in assistance", "2027-09-15", "done"),
    ),
    decision="The working group on signs is asked to propose one standard for the five districts by 1 March 2027.",
    concern="The money for ramps and lifts stays open.",
    merged_into=3,
)

made, cases = labelled_set(STORY, "independent.txt")
