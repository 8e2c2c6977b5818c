"""The sheet of the forecast: each date on a line from 0 to 10, and the grades of past guesses."""

from datetime import date, datetime

import msgspec
import pytest

from coach.model.answers import SitWeek, WhenToSit
from coach.model.forecasts import ForecastAnswer, ForecastBasis, Guess, KeptForecast
from coach.model.plan import Reason
from coach.ui.screens.timeline_sheets import forecast_rows
from coach.ui.widgets.rows import row_width
from coach.wording import phrased
from tests.ui.desk import ZONE

TODAY = date(2026, 11, 22)
BOOKED = Guess(
    at=date(2026, 12, 13), label="booked date", hours=37.6, p=0.7, low=0.5, high=0.9,
    words="7 in 10, range 5 to 9", of_ten=(5, 7, 9),
)  # fmt: skip
LATER = Guess(
    at=date(2027, 1, 2), label="6 weeks later", hours=59.0, p=0.95, low=0.95, high=0.95,
    words="9 in 10", of_ten=(9, 9, 9),
)  # fmt: skip
KEPT = KeptForecast(
    made=datetime(2026, 11, 8, 9, 0, tzinfo=ZONE), target=date(2026, 12, 13), p=0.6, low=0.4,
    high=0.8, words="6 in 10, range 4 to 8",
)  # fmt: skip
ANSWER = ForecastAnswer(
    exam="AZ-104", model="1", target=BOOKED.at, guess=BOOKED,
    basis=ForecastBasis(
        reports=2, practice=0, hours_done=10.0, hours_planned=27.6, prior=False, results="2 reports"
    ),
    dates=(BOOKED, LATER), kept=KEPT, past=(), brier=None, verdict=None,
    notes=(
        Reason(code="MODEL", text="It rests."),
        Reason(code="GUARD", text=phrased("Until {}.", date(2026, 11, 30))),
        Reason(code="LIMITS", text="Unknown."),
    ),
    reason=None,
)  # fmt: skip

WHEN = WhenToSit(
    at=date(2026, 12, 12), enough=0.6, hours=34.6, fee=165, attempts_left=3, retires=None,
    recommended=None, reason=None,
    weeks=(
        SitWeek(at=date(2026, 12, 5), hours=26.4, p=0.4, low=0.2, high=0.7, of_ten=(2, 4, 7),
                sittings=1.4, fees=231.0, weeks=2.8),
        SitWeek(at=date(2026, 12, 12), hours=34.6, p=0.6, low=0.4, high=0.9, of_ten=(4, 6, 9),
                sittings=1.3, fees=216.0, weeks=3.6),
    ),
)  # fmt: skip


def shown(answer: ForecastAnswer, width: int) -> list[str]:
    return ["".join(seg.text for seg in row) for row in forecast_rows(answer, TODAY, width)]


def test_a_week_has_its_hours_its_chance_and_what_to_expect_until_a_pass() -> None:
    # 70 cells less date 14, hours 6, chance 22, fees 6, weeks 6 and a gap of 2 leave 14 for the
    # line: from 0.2 x 13 = 3 over 0.4 x 13 = 5 to 0.7 x 13 = 9; 0.4 x 13 = 5, 0.6, 0.9: 8 and 12.
    rows = shown(msgspec.structs.replace(ANSWER, when_to_sit=WHEN), 70)
    at = rows.index("When to sit")
    assert rows[at + 1] == "Week of      Study  Chance to pass          Fees Weeks"
    assert rows[at + 2 : at + 5] == [
        "5 Dec          26h  4 in 10, range 2 to 7    231     3  ───━━●━━━━────",
        "12 Dec ✓       35h  6 in 10, range 4 to 9    216     4  ─────━━━●━━━━─",
        "13 Dec ◆       38h  7 in 10, range 5 to 9               ──────━━━●━━━─",
    ]
    told = " ".join(rows)
    assert "◆ is the booked date. ✓ is the first week of 6 in 10, which is enough with 3" in told
    assert "not a promise" in told


def test_without_an_advised_week_the_dates_stand_alone() -> None:
    rows = shown(ANSWER, 70)
    (row,) = (row for row in rows if row.startswith("2 Jan 2027"))
    assert "9 in 10 " in row
    assert "Weeks" not in " ".join(rows)


@pytest.mark.parametrize("width", [54, 63, 70])
def test_no_row_is_wider_than_the_sheet(width: int) -> None:
    answer = msgspec.structs.replace(ANSWER, when_to_sit=WHEN)
    assert max(map(row_width, forecast_rows(answer, TODAY, width))) <= width


def test_a_narrow_sheet_keeps_the_numbers_and_leaves_the_line_out() -> None:
    rows = shown(ANSWER, 54)
    assert sum("in 10" in row for row in rows) == 4
    assert not any("●" in row for row in rows)


def test_past_guesses_stand_beside_their_results() -> None:
    past = (
        msgspec.structs.replace(KEPT, sat=date(2026, 10, 2), passed=False),
        msgspec.structs.replace(KEPT, sat=date(2026, 11, 7), passed=True),
    )
    rows = shown(msgspec.structs.replace(ANSWER, past=past, verdict="On the whole."), 70)
    at = rows.index("How past estimates did")
    assert rows[at + 1 : at + 4] == [
        "2 Oct         failed  It said 6 in 10, range 4 to 8.",
        "7 Nov         passed  It said 6 in 10, range 4 to 8.",
        "On the whole.",
    ]


def test_without_a_result_the_kept_guess_says_what_it_waits_for() -> None:
    rows = shown(ANSWER, 120)
    assert "None has a result yet." in rows
    kept = "Saved Sun 8 Nov: 6 in 10, range 4 to 8. Your result will be checked against it."
    assert kept in rows


def test_every_note_stands_where_it_belongs() -> None:
    rows = shown(ANSWER, 70)
    assert rows[1] == "It rests."
    assert rows.index("Until 30 Nov.") == rows.index("How past estimates did") - 2
    assert rows[-2:] == ["What it cannot know", "Unknown."]
