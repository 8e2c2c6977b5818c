"""Four people at the Timeline and the keys they press: what they see, correct and understand."""

from pathlib import Path
from typing import Any

import pytest

from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import AttemptForm
from coach.ui.screens.help import HelpScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.timeline_sheets import StepDetail
from coach.ui.widgets.timeline.next_steps import NextList
from tests.ui.histories import history
from tests.ui.waiting import screen_lines, screen_text, wait_until

Size = tuple[int, int]


def app_with(folder: Path, name: str) -> CoachApp:
    app = CoachApp(history(folder, name))
    app.animation_level = "none"
    return app


async def open_timeline(pilot: Any) -> None:
    await pilot.press("1")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, TimelineScreen))
    await wait_until(pilot, lambda: "Attempts" in screen_text(pilot.app))


def line_with(app: CoachApp, *parts: str) -> str:
    return next((line for line in screen_lines(app) if all(p in line for p in parts)), "")


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("failed_once", ("631", "Fri 20 Nov 10:00", "17–31 Dec", "1 of 5")),
        ("booked_for_friday", ("655", "booked", "Fri 20 Nov 09:00", "1 of 5")),
        ("failed_five_times", ("692", "Tue 1 Jun 2027 09:00", "5 of 5", "in 194 days")),
        ("retired", ("688", "640", "no longer offered", "SC-500")),
        ("passed", ("764, pass mark 700", "17 May 2027", "until 17 Nov 2027", "from 640 to 764")),
        ("nobody", ("now", "No attempt yet", "Thu 10 Dec", "8 in 10")),
    ],
)
async def test_people_find_their_answers_at_every_size(
    tmp_path: Path, size: Size, name: str, answers: tuple[str, ...]
) -> None:
    app = app_with(tmp_path, name)
    async with app.run_test(size=size) as pilot:
        await pilot.press("1")
        for answer in answers:
            await wait_until(pilot, lambda answer=answer: answer in screen_text(app))


async def test_every_answer_keeps_its_line_and_its_source_at_eighty_columns(tmp_path: Path) -> None:
    app = app_with(tmp_path, "failed_once")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: line_with(app, "YOU MAY SIT", "Fri 20 Nov", "official"))
        assert line_with(app, "BEST TIME", "17–31 Dec", "article")
        assert line_with(app, "Attempts", "1 of 5 attempts used; the limit resets 19 Nov 2027")


async def test_a_question_mark_explains_a_line_and_helps_everywhere_else(tmp_path: Path) -> None:
    app = app_with(tmp_path, "failed_once")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await pilot.press("tab")
        await wait_until(pilot, lambda: app.screen.query_one(NextList).has_focus)
        await wait_until(pilot, lambda: "? explains" in screen_text(app))
        await pilot.press("up", "home", "up", "up", "up", "question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, StepDetail))
        await wait_until(pilot, lambda: "24-hour rule after attempt 1." in screen_text(app))
        assert "official. The exam's vendor publishes this rule." in screen_text(app)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_a_booking_turns_into_a_no_show_by_keyboard(tmp_path: Path, size: Size) -> None:
    app = app_with(tmp_path, "booked_for_friday")
    async with app.run_test(size=size) as pilot:
        await open_timeline(pilot)
        await pilot.press("c")
        await wait_until(pilot, lambda: isinstance(app.screen, AttemptForm))
        await wait_until(pilot, lambda: app.screen.focused is not None)
        form = app.screen
        assert isinstance(form, AttemptForm)
        draft = form.draft()
        assert (draft.status, draft.at) == ("booked", "2026-11-20 09:00")
        assert (draft.place, draft.fee) == ("online", "165")
        await pilot.press("3", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        attempt = app.state.timeline.attempts[-1]
        assert (attempt.status, attempt.fee) == ("late-cancelled", 165.0)
        await wait_until(pilot, lambda: "cancelled late" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: app.state.timeline.attempts[-1].status == "booked")


async def test_an_interrupted_sitting_with_its_case_gets_its_waiver(tmp_path: Path) -> None:
    app = app_with(tmp_path, "failed_once")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(app.screen, AttemptForm))
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await pilot.press("6", "enter")
        await pilot.press(*"2026-11-19 14:00", "enter", "enter", "enter")
        await pilot.press(*"08123456", "enter", "i", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await wait_until(pilot, lambda: "If the interrupted sitting counts." in screen_text(app))
        await pilot.press("home", "enter")
        await wait_until(pilot, lambda: "08123456" in screen_text(app))
        await pilot.press("c")
        await wait_until(pilot, lambda: isinstance(app.screen, AttemptForm))
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await pilot.press(*["enter"] * 6, "y", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        record = app.state.facts.attempts[app.state.timeline.attempts[-1].id]
        assert (record.case_number, record.reason) == ("08123456", "internet")
        assert record.waiver_granted


async def test_what_cannot_have_happened_is_marked(tmp_path: Path, size: Size) -> None:
    app = app_with(tmp_path, "impossible")
    async with app.run_test(size=size) as pilot:
        await open_timeline(pilot)
        await wait_until(pilot, lambda: line_with(app, "▲ Check", "The sittings of 2 Nov"))
        await pilot.press("tab", "enter")
        await wait_until(pilot, lambda: "their times." in screen_text(app))


async def test_the_lessons_of_a_retired_exam_go_along_to_its_successor(tmp_path: Path) -> None:
    app = app_with(tmp_path, "retired")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        assert line_with(app, "SUCCESSOR", "SC-500", "s tracks it")
        await pilot.press("s")
        await wait_until(pilot, lambda: app.state.code == "SC-500")
        await wait_until(pilot, lambda: "From AZ-500: no domain was reported" in screen_text(app))
        assert app.state.retake.attempts_used == 0


async def test_dates_of_an_unverified_policy_are_marked(tmp_path: Path) -> None:
    app = app_with(tmp_path, "unconfirmed")
    async with app.run_test(size=(120, 40)) as pilot:
        await open_timeline(pilot)
        await wait_until(
            pilot, lambda: line_with(app, "YOU MAY SIT", "unverified", "YOU ARE BOOKED")
        )
        assert line_with(app, "YOU MAY SIT").count("unverified") == 2
        assert "Coach's own" in line_with(app, "BEST TIME")
        assert line_with(app, "wait", "7 days ?")


async def test_a_typed_date_is_not_lost_by_escape(tmp_path: Path) -> None:
    app = app_with(tmp_path, "failed_once")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_timeline(pilot)
        app.open("target")
        await wait_until(pilot, lambda: "Goal date" in screen_text(app))
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        app.open("target")
        await wait_until(pilot, lambda: "Goal date" in screen_text(app))
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await pilot.press(*"2026-12-24")
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Discard what you typed?" in screen_text(app))
        await pilot.press("n")
        await wait_until(pilot, lambda: "2026-12-24" in screen_text(app))


@pytest.mark.parametrize(("words", "lines"), [("Saved.", 1), ("Saved, and planned again. " * 5, 2)])
async def test_a_notice_covers_the_keys_and_never_the_content(
    tmp_path: Path, words: str, lines: int
) -> None:
    app = app_with(tmp_path, "seven_sittings")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_timeline(pilot)
        await pilot.press("end")
        await wait_until(pilot, lambda: line_with(app, "▌"))
        app.say(words)
        await wait_until(pilot, lambda: line_with(app, "Saved"))
        assert sum("Saved" in line for line in screen_lines(app)) == lines
        assert "Saved" in screen_lines(app)[-lines]
        assert app.screen.query_one("#time-body").region.bottom == 24 - lines


async def test_a_large_screen_shows_the_selected_sitting_in_full(tmp_path: Path) -> None:
    app = app_with(tmp_path, "failed_five_times")
    async with app.run_test(size=(160, 50)) as pilot:
        await open_timeline(pilot)
        for key, score in (("home", "692, pass mark 700 (8 points short)"), ("down", "649, pass")):
            await pilot.press(key)
            await wait_until(pilot, lambda s=score: s in "".join(screen_lines(app)[3:]))
        assert "(8 points short)" not in "".join(screen_lines(app)[3:])


async def test_a_small_screen_keeps_that_room_for_the_table(tmp_path: Path, size: Size) -> None:
    app = app_with(tmp_path, "failed_five_times")
    async with app.run_test(size=size) as pilot:
        await open_timeline(pilot)
        shown = size[0] >= 100 and size[1] >= 34
        assert app.screen.query_one("#time-chosen").display == shown
