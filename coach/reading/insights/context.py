"""What the insight rules look at, and how they make an insight."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from coach.model.answers import DomainRow, Heatmap, Insight, InsightRule, Retake, Severity, Source
from coach.model.attempt import Method, Report
from coach.model.exam import Exam, Outline, Pattern
from coach.model.material import ExamStatus
from coach.model.phrase import Phrase
from coach.model.plan import Strategy
from coach.reading.bands import BAND_PHRASE
from coach.reading.outlines import folded
from coach.reading.priority import DomainReading
from coach.wording import counted, phrased, published_weight

_ABOUT_SCORES = {"score-up", "score-flat", "score-down", "same-score", "near-miss", "score-gap"}
_ABOUT_ATTEMPTS = {"last-attempt", "capped", "near-miss"}
_ABOUT_PRACTICE = {"practice-holds", "practice-weak"}
LEAST_MINUTES_A_WEEK = 60
"""Less study than this says nothing about the way of studying (own)."""


class ReadReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report with the time of its attempt, its outcome and its domains on its own outline.

    `passed` is None where the result is void. `methods` says how each domain was studied
    between the report before and this one, `studied` for how many minutes by the plan; None where
    there was no plan.
    """

    report: Report
    at: datetime
    passed: bool | None
    domains: tuple[DomainReading, ...] = ()
    methods: Mapping[str, tuple[Method, ...]] = {}
    studied: int | None = None


class InsightContext(msgspec.Struct, frozen=True, kw_only=True):
    """One exam at one moment.

    `history` has its reports, oldest first; `outline` is that of the newest report, else the
    one in force; `verdict` carries the recommended window, `rules` the rule behind each insight
    by code. `expires` is when the certification ends that the newest report, a pass, has earned.
    """

    exam: Exam
    outline: Outline | None
    history: tuple[ReadReport, ...]
    heatmap: Heatmap
    verdict: Retake
    now: datetime
    strategy: Strategy
    status: ExamStatus
    rules: Mapping[str, InsightRule]
    expires: datetime | None = None

    @property
    def latest(self) -> ReadReport | None:
        """The newest report."""
        return self.history[-1] if self.history else None

    @property
    def failed(self) -> ReadReport | None:
        """The newest report if it is a fail: after a pass there is nothing left to fix."""
        return self.latest if self.latest and self.latest.passed is False else None

    @property
    def domains(self) -> tuple[DomainReading, ...]:
        """The domains of the newest report if it is a fail, else none."""
        return self.failed.domains if self.failed else ()

    @property
    def little_study(self) -> int | None:
        """The minutes studied between the last two reports where they are too few to say anything
        about the way of studying; else None."""
        studied = self.history[-1].studied if len(self.history) > 1 else None
        if studied is None:
            return None
        weeks = max((self.history[-1].at - self.history[-2].at) / timedelta(weeks=1), 1)
        return studied if studied < weeks * LEAST_MINUTES_A_WEEK else None

    @property
    def scores(self) -> tuple[int, ...]:
        """All scores, oldest first; reports without one are passed over."""
        return tuple(past.report.score for past in self.history if past.report.score is not None)

    @property
    def shortfall(self) -> int | None:
        """Points on the scale that the newest fail lacks, None without a score or a pass mark."""
        score = self.failed.report.score if self.failed else None
        passing = self.exam.passing_score
        return None if score is None or passing is None else passing - score

    @property
    def unverified_mark(self) -> str:
        """ ", unverified" where no vendor page could be read for the retake rules, else nothing."""
        notes = {note.code for note in self.verdict.notes}
        return ", unverified" if "policy-unverified" in notes else ""

    @property
    def vendor_says(self) -> Source:
        """The source of what Microsoft says about its scores, own where it is another vendor."""
        return "official" if self.exam.vendor == "Microsoft" else "own"

    def found(
        self,
        code: str,
        domains: Iterable[str] = (),
        case: str = "",
        *,
        severity: Severity | None = None,
        source: Source | None = None,
        **values: object,
    ) -> Insight:
        """The insight of that code, in the words that its rule has for the case, filled in with
        `values`; severity and source are the rule's own where none are given."""
        names, rule = tuple(domains), self.rules[f"{code}/{case}" if case else code]
        ended = "retired" in (self.status, self.verdict.status) and code != "retired"
        rows = {row.name: row for row in self.heatmap.domains}
        facts: list[str] = [_row_fact(rows[name], code) for name in names if name in rows]
        if code in _ABOUT_SCORES and self.scores:
            mark = self.exam.passing_score
            passes = "no pass mark is published" if mark is None else f"{mark} passes"
            facts.append(f"Scores: {', then '.join(map(str, self.scores))}; {passes}")
        if code in _ABOUT_ATTEMPTS:
            left = self.verdict.attempts_left
            cap = "no limit" if left is None else f"{left} left"
            facts.append(f"{counted(self.verdict.attempts_used, 'sitting')} used, {cap}")
        return Insight(
            code=code,
            kind=rule.kind,
            severity=severity or rule.severity,
            text=phrased(rule.text, **values),
            domains=names,
            action=phrased(rule.action, **values),
            source=source or rule.source,
            facts=tuple(facts),
            rule=self.rules[code].applies,
            plan=None if ended else self.rules[code].plan,  # a retired exam has no plan
        )

    def of_pattern(self, code: str, pattern: Pattern, domains: Iterable[str]) -> Insight:
        """The insight in the words of a pattern of the catalogue."""
        source = source_of(pattern.source)
        return self.found(code, domains, text=pattern.text, action=pattern.action, source=source)

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


def _row_fact(row: DomainRow, code: str) -> Phrase:
    words = (
        BAND_PHRASE[cell.band] + ("" if cell.value is None else f" ({cell.value})")
        for cell in row.cells
    )
    weight = published_weight(row.weight_low, row.weight_high)
    said = phrased("{}: {}; weight {}", row.name, ", then ".join(words) or "no band", weight)
    if code in _ABOUT_PRACTICE:
        return phrased("{}; practice level {:.0f} of 100", said, row.practice.level)
    return said if row.priority is None else phrased("{}, priority {:.0f}", said, row.priority)
