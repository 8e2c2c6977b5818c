"""A vendor's retake rule as data; `coach.policy` applies it."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from coach.model.attempt import AttemptStatus

Small = Annotated[int, Meta(ge=0, le=120)]
Weeks = Annotated[int, Meta(ge=0, le=520)]


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """The wait after one failed attempt.

    Exactly one of `hours` (elapsed) and `days` (calendar days at the same local clock time) is
    given. `clear_days` means that many whole days lie in between, so the date is days + 1 later.
    `rule` is the id shown as the rule that set the date.
    """

    rule: str
    hours: Annotated[int, Meta(ge=0, le=87_840)] | None = None
    days: Annotated[int, Meta(ge=0, le=3660)] | None = None
    clear_days: bool = False


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """At most `attempts` delivered sittings in a window of `months`.

    `anchor` says where the window starts: with its first attempt, with the vendor's approval of
    the candidate (`eligibility`, the first attempt where that day is not known), or rolling with
    every one. `after` says when the next sitting is possible once the cap is reached: `months`
    after the first attempt of the window (`first`), the last (`last`), or never (`never`).
    """

    attempts: Annotated[int, Meta(ge=1, le=100)]
    rule: str
    months: Annotated[int, Meta(ge=1, le=120)] | None = None
    anchor: Literal["first-attempt", "eligibility", "rolling"] = "first-attempt"
    after: Literal["first", "last", "never"] = "first"


class AfterPass(msgspec.Struct, frozen=True, kw_only=True):
    """What a pass allows: nothing until expiry, a wait, a wait before expiry, or anything; it may
    also be unknown."""

    retake: Literal[
        "after-expiry", "after-wait", "before-expiry", "with-consent", "any-time", "unknown"
    ]
    months: Annotated[int, Meta(ge=1, le=120)] | None = None
    days: Annotated[int, Meta(ge=1, le=3660)] | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """How long before an appointment a change is free: elapsed hours, or Mondays to Fridays."""

    amount: int
    unit: Literal["hours", "business-days"]


class Scoring(msgspec.Struct, frozen=True, kw_only=True):
    """Where a vendor publishes how its exams are scored, and the pass marks named there."""

    pass_marks: tuple[int, ...]
    source: str
    as_of: date | None = None


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What one candidate agreed with the vendor of one exam; None where it is not known.

    `change_notice` replaces the vendor's notice for a free change. `accommodations` is the day
    they were asked for, `eligible_from` the day of the vendor's approval, `purchased` the day of
    the order. `voucher_expires` is its last day, `renewed_until` the day on which a renewed
    certificate expires.
    """

    purchased: date | None = None
    voucher_expires: date | None = None
    change_notice: Notice | None = None
    accommodations: date | None = None
    eligible_from: date | None = None
    renewed_until: date | None = None


class DayStep(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the checklist of an exam's day, and where it comes from."""

    code: str
    phase: Literal["before", "during", "trouble", "after"]
    text: str
    source: Literal["official", "article", "own"]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """One retake policy, with the terms of one candidate where they are known.

    `waits[i]` follows failed attempt i + 1; the last one repeats. `validity_months` maps an
    exam level to the months a certificate lasts; a level that is missing never expires.
    `change_deadline_hours` maps the place of a sitting to the hours before it until which a
    change keeps the fee. An included retake lasts `included_retake_months` after the purchase or
    `included_retake_days` after the first fail. `accommodation_days` is how long an answer on
    accommodations can take. `proctored` is None where it is not known. `verified` is False where no
    vendor page could be read. `day_steps` are what the vendor says about the day of an exam.
    `terms` come from the candidate's records, never from a file.
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
    included_retakes: Small = 0
    included_retake_months: Small | None = None
    included_retake_days: Small | None = None
    no_show_forfeits_retake: bool = False
    beta_sittings: Small | None = None
    beta_result_weeks: tuple[Weeks, Weeks] | None = None
    change_deadline_hours: dict[str, int] = {}
    accommodation_days: Small | None = None
    waiver_reasons: tuple[Literal["internet", "equipment"], ...] = ()
    validity_months: dict[str, int] = {}
    renewal_window_months: Small | None = None
    proctored: bool | None = None
    scoring: Scoring | None = None
    day_steps: tuple[DayStep, ...] = ()
    retirement_zone: str | None = None
    note: str | None = None
    terms: Terms = Terms()

    @property
    def known(self) -> bool:
        """Whether the vendor's rule is known: without it there is no legal date."""
        return bool(self.waits)


UNKNOWN_POLICY = Policy(
    id="unknown",
    name="a rule that is not known",
    waits=(),
    after_pass=AfterPass(retake="unknown"),
    source="the vendor",
    as_of=None,
    verified=False,
)
"""What holds for an exam whose vendor's rule is not known."""
