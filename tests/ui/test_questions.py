"""Questions about scores and reports, by story: someone just failed and wonders what 668 means."""

import pytest
from textual.widgets import Input

from coach.catalogue.texts import questions
from coach.ui.app import CoachApp
from coach.ui.screens.help import Questions
from tests.ui import desk, samples
from tests.ui.waiting import mash, screen_text, wait_until

QUESTIONS = questions()


@pytest.fixture
def app(tmp_path):
    return CoachApp(desk.failed_twice(tmp_path))


async def opened(pilot):
    await pilot.press("Q")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, Questions))
    await wait_until(pilot, lambda: QUESTIONS[0].question[:30] in screen_text(pilot.app))


def answered(app, words):
    """Whether these words of an answer are on screen, however they are wrapped."""
    return words in " ".join(screen_text(app).replace("│", " ").split())


async def test_a_word_finds_the_question_and_an_arrow_opens_the_next_answer(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert answered(app, "A report stops at skill areas.")
        await pilot.press(*"score")
        await wait_until(pilot, lambda: QUESTIONS[0].question[:30] not in screen_text(app))
        await pilot.press("down")
        await wait_until(pilot, lambda: answered(app, "The score is scaled"))
        assert "Source: official" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)


async def test_every_answer_can_be_reached_by_arrows(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for entry in QUESTIONS:
            beginning = " ".join(entry.answer.split()[:3])
            await wait_until(pilot, lambda b=beginning: answered(app, b))
            await pilot.press("down")
        await pilot.press("pageup", "pageup")
        await wait_until(pilot, lambda: answered(app, "A report stops at skill areas."))


async def test_letters_that_are_keys_elsewhere_are_typed(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*"qQ")
        assert app.screen.query_one(Input).value == "qQ"


async def test_words_that_no_question_holds_say_so(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for hostile in samples.HOSTILE:
            app.screen.query_one(Input).value = hostile
            await wait_until(pilot, lambda: "No question holds these words" in screen_text(app))
            assert "\x1b" not in screen_text(app)
        await mash(pilot, "down")
        await mash(pilot, "enter")
        app.screen.query_one(Input).value = ""
        await wait_until(pilot, lambda: QUESTIONS[0].question[:30] in screen_text(app))


async def test_questions_open_from_the_palette_and_before_there_is_an_exam(tmp_path):
    app = CoachApp(desk.service_in(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: app.screen.query(Input))
        await pilot.press(*"questions")
        await wait_until(pilot, lambda: "What people ask" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, Questions))
