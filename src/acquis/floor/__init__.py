"""During: the session runs, in the room and online at once, through one queue."""

from acquis.floor import people, questions, queue, references, segments, speech, statements, turns

__all__ = ["people", "questions", "queue", "references", "segments", "speech", "statements", "turns"]
