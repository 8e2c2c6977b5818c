"""Values as they are typed, written out again."""

from datetime import date, timedelta

from coach.service.input_parser import days_text


def test_days_off_are_written_as_spans() -> None:
    christmas = [date(2026, 12, 24) + timedelta(days=n) for n in range(3)]
    assert days_text([*christmas, date(2027, 1, 1)]) == ("2026-12-24..2026-12-26, 2027-01-01")
