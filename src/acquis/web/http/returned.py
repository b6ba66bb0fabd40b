"""A form that was refused comes back: what was typed stands in it again, each error beside its field and in a summary.

This works on the rendered page and knows nothing of templates, so that it holds for every form of every page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from markupsafe import Markup, escape

from acquis.i18n import N_, say
from acquis.web.http.forms import attributes

Wrong = Sequence[tuple[str, str]]
"""What is wrong: the name of the field, empty for none, and the sentence of each error."""
Given = dict[str, str | None]
_VOID = frozenset({"input", "br", "hr", "img", "link", "meta", "source", "col", "wbr"})
_NOT_TYPED = frozenset({"hidden", "submit", "button", "image", "reset"})
"""Types of inputs whose value nobody types."""
_RENEWED = frozenset({"key", "page", "base", "was", "sure"})
"""Hidden inputs that differ each time a form is rendered, by the last part of their names."""
_TITLE, _THERE_IS = N_("Error: {title}"), N_("There is a problem")


@dataclass(slots=True, eq=False)
class PageElement:
    """An element of the page: its start tag and where that stands, where its content ends, and what encloses it."""

    tag: str
    attributes: Given
    start: int
    end: int
    inside: tuple[PageElement, ...] = ()
    close: int = -1
    options: list[PageElement] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; empty if there is none."""
        return self.attributes.get(name) or ""

    @property
    def kind(self) -> str:
        """The type of an input in which something can be typed or chosen, or the tag; empty for any other control."""
        kind = (self.get("type") or "text") if self.tag == "input" else self.tag
        return "" if kind in _NOT_TYPED else kind

    def wrapper(self) -> PageElement:
        """The label around the control or its cell in a table of fields; else the control itself."""
        around = (box for box in self.inside if box.tag == "label" or "cell" in box.get("class").split())
        return next(around, self)

    def nearest(self, tag: str) -> PageElement | None:
        """The innermost element of a tag around this one."""
        return next((box for box in reversed(self.inside) if box.tag == tag), None)


class _FormsOfPage(HTMLParser):
    """Finds the forms of a page with their controls, its title and its main part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open: list[PageElement] = []
        self.forms: list[PageElement] = []
        self.controls: list[PageElement] = []
        self._within: dict[int, list[PageElement]] = {}
        self._named: dict[str, list[PageElement]] = {}
        self.legends: dict[int, int] = {}
        self.marks: dict[str, PageElement] = {}
        self.feed(html)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        element = PageElement(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""), tuple(self._open))
        if tag in ("title", "main"):
            self.marks.setdefault(tag, element)
        elif tag == "form":
            self.forms.append(element)
        elif tag == "option" and self.controls and self.controls[-1].tag == "select":
            self.controls[-1].options.append(element)
        elif tag in ("input", "select", "textarea", "button"):
            self._take(element)
        if tag not in _VOID:
            self._open.append(element)

    def _take(self, control: PageElement) -> None:
        """Keep a control with the form that it names, or with those around it."""
        self.controls.append(control)
        if name := control.get("form"):
            self._named.setdefault(name, []).append(control)
        else:
            for form in control.inside:
                if form.tag == "form":
                    self._within.setdefault(form.start, []).append(control)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A drawing closes its elements itself; none of them is a control."""

    def handle_endtag(self, tag: str) -> None:
        if all(element.tag != tag for element in reversed(self._open)):  # mostly it is the last one
            return
        while (element := self._open.pop()).tag != tag:
            pass
        element.close = self._at()
        if tag == "legend" and (around := element.nearest("fieldset")):
            self.legends[around.start] = element.close + len("</legend>")

    def of(self, form: PageElement) -> list[PageElement]:
        """The controls of a form in the order of the page, also those outside of it that name it."""
        own = [*self._within.get(form.start, ()), *self._named.get(form.get("id"), ())]
        return sorted(own, key=lambda control: control.start)


def returned(
    language: str,
    html: str,
    path: str,
    typed: Mapping[str, str],
    wrong: Wrong,
    lead: str = "",
    code: str = "",
) -> str:
    """A page in which the form that was sent to `path` with the fields `typed` is filled in, with its errors marked.

    lead: a sentence before what is wrong; code: that of the refusal, which the form then has in `data-refused`."""
    page = _FormsOfPage(html)
    form = _form_of(page, path, typed)
    edits = _PageEdits(html)
    lines: list[tuple[str, str]] = []
    if form is not None:
        edits.open_around(form)
        if code:
            edits.insert(form.end - 1, attributes({"data-refused": code}))
        controls = [control for control in page.of(form) if control.get("name")]
        for number, (name, sentence) in enumerate(wrong):
            control = next((c for c in controls if c.kind and c.get("name") == name), None)
            lines.append((edits.mark(page, control or form, f"error-{number}", sentence), sentence))
        for control in controls:
            edits.fill(control, typed)
    else:
        lines += [("", sentence) for _, sentence in wrong]
    main, title = page.marks.get("main"), page.marks.get("title")
    edits.insert(main.end if main else 0, _summary(language, lead, lines))
    if title is not None:
        named = say(language, _TITLE, title=unescape(html[title.end : title.close]))
        edits.replace(title.end, title.close, escape(named))
    return edits.made()


def _form_of(page: _FormsOfPage, path: str, typed: Mapping[str, str]) -> PageElement | None:
    """The form with which the fields were sent: of its address, with the same fixed ones, and with most of them."""
    known: list[tuple[int, int, PageElement]] = []
    for form in page.forms:
        controls = page.of(form)
        names = {control.get("name") for control in controls}
        targets = {form.get("action"), *(control.get("formaction") for control in controls)}
        fixed = (c for c in controls if c.get("type") == "hidden" and c.get("name").rpartition(".")[2] not in _RENEWED)
        pressed = [c.get("value") for c in controls if c.tag == "button" and c.get("name") == "do"]
        if (
            path in targets
            and all(typed.get(control.get("name")) == control.get("value") for control in fixed)
            and ("do" not in typed or not pressed or typed["do"] in pressed)
        ):
            known.append((len(typed.keys() - names), len(known), form))
    return min(known)[2] if known else None


def _summary(language: str, lead: str, lines: list[tuple[str, str]]) -> str:
    """What is wrong, at the top of the page, with a link to each field."""
    rows = [
        Markup('<li><a href="#{}" target="_self">{}</a></li>').format(target, sentence)
        if target
        else Markup("<li>{}</li>").format(sentence)
        for target, sentence in lines
    ]
    inner = Markup("").join(
        [
            Markup("<h2>{}</h2>").format(say(language, _THERE_IS)),
            Markup("<p>{}</p>").format(lead) if lead else "",
            Markup("<ul>{}</ul>").format(Markup("").join(rows)) if rows else "",
        ]
    )
    return Markup('<div class="problem" tabindex="-1" autofocus><div role="alert">{}</div></div>').format(inner)


class _PageEdits:
    """Changes of a text at positions that do not move while they are collected."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marked: dict[int, dict[str, str | bool]] = {}
        self._edits: list[tuple[int, int, str]] = []
        self._opened: set[int] = set()

    def insert(self, at: int, text: str) -> None:
        self.replace(at, at, text)

    def replace(self, start: int, end: int, text: str) -> None:
        self._edits.append((start, end, str(text)))  # not as Markup, which would escape what it is added to

    def made(self) -> str:
        """The text with all changes."""
        text = self._text
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2], reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def open_around(self, element: PageElement) -> None:
        """Open the menus around an element, so that it is seen."""
        for box in element.inside:
            if box.tag == "details" and "open" not in box.attributes and box.start not in self._opened:
                self._opened.add(box.start)
                self.insert(box.end - 1, " open")

    def mark(self, page: _FormsOfPage, element: PageElement, id: str, sentence: str) -> str:
        """The sentence beside a control, which is marked as wrong, or at the top of a form. Returns the id to which the
        summary leads."""
        line = Markup('<span class="wrong" id="{}" tabindex="-1">{}</span>').format(id, sentence)
        if element.tag == "form":
            self.insert(element.end, line)
            return id
        self.open_around(element)
        group = element.nearest("fieldset") if element.kind == "radio" else None
        target, bearer = element.get("id") or f"field-{id}", group or element
        described = " ".join(filter(None, (bearer.get("aria-describedby"), id)))
        self._add(bearer, {"aria-invalid": "true", "aria-describedby": described})
        if group is not None:
            self._add(group, {"role": "radiogroup"})
        self._add(element, {"id": target})
        self.insert(page.legends.get(group.start, group.end) if group else element.wrapper().start, line)
        return target

    def _add(self, element: PageElement, given: dict[str, str | bool]) -> None:
        """Set attributes of a start tag, once for all that are set of it."""
        if element.start not in self._marked:
            known: dict[str, str | bool] = {n: True if v is None else v for n, v in element.attributes.items()}
            self._marked[element.start] = known
        known = self._marked[element.start]
        known |= given
        self._edits = [edit for edit in self._edits if edit[:2] != (element.start, element.end)]
        self.replace(element.start, element.end, f"<{element.tag}{attributes(known)}>")

    def fill(self, control: PageElement, typed: Mapping[str, str]) -> None:
        """What was typed or chosen, in its control, which is seen if it is not what stood there."""
        name, kind = control.get("name"), control.kind
        if kind in ("checkbox", "radio"):
            self._add(control, {"checked": typed.get(name) == (control.get("value") or "on")})
        elif name not in typed or kind in ("", "button", "file"):
            return  # a page cannot choose a file
        elif kind == "textarea":
            if unescape(self._text[control.end : control.close]).strip() != typed[name].strip():
                self.open_around(control)
            self.replace(control.end, control.close, "\n" + escape(typed[name]))
        elif kind == "select":
            if typed[name] in [option.get("value") for option in control.options]:
                for option in control.options:
                    self._add(option, {"selected": option.get("value") == typed[name]})
        else:
            if control.get("value") != typed[name]:
                self.open_around(control)
            self._add(control, {"value": typed[name]})
