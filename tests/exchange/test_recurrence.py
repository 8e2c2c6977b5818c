"""Repeated events: the days of a rule, also against another library's reading of the RFC."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from coach.exchange.recurrence import Budget, NotUnderstood, Rule

MONDAY = date(2026, 11, 23)


def days(rule: str, first: date = MONDAY, end: date = date(2027, 12, 31)) -> list[str]:
    found = Rule(vRecur.from_ical(rule), first).between(first, end, Budget(10_000))
    return [f"{day:%y-%m-%d}" for day in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["26-11-23", "26-11-24", "26-11-25"]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", ["26-11-23", "26-11-25", "26-11-27"]),
        ("FREQ=WEEKLY;COUNT=3", ["26-11-23", "26-11-30", "26-12-07"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["26-11-23", "26-11-25", "26-11-30"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=2", ["26-11-24", "26-12-08"]),
        ("FREQ=MONTHLY;COUNT=3", ["26-11-23", "26-12-23", "27-01-23"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["26-11-27", "26-12-25"]),
        ("FREQ=MONTHLY;BYDAY=2MO;COUNT=2", ["26-12-14", "27-01-11"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["26-11-30", "26-12-31"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["26-11-30", "26-12-31"]),
        ("FREQ=YEARLY;COUNT=2", ["26-11-23", "27-11-23"]),
        ("FREQ=YEARLY;BYMONTH=1;BYDAY=1MO", ["27-01-04"]),
        ("FREQ=YEARLY;BYDAY=-1SU", ["26-12-27", "27-12-26"]),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_days_of_a_rule(rule: str, expected: list[str]) -> None:
    assert days(rule) == expected


def test_a_month_without_the_day_has_none() -> None:
    assert days("FREQ=MONTHLY;COUNT=3", date(2026, 10, 31)) == ["26-10-31", "26-12-31", "27-01-31"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=9", "FREQ=YEARLY;BYWEEKNO=3"])
def test_what_is_not_understood(rule: str) -> None:
    with pytest.raises(NotUnderstood):
        days(rule)


def test_a_rule_without_days_ends_with_the_budget() -> None:
    rule = Rule(vRecur.from_ical("FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30"), date(1900, 1, 1))
    with pytest.raises(NotUnderstood):
        list(rule.between(MONDAY, date(2027, 12, 31), Budget(1_000)))


DAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), unique=True)
NTH = st.lists(st.sampled_from(["1MO", "-1FR", "2WE", "-2SU", "5TH"]), unique=True)


@st.composite
def any_rule(draw: st.DrawFn) -> str:
    unit = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={unit}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if by_day := draw(DAYS if unit in ("DAILY", "WEEKLY") else NTH):
        parts.append(f"BYDAY={','.join(by_day)}")
    if months := draw(st.lists(st.integers(1, 12), max_size=3, unique=True)):
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    numbers = draw(st.lists(st.sampled_from([1, 13, 31, -1]), max_size=2, unique=True))
    if unit != "WEEKLY" and numbers:
        parts.append(f"BYMONTHDAY={','.join(map(str, numbers))}")
    if len(parts) > 2 and unit != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2']))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    if draw(st.booleans()):
        parts.append("WKST=SU")
    return ";".join(parts)


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(any_rule(), st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 200))
def test_the_same_days_as_dateutil(rule: str, first: date, after: int) -> None:
    begin = first + timedelta(days=after)
    end = begin + timedelta(days=200)
    midnight = datetime.combine(first, datetime.min.time())
    bounded = rule if "COUNT" in rule else f"{rule};UNTIL={end:%Y%m%d}"
    expected = [d.date() for d in rrulestr(bounded, dtstart=midnight) if begin <= d.date() <= end]
    found = Rule(vRecur.from_ical(rule), first).between(begin, end, Budget(100_000))
    assert list(found) == expected
