"""Values as they are typed, written out again."""

from datetime import date, timedelta

import pytest

from coach.service.input_parser import days_text, parse_window, window_text


def test_days_off_are_written_as_spans() -> None:
    christmas = [date(2026, 12, 24) + timedelta(days=n) for n in range(3)]
    assert days_text([*christmas, date(2027, 1, 1)]) == ("2026-12-24..2026-12-26, 2027-01-01")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("7-12am", "19:00-24:00"),
        ("10-1am", "22:00-01:00"),
        ("11-1pm", "11:00-13:00"),
        ("1-3am", "01:00-03:00"),
    ],
)
def test_the_half_of_the_day_at_the_end_is_meant_for_both_or_crosses_noon_or_midnight(
    typed: str, shown: str
) -> None:
    window = parse_window(typed)
    assert window is not None
    assert window_text(window) == shown
