"""Zones by every form of TZ that the system accepts."""

from datetime import datetime, timedelta

import pytest

from coach.exchange.time_zones import system_zone, unreadable_zone

SUMMER, WINTER = datetime(2026, 7, 1, 12), datetime(2026, 12, 1, 12)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "summer", "winter"),
    [
        ("Europe/Berlin", 2, 1),
        (":Europe/Berlin", 2, 1),
        ("/usr/share/zoneinfo/Europe/Berlin", 2, 1),
        (":/usr/share/zoneinfo/Europe/Berlin", 2, 1),
        ("CET-1CEST,M3.5.0,M10.5.0/3", 2, 1),
        ("CET-1CEST,J87,J302", 2, 1),
        ("EST5EDT", -4, -5),
        ("EST5EDT4,M3.2.0/2,M11.1.0/2", -4, -5),
        ("<-03>3", -3, -3),
        ("<+0530>-5:30", 5.5, 5.5),
        ("JST-9", 9, 9),
        ("UTC0", 0, 0),
        ("", 0, 0),
    ],
)
def test_a_form_of_tz_that_the_system_accepts(value: str, summer: float, winter: float) -> None:
    zone = system_zone(value)
    assert zone is not None
    assert SUMMER.replace(tzinfo=zone).utcoffset() == timedelta(hours=summer)
    assert WINTER.replace(tzinfo=zone).utcoffset() == timedelta(hours=winter)


def test_a_rule_changes_at_its_hour() -> None:
    zone = system_zone("CET-1CEST,M3.5.0,M10.5.0/3")
    before, after = (datetime(2027, 3, 28, hour, tzinfo=zone) for hour in (1, 3))
    assert (before.utcoffset(), after.utcoffset()) == (timedelta(hours=1), timedelta(hours=2))


@pytest.mark.parametrize(
    "value", ["Mars/Base", "/etc/passwd", "/nowhere", "../../etc/passwd", "CET-99", "x", "CET-1,"]
)
def test_what_is_no_zone_is_said(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", value)
    assert system_zone(value) is None
    assert unreadable_zone() == f'TZ is "{value}", which is no time zone: times are in UTC.'
