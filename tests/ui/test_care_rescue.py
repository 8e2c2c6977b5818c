"""A data file that cannot be used: at the start, and under an open app. By story."""

from datetime import timedelta

import pytest
from textual.widgets import Input

from coach.service.maintenance import Maintenance
from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.broken_data import BrokenData, RescueApp
from coach.ui.screens.exam_forms import AttemptForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.welcome import WelcomeScreen
from tests.ui import desk
from tests.ui.waiting import on_screen, screen_text, wait_until

TORN = b'{"meta": {"file": {"sch'


def file(folder):
    return folder / "coach.json"


def aside(folder):
    return [path.read_bytes() for path in folder.glob("coach.json.damaged-*")]


def backed_up(folder):
    """Two reports in a backup of 09:00, a third that came later in none."""
    service = desk.failed_twice(folder)
    service.maintenance().make_backup()
    desk.report(service, "2026-11-21T10:00", 690)
    return service


def rescue_app(folder):
    rescue = Maintenance(folder, lambda: desk.NOW + timedelta(hours=1))
    return RescueApp(rescue, rescue.trouble(), desk.NOW + timedelta(hours=1))


async def test_coming_home_to_a_torn_file_enter_restores_the_newest_good_backup(tmp_path, size):
    backed_up(tmp_path)
    file(tmp_path).write_bytes(TORN)
    app = rescue_app(tmp_path)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "is not whole" in screen_text(app))
        shown = " ".join(screen_text(app).replace("│", " ").split())
        assert "newest good backup is from today 09:00, made by hand" in shown
        assert "AZ-104 · 2 reports, 1 appointment, 1 quiz" in shown
        await pilot.press("enter")
        await wait_until(pilot, lambda: not app.is_running)
    assert "restored" in app.return_value
    assert len(desk.service_in(tmp_path).state.facts.reports) == 2
    assert aside(tmp_path) == [TORN]


async def test_starting_with_empty_data_keeps_the_broken_file(tmp_path):
    backed_up(tmp_path)
    file(tmp_path).write_bytes(TORN)
    app = rescue_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, BrokenData)
        await pilot.press("s")
        await wait_until(pilot, lambda: not app.is_running)
    assert "coach.json.damaged-20261122-100000" in app.return_value
    assert desk.service_in(tmp_path).state.code is None
    assert aside(tmp_path) == [TORN]


async def test_the_ways_out_can_be_filtered_and_esc_shows_all_of_them_again(tmp_path):
    backed_up(tmp_path)
    file(tmp_path).write_bytes(TORN)
    app = rescue_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, BrokenData)
        await pilot.press("slash", *"empty")
        await wait_until(pilot, lambda: "Look again" not in screen_text(app))
        assert "Start with empty data" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Look again" in screen_text(app))
    assert app.return_value is None
    assert file(tmp_path).read_bytes() == TORN


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_changes_nothing(tmp_path, key):
    backed_up(tmp_path)
    file(tmp_path).write_bytes(TORN)
    app = rescue_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, BrokenData)
        await pilot.press(key)
        await wait_until(pilot, lambda: not app.is_running)
    assert app.return_value is None
    assert file(tmp_path).read_bytes() == TORN
    assert not aside(tmp_path)


async def test_one_wrong_record_is_set_aside_and_the_rest_stays(tmp_path):
    service = backed_up(tmp_path)
    logged = next(iter(service.state.facts.practice))
    torn = file(tmp_path).read_bytes().replace(b'"correct":9', b'"correct":"x"')
    file(tmp_path).write_bytes(torn)
    app = rescue_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Repair 1 fault" in screen_text(app))
        assert logged in screen_text(app)
        await pilot.press("m")
        await wait_until(pilot, lambda: not app.is_running)
    facts = desk.service_in(tmp_path).state.facts
    assert len(facts.reports) == 3
    assert not facts.practice


async def test_data_of_a_newer_coach_offers_to_leave_first(tmp_path):
    backed_up(tmp_path)
    newer = file(tmp_path).read_bytes().replace(b'"schema":', b'"schema":99')
    file(tmp_path).write_bytes(newer)
    app = rescue_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "newer Coach" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: not app.is_running)
    assert file(tmp_path).read_bytes() == newer


async def test_without_a_good_backup_it_says_so(tmp_path):
    file(tmp_path).write_bytes(TORN)
    app = rescue_app(tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: "There is no good backup." in screen_text(app))
        assert "Restore" not in screen_text(app)
        await pilot.press("r")
        assert file(tmp_path).read_bytes() == TORN


async def test_a_file_that_breaks_under_the_open_app_is_written_back_from_it(tmp_path, size):
    app = CoachApp(backed_up(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        file(tmp_path).write_bytes(TORN)
        await pilot.press("1")
        await on_screen(pilot, BrokenData)
        await wait_until(pilot, lambda: "Write back what this window" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, ScheduleScreen)
        assert len(app.state.facts.reports) == 3
    assert len(desk.service_in(tmp_path).state.facts.reports) == 3
    assert aside(tmp_path) == [TORN]


async def test_a_file_that_is_whole_again_closes_the_question(tmp_path):
    app = CoachApp(backed_up(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        whole = file(tmp_path).read_bytes()
        file(tmp_path).write_bytes(TORN)
        await pilot.press("t")
        await on_screen(pilot, BrokenData)
        await pilot.press("l")
        await wait_until(pilot, lambda: "still" in screen_text(app))
        file(tmp_path).write_bytes(whole)
        app.screen.look()
        await on_screen(pilot, ScheduleScreen)
    assert not aside(tmp_path)


async def test_starting_empty_under_the_open_app_leads_to_the_welcome(tmp_path):
    app = CoachApp(backed_up(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        file(tmp_path).write_bytes(TORN)
        await pilot.press("t")
        await on_screen(pilot, BrokenData)
        await pilot.press("s")
        await on_screen(pilot, WelcomeScreen)


async def test_leaving_from_an_open_app_ends_it(tmp_path):
    app = CoachApp(backed_up(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        file(tmp_path).write_bytes(TORN)
        await pilot.press("q")
        await wait_until(pilot, lambda: not app.is_running)


async def test_under_a_form_the_file_breaks_and_what_was_typed_stays(tmp_path):
    app = CoachApp(backed_up(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("b")
        await on_screen(pilot, AttemptForm)
        app.screen.query_one("#field-at Input", Input).value = "2026-12-24"
        file(tmp_path).write_bytes(TORN)
        app.look_again()
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "data file" in screen_text(app))
        assert isinstance(app.screen, AttemptForm)
        assert app.screen.query_one("#field-at Input", Input).value == "2026-12-24"
        await pilot.press("escape", "y")
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("t")
        await on_screen(pilot, BrokenData)


async def test_a_file_that_the_system_does_not_give_is_no_damage(tmp_path):
    file(tmp_path).symlink_to(file(tmp_path).name)
    rescue = Maintenance(tmp_path, lambda: desk.NOW)
    app = RescueApp(rescue, rescue.trouble(), desk.NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "does not let Coach read" in screen_text(app))
        for key in ("r", "s", "m", "p"):
            await pilot.press(key)
        assert file(tmp_path).is_symlink()
        assert app.is_running


class Moved:
    """A clock that stands until it is moved."""

    now = desk.NOW

    def __call__(self, zone):
        return self.now.astimezone(zone)


async def test_the_backup_of_another_day_is_named_by_its_date(tmp_path):
    clock = Moved()
    Service(tmp_path, desk.ZONE, clock).load_sample()
    Service(tmp_path, desk.ZONE, clock).maintenance().make_backup()
    file(tmp_path).write_bytes(TORN)
    rescue = Maintenance(tmp_path, lambda: clock.now)
    app = RescueApp(rescue, rescue.trouble(), desk.NOW + timedelta(days=3))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "backup of Sun 22 Nov 09:00" in screen_text(app))
