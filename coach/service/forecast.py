"""A forecast from the stored facts: what it may look at, the hours there are, and keeping it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

import msgspec

from coach.model.attempt import Report
from coach.model.facts import Facts
from coach.model.forecast import Forecast
from coach.model.plan import Block
from coach.policy.sittings import Sitting
from coach.reading.forecast.assumptions import MODEL, SCALE
from coach.reading.forecast.belief import belief
from coach.reading.forecast.chance import chance
from coach.reading.forecast.evidence import Evidence, SeenPractice, SeenReport
from coach.reading.outlines import point_weights
from coach.reading.priority import band_in
from coach.service.exam_facts import ExamFacts

SHORTEST_PLAN = timedelta(weeks=1)
"""What is left of a plan shorter than this says little about hours a week (own)."""
WHOLE = ""
"""The one domain of an exam without an outline."""


class Study(NamedTuple):
    """Minutes of study from the newest report to a date: done, and planned until then."""

    done: int
    planned: int

    @property
    def hours(self) -> float:
        """All of it in hours."""
        return (self.done + self.planned) / 60


def no_forecast(view: ExamFacts) -> str | None:
    """Why there is nothing to guess, None where there is."""
    if view.retake.status in ("passed", "retired"):
        return f"{view.retake.status}: no sitting is ahead"
    if view.target is None:
        return "no date to guess for: book a sitting or set a target, and the guess follows"
    at, time_known = view.target
    if time_known and at <= view.world.now:
        return "its sitting has begun: enter the result, and the next guess follows"
    return None


def with_forecasts(facts: Facts, views: Iterable[ExamFacts]) -> Facts:
    """The facts with a forecast for each date that is planned for, made once and then kept.

    It is made with the first plan for a date, while that lies ahead: before its result, and from
    nothing that the person did not know either.
    """
    for view in views:
        if view.target is None or no_forecast(view) or view.target[0] <= view.world.now:
            continue
        key = f"{view.code}-{view.target[0]:%Y-%m-%d}"
        if key not in facts.forecasts:
            made = _forecast(key, ExamFacts(view.world, facts, view.code), view.target[0])
            facts = msgspec.structs.replace(facts, forecasts={**facts.forecasts, key: made})
    return facts


def _forecast(key: str, view: ExamFacts, target: datetime) -> Forecast:
    evidence, study = evidence_of(view), study_until(view, target)
    found = chance(belief(evidence), study.hours)
    return Forecast(
        id=key,
        exam=view.code,
        target=target,
        made=view.world.now,
        model=MODEL,
        p=found.p,
        low=found.low,
        high=found.high,
        reports=len(evidence.reports),
        practice=len(evidence.practice),
        done_minutes=study.done,
        planned_minutes=study.planned,
    )


def evidence_of(view: ExamFacts) -> Evidence:
    """All results of one exam. A report on another outline than the newest tells its score."""
    shares = _shares(view)
    results = [(sitting, report) for sitting, report in view.reported if sitting.passed is not None]
    newest = results[-1][0].attempt.at if results else None
    studied = _studied(view)
    return Evidence(
        shares=shares,
        reports=tuple(_report(view, *result, newest) for result in results),
        practice=tuple(
            SeenPractice(
                domain=entry.domain,
                correct=entry.correct,
                total=entry.total,
                source=entry.source.casefold(),
                hours=studied(entry.at),
                days=_days_before(entry.at, newest),
            )
            for entry in view.practice
            if entry.domain in shares
        ),
    )


def _shares(view: ExamFacts) -> dict[str, float]:
    if view.outline is None:
        return {WHOLE: 1.0}
    weights = zip(view.outline.domains, point_weights(view.outline), strict=True)
    return {domain.name: float(weight / 100) for domain, weight in weights if weight}


def _report(
    view: ExamFacts, sitting: Sitting, report: Report, newest: datetime | None
) -> SeenReport:
    exam, outline = view.exam, view.outline
    points = None
    if report.score is not None:
        points = (report.score - exam.passing_score) * SCALE / (exam.score_high - exam.score_low)
    return SeenReport(
        points=points,
        passed=bool(sitting.passed),
        bands={d.name: band_in(outline, report, d.name, exam.vendor) for d in outline.domains}
        if outline and outline.id == report.outline
        else {},
        days=_days_before(sitting.attempt.at, newest),
    )


def _days_before(at: datetime, newest: datetime | None) -> float:
    return 0.0 if newest is None else max((newest - at) / timedelta(days=1), 0.0)


def _studied(view: ExamFacts) -> Callable[[datetime], float]:
    """Gives the hours that were studied from the newest report to a moment."""
    done = _done(view)
    hours = [0.0, *accumulate((block.spent or block.minutes) / 60 for block in done)]
    return lambda at: hours[bisect_left(done, at, key=attrgetter("start"))]


def _done(view: ExamFacts) -> list[Block]:
    return [block for block in view.blocks_since(view.report_time) if block.status == "done"]


def study_until(view: ExamFacts, date: datetime) -> Study:
    """The study from the newest report to a date: what was done, and what the plan has until then.

    After the plan's last day as many hours a week as in all of it. Buffers are left out: they are
    for what is missed.
    """
    done = sum(block.spent or block.minutes for block in _done(view))
    ahead = [
        block
        for block in view.blocks_since(view.report_time)
        if block.status == "planned" and block.activity != "buffer" and block.end > view.world.now
    ]
    planned = sum(block.minutes for block in ahead if block.start < date)
    if view.target is not None and date > (last := view.target[0]):
        length = max(last - view.report_time, SHORTEST_PLAN)
        planned += round((done + planned) * ((date - last) / length))
    return Study(done, planned)
