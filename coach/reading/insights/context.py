"""What the insight rules look at, and how they make an insight."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from coach.model.answers import ExamStatus, Heatmap, Insight, InsightKind, Retake, Severity, Source
from coach.model.attempt import Method, Report
from coach.model.exam import Exam, InsightRule, Outline, Pattern
from coach.model.plan import Strategy
from coach.reading.outlines import folded
from coach.reading.priority import DomainReading
from coach.wording import listed

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
    by code.
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

    @property
    def latest(self) -> ReadReport | None:
        """The newest report."""
        return self.history[-1] if self.history else None

    @property
    def failed(self) -> ReadReport | None:
        """The newest report if it is a fail: after a pass there is nothing left to fix."""
        return self.latest if self.latest and self.latest.passed is False else None

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


def finding(
    kind: InsightKind,
    code: str,
    severity: Severity,
    text: str,
    action: str,
    domains: tuple[str, ...] = (),
    source: Source = "article",
) -> Insight:
    """An insight without its explanation, which `explained` adds."""
    return Insight(
        code=code,
        kind=kind,
        severity=severity,
        text=text,
        domains=domains,
        action=action,
        source=source,
    )


METHOD_WORDS: dict[Method, str] = {
    "reading": "reading",
    "videos": "videos",
    "labs": "labs",
    "questions": "practice questions",
    "scenarios": "scenarios",
    "course": "a course",
    "study-partner": "a study partner",
}
_CHANGES: tuple[tuple[frozenset[Method], str], ...] = (
    (frozenset({"labs"}), "labs instead of reading"),
    (
        frozenset({"course", "study-partner"}),
        "a course or study partner instead of studying alone",
    ),
)
_LAST_RESORT = "scenarios that combine several domains, and another author's material"


def methods_used(context: InsightContext, domains: Iterable[str] = ()) -> tuple[Method, ...]:
    """How these domains, by default all, were studied before the newest sitting."""
    if context.latest is None:
        return ()
    known = context.latest.methods
    names = tuple(domains) or tuple(known)
    used = {method for name in names for method in known.get(name, ())}
    return tuple(method for method in METHOD_WORDS if method in used)


def in_words(methods: Iterable[Method]) -> str:
    """Methods in a row: "labs and practice questions"."""
    return listed(METHOD_WORDS[method] for method in methods)


def change_of_method(context: InsightContext) -> str:
    """What to try instead: the two ways out that the article names, without one that was used
    [MU-14]."""
    used = methods_used(context)
    options = [text for methods, text in _CHANGES if not methods & set(used)]
    said = f" You have worked with {in_words(used)}." if used else ""
    return f"Change how you learn: {', or '.join(options) or _LAST_RESORT}.{said}"
