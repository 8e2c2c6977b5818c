"""The sheet of the forecast: each date on a line from 0 to 10, and the grades of past guesses."""

from datetime import date, datetime

import msgspec
import pytest

from coach.model.forecasts import ForecastAnswer, ForecastBasis, Guess, KeptForecast
from coach.model.plan import Reason
from coach.ui.screens.timeline_sheets import forecast_rows
from coach.ui.widgets.rows import row_width
from tests.ui.desk import ZONE

TODAY = date(2026, 11, 22)
BOOKED = Guess(
    at=date(2026, 12, 13), label="booked date", hours=37.6, p=0.7, low=0.5, high=0.9,
    words="about 7 in 10, between 5 and 9", of_ten=(5, 7, 9),
)  # fmt: skip
LATER = Guess(
    at=date(2027, 1, 2), label="6 weeks later", hours=59.0, p=0.95, low=0.95, high=0.95,
    words="about 9 in 10", of_ten=(9, 9, 9),
)  # fmt: skip
KEPT = KeptForecast(
    made=datetime(2026, 11, 8, 9, 0, tzinfo=ZONE), target=date(2026, 12, 13), p=0.6, low=0.4,
    high=0.8, words="about 6 in 10, between 4 and 8",
)  # fmt: skip
ANSWER = ForecastAnswer(
    exam="AZ-104", model="1", target=BOOKED.at, guess=BOOKED,
    basis=ForecastBasis(
        reports=2, practice=0, hours_done=10.0, hours_planned=27.6, prior=False, results="2 reports"
    ),
    dates=(BOOKED, LATER), kept=KEPT, past=(), brier=None, verdict=None,
    notes=(
        Reason(code="MODEL", text="It rests."),
        Reason(code="GUARD", text="Until 2026-11-30."),
        Reason(code="LIMITS", text="Unknown."),
    ),
    reason=None,
)  # fmt: skip


def shown(answer: ForecastAnswer, width: int) -> list[str]:
    return ["".join(seg.text for seg in row) for row in forecast_rows(answer, TODAY, width)]


def test_a_date_has_its_range_on_a_line_and_in_numbers() -> None:
    # 70 cells less date 12, label 17, hours 5, numbers 12 and gaps 4 leave 20: from 0.5 x 19 = 10
    # over 0.7 x 19 = 13 to 0.9 x 19 = 17.
    line = "─" * 10 + "━" * 3 + "●" + "━" * 4 + "─" * 2
    assert f"13 Dec      booked date       38 h  {line}  7 in 10, 5–9" in shown(ANSWER, 70)


def test_a_range_within_one_tenth_is_one_number() -> None:
    (row,) = (row for row in shown(ANSWER, 70) if "6 weeks later" in row)
    assert row.startswith("2 Jan 2027  ")
    assert row.rstrip().endswith("  9 in 10")


@pytest.mark.parametrize("width", [42, 48, 54, 63, 70])
def test_no_row_is_wider_than_the_sheet(width: int) -> None:
    assert max(map(row_width, forecast_rows(ANSWER, TODAY, width))) <= width


def test_a_narrow_sheet_keeps_the_line_and_leaves_the_name_of_the_date_out() -> None:
    rows = shown(ANSWER, 54)
    assert not any("booked date" in row for row in rows)
    assert sum("●" in row for row in rows if "in 10" in row) == 2


def test_past_guesses_stand_beside_their_results() -> None:
    past = (
        msgspec.structs.replace(KEPT, sat=date(2026, 10, 2), passed=False),
        msgspec.structs.replace(KEPT, sat=date(2026, 11, 7), passed=True),
    )
    rows = shown(msgspec.structs.replace(ANSWER, past=past, verdict="On the whole."), 70)
    at = rows.index("How past guesses did")
    assert rows[at + 1 : at + 4] == [
        "2 Oct       failed  It said about 6 in 10, between 4 and 8.",
        "7 Nov       passed  It said about 6 in 10, between 4 and 8.",
        "On the whole.",
    ]


def test_without_a_result_the_kept_guess_says_what_it_waits_for() -> None:
    rows = shown(ANSWER, 120)
    assert "None has a result yet." in rows
    kept = "Kept on Sun 8 Nov, for the result to grade it: about 6 in 10, between 4 and 8."
    assert kept in rows


def test_every_note_stands_where_it_belongs() -> None:
    rows = shown(ANSWER, 70)
    assert rows[1] == "It rests."
    assert rows.index("Until 30 Nov.") == rows.index("How past guesses did") - 2
    assert rows[-2:] == ["What it cannot know", "Unknown."]
