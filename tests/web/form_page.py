"""A page as a person fills it in: its forms with their controls, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.markup import MarkupReader


class Control:
    """A control of a form: its kind, its attributes and what stands in it."""

    def __init__(self, tag: str, given: dict[str, str]) -> None:
        self.kind = given.get("type", "text") if tag == "input" else tag
        self.given, self.name, self.value = given, given.get("name", ""), given.get("value", "")
        self.options: list[str] = []


class Page(MarkupReader):
    """The forms of a page with their controls, the text of each element that has an id, and the links of the alert."""

    def __init__(self, html: str) -> None:
        self.forms: list[tuple[dict[str, str], list[Control]]] = []
        self.texts: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self._named: list[tuple[str, str]] = []  # those of the open elements that have an id, or lead to one
        self._area: Control | None = None
        self._last: Control | None = None
        self._outside: list[Control] = []
        self._hidden: list[bool] = [False]
        self._within = 0
        self.feed(html)
        for given, controls in self.forms:
            controls += [control for control in self._outside if control.given["form"] == given.get("id")]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        given = dict(attributes)
        named = given.get("id") or (given.get("href", "") if tag == "a" else "")
        self._open.append((tag, named))
        self._named += [(tag, named)] if named else []
        self._hidden.append(self._hidden[-1] or "hidden" in given)
        if tag == "form":
            self._within += 1
            self.forms.append((given | ({"unseen": "1"} if self._hidden[-1] else {}), []))
        elif tag in ("input", "textarea", "select", "button"):
            control = self._last = Control(tag, given)
            self._outside += [control] if "form" in given else []
            if "form" not in given and self._within:
                self.forms[-1][1].append(control)
            self._area = control if tag == "textarea" else None
        elif tag == "option" and self._last:
            select = self._last
            select.options.append(given.get("value", ""))
            if "selected" in given or len(select.options) == 1:
                select.value = select.options[-1]

    def end(self, tag: str) -> None:
        if self._open.pop()[1]:
            self._named.pop()
        self._hidden.pop()
        self._within -= tag == "form"
        if tag == "textarea" and self._area:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None

    def data(self, text: str) -> None:
        if self._area:
            self._area.value += text
        for tag, named in self._named:
            if tag == "a" and named.startswith("#"):
                self.links[named[1:]] = self.links.get(named[1:], "") + text
            else:
                self.texts[named] = self.texts.get(named, "") + text

    def sent_by(self, sent: dict[str, str], wrong: str = "") -> list[Control]:
        """The controls of the form that sends these hidden fields. Raises StopIteration if there is none."""
        for _, controls in self.forms:
            if wrong and wrong not in {control.name for control in controls}:
                continue
            fixed = {c.name: c.value for c in controls if c.kind == "hidden" and c.name not in ("key", "page", "base")}
            names = {control.name for control in controls}
            if sent.keys() - {"key", "page"} <= names and all(sent.get(name) == value for name, value in fixed.items()):
                return controls
        raise StopIteration(sent)
