"""The answers that are guesses: chances to pass by date, and plans tried in simulation."""

from datetime import date, datetime

import msgspec

from coach.model.answers import WhenToSit
from coach.model.plan import Reason, Strategy


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """The chance to pass at a date, which is named in `label`, after `hours` of study since the
    newest report. `p`, `low` and `high` are 0-1; `words` say them as natural frequencies, `of_ten`
    has their whole numbers: low, p and high."""

    at: date
    label: str
    hours: float
    p: float
    low: float
    high: float
    words: str
    of_ten: tuple[int, int, int]


class ForecastBasis(msgspec.Struct, frozen=True, kw_only=True):
    """What a forecast looks at: results, and study since the newest report until the date that is
    planned for. `prior` says that there is no result yet, so that anyone gets the same guess;
    `results` says in words how many there are."""

    reports: int
    practice: int
    hours_done: float
    hours_planned: float
    prior: bool
    results: str


class KeptForecast(msgspec.Struct, frozen=True, kw_only=True):
    """A forecast as it was stored before the result, and the result, None where it is open."""

    made: datetime
    target: date
    p: float
    low: float
    high: float
    words: str
    sat: date | None = None
    passed: bool | None = None


class ForecastAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The guess for the date that is planned for and for others; without one `reason` says why.

    `kept` is what was stored for that date, `past` are the stored ones with a result. `brier` is
    the mean squared error (0-1) of all of them that have one, in every exam, None while they are
    too few, and `verdict` says what that is worth. `model` is the version of the rules.
    """

    exam: str
    model: str
    target: datetime | date | None
    guess: Guess | None
    basis: ForecastBasis
    dates: tuple[Guess, ...]
    kept: KeptForecast | None
    past: tuple[KeptForecast, ...]
    brier: float | None
    verdict: str | None
    notes: tuple[Reason, ...]
    reason: str | None
    when_to_sit: WhenToSit | None = None


class RehearsedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What one split of the hours until one date gives in simulation: the chance (0-1) to pass."""

    strategy: Strategy
    at: date
    hours: float
    p: float


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """Every split until two dates, in simulation from the newest report. `split_matters` says
    whether any split is better than the one in force by more than chance and `CLEAR_POINTS`;
    `reason` why there is nothing to rehearse."""

    exam: str
    plans: tuple[RehearsedPlan, ...]
    split_matters: bool
    reason: str | None
