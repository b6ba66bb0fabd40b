"""What people say of themselves: where they sit, and the groups they speak for.

Everything is self-declared, and an empty text is "not said". This file is the one declaration: events and commands
inherit the fields, so that they stay flat in JSON; hands, turns, questions, voices, actors and passes hold one value of
`Attributes`; forms, the roster, the statistics, the tables and the Chatham House Rule iterate over `ATTRIBUTES`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Lane = Literal["room", "online", ""]
Gender = Literal["woman", "man", "another", ""]


class PublicAttributes(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """What stands beside a hand for everybody to see, and what a moderator may enter for somebody without a device."""

    lane: Lane = ""
    stakeholder: str = ""
    region: str = ""


class Attributes(PublicAttributes, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """Everything that somebody said of themselves. What is not a public attribute is never shown beside a person."""

    gender: Gender = ""


NOT_SAID = Attributes()


class AskedAttributes(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """The settings of a session that have an attribute asked for."""

    ask_gender: bool = False


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """One field of `Attributes`.

    Its values are `values` or, for a group, those of a field of the published programme, `listed`. It is asked for
    where the setting `setting` is on; without one, where there are values. `of_speakers`: the programme says it of its
    speakers. `chatham`: it may be told under the Chatham House Rule. `column`: its column in exported tables; empty: it
    is not exported."""

    name: str
    values: tuple[str, ...] = ()
    listed: str = ""
    setting: str = ""
    of_speakers: bool = False
    chatham: bool = False
    column: str = ""

    @property
    def public(self) -> bool:
        """Whether it may be shown beside a person."""
        return self.name in PublicAttributes.__struct_fields__

    def of(self, attributes: PublicAttributes) -> str:
        """Its value in `attributes`; empty where these do not have it."""
        return getattr(attributes, self.name, "")


LANE = Attribute("lane", values=("room", "online"), chatham=True, column="lane")
STAKEHOLDER = Attribute(
    "stakeholder", listed="stakeholder_groups", of_speakers=True, chatham=True, column="stakeholder-group"
)
REGION = Attribute("region", listed="regional_groups", of_speakers=True, column="regional-group")
GENDER = Attribute("gender", values=("woman", "man", "another"), setting="ask_gender", of_speakers=True)
ATTRIBUTES = (
    LANE,
    STAKEHOLDER,
    REGION,
    GENDER,
)
"""Every attribute, in the order in which people are asked and rows are printed."""


def attributes_of(source: PublicAttributes) -> Attributes:
    """The attributes that an event, a command or a seat of the programme holds among its other fields."""
    fields: dict[str, Any] = {attribute.name: attribute.of(source) for attribute in ATTRIBUTES}
    return Attributes(**fields)
