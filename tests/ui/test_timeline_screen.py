"""Timeline stories: someone who failed looks at what happened and at what may happen next."""

from pathlib import Path
from typing import Any

import msgspec

from coach.service import State
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.text import visible
from coach.ui.widgets.timeline.attempt_table import AttemptTable
from coach.ui.widgets.timeline.next_steps import NextList, next_steps
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
        await wait_until(pilot, lambda: "668 F" in screen_text(app))
        text = screen_text(app)
        for part in ("AZ-104", "700 ", "now", "Attempts", "May sit", "from Sat 28 Nov 10:00"):
            assert part in text
        assert "%" not in text


async def test_ui_08_legal_date_and_recommended_window_are_two_lines(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: "Recommended" in screen_text(app))
        lines = screen_lines(app)
        legal = next(line for line in lines if "May sit" in line and "from" in line)
        advised = next(line for line in lines if "Recommended" in line)
        assert "official" in legal
        assert legal != advised
        assert any("Change until" in line and "Tue 15 Dec 10:00" in line for line in lines)
        assert any("Attempts left" in line and "3 of 5" in line for line in lines)
        assert any("Cost so far" in line and "495" in line for line in lines)
        guess = app.state.forecast.guess
        assert any("Model guess" in line and guess.words in line for line in lines)
        await pilot.press("tab", "end", "enter")
        await wait_until(pilot, lambda: "What it cannot know" in screen_text(app))
        assert "It rests on 2 reports and 1 practice result" in screen_text(app)
        assert any("booked date" in line and "●" in line for line in screen_lines(app))
        assert not any("%" in line for line in screen_lines(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "What it cannot know" not in screen_text(app))


async def test_enter_shows_all_that_is_stored_and_the_rule(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "Next from" in screen_text(app))
        text = screen_text(app)
        for part in ("668, 32 below the passing score of 700", "165.00", "Sat 28 Nov 2026 10:00"):
            assert part in text
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Next from" not in screen_text(app))


async def test_removing_asks_first_and_undo_brings_it_back(tmp_path: Path) -> None:
    service = failed_twice(tmp_path)
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("down", "d")
        await wait_until(pilot, lambda: "Remove this sitting?" in screen_text(app))
        await pilot.press("enter")
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
    December 10:00: 14 days, three to four weeks, twelve months and 24 hours."""
    state = failed_twice(tmp_path).state
    steps = next_steps(state.retake, state.timeline, state.now)
    assert [(step.label, step.value, step.text, step.source) for step in steps[:4]] == [
        ("May sit", "from Sat 28 Nov 10:00", "14-day rule after attempt 2.", "official"),
        ("Recommended", "5–12 Dec", "One domain is below: 3 to 4 weeks from the report.", "own"),
        ("Attempts left", "3 of 5 until 5 Oct 2027",
         "The window of 5 attempts ends; 2 used so far.", "official"),
        ("Change until", "Tue 15 Dec 10:00",
         "Last moment to change or cancel without losing the fee.", "official"),
    ]  # fmt: skip
    assert not any(char.isdigit() for step in steps[4:] for char in step.value if step.source)


async def test_ui_09_a_line_of_what_happens_next_is_explained(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("tab")
        await wait_until(pilot, lambda: app.screen.query_one(NextList).has_focus)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "The exam's vendor publishes this rule" in screen_text(app))
        await pilot.press("escape", "up")
        await wait_until(pilot, lambda: app.screen.query_one(AttemptTable).has_focus)
        await pilot.press("end", "down")
        await wait_until(pilot, lambda: app.screen.query_one(NextList).has_focus)


async def test_zoom_keeps_the_sitting_and_zero_returns(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await open_timeline(pilot)
        await pilot.press("down")
        await wait_until(pilot, lambda: "◉" in screen_text(app))
        whole = screen_lines(app)[3:20]
        await pilot.press("plus", "plus", "plus", "plus")
        await wait_until(pilot, lambda: "‹ 1 earlier" in screen_text(app))
        assert "668 F" in screen_text(app)
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
        await wait_until(pilot, lambda: "AZ-500 retired on Mon 31 Aug" in screen_text(app))
        assert "╱╱" in screen_text(app)
        assert "640" in screen_text(app)
        await pilot.press("s")
        await wait_until(pilot, lambda: service.state.code == "SC-500")
        await wait_until(pilot, lambda: "No sitting yet" in screen_text(app))


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
        await wait_until(pilot, lambda: "No sitting yet" in screen_text(app))
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
            await pilot.press("enter")
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
