"""What the command line and the screens both say of an exam, a sitting or a forecast.

Facts are pairs of a label and what stands beside it, empty where nothing is known. Each writes days
its own way, so it hands in how.
"""

from collections.abc import Callable, Iterator
from datetime import date

from coach.model.answers import Road, TimelineAttempt
from coach.model.attempt import Reflection
from coach.model.forecasts import KeptForecast
from coach.model.material import ExamDetail
from coach.wording import duration, listed, money, spoken

Fact = tuple[str, str]
WriteDay = Callable[[date], str]

SHARES = (
    "Weights are target shares that the vendor publishes as ranges; a single form may differ a "
    "little."
)
NO_SHARES = "The vendor publishes no weights, so all domains count the same."
OWN_FILE = "A file of your own changes any of this: `coach exams add FILE.toml`."
PHASES = {
    "before": "Before the exam",
    "during": "During the exam",
    "trouble": "If something fails",
    "after": "After the exam",
}
"""The headings of the checklist for the exam day."""
TERMS = {
    "purchased": "Ordered on",
    "voucher_expires": "Voucher until",
    "change_notice": "Change notice",
    "accommodations": "Accommodations",
    "eligible_from": "Approved on",
    "renewed_until": "Renewed until",
}
"""What is agreed with a vendor about an exam, by the name of its field."""
_PROCTORED = {True: "proctored", False: "not proctored", None: ""}
_ATTEMPT = {"pending": "result pending", "delivered": "taken", "late-cancelled": "cancelled late"}


def exam_facts(exam: ExamDetail, dated: WriteDay, weekday: WriteDay) -> Iterator[Fact]:
    """What is known about an exam; the source of its pass mark has no label. `dated` writes a date,
    `weekday` one with its day of the week."""
    length = f"{exam.duration_minutes} minutes" if exam.duration_minutes else ""
    ends = f" {dated(exam.retires)}" if exam.retires else ""
    successor = f", successor {exam.successor}" if exam.successor else ""
    yield "Leads to", exam.certification or ""
    yield "Made for", exam.audience or ""
    yield "Format", ", ".join(filter(None, (_PROCTORED[exam.proctored], length)))
    yield "Status", f"{exam.status}{ends}{successor}"
    yield "Pass mark", _pass_mark(exam, dated)
    yield "", exam.pass_mark_source or ""
    yield "Note", exam.note or ""
    for end in exam.language_ends:
        yield "Last day", f"{weekday(end.retires)} in {listed(end.languages)}"


def _pass_mark(exam: ExamDetail, dated: WriteDay) -> str:
    scale = f"on a scale of {exam.score_low} to {exam.score_high}"
    if exam.passing_score is None:
        return f"not published, {scale}" if exam.score_high else "not published; pass or fail"
    mark = f"{exam.passing_score} {scale}"
    if exam.pass_mark_source is None:
        return f"{mark}; check it on the vendor's page"
    as_of = exam.pass_mark_as_of
    return f"{mark}, {f'as of {dated(as_of)}' if as_of else 'undated'}"


def result_word(attempt: TimelineAttempt) -> str:
    """What became of an appointment, in one or two words."""
    if attempt.passed is None:
        return _ATTEMPT.get(attempt.status, attempt.status)
    return "passed" if attempt.passed else "failed"


def road_parts(road: Road) -> tuple[str, str, str]:
    """The scores, the study and the fees of the way to a pass, each empty where there is none."""
    climbed = road.attempts > 1 and road.first_score and road.last_score
    return (
        f"from {road.first_score} to {road.last_score}" if climbed else "",
        f"{duration(road.study_minutes)} of study" if road.study_minutes else "",
        f"fees {money(road.fees)}" if road.fees else "",
    )


def saved_forecast(kept: KeptForecast, day: WriteDay) -> str:
    """What was said of a date before its result."""
    made = day(kept.made.date())
    return f"Saved {made}: {kept.words}. Your result will be checked against it."


def own_view_facts(view: Reflection) -> Iterator[Fact]:
    """How a sitting felt to the person who took it."""
    yield "Felt hard", ", ".join(map(spoken, view.hard_formats))
    yield "Missing", spoken(view.lacking or "")
    for name, methods in view.methods.items():
        yield "Studied", f"{name}: {', '.join(map(spoken, methods))}"
