"""The data of a session in JSON."""

from __future__ import annotations

import msgspec

from acquis.web.api.session_data import PART, SessionData, encoded


def data(questions: int) -> SessionData:
    facts = {"fate": "approved", "support": 3, "to": 0, "merged_into": 0, "reason": ""}
    begun = {"opened_at": 1, "closed_at": 0, "segment": 0, "rehearsal": False, "voices": 0, "queue": []}
    more = {"counters_ms": {"room": 1}, "statements": [], "reports": 0, "programme": {}}
    asked = [{"entry": n, "text": f"Who pays for {n}?", **facts} for n in range(questions)]
    named = {"id": "s", "title": "Norms", "phase": "open", "seq": 1, "head": "00"}
    return msgspec.convert({**named, **begun, **more, "questions": asked}, SessionData)


def test_what_is_encoded_in_parts_is_the_same_json() -> None:
    for questions in (0, 1, PART, 2 * PART + 1):
        assert encoded(data(questions)) == msgspec.json.encode(data(questions))
