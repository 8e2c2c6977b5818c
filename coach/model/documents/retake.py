"""When an exam may be sat again."""

from datetime import date, datetime
from typing import Literal

import msgspec

Source = Literal["official", "article", "own"]
RetakeStatus = Literal["open", "waiting", "capped", "passed", "retired", "pending"]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A coded remark and where it comes from."""

    code: str
    text: str
    source: Source


class Alternative(msgspec.Struct, frozen=True, kw_only=True, rename={"condition": "if"}):
    """The earliest moment under a condition, such as "if the interrupted sitting counts"."""

    when: datetime | None
    condition: str


class Recommended(
    msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from", "until": "to"}
):
    """The window in which a retake makes sense, the rule it comes from, and that rule's source."""

    from_: date
    until: date
    basis: str
    source: Source = "article"


class PolicyOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """The rules behind a verdict: what they are called, where they are from, how old they are."""

    id: str
    name: str
    source: str
    as_of: date | None
    verified: bool
    note: str | None


class Retake(msgspec.Struct, frozen=True, kw_only=True):
    """When an exam may be sat again, which rule says so, and when it should be.

    `earliest` is None when there is none; `certain_from` differs from it only where a time of
    day is unknown. `attempts_left` is None under a policy without a cap.
    """

    exam: str
    status: RetakeStatus
    earliest: datetime | None
    certain_from: datetime | None
    rule: str
    attempts_used: int
    attempts_left: int | None
    window_start: datetime | None
    window_end: datetime | None
    recommended: Recommended | None
    retires: date | None
    successor: str | None
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[Note, ...] = ()
    policy: PolicyOrigin | None = None
