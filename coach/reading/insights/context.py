"""What the insight rules look at."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from coach.model.answers import ExamStatus, Heatmap, Retake, Source
from coach.model.attempt import Method, Report
from coach.model.exam import Exam, Outline, Pattern
from coach.model.plan import Strategy
from coach.reading.priority import DomainReading
from coach.reading.subjects import folded


class ReadReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report with the time of its attempt, its outcome and its domains on its own outline.

    `passed` is None where the result is void. `methods` says how each domain was studied
    between the report before and this one.
    """

    report: Report
    at: datetime
    passed: bool | None
    domains: tuple[DomainReading, ...] = ()
    methods: Mapping[str, tuple[Method, ...]] = {}


class InsightContext(msgspec.Struct, frozen=True, kw_only=True):
    """One exam at one moment.

    `history` has its reports, oldest first; `outline` is that of the newest report, else the
    one in force; `verdict` carries the recommended window.
    """

    exam: Exam
    outline: Outline | None
    history: tuple[ReadReport, ...]
    heatmap: Heatmap
    verdict: Retake
    now: datetime
    strategy: Strategy
    status: ExamStatus

    @property
    def latest(self) -> ReadReport | None:
        """The newest report."""
        return self.history[-1] if self.history else None

    @property
    def failed(self) -> ReadReport | None:
        """The newest report if it is a fail: after a pass there is nothing left to fix."""
        return self.latest if self.latest and self.latest.passed is False else None

    @property
    def scores(self) -> tuple[int, ...]:
        """All scores, oldest first; reports without one are passed over."""
        return tuple(past.report.score for past in self.history if past.report.score is not None)

    @property
    def shortfall(self) -> int | None:
        """Points on the scale that the newest fail lacks, None without a score."""
        if self.failed is None or self.failed.report.score is None:
            return None
        return self.exam.passing_score - self.failed.report.score

    @property
    def unverified_mark(self) -> str:
        """ ", unverified" where no vendor page could be read for the retake rules, else nothing."""
        notes = {note.code for note in self.verdict.notes}
        return ", unverified" if "policy-unverified" in notes else ""

    @property
    def unverified(self) -> str:
        """A sentence for a text about a rule that could not be verified, else nothing."""
        return " The rule is unverified." if self.unverified_mark else ""

    @property
    def vendor_rule(self) -> Source:
        """The source of what follows from the retake rules."""
        return "own" if self.unverified_mark else "official"

    @property
    def vendor_says(self) -> Source:
        """The source of what Microsoft says about its scores, own where it is another vendor."""
        return "official" if self.exam.vendor == "Microsoft" else "own"

    def patterns(self, kind: str) -> Iterator[tuple[Pattern, tuple[DomainReading, ...]]]:
        """The exam's patterns of a kind whose domains the newest failed report has."""
        if self.failed is None:
            return
        by_name = {folded(domain.name): domain for domain in self.failed.domains}
        for pattern in self.exam.patterns:
            here = pattern.outline in (None, self.failed.report.outline)
            names = [folded(name) for name in pattern.domains]
            if pattern.kind == kind and here and names and all(name in by_name for name in names):
                yield pattern, tuple(by_name[name] for name in names)


def source_of(text: str | None) -> Source:
    """Where a fact of the catalogue comes from, in the three words that people see."""
    if text == "official":
        return "official"
    return "article" if text == "article" else "own"
