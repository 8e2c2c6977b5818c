"""The forecast in words: natural frequencies with a range, never a number alone."""

from collections.abc import Iterator

from coach.cli.text import table, when
from coach.exchange.plain import printable
from coach.model.documents import ForecastAnswer, KeptForecast
from coach.service.view import ExamView


def forecast(view: ExamView) -> str:
    """The guess, the other dates, what it rests on, and how past guesses did."""
    document = view.forecast
    return "\n".join([*_now(document), *_past(document)])


def _now(document: ForecastAnswer) -> Iterator[str]:
    guess = document.guess
    if guess is None:
        yield f"{document.exam}: no model guess; {document.reason}"
        return
    yield f"{document.exam}: model guess for {when(guess.at)}: {guess.words}"
    rows = (
        (f"{when(row.at)}", row.label, f"{row.hours:.0f} h", row.words) for row in document.dates
    )
    yield from table([("Date", "", "Study", "Would pass"), *rows])
    yield from (f"  {printable(note.text)}" for note in document.notes)


def _past(document: ForecastAnswer) -> Iterator[str]:
    if document.kept:
        yield f"Kept on {when(document.kept.made.date())} for its grade: {document.kept.words}"
    for each in document.past:
        yield _graded(each)
    if document.verdict:
        yield document.verdict


def _graded(kept: KeptForecast) -> str:
    result = "you passed" if kept.passed else "you did not pass"
    return (
        f"{when(kept.sat)}: on {when(kept.made.date())} it said {kept.words} for "
        f"{when(kept.target)}; {result}"
    )
