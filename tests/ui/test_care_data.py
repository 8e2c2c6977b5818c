"""Backups, the list of what was done, check-up, copies, export and merge inside the app."""

import gzip
from datetime import timedelta

import pytest
from textual.widgets import Input

from coach.service.attempts import remove
from coach.ui import app as app_module
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.form import ShortForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.your_data import CheckupSheet, CopiesSheet, UndoList, YourData
from coach.ui.text import visible
from tests.ui import desk, samples
from tests.ui.waiting import on_screen, screen_text, wait_until


@pytest.fixture
def app(tmp_path):
    """Two reports at 09:00, in a backup made by hand at 10:00; a third entered at 10:10."""
    desk.failed_twice(tmp_path)
    desk.service_in(tmp_path, desk.NOW + timedelta(hours=1)).maintenance().make_backup()
    later = desk.service_in(tmp_path, desk.NOW + timedelta(minutes=70))
    desk.report(later, "2026-11-21T10:00", 690)
    return CoachApp(desk.service_in(tmp_path, desk.NOW + timedelta(hours=2)))


async def opened(pilot, key, kind):
    await on_screen(pilot, ScheduleScreen)
    await pilot.press(key)
    await on_screen(pilot, kind)


def reports(app):
    return len(app.state.facts.reports)


def words(app):
    return " ".join(screen_text(app).translate({ord("│"): " ", ord("▌"): " "}).split())


async def test_yesterdays_data_come_back_and_u_takes_the_restore_back(app, size):
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, "B", YourData)
        await wait_until(pilot, lambda: "made by hand" in screen_text(app))
        await wait_until(pilot, lambda: "It holds AZ-104 · 2 reports" in words(app))
        await pilot.press("enter")
        await on_screen(pilot, Confirm)
        await wait_until(pilot, lambda: "Now there is AZ-104 · 3 reports" in words(app))
        await pilot.press("y")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: reports(app) == 2)
        await pilot.press("u")
        await wait_until(pilot, lambda: reports(app) == 3)
        await pilot.press("u")
        await on_screen(pilot, Confirm)
        await pilot.press("y")
        await wait_until(pilot, lambda: reports(app) == 2)
        assert len(app.state.facts.practice) == 1


async def test_no_keeps_everything(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "B", YourData)
        await pilot.press("enter")
        await on_screen(pilot, Confirm)
        await pilot.press("enter", "n")
        await on_screen(pilot, YourData)
        assert reports(app) == 3


async def test_after_a_later_save_u_takes_that_back_and_not_the_restore(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "B", YourData)
        await pilot.press("enter", "y")
        await wait_until(pilot, lambda: reports(app) == 2)
        desk.practice(app.service, "1", 3, 4)
        app.catch_up()
        await pilot.press("u")
        await wait_until(pilot, lambda: len(app.state.facts.practice) == 1)
        assert reports(app) == 2


async def test_a_backup_is_made_and_stands_first(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "B", YourData)
        await wait_until(pilot, lambda: "2 backups," in screen_text(app))
        await pilot.press("m")
        await wait_until(pilot, lambda: "3 backups," in screen_text(app))
        await wait_until(pilot, lambda: "3 reports" in words(app).partition("It holds")[2])


async def test_without_backups_and_records_the_screen_says_so(tmp_path, size):
    app = CoachApp(desk.service_in(tmp_path))
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("B")
        await wait_until(pilot, lambda: "None yet" in screen_text(app))
        assert "no records" in screen_text(app)
        await pilot.press("enter", "m")
        await wait_until(pilot, lambda: "there is nothing to" in screen_text(app))


async def test_a_backup_that_cannot_be_used_is_not_restored(app, tmp_path):
    for backup in (tmp_path / "backups").iterdir():
        backup.write_bytes(gzip.compress(b"{"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "B", YourData)
        await wait_until(pilot, lambda: "It cannot be used." in screen_text(app))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, YourData)


async def test_the_wrong_report_removed_an_hour_ago_comes_back_from_the_list(app, size):
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        await pilot.press("down", "d", "y")
        await wait_until(pilot, lambda: reports(app) == 2)
        desk.practice(app.service, "1", 3, 4)
        await pilot.press("U")
        await on_screen(pilot, UndoList)
        await wait_until(pilot, lambda: "removed" in screen_text(app))
        assert "2026-" not in screen_text(app)
        await pilot.press("enter", "down", "u")
        await wait_until(pilot, lambda: len(app.state.facts.practice) == 1)
        await pilot.press("u")
        await wait_until(pilot, lambda: reports(app) == 3)
        await pilot.press("U")
        await on_screen(pilot, TimelineScreen)


async def test_the_list_takes_nothing_back_that_it_does_not_show(app, tmp_path):
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, "U", UndoList)
        desk.practice(desk.service_in(tmp_path), "1", 3, 4)
        await pilot.press("u")
        await wait_until(pilot, lambda: "3 of 4" in screen_text(app))
        assert len(desk.service_in(tmp_path).state.facts.practice) == 2


async def test_a_restore_stands_first_in_the_list(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "B", YourData)
        await pilot.press("enter", "y")
        await wait_until(pilot, lambda: reports(app) == 2)
        await pilot.press("U")
        await wait_until(pilot, lambda: "A backup restored" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: reports(app) == 3)


async def test_with_nothing_done_the_list_says_so(tmp_path):
    app = CoachApp(desk.service_in(tmp_path))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("U")
        await wait_until(pilot, lambda: "Nothing to undo" in screen_text(app))
        await wait_until(pilot, lambda: "take the newest back" not in screen_text(app))
        assert "/ filter" not in screen_text(app)
        await pilot.press("u", "enter", "escape")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)


async def test_the_check_up_shows_what_is_wrong_and_mends_it(app, tmp_path, size):
    (tmp_path / "coach.json").chmod(0o644)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, "B", YourData)
        await wait_until(pilot, lambda: "1 thing to look at" in screen_text(app))
        await pilot.press("k")
        await on_screen(pilot, CheckupSheet)
        await pilot.press("f")
        await wait_until(pilot, lambda: "all is well" in screen_text(app))
    assert (tmp_path / "coach.json").stat().st_mode & 0o077 == 0


def leave_a_copy(folder):
    """What Dropbox leaves where another machine saved at the same time."""
    other = folder / "other"
    other.mkdir()
    (other / "coach.json").write_bytes((folder / "coach.json").read_bytes())
    desk.practice(desk.service_in(other), "4", 8, 9)
    (other / "coach.json").rename(folder / "coach (Anna's conflicted copy 2026-11-22).json")


async def test_a_conflict_copy_is_told_of_and_merged(app, tmp_path, size, monkeypatch):
    monkeypatch.setattr(app_module, "NOTICE_COPIES", 0.01)
    leave_a_copy(tmp_path)
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_until(pilot, lambda: "Another copy of your data" in words(app))
        await pilot.press("B")
        await wait_until(pilot, lambda: "1 other copy beside" in words(app))
        await pilot.press("c")
        await on_screen(pilot, CopiesSheet)
        await wait_until(pilot, lambda: "Anna's conflicted copy" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, YourData)
        assert {p.correct for p in app.state.facts.practice.values()} == {9, 8}
        await wait_until(pilot, lambda: "Copies" not in screen_text(app))
        await pilot.press("escape", "u")
        await wait_until(pilot, lambda: len(app.state.facts.practice) == 1)


async def test_the_palette_exports_and_merges(app, tmp_path):
    file = tmp_path / "out.json"
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("ctrl+p", *"export", "enter")
        await on_screen(pilot, ShortForm)
        app.screen.query_one(Input).value = str(tmp_path / "coach.json")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "belongs to Coach" in words(app))
        app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await wait_until(pilot, file.exists)
        desk.done(app.service.act(remove, next(iter(app.state.facts.reports))))
        file.write_text(file.read_text().replace('"_changed": "2026', '"_changed": "2027'))
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("ctrl+p", *"merge", "enter")
        await on_screen(pilot, ShortForm)
        app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: reports(app) == 3)


async def test_hostile_paths_are_refused_as_text(app):
    def refused(path):
        return visible(path)[:8] in str(app.screen.query_one(".problem.-shown").content)

    async with app.run_test(size=(60, 20)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        app.open("merge_file")
        await on_screen(pilot, ShortForm)
        for hostile in samples.HOSTILE:
            app.screen.query_one(Input).value = hostile[:200]
            await pilot.press("enter")
            await wait_until(pilot, lambda hostile=hostile: refused(hostile))
            assert "\x1b" not in screen_text(app)


async def test_hostile_names_of_backups_and_copies_stay_text(app, tmp_path, size):
    (tmp_path / "coach ([red]x\x1b[31m).json").write_bytes((tmp_path / "coach.json").read_bytes())
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "B", YourData)
        await wait_until(pilot, lambda: "1 other copy" in screen_text(app))
        await pilot.press("c")
        await wait_until(pilot, lambda: "[red]x" in screen_text(app))
        assert "\x1b" not in screen_text(app)
