"""After: key takeaways and a call to action, each sentence on evidence, and every form in which they leave the house."""

from acquis.report import erasing, takeaways

__all__ = ["erasing", "takeaways"]
