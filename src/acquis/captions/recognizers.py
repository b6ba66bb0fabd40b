"""Reads the JSON of services that recognize speech and keep the words apart from who spoke them, or deep inside of
lists of alternatives (Amazon Transcribe, Google Speech-to-Text, Azure Speech, the captions of YouTube), as segments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

_PARTS = ("results", "recognizedPhrases", "events")
"""The fields with the segments."""
_TICKS = 10_000_000
"""Ticks of a second in the times of Azure."""


class AmazonWord(msgspec.Struct):
    """A word or a sign of Amazon Transcribe; signs have no times."""

    alternatives: list[dict[str, Any]]
    type: str = ""
    start_time: str = ""
    end_time: str = ""
    speaker_label: str = ""


def nested_segments(data: Any) -> list[dict[str, Any]]:
    """The segments of such a file, with the fields text, speaker, start and end; none if it is of another form."""
    if not isinstance(data, dict):
        return []
    try:
        return [segment for segment in _read(data) if segment["text"].strip()]
    except (msgspec.ValidationError, AttributeError, KeyError, TypeError, ValueError):
        return []


def other_fields(data: Any) -> Any:
    """What a file of such a form has beside its segments; all of any other."""
    if not nested_segments(data):
        return data
    return {key: value for key, value in data.items() if key not in _PARTS}


def _read(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    results = data.get("results")
    if isinstance(results, dict) and isinstance(results.get("items"), list):
        yield from _amazon(results)
    elif isinstance(results, list):
        for result in results:
            best = result["alternatives"][0]
            yield {"text": best["transcript"], "end": str(result.get("resultEndTime", "")).rstrip("s")}
    elif isinstance(phrases := data.get("recognizedPhrases"), list):
        for phrase in phrases:
            starts, lasts = phrase.get("offsetInTicks", 0), phrase.get("durationInTicks", 0)
            yield {
                "text": phrase["nBest"][0]["display"],
                "speaker": phrase.get("speaker"),
                "start": starts / _TICKS,
                "end": (starts + lasts) / _TICKS,
            }
    elif isinstance(events := data.get("events"), list):
        for event in events:
            at = event["tStartMs"] / 1000
            text = "".join(part["utf8"] for part in event.get("segs", ()))
            yield {"text": text, "start": at, "end": at + event.get("dDurationMs", 0) / 1000}


def _amazon(results: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One segment for each run of words of one speaker."""
    labels = results.get("speaker_labels") or {}
    speakers = {
        word["start_time"]: word.get("speaker_label", part.get("speaker_label", ""))
        for part in labels.get("segments", ())
        for word in part.get("items", ())
    }
    now: dict[str, Any] | None = None
    for word in msgspec.convert(results["items"], list[AmazonWord]):
        text = word.alternatives[0]["content"]
        if word.type == "punctuation" and now:
            now["text"] += text
            continue
        speaker = word.speaker_label or speakers.get(word.start_time, "")
        if now is None or speaker != now["speaker"]:
            if now:
                yield now
            now = {"text": text, "speaker": speaker, "start": word.start_time, "end": word.end_time}
        else:
            now |= {"text": f"{now['text']} {text}", "end": word.end_time}
    if now:
        yield now
