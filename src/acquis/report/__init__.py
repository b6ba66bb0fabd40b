"""After: key takeaways and a call to action, each sentence on evidence, in every form they leave in."""

from acquis.report import erasing, takeaways

__all__ = ["erasing", "takeaways"]
