"""Material by keyboard: a ticked lab is done, the next one comes, and its address is a key away."""

import os
from datetime import timedelta

from coach.service.blocks import block_done
from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.exams import ExamCard
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import BlockDetail
from tests.ui import desk
from tests.ui.stories import SIZES
from tests.ui.waiting import on_screen, screen_text, wait_until


def material(service, block):
    """The id of the material that a session names."""
    shown = (b for week in service.view().schedule.weeks for b in week.blocks)
    return next(b.resource.id for b in shown if b.id == block.id and b.resource)


def is_done(service, resource):
    return next(row.done for row in service.state.resources.resources if row.id == resource)


@SIZES
async def test_a_ticked_lab_is_done_and_the_next_one_comes(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near", "near", "near", "above"))
    blocks = sorted(service.state.facts.blocks.values(), key=lambda block: block.start)
    first = next(block for block in blocks if block.activity == "lab")
    same = (b for b in blocks if b.activity == "lab" and b.domain == first.domain)
    second = next(block for block in same if block.start > first.start)
    for block in blocks[: blocks.index(first)]:
        desk.done(service.act(block_done, block.id))
    lab, following = material(service, first), material(service, second)
    assert lab != following
    clock.now = first.end - timedelta(minutes=5)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("space")
        await wait_until(pilot, lambda: is_done(service, lab))
        assert material(service, second) == following
        await pilot.press("space")
        await wait_until(pilot, lambda: not is_done(service, lab))
        assert "AZ-104" in screen_text(app)


@SIZES
async def test_an_address_goes_to_the_browser_and_to_both_clipboards(tmp_path, size, monkeypatch):
    taken, opened = tmp_path / "taken", []
    program = tmp_path / "pbcopy"
    program.write_text(f"#!/bin/sh\ncat > {taken}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    service = Service(tmp_path / "data", desk.ZONE, desk.Clock())
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near"))
    app = CoachApp(service)
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        for key, sheet in (("enter", BlockDetail), ("E", ExamCard)):
            await pilot.press(key)
            await on_screen(pilot, sheet)
            await pilot.press("o", "y")
            await wait_until(pilot, lambda: "is on the clipboard" in screen_text(app))
            assert app.clipboard == opened[-1] == taken.read_text()
            assert opened[-1].startswith("https://learn.microsoft.com/")
            await pilot.press("escape")
            await on_screen(pilot, ScheduleScreen)
    assert len(set(opened)) == 2
