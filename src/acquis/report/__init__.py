"""After: key takeaways and a call to action, each sentence on evidence, in every form they leave in."""

from acquis.report import confirming, desk, erasing, takeaways

__all__ = ["confirming", "desk", "erasing", "takeaways"]
