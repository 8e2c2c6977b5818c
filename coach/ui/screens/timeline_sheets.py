"""The sheets of the Timeline: one appointment, one step, the forecast."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from coach.descriptions import own_view_facts, result_word, saved_forecast
from coach.model.answers import Retake, SitWeek, Timeline, TimelineAttempt
from coach.model.attempt import Observation, Report
from coach.model.forecasts import ForecastAnswer, Guess, KeptForecast
from coach.model.plan import Reason
from coach.service.state import State
from coach.ui import actions, text
from coach.ui.screens.sheet import Sheet
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.rows import Row, Seg, fact, heading, pad, paragraph
from coach.ui.widgets.timeline.attempt_table import result_style
from coach.ui.widgets.timeline.next_steps import Step
from coach.wording import counted, in_ten, money, odds, spoken

_PLACE = {"centre": "at a test centre", "online": "online, at home or at work"}
_SOURCE = {
    "screen": "on the screen after the exam",
    "pdf": "in the PDF",
    "profile": "in the profile",
}


def attempt_rows(attempt: TimelineAttempt, state: State, width: int) -> list[Row]:
    """The rows of the detail view, at most `width` cells each; what is not stored is left out."""
    timeline, retake = state.timeline, state.retake
    if timeline is None:
        return []
    record = state.facts.attempts.get(attempt.id)
    report = state.facts.reports.get(attempt.report) if attempt.report else None
    rows = fact("When", text.moment(attempt.at), width, "strong")
    rows += fact("What", _what(attempt), width, result_style(attempt))
    rows += fact("Score", _score(attempt, timeline.passing_score), width)
    rows += fact("Where", _PLACE.get(attempt.place or "", ""), width)
    rows += fact("Fee", "" if attempt.fee is None else money(attempt.fee), width)
    rows += fact("Case number", attempt.case or "", width)
    if record:
        waiver = "granted: the wait after this sitting is lifted" if record.waiver_granted else ""
        time = "" if record.time_known else "not known; both possible dates are shown"
        rows += fact("Reason", record.reason or "", width)
        rows += fact("Waiver", waiver, width)
        rows += fact("Time of day", time, width)
    rows += fact("Note", attempt.note, width)
    rows += _after(attempt, timeline, retake, width)
    rows += _report(report, width) if report else []
    if report and report.reflection:
        rows += [(), heading("How it felt")]
        for label, value in own_view_facts(report.reflection):
            rows += fact(label, value, width)
    return rows


def _what(attempt: TimelineAttempt) -> str:
    if attempt.number is not None:
        return f"{result_word(attempt)}, attempt {attempt.number}"
    count = "" if attempt.counted else ", does not count as an attempt"
    return result_word(attempt) + ("" if attempt.status == "booked" else count)


def _score(attempt: TimelineAttempt, passing: int | None) -> str:
    if attempt.score is None or passing is None:
        return "" if attempt.score is None else f"{attempt.score}"
    short = passing - attempt.score
    if short > 0:
        return f"{attempt.score}, pass mark {passing} ({counted(short, 'point')} short)"
    return f"{attempt.score}, passed (pass mark {passing})"


def _after(
    attempt: TimelineAttempt, timeline: Timeline, retake: Retake | None, width: int
) -> list[Row]:
    wait = next((wait for wait in timeline.waits if wait.attempt == attempt.id), None)
    if wait is not None:
        rule = spoken(wait.rule.replace("cap-", "limit of "))
        words = f"{rule}, {SOURCE_WORD[wait.source or 'unverified']}"
        return _next(text.allowed(wait.until), words, width)
    counted = [other.id for other in timeline.attempts if other.counted]
    if retake is None or not counted or counted[-1] != attempt.id or retake.certain_from is None:
        return []
    note = retake.rule_note
    words = f"{text.shown(note.text)} ({SOURCE_WORD[note.source]})" if note else retake.rule
    return _next(text.allowed(retake.certain_from), words, width)


def _next(when: str, rule: str, width: int) -> list[Row]:
    sit = fact("You may sit", f"from {when}", width, "strong")
    return [(), heading("What follows"), *sit, *fact("Rule", rule, width)]


def _edition(outline: str) -> str:
    """An outline by its id, which is its day in most."""
    try:
        return text.dated(date.fromisoformat(outline))
    except ValueError:
        return outline


def _report(report: Report, width: int) -> list[Row]:
    rows: list[Row] = [(), heading("What the report showed")]
    rows += fact("Outline", _edition(report.outline or ""), width)
    rows += fact("Report source", _SOURCE.get(report.source or "", ""), width)
    rows += fact("Received", text.day(report.received) if report.received else "", width)
    for seen in report.observations:
        rows += fact(_shown(seen), seen.domain, width)
    rows += fact("Flagged", ", ".join(report.flags), width, "flag")
    return rows


def _shown(seen: Observation) -> str:
    if seen.value is None:
        return text.clip(seen.word or "", 13)
    return f"{'bar' if seen.origin == 'bar' else 'percent'} {seen.value}"


class AttemptDetail(Sheet[str]):
    """Closes with `edit`, `remove`, `own_view` or None."""

    NAME = "attempt"

    def __init__(self, attempt: TimelineAttempt, state: State) -> None:
        title = f"{state.code}, {text.day(attempt.at)}"
        super().__init__(title, partial(attempt_rows, attempt, state))
        self._attempt, self._reported = attempt, attempt.report in state.facts.reports

    def offers(self, key: actions.SheetKey) -> bool:
        return self._reported or key.shown != "o"


class AttemptRemoval(AttemptDetail, inherit_bindings=False):
    """Asks before a sitting is removed; closes with its id, or with None to keep it."""

    NAME = "removal"

    def rows(self, width: int) -> Sequence[Row]:
        warning = "Remove this sitting? The plan follows; u takes it back."
        return [*paragraph(warning, width, "failed strong"), (), *super().rows(width)]

    def action_ask(self, action: str = "") -> None:
        self.dismiss(self._attempt.id)


_MEANING = {
    "official": "The exam's vendor publishes this rule.",
    "article": "An article for candidates says so; the vendor does not publish it.",
    "own": "Coach's own reading, where nothing is published.",
    "unverified": "No page of the vendor could be read; check it before you rely on this date.",
}


def step_rows(step: Step, width: int) -> list[Row]:
    """What happens next, in full, and whose rule it is."""
    rows = paragraph(step.value, width, step.style)
    rows += [*([()] if rows else []), *paragraph(step.text, width)]
    if step.source:
        source = f"{SOURCE_WORD[step.source]}. {_MEANING[step.source]}"
        rows += [(), *fact("Source", source, width)]
    return rows


class StepDetail(Sheet[str]):
    """Facts only; closes with None."""

    NAME = "step"

    def __init__(self, step: Step) -> None:
        super().__init__(step.label.strip("▲ ").capitalize(), partial(step_rows, step))


DATE, HOURS, ODDS, FEES, WEEKS, RESULT = 14, 6, 22, 6, 6, 8
WHOLE = DATE + HOURS + ODDS + FEES + WEEKS
"""Cells from which the weeks to expect have room too."""
LEAST_LINE, LONGEST_LINE = 11, 31
_PLACES = {"MODEL": "guess", "EXAM": "dates", "GUARD": "dates"}
"""Where a note is told by its code; any other belongs to what stays unknown."""


def forecast_rows(forecast: ForecastAnswer, today: date, width: int) -> list[Row]:
    """The rows of the sheet, at most `width` cells each."""
    notes: dict[str, list[Reason]] = {"guess": [], "dates": [], "unknown": []}
    for note in forecast.notes:
        notes[_PLACES.get(note.code, "unknown")].append(note)
    past = [(), heading("How past estimates did"), *_past(forecast, today, width)]
    if forecast.reason:
        return [*paragraph(text.sentence(forecast.reason), width), *past]
    rows: list[Row] = []
    if forecast.guess:
        when = text.day(forecast.guess.at, today)
        rows += [(Seg(f"{when}: ", "ink"), Seg(forecast.guess.words, "strong"))]
    rows += _told(notes["guess"], today, width, "ink")
    rows += [(), heading("When to sit"), *_weeks(forecast, today, width)]
    rows += _told(notes["dates"], today, width)
    return [
        *rows,
        *past,
        (),
        heading("What it cannot know"),
        *_told(notes["unknown"], today, width),
    ]


def _told(notes: Iterable[Reason], today: date, width: int, style: str = "muted") -> list[Row]:
    return [row for note in notes for row in paragraph(text.shown(note.text, today), width, style)]


def _weeks(forecast: ForecastAnswer, today: date, width: int) -> list[Row]:
    """A sitting in each week, and on the day that is planned for, then what the marks mean."""
    when, planned = forecast.when_to_sit, forecast.guess
    rows: list[SitWeek | Guess] = list(when.weeks if when else forecast.dates)
    if planned and planned not in rows:
        rows.append(planned)
    rows.sort(key=lambda row: row.at)
    best = when.at if when else None
    listed = [_week(row, best, row is planned, today, width) for row in rows]
    fees = f"{'Fees':>{FEES}}" if when and when.fee is not None else ""
    head = f"{'Week of':<{DATE - 1}}{'Study':>{HOURS - 1}}  {'Chance to pass':<{ODDS}}{fees}"
    head += f"{'Weeks':>{WEEKS}}" if when and width >= WHOLE else ""
    words = [f"◆ is the {planned.label}."] if planned and planned in rows else []
    if when:
        enough = in_ten(when.enough)
        left = f" with {counted(when.attempts_left, 'attempt')} left" if when.attempts_left else ""
        words.append(
            f"✓ is the first week of {enough}, which is enough{left}."
            if best
            else f"No week here reaches {enough}, which is enough{left}."
        )
        words.append(
            "Weeks and fees are those to expect until a pass, with a try every second "
            "week. All of this is a model's estimate, not a promise."
        )
    if when and when.recommended:
        window = text.days(when.recommended.from_, when.recommended.until, today)
        words.append(f"By the rule of thumb {window} is the best time: {when.recommended.basis}")
    return [
        (Seg(head, "muted"),),
        *listed,
        *(row for each in words for row in paragraph(each, width, "muted")),
    ]


def _week(row: SitWeek | Guess, best: date | None, planned: bool, today: date, width: int) -> Row:
    """One day: its hours of study, the chance in numbers, what to expect, and the range on a line
    from 0 to 10."""
    chosen = row.at == best and not planned
    mark = " ◆" if planned else " ✓" if chosen else ""
    style = "aim strong" if chosen else "strong" if planned else "ink"
    found = [
        Seg(text.fit(f"{text.short_day(row.at, today)}{mark}", DATE), style),
        Seg(f"{row.hours:{HOURS - 3}.0f}h  ", "muted"),
        Seg(text.fit(odds(row.of_ten), ODDS), style),
    ]
    if isinstance(row, SitWeek):
        fees = "" if row.fees is None else f"{row.fees:{FEES}.0f}"
        weeks = f"{row.weeks:{WEEKS}.0f}" if width >= WHOLE else ""
        found.append(Seg(f"{fees}{weeks}", "muted"))
    room = width - WHOLE - 2
    if room >= LEAST_LINE:
        found = [*pad(tuple(found), width - room), *_line(row, min(room, LONGEST_LINE), style)]
    return tuple(found)


def _line(row: SitWeek | Guess, width: int, style: str) -> Row:
    """The range from 0 to 10 in `width` cells, with a dot at the chance."""
    low, at, high = (round(p * (width - 1)) for p in (row.low, row.p, row.high))
    bright = style.removesuffix(" strong")
    bright = "ink" if bright == "strong" else bright
    return (
        Seg("─" * low, "faint"),
        Seg("━" * (at - low), bright),
        Seg("●", f"{bright} strong"),
        Seg("━" * (high - at), bright),
        Seg("─" * (width - 1 - high), "faint"),
    )


def _past(forecast: ForecastAnswer, today: date, width: int) -> list[Row]:
    rows = [_graded(each, today) for each in forecast.past]
    rows += paragraph("" if rows else "None has a result yet.", width)
    rows += paragraph(forecast.verdict or "", width)
    if forecast.kept:
        day = partial(text.day, today=today)
        rows += paragraph(saved_forecast(forecast.kept, day), width)
    return rows


def _graded(kept: KeptForecast, today: date) -> Row:
    """The day and the result of a sitting, and what was said of it before."""
    result = "passed" if kept.passed else "failed"
    return (
        Seg(text.fit(text.short_day(kept.sat or kept.target, today), DATE), "ink"),
        Seg(text.fit(result, RESULT), result),
        Seg(f"It said {kept.words}.", "muted"),
    )


class ForecastDetail(Sheet[str]):
    """Facts only; closes with None."""

    NAME = "step"

    def __init__(self, forecast: ForecastAnswer, today: date) -> None:
        super().__init__("Chance to pass (estimate)", partial(forecast_rows, forecast, today))
