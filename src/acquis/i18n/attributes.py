"""What the attributes of people (`acquis.attributes`) and their values are called."""

from __future__ import annotations

from typing import NamedTuple

from acquis.i18n import N_


class AttributeWords(NamedTuple):
    """`label` of the field of the form, `hint` beside it, `title` of the table that counts by it, `ask` at the switch
    that has it asked for, and the fixed values as people choose them."""

    label: str
    title: str
    hint: str = ""
    ask: str = ""
    choices: dict[str, str] = {}


ATTRIBUTE_WORDS: dict[str, AttributeWords] = {
    "lane": AttributeWords(
        label=N_("How are you attending?"),
        title=N_("In the room and online"),
        choices={"room": N_("In the room"), "online": N_("Online")},
    ),
    "stakeholder": AttributeWords(label=N_("Stakeholder group"), title=N_("By stakeholder group")),
    "region": AttributeWords(label=N_("Regional group"), title=N_("By regional group")),
    "gender": AttributeWords(
        label=N_("Gender"),
        title=N_("By gender"),
        hint=N_("(optional, reported only for groups of 5 or more, never with a name)"),
        ask=N_("Ask for gender when people join (optional)"),
        choices={"woman": N_("woman"), "man": N_("man"), "another": N_("another gender")},
    ),
}
GROUP_WORDS: dict[str, str] = {
    "room": N_("the room"),
    "online": N_("online"),
    "woman": N_("women"),
    "man": N_("men"),
    "another": N_("another gender"),
    "": N_("not stated"),
}
"""The values as the names of groups, in tables and sentences."""
