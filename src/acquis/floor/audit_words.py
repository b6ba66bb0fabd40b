"""The audit in sentences, for the command line and the record page."""

from __future__ import annotations

from acquis.floor.audit import Audit
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.dates import span
from acquis.i18n.vocabulary import Kind, word


def audit_lines(language: str, audited: Audit) -> list[str]:
    """The audit as sentences, the verdict first."""
    return [
        _verdict(language, audited),
        *limits(language, audited),
        *_calls(language, audited),
        *_bounds(language, audited),
        *_times(language, audited),
        *_reached(language, audited),
    ]


def _verdict(language: str, audited: Audit) -> str:
    if audited.unreadable:
        return say(
            language,
            N_("Entry {seq} does not follow from the entries before it. This is not the log of a session."),
            seq=audited.unreadable,
        )
    if audited.wrong:
        return say(
            language,
            N_("Entries in which the floor was given against the fairness rule without a reason: {entries}."),
            entries=audited.wrong,
        )
    if audited.misordered:
        return say(
            language,
            N_("A list of speakers does not follow the order of the registrations: entry {entries}."),
            entries=audited.misordered,
        )
    if not audited.ok:
        return say(
            language, N_("The difference in speaking time between groups was larger than the fairness rule allows.")
        )
    if audited.nameless:
        return say(
            language, N_("Every choice of a group of speakers followed the fairness rule or had a stated reason.")
        )
    return say(language, N_("Every choice of speaker followed the fairness rule or had a stated reason."))


def limits(language: str, audited: Audit) -> list[str]:
    """What the log does not allow to check."""
    lines = []
    if audited.nameless:
        lines.append(
            say(
                language,
                N_(
                    "Who spoke is not in the public log, under the Chatham House Rule. The order of speakers inside a "
                    "group is stated by the server. Anyone who holds the sealed log can recalculate it."
                ),
            )
        )
    if audited.unchecked:
        lines.append(
            say(
                language,
                N_("Choices of speakers that were not checked, because a moderator excluded someone before: {n}."),
                n=audited.unchecked,
            )
        )
    return lines


def _calls(language: str, audited: Audit) -> list[str]:
    calls = audited.by_rule + audited.by_override + len(audited.wrong) + audited.unchecked
    lines = [
        say_many(
            language,
            "{n} choice of speaker: {rule} under the rule, {override} out of turn.",
            "{n} choices of speaker: {rule} under the rule, {override} out of turn.",
            calls,
            rule=audited.by_rule,
            override=audited.by_override,
        )
    ]
    if audited.reasons:
        lines.append(
            say(
                language,
                N_("Reasons for giving the floor out of turn: {reasons}."),
                reasons=_counts(language, audited.reasons, "reason"),
            )
        )
    if audited.lists:
        lines.append(
            say_many(
                language,
                "{n} list of registered speakers was published. Its order was recalculated from the registrations.",
                "{n} lists of registered speakers were published. Their order was recalculated from the registrations.",
                audited.lists,
            )
        )
    if audited.not_responding:
        lines.append(
            say_many(language, "{n} speaker did not respond.", "{n} speakers did not respond.", audited.not_responding)
        )
    if audited.taken_back:
        lines.append(
            say_many(
                language,
                "{n} action of a moderator was undone within seconds. It has no effect and stays on the record.",
                "{n} actions of moderators were undone within seconds. They have no effect and stay on the record.",
                audited.taken_back,
            )
        )
    return lines


def _bounds(language: str, audited: Audit) -> list[str]:
    return [
        say(
            language,
            N_("Segment {number}: largest difference between waiting groups {spread}, limit {bound}."),
            number=floor.segment + 1,
            spread=span(language, floor.spread),
            bound=span(language, floor.bound),
        )
        for floor in audited.floors
        if floor.fair and floor.longest
    ]


def _times(language: str, audited: Audit) -> list[str]:
    lines = []
    for share in audited.shares:
        who = ", ".join(word(language, "group", name) for name in dict.fromkeys((share.group, share.lane)) if name)
        said = say_many(
            language,
            "{kind}: {time} in {n} intervention",
            "{kind}: {time} in {n} interventions",
            share.turns,
            kind=word(language, "turn", share.kind, "plural"),
            time=span(language, share.ms),
        )
        lines.append(say(language, N_("{said} ({who})."), said=said, who=who) if who else f"{said}.")
    lines += [
        say(
            language,
            N_("{group}: half of the speakers waited {wait} or less."),
            group=word(language, "group", group),
            wait=span(language, wait),
        )
        for group, wait in audited.waits.items()
    ]
    return lines


def _reached(language: str, audited: Audit) -> list[str]:
    first, missed = audited.first_time, audited.hands.get("not_reached", 0)
    lines = [say_many(language, "{n} request was not reached.", "{n} requests were not reached.", missed)]
    if not audited.nameless:
        spoke = N_plural("{n} person spoke for the first time.", "{n} people spoke for the first time.")
        lines.insert(0, say_many(language, *spoke, first))
    if audited.questions:
        lines.append(say(language, N_("Questions: {fates}."), fates=_counts(language, audited.questions, "fate")))
    if audited.held_back:
        lines.append(
            say(language, N_("Questions withheld: {reasons}."), reasons=_counts(language, audited.held_back, "reason"))
        )
    if audited.statements_held_back:
        lines.append(
            say(
                language,
                N_("Statements withheld: {reasons}."),
                reasons=_counts(language, audited.statements_held_back, "reason"),
            )
        )
    return lines


def _counts(language: str, counts: dict[str, int], kind: Kind) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {word(language, kind, name, 'plural')}" for name, number in ranked)
