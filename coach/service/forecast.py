"""A forecast from the stored facts: what it may look at, the hours there are, and keeping it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from operator import attrgetter

import msgspec

from coach.model import made_from
from coach.model.answers import WhenToSit
from coach.model.attempt import Report
from coach.model.facts import Facts
from coach.model.forecasts import ForecastAnswer, ForecastBasis, Guess, KeptForecast
from coach.model.phrase import Phrase
from coach.model.plan import Forecast, Reason
from coach.policy.history import Sitting
from coach.reading import when_to_sit
from coach.reading.forecast import (
    MODEL,
    SCALE,
    Belief,
    Chance,
    Evidence,
    SeenPractice,
    SeenReport,
    SeenTest,
    belief,
    chance,
)
from coach.reading.grading import (
    Graded,
    brier,
    graded,
    noise,
    of_ten,
    rests_on,
    results,
    tests_say,
    verdict,
)
from coach.reading.outlines import point_weights
from coach.reading.practice import items_of, whole_tests
from coach.reading.priority import band_in
from coach.reading.when_to_sit import Study, enough, first_enough, weeks_ahead
from coach.service.exam_facts import ExamFacts
from coach.wording import in_ten, money, odds, percent, phrased

KEPT = 0.95
"""From here on a plan counts as kept (own)."""
UNKNOWN = (
    "How fast you learn, what you study outside the plan, how hard your form of the exam is and "
    "how the day goes stay unknown. {}, and every exam is taken to be equally long."
)
WHOLE = ""
"""The one domain of an exam without an outline."""


def no_forecast(view: ExamFacts) -> str | None:
    """Why there is nothing to guess, None where there is."""
    if view.retake.status in ("passed", "retired"):
        return f"{view.retake.status}: no sitting is ahead"
    if view.target is None:
        return "no date to estimate for: book the exam or set a goal date, and the estimate follows"
    if view.target.time_known and view.target.at <= view.world.now:
        return "the exam has begun: enter the result, and the next estimate follows"
    return None


def with_forecasts(facts: Facts, views: Iterable[ExamFacts]) -> Facts:
    """The facts with a forecast for each date that is planned for, made once and then kept.

    It is made with the first plan for a date, while that lies ahead: before its result, and from
    nothing that the person did not know either.
    """
    for view in views:
        if view.target is None or no_forecast(view) or view.target.at <= view.world.now:
            continue
        key = f"{view.code}-{view.target.at:%Y-%m-%d}"
        if key not in facts.forecasts:
            made = _forecast(key, ExamFacts(view.world, facts, view.code), view.target.at)
            facts = msgspec.structs.replace(facts, forecasts={**facts.forecasts, key: made})
    return facts


def _forecast(key: str, view: ExamFacts, target: datetime) -> Forecast:
    evidence, study = evidence_of(view), study_until(view, target)
    found = chance(belief(evidence), study.hours)
    return made_from(
        Forecast,
        found,
        id=key,
        exam=view.code,
        target=target,
        made=view.world.now,
        model=MODEL,
        reports=len(evidence.reports),
        practice=len(evidence.practice) + len(evidence.tests),
        done_minutes=study.done,
        planned_minutes=study.planned,
    )


def evidence_of(view: ExamFacts) -> Evidence:
    """All results of one exam. A report on another outline than the newest tells its score."""
    shares = _shares(view)
    results = [(sitting, report) for sitting, report in view.reported if sitting.passed is not None]
    newest = results[-1][0].attempt.at if results else None
    studied = _studied(view)
    tests = whole_tests(view.practice, shares)
    whole = frozenset().union(*(test.ids for test in tests))
    return Evidence(
        shares=shares,
        reports=tuple(_report(view, *result, newest) for result in results),
        practice=tuple(
            SeenPractice(
                domain=entry.domain,
                correct=round(items_of(entry)[0]),
                total=round(items_of(entry)[1]),
                source=entry.source.casefold(),
                hours=studied(entry.at),
                days=_days_before(entry.at, newest),
            )
            for entry in view.practice
            # A quiz on one topic does not speak for its whole domain, a whole test speaks once.
            if entry.domain in shares and entry.topic is None and entry.id not in whole
        ),
        tests=tuple(
            SeenTest(
                part=test.part,
                questions=max(1, round(test.items)),
                source=test.source.casefold(),
                hours=studied(test.at),
                days=_days_before(test.at, newest),
            )
            for test in tests
        ),
    )


def _studied(view: ExamFacts) -> Callable[[datetime], float]:
    """Gives the hours that were studied from the newest report to a moment."""
    done = [block for block in view.blocks_since(view.report_time) if block.status == "done"]
    hours = [0.0, *accumulate(block.studied_minutes / 60 for block in done)]
    return lambda at: hours[bisect_left(done, at, key=attrgetter("start"))]


def _shares(view: ExamFacts) -> dict[str, float]:
    if view.outline is None:
        return {WHOLE: 1.0}
    weights = zip(view.outline.domains, point_weights(view.outline), strict=True)
    return {domain.name: float(weight / 100) for domain, weight in weights if weight}


def _report(
    view: ExamFacts, sitting: Sitting, report: Report, newest: datetime | None
) -> SeenReport:
    exam, outline = view.exam, view.outline
    points, mark, (low, high) = None, exam.passing_score, exam.scale
    if report.score is not None and mark is not None:
        points = (report.score - mark) * SCALE / (high - low)
    return SeenReport(
        points=points,
        passed=bool(sitting.passed),
        bands={d.name: band_in(outline, report, d.name, exam.policy) for d in outline.domains}
        if outline and outline.id == report.outline
        else {},
        days=_days_before(sitting.attempt.at, newest),
    )


def _days_before(at: datetime, newest: datetime | None) -> float:
    return 0.0 if newest is None else max((newest - at) / timedelta(days=1), 0.0)


def study_until(view: ExamFacts, date: datetime) -> Study:
    """The study from the newest report to a date, done and planned."""
    start = view.report_time
    last = view.target.at if view.target else None
    return when_to_sit.study_until(
        date, view.blocks_since(start), now=view.world.now, start=start, last=last
    )


LATER_WEEKS = (2, 4, 6)


class Foresight:
    """The chance to pass one exam: what is believed about it, and the guesses that follow."""

    def __init__(self, view: ExamFacts) -> None:
        self.view = view
        self.reason = no_forecast(view)
        self._target = None if self.reason else view.target
        self._planned = "booked date" if view.aims_at_booking else "planned date"
        self._fee = next((each.fee for each in reversed(view.attempts) if each.fee), None)

    @cached_property
    def _evidence(self) -> Evidence:
        return evidence_of(self.view)

    @cached_property
    def _belief(self) -> Belief:
        return belief(self._evidence)

    def _hours(self, moment: datetime) -> float:
        return study_until(self.view, moment).hours

    def _at(self, moment: datetime, label: str) -> Guess:
        """The guess for one date, with the study there is until then."""
        hours = self._hours(moment)
        found = chance(self._belief, hours)
        ten, hours = of_ten(found), round(hours, 1)
        at = moment.date()
        return made_from(Guess, found, at=at, label=label, hours=hours, words=odds(ten), of_ten=ten)

    @cached_property
    def basis(self) -> ForecastBasis:
        """What it rests on."""
        view = self.view
        study = study_until(view, view.target.at if view.target else view.world.now)
        reports = len(self._evidence.reports)
        practice = len(self._evidence.practice) + len(self._evidence.tests)
        return ForecastBasis(
            reports=reports,
            practice=practice,
            hours_done=round(study.done / 60, 1),
            hours_planned=round(study.planned / 60, 1),
            prior=not reports and not practice,
            results=results(reports, practice),
        )

    @cached_property
    def guess(self) -> Guess | None:
        """The guess for the date that is planned for, None without such a date."""
        return self._at(self._target.at, self._planned) if self._target else None

    @cached_property
    def advised(self) -> WhenToSit | None:
        """The first week that is good enough, None where no sitting is legal or nothing is
        planned."""
        view = self.view
        earliest = view.retake.certain_from
        if self.reason or (earliest is None and view.retake.status != "open"):
            return None
        left = view.retake.attempts_left or None
        weeks = weeks_ahead(
            self._belief,
            self._hours,
            max(earliest or view.world.now, view.world.now),
            until=view.exam.retires,
            attempts_left=left,
            fee=self._fee,
        )
        wanted = enough(left)
        best = first_enough(weeks, wanted)
        return WhenToSit(
            at=best.at if best else None,
            enough=wanted,
            hours=best.hours if best else None,
            fee=self._fee,
            attempts_left=view.retake.attempts_left,
            retires=view.exam.retires,
            recommended=view.retake.recommended,
            weeks=weeks,
            reason=None if best else f"no week that can be looked at reaches {in_ten(wanted)}",
        )

    def answer(self) -> ForecastAnswer:
        """Everything there is to say."""
        view, target = self.view, self._target
        known = filter(view.world.catalogue.exam, {f.exam for f in view.facts.forecasts.values()})
        views = (ExamFacts(view.world, view.facts, code) for code in sorted(known))
        every = [each for each_view in views for each in _graded(each_view)]
        possible, last = tuple(self._possible()), view.exam.retires or date.max
        in_time = tuple(each for each in possible if each[0].date() <= last)
        dates = self._dates(in_time)
        cut = len(in_time) < len(possible)
        return ForecastAnswer(
            exam=view.code,
            model=MODEL,
            target=target.value if target else None,
            guess=self.guess,
            basis=self.basis,
            dates=dates,
            kept=_kept_for(view, target.at) if target else None,
            past=tuple(_kept(view, each.forecast, each) for each in _graded(view)),
            brier=brier(every),
            verdict=verdict(every),
            notes=tuple(self._notes(several=len(dates) > 1, cut=cut)) if target else (),
            reason=self.reason,
            when_to_sit=self.advised,
        )

    def _dates(self, others: Iterable[tuple[datetime, str]]) -> tuple[Guess, ...]:
        """The date that is planned for and others, in order."""
        if self._target is None or self.guess is None:
            return ()
        guesses = {self._target.at.date(): self.guess}
        for moment, label in others:
            if moment.date() not in guesses:
                guesses[moment.date()] = self._at(moment, label)
        return tuple(guesses[day] for day in sorted(guesses))

    def _possible(self) -> Iterator[tuple[datetime, str]]:
        """The first legal day and some weeks later; nothing where no sitting is legal, or where
        there is no study that would tell one date from another."""
        earliest, now = self.view.retake.certain_from, self.view.world.now
        if earliest is None or self._target is None or not self._hours(self._target.at):
            return
        first = max(earliest, now)
        yield first, "today" if earliest <= now else "as soon as you may"
        for weeks in LATER_WEEKS:
            yield first + timedelta(weeks=weeks), f"{weeks} weeks later"

    def _notes(self, *, several: bool, cut: bool) -> Iterator[Reason]:
        """What to know about it where there are `several` dates, or some are `cut` off by the end
        of the exam."""
        view = self.view
        yield Reason(code="MODEL", text=Phrase(rests_on(self.basis)))
        said = tests_say(self._evidence.tests)
        if said is not None:
            yield Reason(code="TESTS", text=Phrase(said))
        if view.latest is not None and view.latest.score is not None:
            yield Reason(code="NOISE", text=Phrase(noise(view.exam, view.latest.score)))
        if self._fee and several:
            text = phrased("Each sitting costs its fee again, {} last time.", money(self._fee))
            yield Reason(code="EXAM", text=text)
        if cut:
            until = "{} can be sat until {}: there are no later dates."
            yield Reason(code="GUARD", text=phrased(until, view.code, view.exam.retires))
        kept = study_until(view, view.world.now).kept
        part = (
            f"Of the time that was due you studied {percent(kept)}, so as much of the rest counts"
        )
        keeping = part if kept <= KEPT else "The plan is taken to be kept"
        yield Reason(code="LIMITS", text=phrased(UNKNOWN, keeping))


def _graded(view: ExamFacts) -> tuple[Graded, ...]:
    """The stored forecasts of one exam with their results."""
    own = (f for f in view.facts.forecasts.values() if f.exam == view.code)
    results = (
        (view.start(sitting.attempt), sitting.passed)
        for sitting in view.sittings
        if sitting.passed is not None
    )
    return graded(own, results)


def _kept_for(view: ExamFacts, target: datetime) -> KeptForecast | None:
    """What was stored for a date."""
    for each in view.facts.forecasts.values():
        if each.exam == view.code and view.local(each.target).date() == target.date():
            return _kept(view, each, None)
    return None


def _kept(view: ExamFacts, stored: Forecast, result: Graded | None) -> KeptForecast:
    return made_from(
        KeptForecast,
        stored,
        made=view.local(stored.made),
        target=view.local(stored.target).date(),
        words=odds(of_ten(made_from(Chance, stored))),
        sat=view.local(result.sat).date() if result else None,
        passed=result.passed if result else None,
    )
