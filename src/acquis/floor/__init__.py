"""The running session, for people in the room and online, with one list of speakers."""

from acquis.floor import (
    amending,
    contributions,
    fates,
    meetings,
    moderation,
    people,
    questions,
    queue,
    references,
    registration,
    segments,
    speech,
    statements,
    team,
    turns,
    undoing,
)

COMMANDS = (
    *segments.COMMANDS,
    *people.COMMANDS,
    *registration.COMMANDS,
    *queue.COMMANDS,
    *turns.COMMANDS,
    *speech.COMMANDS,
    *questions.COMMANDS,
    *contributions.COMMANDS,
    *fates.COMMANDS,
    *meetings.COMMANDS,
    *statements.COMMANDS,
    *references.COMMANDS,
    *moderation.COMMANDS,
    *amending.COMMANDS,
    *team.COMMANDS,
    *undoing.COMMANDS,
)
