"""Hours for study by keyboard: a week that is painted, and the lines of text below it."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from coach.model.settings import DEFAULT_HOURS, BusyTimes
from coach.service.outcome import Done, Refused
from coach.service.refusal import Problem
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.hours_editor import FIELDS, HoursEditor, values_of
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.widgets.schedule.board import PlanBoard
from tests.ui import samples
from tests.ui.fakes import FakeService
from tests.ui.waiting import screen_lines, screen_text, wait_until

SAVED = Done(state=samples.STATE, message="Weekly hours saved.")
EVENING = "19:00-20:30"


async def opened(pilot):
    await wait_until(pilot, lambda: pilot.app.screen.query_one(PlanBoard).entry)
    await pilot.press("a")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, HoursEditor))


async def saved(pilot, service):
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScheduleScreen))
    [(name, (draft,))] = service.calls
    assert name == "set_hours"
    return draft


async def test_hours_are_painted_and_saved_as_a_whole_week(size):
    service = FakeService(set_hours=SAVED)
    async with CoachApp(service).run_test(size=size) as pilot:
        await opened(pilot)  # on Wednesday, where its evening begins
        await pilot.press("up", "space", "shift+up", "right", "space")
        await pilot.press("tab", *"2026-12-24,2026-12-26")
        draft = await saved(pilot, service)
        assert dict(draft.windows) == {
            "mon": EVENING,
            "tue": EVENING,
            "wed": "18:00-20:30",
            "thu": "18:00-18:30, 19:00-20:30",
            "fri": "",
            "sat": "09:00-13:00",
            "sun": "",
        }
        assert draft.off == ("2026-12-24", "2026-12-26")
        assert draft.clear


async def test_with_the_brush_down_the_arrows_paint_until_it_is_lifted():
    service = FakeService(set_hours=SAVED)
    async with CoachApp(service).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("right", "right", "b", "down", "down")
        await wait_until(pilot, lambda: "brush down  ·  11h 30m a week" in screen_text(pilot.app))
        await pilot.press("b", "right", "left", "up", "b", "up", "b")
        draft = await saved(pilot, service)
        assert dict(draft.windows)["fri"] == "20:00-20:30"
        assert dict(draft.windows)["sat"] == "09:00-13:00"


async def test_an_empty_week_is_saved_only_when_asked_and_a_day_copied_to_the_next():
    service = FakeService(set_hours=SAVED)
    async with CoachApp(service).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("0", "ctrl+s")
        await wait_until(pilot, lambda: "Save an empty week?" in screen_text(pilot.app))
        await pilot.press("n")
        await wait_until(pilot, lambda: "Save an empty week?" not in screen_text(pilot.app))
        assert service.calls == []
        await pilot.press("space", *"cccccc")  # Sunday is the last
        draft = await saved(pilot, service)
        assert dict(draft.windows) == {
            "mon": "",
            "tue": "",
            **dict.fromkeys(("wed", "thu", "fri", "sat", "sun"), "19:00-19:30"),
        }


async def test_blocks_caps_and_a_calendar_are_typed_over_what_there_was(size):
    service = FakeService(set_hours=SAVED)
    async with CoachApp(service).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("tab", "tab", *"90", "tab", *"10", "tab", *"120", "tab", *"600")
        await pilot.press("down", *"work.ics")
        draft = await saved(pilot, service)
        fields = (draft.block, draft.breaks, draft.daily, draft.weekly, draft.busy, draft.no_busy)
        assert fields == ("90", "10", "120", "600", "work.ics", False)


async def test_a_calendar_that_was_read_is_told_and_can_be_forgotten():
    read = datetime(2026, 11, 20, tzinfo=samples.ZONE)
    busy = BusyTimes(name="[work].ics", read=read, until=read, spans=((read, read),))
    hours = replace(DEFAULT_HOURS, busy=busy, daily_minutes=90)
    facts = replace(samples.STATE.facts, settings={"hours": hours})
    state = replace(samples.STATE, facts=facts)
    service = FakeService(state, set_hours=SAVED)
    async with CoachApp(service).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("shift+tab", "shift+tab")
        await wait_until(
            pilot, lambda: "[work].ics is read: 1 busy time." in screen_text(pilot.app)
        )
        await pilot.press(*"none", "ctrl+s")
        await wait_until(pilot, lambda: bool(service.calls))
        [(_, (draft,))] = service.calls
        assert draft.no_busy
        assert (draft.busy, draft.daily) == ("", "90")


async def test_refused_hours_stay_with_one_sentence_for_each_wrong_field(size):
    problems = (
        Problem("off", "[soon] is not a day."),
        Problem("off", "later is not a day."),
        Problem("daily", "too much."),
    )
    service = FakeService(set_hours=Refused(problems))
    async with CoachApp(service).run_test(size=size) as pilot:
        app = pilot.app
        await opened(pilot)
        await pilot.press("3", "tab", *"soon later", "ctrl+s")
        await wait_until(pilot, lambda: "Days off: [soon] is not a day." in screen_text(app))
        assert "Day: too much." in screen_text(app)
        assert "later is not a day" not in screen_text(app)
        assert "8h a week" in screen_text(app)
        assert app.focused.id == "hours-off"
        await pilot.press("backspace")
        await wait_until(pilot, lambda: "[soon] is not" not in screen_text(app))
        assert isinstance(app.screen, HoursEditor)


@pytest.mark.parametrize(("key", "answer"), [("escape", "y"), ("escape", "n"), ("ctrl+q", "n")])
async def test_leaving_asks_where_something_painted_would_be_lost(key, answer):
    service = FakeService()
    async with CoachApp(service).run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        await pilot.press("space", key)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press(answer)
        left = ScheduleScreen if answer == "y" else HoursEditor
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, left))
        assert service.calls == []


async def test_leaving_hours_as_they_were_asks_nothing():
    service = FakeService()
    async with CoachApp(service).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScheduleScreen))


def test_every_text_of_the_draft_has_a_field_that_holds_what_is_set():
    values = values_of(replace(DEFAULT_HOURS, break_minutes=5, weekly_minutes=300))
    names = [field.name for row in FIELDS for field in row]
    assert names == list(values)
    assert values == {
        "off": "", "block": "60", "breaks": "5", "daily": "none", "weekly": "300", "busy": "",
        "spare": "0",
    }  # fmt: skip


async def test_the_cursor_stands_in_its_own_column_and_the_hours_apart_from_the_presets(size):
    async with CoachApp(FakeService()).run_test(size=size) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "0 empty" in screen_text(pilot.app))
        lines = screen_lines(pilot.app)
        presets = next(number for number, line in enumerate(lines) if "0 empty" in line)
        assert not lines[presets - 1].strip("│ ")
        names = next(line for line in lines if "Mon" in line and "Sun" in line)
        for day in ("Mon", "Tue", "Wed", "Thu"):
            await pilot.press(*(["left"] * 7 if day == "Mon" else ["right"]))
            cursor = next(line for line in screen_lines(pilot.app) if "[" in line)
            assert cursor.index("[") <= names.index(day) < cursor.index("]")
            assert cursor[cursor.index("[") - 1] == " "


async def test_days_off_are_read_while_they_are_typed(size):
    service = FakeService(set_hours=SAVED)
    async with CoachApp(service).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("tab", *"24 dec..26 dec, 5.1.2027, soon")
        await wait_until(pilot, lambda: "24 Dec..2 Jan" in screen_text(pilot.app))
        await pilot.press(*["backspace"] * len(", soon"))
        await wait_until(pilot, lambda: "= 24–26 Dec, Tue 5 Jan 2027" in screen_text(pilot.app))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: bool(service.calls))
        [(_, (draft,))] = service.calls
        assert draft.off == ("24 dec..26 dec", "5.1.2027")


async def test_all_keys_of_the_hours_stand_on_the_smallest_screen():
    async with CoachApp(FakeService(set_hours=SAVED)).run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "esc close" in screen_text(pilot.app))
        assert "ctrl+s save" in screen_text(pilot.app)
