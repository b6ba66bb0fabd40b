"""During: the session runs, in the room and online at once, through one queue."""

from acquis.floor import own_words, people, questions, queue, references, segments, speech, statements

__all__ = ["own_words", "people", "questions", "queue", "references", "segments", "speech", "statements"]
