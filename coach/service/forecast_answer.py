"""The forecast as an answer: the guess, when to book, what it rests on, and how past ones did."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from coach.model.documents import ForecastAnswer, ForecastBasis, Guess, KeptForecast
from coach.model.forecast import Forecast
from coach.model.plan import Reason
from coach.reading.forecast.assumptions import MODEL
from coach.reading.forecast.belief import Belief, belief
from coach.reading.forecast.chance import Chance, chance
from coach.reading.forecast.grading import Graded, brier, graded, verdict
from coach.reading.forecast.words import noise, odds, of_ten, rests_on, results
from coach.service.exam_facts import ExamFacts
from coach.service.forecast import evidence_of, no_forecast, study_until

LATER_WEEKS = (2, 4, 6)


class Foresight:
    """The belief about one exam, and the guesses that follow from it."""

    def __init__(self, view: ExamFacts) -> None:
        self.view = view
        self.evidence = evidence_of(view)
        self._belief: Belief = belief(self.evidence)

    def at(self, moment: datetime, label: str) -> Guess:
        """The guess for one date, with the study there is until then."""
        hours = study_until(self.view, moment).hours
        found = chance(self._belief, hours)
        return Guess(
            at=moment.date(),
            label=label,
            hours=round(hours, 1),
            p=found.p,
            low=found.low,
            high=found.high,
            words=odds(found),
            of_ten=of_ten(found),
        )

    def basis(self) -> ForecastBasis:
        """What it rests on."""
        view = self.view
        study = study_until(view, view.target[0] if view.target else view.world.now)
        reports, practice = len(self.evidence.reports), len(self.evidence.practice)
        return ForecastBasis(
            reports=reports,
            practice=practice,
            hours_done=round(study.done / 60, 1),
            hours_planned=round(study.planned / 60, 1),
            prior=not reports and not practice,
            results=results(reports, practice),
        )


def guess(view: ExamFacts) -> tuple[Guess, ForecastBasis] | None:
    """The guess for the date that is planned for and its basis, None where there is none."""
    if view.target is None or no_forecast(view):
        return None
    foresight = Foresight(view)
    return foresight.at(view.target[0], _planned(view)), foresight.basis()


def forecast(view: ExamFacts) -> ForecastAnswer:
    """Everything there is to say about the chance to pass one exam."""
    foresight, reason = Foresight(view), no_forecast(view)
    target = None if reason else view.target
    dates = () if target is None else tuple(_dates(foresight))
    basis = foresight.basis()
    past = _graded(view)
    every = [each for code in _forecast_exams(view) for each in _graded(_of(view, code))]
    return ForecastAnswer(
        exam=view.code,
        model=MODEL,
        target=None if target is None else target[0] if target[1] else target[0].date(),
        guess=next((row for row in dates if row.label == _planned(view)), None),
        basis=basis,
        dates=dates,
        kept=_kept_for(view, target[0]) if target else None,
        past=tuple(_kept(view, each.forecast, each) for each in past),
        brier=brier(every),
        verdict=verdict(every),
        notes=() if target is None else tuple(_notes(view, basis, dates)),
        reason=reason,
    )


def _planned(view: ExamFacts) -> str:
    booked = any(
        attempt.status == "booked" and view.target and attempt.at == view.target[0]
        for attempt in view.attempts
    )
    return "booked date" if booked else "planned date"


def _dates(foresight: Foresight) -> Iterator[Guess]:
    """The first legal day, some weeks later, and the date that is planned for, in order."""
    view = foresight.view
    assert view.target is not None
    moments = {view.target[0].date(): (view.target[0], _planned(view))}
    for moment, label in _possible(view):
        if _before_the_end(view, moment.date()):
            moments.setdefault(moment.date(), (moment, label))
    for day in sorted(moments):
        yield foresight.at(*moments[day])


def _possible(view: ExamFacts) -> Iterator[tuple[datetime, str]]:
    """The first legal day and some weeks later; nothing where no sitting is legal, or where there
    is no study that would tell one date from another."""
    earliest = view.retake.certain_from
    if earliest is None or view.target is None or not study_until(view, view.target[0]).hours:
        return
    first = max(earliest, view.world.now)
    yield first, "today" if earliest <= view.world.now else "first legal day"
    for weeks in LATER_WEEKS:
        yield first + timedelta(weeks=weeks), f"{weeks} weeks later"


def _before_the_end(view: ExamFacts, day: date) -> bool:
    return view.exam.retires is None or day <= view.exam.retires


def _of(view: ExamFacts, code: str) -> ExamFacts:
    return view if code == view.code else ExamFacts(view.world, view.facts, code)


def _forecast_exams(view: ExamFacts) -> list[str]:
    """The exams with a stored forecast that the catalogue has."""
    codes = {forecast.exam for forecast in view.facts.forecasts.values()}
    return sorted(code for code in codes if view.world.catalogue.exam(code))


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
    return KeptForecast(
        made=view.local(stored.made),
        target=view.local(stored.target).date(),
        p=stored.p,
        low=stored.low,
        high=stored.high,
        words=odds(Chance(p=stored.p, low=stored.low, high=stored.high)),
        sat=view.local(result.sat).date() if result else None,
        passed=result.passed if result else None,
    )


def _notes(view: ExamFacts, basis: ForecastBasis, dates: tuple[Guess, ...]) -> Iterator[Reason]:
    yield Reason(code="MODEL", text=rests_on(basis))
    if view.latest is not None and view.latest.score is not None:
        yield Reason(code="NOISE", text=noise(view.exam, view.latest.score))
    fees = [attempt.fee for attempt in view.attempts if attempt.fee]
    if fees and len(dates) > 1:
        fee = f"{fees[-1]:.2f}".removesuffix(".00")
        text = f"Each sitting costs its fee again, {fee} last time."
        yield Reason(code="EXAM", text=text)
    if not all(_before_the_end(view, moment.date()) for moment, _ in _possible(view)):
        text = f"{view.code} can be sat until {view.exam.retires}: there are no later dates."
        yield Reason(code="GUARD", text=text)
    yield Reason(
        code="LIMITS",
        text="How fast you learn, what you study outside the plan, how hard your form of the exam "
        "is and how the day goes stay unknown. The plan is taken to be kept, and every exam to be "
        "equally long.",
    )
