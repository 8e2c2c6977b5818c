"""Timeline stories: someone who failed looks at what happened and at what may happen next."""

from pathlib import Path
from typing import Any

import msgspec

from coach.service.state import State
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.text import visible
from coach.ui.widgets.timeline.attempt_table import AttemptTable
from coach.ui.widgets.timeline.next_steps import AnswerStrip, answers, next_steps
from tests.ui import samples
from tests.ui.desk import app_of, booking, failed_twice, report, service_in
from tests.ui.fakes import FakeService
from tests.ui.waiting import on_screen, screen_lines, screen_text, wait_until

Size = tuple[int, int]


async def open_timeline(pilot: Any) -> None:
    await pilot.press("1")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, TimelineScreen))


async def test_after_two_fails_every_answer_is_on_screen(tmp_path: Path, size: Size) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: "668" in screen_text(app))
        text = screen_text(app)
        for part in ("pass 700", "today", "Attempts", "YOU MAY SIT", "Sat 28 Nov 10:00", "7 in 10"):
            assert part in text
        assert "%" not in text


async def test_ui_08_the_answers_are_told_once_and_explained(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: "BEST TIME" in screen_text(app))
        text = screen_text(app)
        for told in ("5–12 Dec", "Sat 28 Nov 10:00", "reschedule by 15 Dec", "7 in 10"):
            assert text.count(told) == 1
        assert "2 of 5 attempts used; the limit resets 5 Oct 2027" in text
        assert "What happens next" not in text
        await pilot.press("up")
        await wait_until(pilot, lambda: app.screen.query_one(AnswerStrip).has_focus)
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: "3 to 4 weeks from the report" in screen_text(app))
        await pilot.press("escape", "right", "right", "enter")
        await wait_until(pilot, lambda: "What it cannot know" in screen_text(app))
        await pilot.press("escape", "f")
        await wait_until(pilot, lambda: "What it cannot know" in screen_text(app))
        assert "It rests on 2 reports and 1 practice result" in screen_text(app)
        assert not any("%" in line for line in screen_lines(app))
        await pilot.press("escape", "down")
        await wait_until(pilot, lambda: app.screen.query_one(AttemptTable).has_focus)


async def test_enter_shows_all_that_is_stored_and_the_rule(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "You may sit" in screen_text(app))
        text = screen_text(app)
        for part in (
            "668, pass mark 700 (32 points short)",
            "Fee           165",
            "from Sat 28 Nov 2026 10:00",
        ):
            assert part in text
        await pilot.press("escape")
        await wait_until(pilot, lambda: "You may sit" not in screen_text(app))


async def test_removing_asks_first_and_undo_brings_it_back(tmp_path: Path) -> None:
    service = failed_twice(tmp_path)
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("down", "d")
        await wait_until(pilot, lambda: "Remove this sitting?" in screen_text(app))
        await pilot.press("enter", "escape")
        await wait_until(pilot, lambda: "Remove this sitting?" not in screen_text(app))
        assert len(service.state.facts.reports) == 2
        await pilot.press("d")
        await wait_until(pilot, lambda: "Remove this sitting?" in screen_text(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: len(service.state.facts.reports) == 1)
        await wait_until(pilot, lambda: "668" not in "\n".join(screen_lines(app)[:14]))
        service.undo()
        assert len(service.state.facts.reports) == 2


def test_ui_09_every_date_names_its_rule_and_the_source_of_that(tmp_path: Path) -> None:
    """After fails on 5 October 14:00 and 14 November 10:00 with one domain below, booked for 16
    December 10:00: 14 days, three to four weeks, and 24 hours before the appointment."""
    state = failed_twice(tmp_path).state
    told = answers(state.retake, state.timeline, state.now, when=state.when_to_sit)
    assert [(step.label, step.value, step.text, step.source) for step in told] == [
        ("YOU MAY SIT", "Sat 28 Nov 10:00", "14-day rule after attempt 2.", "official"),
        ("BEST TIME", "5–12 Dec", "One domain is below: 3 to 4 weeks from the report. By a model "
         "a pass is 6 in 10 likely from Sat 12 Dec on.", "own"),
        ("YOU ARE BOOKED", "Wed 16 Dec 10:00", "Reschedule or cancel by Tue 15 Dec 10:00. Last "
         "moment to change or cancel without losing the fee.", "official"),
    ]  # fmt: skip
    assert next_steps(state.retake, state.timeline, state.now) == []


async def test_zoom_keeps_the_sitting_and_zero_returns(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await open_timeline(pilot)
        await pilot.press("down")
        await wait_until(pilot, lambda: "◉" in screen_text(app))
        whole = screen_lines(app)[3:20]
        await pilot.press("plus", "plus", "plus", "plus")
        await wait_until(pilot, lambda: "‹ 1 earlier" in screen_text(app))
        assert "668" in screen_text(app)
        await pilot.press("left", "left", "left", "left", "left", "left")
        await wait_until(pilot, lambda: "later" in screen_text(app))
        await pilot.press("0")
        await wait_until(pilot, lambda: screen_lines(app)[3:20] == whole)
        await pilot.press("minus", "minus", "minus", "minus", "minus", "minus", "minus")
        await wait_until(pilot, lambda: "2024" in screen_text(app))


async def test_panning_never_leaves_everything_behind(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press(*["right"] * 12)
        await wait_until(pilot, lambda: "earlier" in screen_text(app))
        await pilot.press(*["left"] * 20)
        await wait_until(pilot, lambda: "later" in screen_text(app))


async def test_a_retired_exam_says_so_and_hands_over_to_its_successor(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    report(service, "2026-06-10T09:00", 640, ("near", "near", "below", "near"), exam="AZ-500")
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: "Mon 31 Aug  no longer offered" in screen_text(app))
        assert "╱╱" in screen_text(app)
        assert "640" in screen_text(app)
        await pilot.press("s")
        await wait_until(pilot, lambda: service.state.code == "SC-500")
        await wait_until(pilot, lambda: "No attempt yet" in screen_text(app))


async def test_the_empty_plan_of_a_retired_exam_leads_to_its_successor_too(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    report(service, "2026-06-10T09:00", 640, ("near", "near", "below", "near"), exam="AZ-500")
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await wait_until(pilot, lambda: "track SC-500" in screen_text(app))
        await pilot.press("s")
        await wait_until(pilot, lambda: service.state.code == "SC-500")


async def test_s_does_nothing_while_the_exam_can_be_sat(tmp_path: Path) -> None:
    service = failed_twice(tmp_path)
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("s")
        await pilot.pause()
        assert service.state.code == "AZ-104"


async def test_an_interrupted_sitting_shows_both_dates(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    report(service, "2026-10-05T14:00", 631)
    booking(service, "2026-11-20T10:00", "interrupted", "08123456")
    app = app_of(service)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: "If the interrupted sitting counts." in screen_text(app))
        assert "If the interrupted sitting does not" in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "08123456" in screen_text(app))


async def test_without_any_sitting_the_next_key_is_named(size: Size) -> None:
    app = app_of(FakeService(samples.EMPTY))
    async with app.run_test(size=size) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: "No attempt yet" in screen_text(app))
        assert "choose your exam" in screen_text(app)


async def test_a_long_history_scrolls_and_stays_in_step_with_the_chart(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    for month in range(1, 13):
        report(service, f"2025-{month:02}-10T09:00", 400 + 20 * month)
    app = app_of(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await open_timeline(pilot)
        await pilot.press("end")
        await wait_until(pilot, lambda: "Fri 10 Jan 2025" in screen_text(app))
        await pilot.press("home")
        await wait_until(pilot, lambda: "Wed 10 Dec 2025" in screen_text(app))


def with_note(note: str) -> State:
    """The sample with one sitting, of that note."""
    attempt = msgspec.structs.replace(samples.TIMELINE.attempts[0], note=note, case=note[:300])
    timeline = msgspec.structs.replace(samples.TIMELINE, attempts=(attempt,))
    return msgspec.structs.replace(samples.STATE, timeline=timeline)


async def test_hostile_notes_are_shown_as_typed() -> None:
    app = app_of(FakeService())
    async with app.run_test(size=(160, 50)) as pilot:
        await open_timeline(pilot)
        for note in samples.HOSTILE:
            app.service.state = app.state = with_note(note)
            await pilot.press("enter")
            await wait_until(pilot, lambda: "Case number" in screen_text(app))
            assert not note.isascii() or visible(note)[:8] in screen_text(app)
            assert "\x1b" not in screen_text(app)
            await pilot.press("escape")
            await on_screen(pilot, TimelineScreen)


async def test_a_cursor_key_repaints_two_lines(tmp_path: Path, size: Size) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_timeline(pilot)
        table = app.screen.query_one(AttemptTable)
        painted: list[int] = []
        render = table.render_line

        def counted(y: int) -> Any:
            painted.append(y)
            return render(y)

        table.render_line = counted  # type: ignore[method-assign]
        await pilot.press("down")
        await wait_until(pilot, lambda: table.cursor == 1 and painted)
        assert len(set(painted)) <= 2
