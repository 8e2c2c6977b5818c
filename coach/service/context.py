"""What a use case may ask for besides the facts: the catalogue, the clock's answer, new ids."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from coach.catalogue import Catalogue, normalise_code
from coach.exchange.plain import quoted
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.plan import FutureKind, Reason
from coach.model.policy import Policy
from coach.model.settings import Tracked
from coach.service.refusal import Problem, Refusal
from coach.wording import phrased

Record = TypeVar("Record")


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """The facts after one use case, before re-planning.

    `label` names the action in the undo list, None for a choice that is not to be undone;
    `message` is the notice. `trigger` is what plans are made anew for, None where no plan
    depends on the edit. `future` is the way on that was chosen after a gap.
    """

    facts: Facts
    label: str | None
    message: str
    trigger: Reason | None = None
    exam: str | None = None
    report: str | None = None
    attempt: str | None = None
    future: FutureKind | None = None


class World(msgspec.Struct, frozen=True):
    """The surroundings of one action: read-only, and the same `now` throughout."""

    catalogue: Catalogue
    now: datetime
    zone: ZoneInfo

    def new_id(self, taken: Mapping[str, object]) -> str:
        """A random id of eight hex digits that `taken` does not hold."""
        while (candidate := os.urandom(4).hex()) in taken:
            pass
        return candidate

    def exam(self, code: str) -> Exam:
        """The exam of a code in any spelling; raises `Refusal` where the catalogue has none."""
        exam = self.catalogue.exam(code)
        if exam is None:
            near = self.catalogue.closest(code)
            hint = f"did you mean {' or '.join(near)}?" if near else "see `coach exams`."
            raise Refusal(Problem("exam", f"{quoted(code)} is not in the catalogue; {hint}"))
        return exam

    def exam_meant(self, facts: Facts, code: str | None) -> Exam:
        """The exam that a command means: the one named, else the only one tracked, else the one
        selected; raises `Refusal` where there is none."""
        return self.exam(tracked_code(facts, code))

    def known(self, facts: Facts) -> tuple[str, ...]:
        """The tracked exams that the catalogue has, by code: a file of the user's own may have
        gone since."""
        return tuple(code for code in sorted(facts.tracked) if self.catalogue.exam(code))

    def policy(self, exam: Exam) -> Policy:
        """The retake policy of an exam; raises `Refusal` where its id is unknown."""
        policy = self.catalogue.policy(exam.policy)
        if policy is None:
            raise Refusal(Problem("policy", f"{quoted(exam.policy)} of {exam.code} is not known."))
        return policy


def with_entry(facts: Facts, entry: Tracked) -> Facts:
    """The facts with what is set for one exam added or replaced."""
    return replace(facts, tracked={**facts.tracked, entry.id: entry})


def exam_edit(
    facts: Facts, code: str, what: str, message: str, trigger: Reason | None = None, **also: Any
) -> Edit:
    """The edit of what concerns one exam; in the undo list `what` follows its code."""
    label = phrased("{} {}", code, what)
    return Edit(facts=facts, label=label, message=message, trigger=trigger, exam=code, **also)


def entry_edit(
    facts: Facts, entry: Tracked, what: str, message: str, trigger: Reason | None = None
) -> Edit:
    """The edit of what is set for one exam."""
    return exam_edit(with_entry(facts, entry), entry.id, what, message, trigger)


def without(records: Mapping[str, Record], *keys: str) -> dict[str, Record]:
    """A copy of `records` without some of them."""
    return {key: record for key, record in records.items() if key not in keys}


def tracking(facts: Facts, code: str) -> Facts:
    """The facts with `code` tracked and selected."""
    tracked = {
        key: entry if entry.selected == (key == code) else replace(entry, selected=key == code)
        for key, entry in facts.tracked.items()
    }
    if code not in tracked:
        tracked[code] = Tracked(id=code, selected=True)
    return replace(facts, tracked=tracked)


def tracked_code(facts: Facts, code: str | None) -> str:
    """The code a command means: the one given, else the only one tracked, else the one selected.

    Raises `Refusal` where none is given and none is tracked, or several and none is selected.
    """
    if code:
        return normalise_code(code)
    if len(facts.tracked) == 1:
        return next(iter(facts.tracked))
    selected = next((entry.id for entry in facts.tracked.values() if entry.selected), None)
    if selected is not None:
        return selected
    if not facts.tracked:
        raise Refusal(Problem("exam", "none is tracked yet; name one, for example AZ-104."))
    raise Refusal(
        Problem("exam", f"several are tracked, name one of {', '.join(sorted(facts.tracked))}.")
    )


def by_prefix(records: Mapping[str, Record], text: str, field: str, kind: str) -> Record:
    """The record whose id is `text` or alone begins with it; raises `Refusal` otherwise."""
    text = text.strip().casefold()
    if text in records:
        return records[text]
    found = [record for key, record in records.items() if text and key.startswith(text)]
    if len(found) == 1:
        return found[0]
    what = f"fits several {kind}s" if found else f"is no {kind}"
    raise Refusal(
        Problem(field, f"{quoted(text)} {what}", accepted="type the whole id of one that is listed")
    )
