"""During: the session runs, in the room and online at once, through one queue."""

from acquis.floor import people, questions, queue, references, segments, speech, statements, turns

COMMANDS = (
    *segments.COMMANDS,
    *people.COMMANDS,
    *queue.COMMANDS,
    *turns.COMMANDS,
    *speech.COMMANDS,
    *questions.COMMANDS,
    *statements.COMMANDS,
    *references.COMMANDS,
)
