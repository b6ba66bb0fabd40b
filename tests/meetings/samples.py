"""A report of each form, as the meeting programs write it."""

from __future__ import annotations

ZOOM_ATTENDANCE = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Harbour workshop,06/01/2025 10:00:00 AM,06/01/2025 11:30:00 AM,o@example.org,90,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Ama Example,a@example.org,06/01/2025 10:00:12 AM,06/01/2025 10:30:00 AM,30,No,
Ama Example (phone),a@example.org,06/01/2025 10:31:00 AM,06/01/2025 11:30:00 AM,59,No,
Ben Muster (Ben),,06/01/2025 10:02:00 AM,06/01/2025 11:10:00 AM,68,Yes,
Otter Notetaker,,06/01/2025 10:02:00 AM,06/01/2025 11:10:00 AM,68,Yes,
"""
ZOOM_WEBINAR = """Attendee Report
Attended,User Name (Original Name),First Name,Last Name,Email,Join Time,Leave Time,Time in Session (minutes)
Yes,Ama Example,Ama,Example,a@example.org,06/01/2025 10:00:12 AM,06/01/2025 11:30:00 AM,90
No,Ben Muster,Ben,Muster,b@example.org,--,--,--
"""
TEAMS = """1. Summary
Meeting title\tHarbour workshop
Attended participants\t2

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ama Example\t6/1/25, 10:00:12 AM\t6/1/25, 11:30:00 AM\t1h 29m 48s\ta@example.org\ta@example.org\tPresenter
Zoë Muster\t6/1/25, 10:02:00 AM\t6/1/25, 11:10:00 AM\t1h 8m\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ama Example\t6/1/25, 10:00:12 AM\t6/1/25, 11:30:00 AM\t1h 29m 48s\ta@example.org\tPresenter
"""
TEAMS_2021 = """Meeting Summary
Total Number of Participants\t1

Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)
Ama Example\t6/1/2021, 10:00:12 AM\t6/1/2021, 11:30:00 AM\t1h 29m\ta@example.org\tOrganizer\ta@example.org
"""
WEBEX = """Meeting Name\tDisplay Name\tRole\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type
Harbour\tAma Example\tHost\ta@example.org\t2025-06-01 10:00:12\t2025-06-01 11:30:00\t90 mins\tDesktop app
"""
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
Ama,Example,a@example.org,1 hr 30 min,10:00 AM,11:30 AM
"""
ZOOM_QUESTIONS = """Q&A Report
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Question
Harbour,812 3456 7890,06/01/2025 10:00,90,2
Question Details
#,Question,Asker Name,Asker Email,Answer(s)
1,"Who pays for lamps?",Ben Muster,b@example.org,"live answered"
2,"Is the norm binding?",Anonymous Attendee,,"No, it is voluntary."
,,,,"See the report of 2015."
3,"What comes next?",Anonymous Attendee,,
"""
TEAMS_QUESTIONS = """Source,Type,Conversation Id,Identity,Content,Timestamp,Upvotes
Attendee,Question,77,Ben Muster,Who pays for lamps?,2025-06-01T10:20:11Z,4
Organizer,Response,77,Ama Example,The harbour does.,2025-06-01T10:25:00Z,0
"""
SLIDO = """Question,Author,Score,Answered,Highlighted,Date
"Who pays for lamps?",Anonymous,14,Yes,No,2025-06-01 10:20:11
"""
MENTIMETER = "Question,Upvotes,Answered\nWho pays for lamps?,3,No\n"
ZOOM_POLLS = """Poll Report
Report Generated:,06/02/2025 08:00
#,User Name,User Email,Submitted Date/Time,Question,Answer
1,Ama Example,a@example.org,06/01/2025 10:20,"Keep norm J?","Agree"
2,Ben Muster,b@example.org,06/01/2025 10:21,"Keep norm J?","Disagree",Which parts?,"First;Second"
"""
SLIDO_POLLS = "Poll,Option,Votes\nKeep norm J?,Agree,12\nKeep norm J?,Disagree,3\n"
SAMPLES = {
    "zoom-attendance": ZOOM_ATTENDANCE,
    "teams-attendance": TEAMS,
    "teams-attendance-2021": TEAMS_2021,
    "webex-attendance": WEBEX,
    "meet-attendance": MEET,
    "zoom-questions": ZOOM_QUESTIONS,
    "teams-questions": TEAMS_QUESTIONS,
    "slido-questions": SLIDO,
    "mentimeter-questions": MENTIMETER,
    "zoom-polls": ZOOM_POLLS,
    "slido-polls": SLIDO_POLLS,
}
ZOOM_CHAT = """10:20:11 From Ama Example to Everyone:
\tWho pays for lamps?
10:21:00 From Ben Muster to Everyone:
\tHand up
10:22:00 From Ben Muster to Ama Example (direct message):
\tPrivate words.
10:23:00 From Zo\u00eb to Everyone:
\tThank you:
\tvery clear.
"""
MEET_CHAT = "00:01:02.000,00:01:05.000\nAma Example: Who pays for lamps?\n\n00:02:00.000,00:02:03.000\nBen: q+\n"
