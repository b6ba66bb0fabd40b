"""A further invented session, about night trains across a strait, for the labelled set in `strait.txt`. It has five
groups, a vote that is nearly even, groups of which no majority takes a side, and a commitment of each kind."""

from __future__ import annotations

from benchmarks.claims.told import Story, labelled_set

STORY = Story(
    title="Night trains across the Strait of Vell",
    t0=1804600800000,
    starts="2027-03-09T14:00:00+00:00",
    ends="2027-03-09T16:00:00+00:00",
    groups=("Ministries", "Passengers", "Carriers", "Unions", "Researchers"),
    joined=(14, 40, 16, 18, 9),
    others=6,
    voters=91,
    seats=(
        ("Helena Brandt", "Northern Rail Agency", "Ministries"),
        ("Yusuf Adeyemi", "Night Travellers' League", "Passengers"),
        ("Chiara Bellini", "Stella Sleepers", "Carriers"),
        ("Oskar Lindqvist", "Federation of Train Crews", "Unions"),
        ("Mei-Ling Zhou", "Institute of Slow Travel", "Researchers"),
        ("Piet van den Berg", "Ministry of Transport of Vell", "Ministries"),
        ("Amara Nwosu", "Parents on Rails", "Passengers"),
        ("Luis Ferreira-Pinto", "Iberline", "Carriers"),
    ),
    statements=(
        (
            "Every capital in the region should have a night train by 2032.",
            ((8, 4, 1), (33, 2, 2), (5, 9, 1), (15, 1, 1), (7, 1, 0)),
        ),
        ("Track charges at night should be waived.", ((3, 9, 1), (28, 3, 5), (15, 0, 0), (6, 8, 3), (4, 4, 0))),
        ("One ticket should cover the whole journey.", ((13, 0, 0), (37, 0, 0), (14, 0, 1), (17, 0, 0), (8, 0, 0))),
        (
            "Airlines should pay for the lost luggage of rail passengers.",
            ((2, 10, 1), (9, 24, 3), (3, 11, 0), (2, 13, 1), (1, 7, 0)),
        ),
        ("Sleeping cars may run without a conductor.", ((6, 6, 1), (12, 21, 3), (11, 3, 1), (0, 17, 0), (3, 4, 1))),
        ("Fares should be public six months ahead.", ((11, 1, 1), (36, 1, 0), (3, 12, 0), (14, 2, 1), (8, 0, 0))),
        (
            "A levy on short flights should pay for new sleeping cars.",
            ((7, 5, 1), (25, 9, 2), (13, 2, 0), (9, 8, 0), (7, 1, 0)),
        ),
        ("Dogs should travel free of charge.", ((4, 7, 2), (17, 17, 2), (6, 8, 1), (9, 6, 2), (3, 4, 1))),
    ),
    notes=(
        (
            "The agency has opened eleven border stations at night since 2024. "
            "Delays of more than an hour have fallen by a third. "
            "It keeps three tracks free for repairs."
        ),
        (
            "Two passengers in five never learn why a train stands still. "
            "A complaint takes ninety days to be answered. "
            "Bunks for children cost as much as a hotel."
        ),
        (
            "Stella Sleepers will order sixty new cars by 2029. "
            "Water for the showers is taken on at every second stop. "
            "A car earns its price in seventeen years."
        ),
        (
            "Crews sleep less than four hours on the line to the coast. "
            "Paragraph 12 of A/RES/76/294 limits the night shift. "
            "Uniforms are no protection against violence."
        ),
        (
            "Most travellers would pay ten euros more for a quiet compartment. "
            "Paragraph 33 of A/78/312 asks for comparable statistics. "
            "The carbon of a night train is a fifth of that of a plane."
        ),
        (
            "Vell has put forty million into its harbour station. "
            "The ministry wants a common timetable by June. "
            "Border checks on board save half an hour."
        ),
        (
            "Families book seven months ahead and still sit apart. "
            "Toilets for wheelchairs are missing in every older car."
        ),
        "Iberline lost four drivers in ten to freight. Spare parts come from one workshop in the whole region.",
    ),
    lines=(
        "A border that closes at midnight is a wall with a timetable.",
        "We are not cargo that complains.",
        "If the bed is narrow, the ticket must be cheap.",
        "You cannot drive safely on coffee and promises.",
        "Nobody counts the passengers who stayed at home.",
        "We will not build a station for trains that never come.",
        "My daughter thinks that trains are made of waiting.",
        "A locomotive without a driver is a very heavy sculpture.",
    ),
    questions=(
        ("Who pays when a connection is missed?", 1, "answered", 44),
        ("How many sleeping cars are out of service?", 4, "written", 7),
        ("Will there be a women-only compartment?", 1, "", 29),
        ("When does the line to the coast reopen?", 0, "answered", 12),
        ("Why are bicycles refused on Fridays?", 1, "", 35),
        ("Can a ticket be returned within a day?", 2, "answered", 5),
        ("Who cleans the cars at the border?", 3, "written", 16),
        ("Are the drivers paid for waiting?", 3, "answered", 23),
        ("What happens to the old station of Marn?", 0, "withdrawn", 2),
        ("Is the levy counted twice for children?", 4, "written", 3),
        ("How loud may an announcement be at night?", 1, "", 18),
        ("Which stations lose their ticket office?", 3, "answered", 9),
    ),
    commitments=(
        ("Northern Rail Agency", "publish the causes of all delays every week", "2027-10-01", "open"),
        ("Stella Sleepers", "fit every car with a place for a wheelchair", "2028-03-31", "done"),
        ("Iberline", "open a second workshop for spare parts", "2029-06-30", "open"),
    ),
    decision="The task force on tickets is asked to present a common booking system by 15 September 2027.",
    concern="The pay of crews for waiting time remains unresolved.",
)

made, cases = labelled_set(STORY, "strait.txt")
