"""After missed sessions: another place for a few at once, three ways on after a gap."""

from datetime import timedelta

import pytest

from coach.service.service import Service
from coach.service.settings import replan
from coach.ui.app import CoachApp
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import DoneAfterAll, ReplanPreview, WaysOn
from tests.ui import samples
from tests.ui.waiting import screen_text, wait_until


@pytest.fixture
def service(tmp_path):
    """Nobody followed the plan for twelve days."""
    Service(tmp_path, samples.ZONE, lambda zone: samples.NOW.astimezone(zone)).load_sample()
    now = samples.NOW + timedelta(days=12)
    return Service(tmp_path, samples.ZONE, lambda zone: now.astimezone(zone))


async def asked(pilot):
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScheduleScreen))
    await pilot.press("r")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, DoneAfterAll))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, WaysOn))


def test_a_plan_that_was_followed_has_no_ways_on(tmp_path):
    service = Service(tmp_path, samples.ZONE, lambda zone: samples.NOW.astimezone(zone))
    service.load_sample()
    assert service.state.ways_on == ()


def test_each_way_says_its_date_and_what_is_given_up(service):
    fresh, later, fewer = service.state.ways_on
    target = service.state.head.target
    assert (fresh.kind, later.kind, fewer.kind) == ("fresh", "later", "fewer")
    assert f"{fresh.target:%Y-%m-%d}" == f"{fewer.target:%Y-%m-%d}" == f"{target:%Y-%m-%d}"
    assert later.target > fresh.target
    assert fresh.lost == fewer.lost == len(service.state.plan.backlog)
    assert (later.lost, later.lost_minutes) == (0, 0)
    assert fresh.left_out == ()
    assert fewer.left_out


async def test_all_three_are_shown_and_escape_keeps_the_plan(service, size):
    before = service.state.facts
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await asked(pilot)
        for words in ("Three ways on", "Fresh start", "A later date", "Fewer topics"):
            await wait_until(pilot, lambda words=words: words in screen_text(app))
        assert "Given up" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert service.state.facts == before


@pytest.mark.parametrize(
    ("keys", "target_moves"),
    [("f", False), ("l", True), ("w", False), ("enter", False), ("down enter", True)],
)
async def test_a_way_is_taken_by_key_and_undone(service, keys, target_moves):
    before = service.state
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press(*keys.split())
        revision = before.view(before.code).schedule.revision
        await wait_until(pilot, lambda: service.view().schedule.revision == revision + 1)
        assert (service.state.head.target != before.head.target) == target_moves
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("u")
        await wait_until(pilot, lambda: service.view().schedule.revision == revision)
        assert service.state.facts.blocks == before.facts.blocks


async def test_c_previews_the_fewest_changes(service):
    revision = service.view().schedule.revision
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("c")
        await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
        assert service.view().schedule.revision == revision
        await pilot.press("enter")
        await wait_until(pilot, lambda: service.view().schedule.revision == revision + 1)


async def test_a_missed_evening_has_another_place_when_the_app_is_opened(tmp_path):
    now = [samples.NOW]
    service = Service(tmp_path, samples.ZONE, lambda zone: now[0].astimezone(zone))
    service.load_sample()
    service.act(replan, future="fresh")
    ahead = (b for b in service.state.facts.blocks.values() if b.start > now[0] and b.domain)
    now[0] = min(ahead, key=lambda block: block.start).day_end
    app = CoachApp(service)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: "re-planned after" in screen_text(app))
        assert service.view().schedule.trigger.endswith("missed")
        await pilot.press("u")
        await wait_until(pilot, lambda: "Undone" in screen_text(app))


async def test_what_was_done_after_all_is_ticked_in_one_step_before_the_ways_on(service, size):
    before = service.state
    first, second, third, *rest = [block.id for block in before.plan.backlog]
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("r", "space", "p", "2", "5", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, WaysOn))
        blocks = service.state.facts.blocks
        assert (blocks[first].status, blocks[second].status) == ("done", "done")
        assert blocks[second].spent == 25
        assert {blocks[name].status for name in (third, *rest)} == {"planned"}
        await pilot.press("escape", "u")
        await wait_until(pilot, lambda: service.state.facts.blocks == before.facts.blocks)
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, WaysOn))


async def test_a_part_without_minutes_is_asked_for_and_nothing_typed_is_lost(service):
    before = service.state.facts
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("r", "space", "p", "5", "backspace", "enter")
        await wait_until(pilot, lambda: "minutes: missing; type how many" in screen_text(app))
        await pilot.press("0", "enter")
        await wait_until(pilot, lambda: "minutes: " in screen_text(app))
        assert isinstance(app.screen, DoneAfterAll)
        assert service.state.facts == before
        await pilot.press("p", "k", "space")
        assert app.screen._answers == {}
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
