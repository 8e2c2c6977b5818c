"""What a forecast may look at: results in a form that no longer depends on exam or vendor."""

import msgspec

from coach.model.attempt import Band


class SeenReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report: `points` above the passing score on a scale of 1,000, None where the vendor
    prints no score; the bands by domain; `days` before the newest report."""

    points: float | None
    passed: bool
    bands: dict[str, Band] = {}
    days: float = 0.0


class SeenPractice(msgspec.Struct, frozen=True, kw_only=True):
    """One practice result: `hours` of study after the newest report, or `days` before it."""

    domain: str
    correct: int
    total: int
    source: str = ""
    hours: float = 0.0
    days: float = 0.0


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of a candidate; `shares` has the weight of each domain, 1 in all.

    Results of domains that are not among them say nothing.
    """

    shares: dict[str, float]
    reports: tuple[SeenReport, ...] = ()
    practice: tuple[SeenPractice, ...] = ()
