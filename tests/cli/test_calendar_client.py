"""Exported calendars in a client that follows RFC 5545: a later file updates, never doubles."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.service.outcome import Outcome
from coach.service.reports import add_report
from coach.service.service import Service
from tests.cli.conftest import Coach
from tests.cli.test_behaviours_plan import blocks, report, run
from tests.service.conftest import BERLIN, Clock
from tests.service.test_plan_history import ACTIONS, REPORTS


class Client:
    """A calendar program: of each UID it keeps the version with the highest SEQUENCE, and shows
    what is not cancelled."""

    def __init__(self) -> None:
        self.events: dict[str, icalendar.Event] = {}

    def read(self, text: str) -> None:
        for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
            known = self.events.get(str(event["uid"]))
            if known is None or int(event["sequence"]) >= int(known["sequence"]):
                self.events[str(event["uid"])] = event

    @property
    def shown(self) -> dict[str, tuple[datetime, datetime]]:
        return {
            uid.partition("-")[0]: (event["dtstart"].dt, event["dtend"].dt)
            for uid, event in self.events.items()
            if event["status"] != "CANCELLED"
        }


def planned(coach: Coach) -> dict[str, tuple[datetime, datetime]]:
    return {
        block["id"]: (_utc(block["start"]), _utc(block["end"]))
        for block in blocks(run(coach, "schedule"))
        if block["status"] != "skipped"
    }


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


CHANGES: dict[str, tuple[str, ...]] = {
    "hours": ("hours", "--clear", "fri=17:00-20:00"),
    "day-off": ("hours", "--off", "2026-12-05"),
    "earlier": ("target", "2026-12-10"),
    "later": ("target", "2027-04-10"),
    "strategy": ("strategy", "priority"),
    "report": ("report", "add", "AZ-104", "--at", "2026-11-20T18:00", "--score", "610",
               "--band", "1=below"),
    "undo": ("undo",),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_inv_40_a_second_import_shows_the_new_plan_and_nothing_else(
    coach: Coach, change: tuple[str, ...]
) -> None:
    report(coach)
    run(coach, "target", "2027-01-20")
    client = Client()
    first = coach("export", "ics").out
    client.read(first)
    assert client.shown == planned(coach)
    assert coach(*change).code == 0
    second = coach("export", "ics").out
    client.read(second)
    assert client.shown == planned(coach)
    client.read(first)  # an old file that is read again changes nothing
    assert client.shown == planned(coach)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(ACTIONS), min_size=2, max_size=5))
def test_inv_40_after_any_changes_the_calendar_shows_the_plans(
    actions: list[Callable[[Service], Outcome]],
) -> None:
    """Of two exams, read after every change or only at the end."""
    with TemporaryDirectory() as folder:
        clock = Clock("2026-11-21T09:00")
        service = Service(Path(folder), BERLIN, clock)
        for number in (1, 3):
            service.act(add_report, REPORTS[number])
        often, late = Client(), Client()
        late.read(service.export("ics").decode())
        for minute, action in enumerate(actions):
            clock.set(f"2026-11-21T10:{minute:02}")
            action(service)
            often.read(service.export("ics").decode())
        late.read(service.export("ics").decode())
        blocks = service.state.facts.blocks.values()
        kept = {b.id: (b.start, b.end) for b in blocks if b.status != "skipped"}
        assert often.shown == late.shown == kept


def test_a_session_names_its_material_with_the_address(coach: Coach) -> None:
    report(coach)
    client = Client()
    client.read(coach("export", "ics").out)
    events = {uid.partition("-")[0]: event for uid, event in client.events.items()}
    uses = {b["id"]: b["resource"] for b in blocks(run(coach, "schedule")) if b["resource"]}
    assert uses
    for name, use in uses.items():
        assert str(events[name]["url"]) == use["url"]
        assert use["title"] in str(events[name]["description"])
    assert not [name for name in events.keys() - uses.keys() if "url" in events[name]]


def test_moves_and_skips_over_a_clock_change_arrive(coach: Coach) -> None:
    report(coach)
    run(coach, "target", "2027-04-20")
    client = Client()
    client.read(coach("export", "ics", "--alarm", "10").out)
    evening, skipped = (block["id"] for block in blocks(run(coach, "schedule"))[-9:-7])
    coach("block", "move", evening, "2027-03-29T21:00")
    coach("block", "skip", skipped)
    client.read(coach("export", "ics", "--alarm", "10").out)
    assert client.shown == planned(coach)
    # Summer time begins on 28 March 2027 in Berlin: 21:00 is 19:00 UTC.
    assert client.shown[evening][0] == datetime(2027, 3, 29, 19, 0, tzinfo=UTC)
    by_block = {uid.partition("-")[0]: event for uid, event in client.events.items()}
    alarms: list[Any] = by_block[evening].walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == [timedelta(minutes=-10)]
    assert by_block[skipped].walk("VALARM") == []
