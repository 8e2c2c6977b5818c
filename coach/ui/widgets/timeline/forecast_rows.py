"""The forecast in rows: the guess, each date with its range on a line from 0 to 10, the grades."""

from collections.abc import Iterable
from datetime import date

from coach.model.documents import ForecastAnswer, Guess, KeptForecast
from coach.model.plan import Reason
from coach.ui import text
from coach.ui.widgets.facts_rows import heading, paragraph
from coach.ui.widgets.rows import Row, Seg, row_width, spread

DATE, LABEL, HOURS, ODDS, RESULT = 12, 17, 5, 12, 8
LEAST_LINE, LONGEST_LINE = 11, 31
LEGEND = "● guess, ━ 8 of 10 cases like yours"
_PLACES = {"MODEL": "guess", "EXAM": "dates", "GUARD": "dates"}
"""Where a note is told by its code; any other belongs to what stays unknown."""


def forecast_rows(forecast: ForecastAnswer, today: date, width: int) -> list[Row]:
    """The rows of the sheet, at most `width` cells each."""
    notes: dict[str, list[Reason]] = {"guess": [], "dates": [], "unknown": []}
    for note in forecast.notes:
        notes[_PLACES.get(note.code, "unknown")].append(note)
    rows: list[Row] = []
    if forecast.guess:
        when = text.day(forecast.guess.at, today)
        rows += [(Seg(f"{when}: ", "ink"), Seg(forecast.guess.words, "accent strong"))]
    rows += _told(notes["guess"], today, width, "ink")
    rows += [(), spread(heading("When to sit"), (Seg(LEGEND, "muted"),), width)]
    rows += [_date(row, row == forecast.guess, today, width) for row in forecast.dates]
    rows += _told(notes["dates"], today, width)
    rows += [(), heading("How past guesses did"), *_past(forecast, today, width)]
    return [*rows, (), heading("What it cannot know"), *_told(notes["unknown"], today, width)]


def _told(notes: Iterable[Reason], today: date, width: int, style: str = "muted") -> list[Row]:
    return [row for note in notes for row in paragraph(text.told(note.text, today), width, style)]


def _date(guess: Guess, planned: bool, today: date, width: int) -> Row:
    """One date: its hours of study, the range on a line, and the same in numbers."""
    low, about, high = guess.of_ten
    style = "strong" if planned else "ink"
    room = width - DATE - HOURS - ODDS - 4
    label = (Seg(text.fit(guess.label, LABEL), "muted"),) if room >= LABEL + LEAST_LINE else ()
    within = f", {low}–{high}" if low < high else ""
    return (
        Seg(text.fit(text.short_day(guess.at, today), DATE), style),
        *label,
        Seg(f"{guess.hours:{HOURS - 2}.0f} h  ", "muted"),
        *_line(guess, min(room - row_width(label), LONGEST_LINE), planned),
        Seg("  "),
        Seg(text.fit(f"{about} in 10{within}", ODDS), style),
    )


def _line(guess: Guess, width: int, planned: bool) -> Row:
    """The range from 0 to 10 in `width` cells, with a dot at the guess."""
    low, at, high = (round(p * (width - 1)) for p in (guess.low, guess.p, guess.high))
    bright = "accent" if planned else "ink"
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
        made = text.day(forecast.kept.made.date(), today)
        words = f"Kept on {made}, for the result to grade it: {forecast.kept.words}."
        rows += paragraph(words, width)
    return rows


def _graded(kept: KeptForecast, today: date) -> Row:
    """The day and the result of a sitting, and what was said of it before."""
    result = "passed" if kept.passed else "failed"
    return (
        Seg(text.fit(text.short_day(kept.sat or kept.target, today), DATE), "ink"),
        Seg(text.fit(result, RESULT), result),
        Seg(f"It said {kept.words}.", "muted"),
    )
