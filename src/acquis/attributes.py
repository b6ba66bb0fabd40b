"""The attributes that people state about themselves: their attendance and the groups for which they speak.

All attributes are self-declared, and an empty text means "not said". They are declared only in this file. Events and
commands inherit the fields, so that they are flat in JSON; hands, turns, questions, voices, actors and passes have a
value of `Attributes`; forms, the roster, the statistics, the tables and the Chatham House Rule iterate over
`ATTRIBUTES`."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Lane = Literal["room", "online", ""]
Gender = Literal["woman", "man", "another", ""]


class PublicAttributes(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """The attributes that are shown next to a hand, and that a moderator may enter for a person without a device."""

    lane: Lane = ""
    stakeholder: str = ""
    region: str = ""


class Attributes(PublicAttributes, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """All attributes of a person. Those that are not public are never shown together with the person."""

    gender: Gender = ""


NOT_SAID = Attributes()


class AskedAttributes(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """The settings of a session that determine for which attributes people are asked."""

    ask_gender: bool = False


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """The declaration of a field of `Attributes`.

    Its values are `values` or, for a group, those of the field `listed` of the published programme. People are asked
    for it if the setting `setting` is on or, without a setting, if there are values. `of_speakers`: the programme
    states it for its speakers. `chatham`: it may be published under the Chatham House Rule. `column`: its column in
    exported tables; empty: it is not exported."""

    name: str
    values: tuple[str, ...] = ()
    listed: str = ""
    setting: str = ""
    of_speakers: bool = False
    chatham: bool = False
    column: str = ""

    @property
    def public(self) -> bool:
        """Whether it may be shown together with a person."""
        return self.name in PublicAttributes.__struct_fields__

    def of(self, attributes: PublicAttributes) -> str:
        """Its value in `attributes`; empty if these have no such field."""
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
"""All attributes, in the order of forms and tables."""


def attributes_of(source: PublicAttributes) -> Attributes:
    """The attributes among the fields of an event, a command or a seat of the programme."""
    fields: dict[str, Any] = {attribute.name: attribute.of(source) for attribute in ATTRIBUTES}
    return Attributes(**fields)
