"""How long calendars take to be read, large and harmful ones: python tests/benchmarks/calendars.py

Targets: 25,000 past events and one ahead in 3 s; any other file in 2 s and 300 MB.
"""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=BERLIN)
OLD = "DTSTART:19000101T100000Z\r\nDTEND:19000101T110000Z\r\n"
PART = (
    "BEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nRRULE:FREQ=YEARLY\r\nTZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0200\r\nEND:STANDARD\r\n"
)
TEXTS = f"DESCRIPTION:{'lorem ipsum ' * 30}\r\nATTENDEE;CN=A:mailto:a@x\r\n"


def events(lines: Iterable[str]) -> str:
    return "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@x\r\nDTSTAMP:20260101T000000Z\r\n{each}END:VEVENT\r\n"
        for n, each in enumerate(lines)
    )


def on(day: date) -> str:
    return f"DTSTART:{day:%Y%m%d}T180000Z\r\nDTEND:{day:%Y%m%d}T190000Z\r\n"


def past() -> str:
    days = [date(2010, 1, 1) + timedelta(days=n % 6000) for n in range(25_000)]
    return events(on(day) + TEXTS for day in [*days, date(2026, 12, 1)])


def ahead() -> str:
    return events(on(date(2026, 12, 1) + timedelta(days=n % 300)) for n in range(20_000))


def ruled(rule: str, number: int) -> Callable[[], str]:
    return lambda: events(f"{OLD}RRULE:FREQ={rule}\r\n" for _ in range(number))


def zone() -> str:
    times = "DTSTART;TZID=X:20261128T100000\r\nDTEND;TZID=X:20261128T110000\r\n"
    return f"BEGIN:VTIMEZONE\r\nTZID:X\r\n{PART * 3000}END:VTIMEZONE\r\n{events([times])}"


def many_zones() -> str:
    one = f"BEGIN:VTIMEZONE\r\nTZID:{{0}}\r\n{PART}END:VTIMEZONE\r\n"
    times = "DTSTART;TZID={0}:20261128T100000\r\nDURATION:PT1H\r\n"
    names = [f"(UTC+01:00) Zone {n}" for n in range(5_000)]
    return "".join(map(one.format, names)) + events(map(times.format, names))


def left_out() -> str:
    days = ",".join(f"2026{1 + n % 12:02}{1 + n % 28:02}T100000Z" for n in range(900_000))
    return events([f"{OLD}RRULE:FREQ=DAILY\r\nEXDATE:{days}\r\n"])


EVERY_DAY = "BYDAY=MO,TU,WE,TH,FR,SA,SU"
CASES: dict[str, Callable[[], str]] = {
    "25,000 past events": past,
    "20,000 events ahead": ahead,
    "9,999 endless counts": ruled(f"YEARLY;{EVERY_DAY};COUNT=99999999", 9_999),
    "lists of 3,000 days": ruled(f"YEARLY;BYMONTHDAY={3000 * '31,'}31;COUNT=9999999", 400),
    "3,000 parts of a zone": zone,
    "5,000 zones": many_zones,
    "every second": ruled("SECONDLY", 2_000),
    "every hour": ruled("HOURLY", 2_000),
    "30 February": ruled("DAILY;BYMONTH=2;BYMONTHDAY=30", 2_000),
    "week 99": ruled("YEARLY;BYWEEKNO=99", 2_000),
    "500 weekly events": ruled("WEEKLY", 500),
    "900,000 days left out": left_out,
    "nested parts": lambda: "BEGIN:VEVENT\r\nBEGIN:X\r\n" * 300_000,
}


def main(name: str) -> None:
    """Read one calendar in this process, and print what it took."""
    from coach.exchange.calendar_in import UnreadableCalendar, busy_times

    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{CASES[name]()}END:VCALENDAR\r\n"
    before = process_time()
    try:
        found = busy_times(text.encode(), BERLIN, NOW, NOW + timedelta(days=400))
        told = ", ".join(f"{each.count:,} {each.code}" for each in found.remarks) or "all read"
    except UnreadableCalendar as error:
        told = str(error)
    seconds = process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<24} {seconds:5.2f} s  {peak:4.0f} MB  {told}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        for each in CASES:
            subprocess.run([sys.executable, __file__, each], check=True)
