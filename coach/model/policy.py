"""A vendor's retake rule as data; `coach.policy` applies it."""

from datetime import date
from typing import Literal

import msgspec

from coach.model.attempt import AttemptStatus


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """The wait after one failed attempt.

    Exactly one of `hours` (elapsed) and `days` (calendar days at the same local clock time) is
    given. `clear_days` means that many whole days lie in between, so the date is days + 1 later.
    `rule` is the id shown as the rule that set the date.
    """

    rule: str
    hours: int | None = None
    days: int | None = None
    clear_days: bool = False


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """At most `attempts` delivered sittings in a window of `months`.

    `anchor` says where the window starts: with its first attempt, or rolling with every one.
    `after` says when the next sitting is possible once the cap is reached: `months` after the
    first attempt of the window (`first`), the last (`last`), or never (`never`).
    """

    attempts: int
    rule: str
    months: int | None = None
    anchor: Literal["first-attempt", "rolling"] = "first-attempt"
    after: Literal["first", "last", "never"] = "first"


class AfterPass(msgspec.Struct, frozen=True, kw_only=True):
    """What a pass allows: nothing until expiry, a wait, a wait before expiry, or anything."""

    retake: Literal["after-expiry", "after-wait", "before-expiry", "with-consent", "any-time"]
    months: int | None = None
    days: int | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """One retake policy.

    `waits[i]` follows failed attempt i + 1; the last one repeats. `validity_months` maps an
    exam level to the months a certificate lasts; a level that is missing never expires.
    `change_deadline_hours` maps the place of a sitting to the hours before it until which a
    change keeps the fee. `verified` is False where no vendor page could be read.
    """

    id: str
    name: str
    waits: tuple[Wait, ...]
    after_pass: AfterPass
    source: str
    as_of: date | None
    verified: bool
    origin: Literal["official", "article", "own"] = "official"
    cap: Cap | None = None
    counts: tuple[AttemptStatus, ...] = ("delivered",)
    retake_fee: Literal["each", "free", "reduced"] = "each"
    included_retakes: int = 0
    included_retake_months: int | None = None
    no_show_forfeits_retake: bool = False
    beta_sittings: int | None = None
    beta_result_weeks: tuple[int, int] | None = None
    change_deadline_hours: dict[str, int] = {}
    waiver_reasons: tuple[Literal["internet", "equipment"], ...] = ()
    validity_months: dict[str, int] = {}
    renewal_window_months: int | None = None
    retirement_zone: str | None = None
    note: str | None = None
