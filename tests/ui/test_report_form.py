"""The report form by story: a new report, a corrected one, mistakes, and text that is kept."""

import pytest
from textual.widgets import Input

from coach.service.reports import report_draft
from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.report_form import WHEN_HINT, ReportForm
from coach.ui.widgets.band_field import BandInput, DomainField, TopicFlag
from coach.ui.widgets.fields import Choice, WhenField
from tests.ui import desk, samples
from tests.ui.waiting import mash, screen_text, wait_until

KEY = {" ": "space", "-": "minus", ":": "colon", ";": "semicolon", ".": "full_stop"}


async def write(pilot, text):
    """Type a text key by key."""
    await pilot.press(*(KEY.get(character, character) for character in text))


def form(app):
    assert isinstance(app.screen, ReportForm)
    return app.screen


def typed(app):
    """What stands in each line of text, by field."""
    return {line.parent.parent.field: line.value for line in form(app).query(Input)}


def bands(app):
    return [row.value for row in form(app).query(DomainField)]


def problems(app):
    return {
        place.parent.field: str(place.content)
        for place in form(app).query(".problem")
        if place.has_class("-shown")
    }


def seen(service):
    """Score and observations of the newest report."""
    draft = service.ask(report_draft, service.state.heatmap.reports[-1])
    return draft.score, tuple(text for _, text in draft.observations)


async def opened(pilot):
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReportForm))
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, Input))


@pytest.fixture
def service(tmp_path):
    return desk.failed_twice(tmp_path)


@pytest.fixture
def empty(tmp_path):
    return desk.service_in(tmp_path)


async def test_rp_01_06_first_report_by_keyboard_alone(empty, tmp_path, size):
    app = CoachApp(empty)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamPicker))
        await write(pilot, "104")
        await wait_until(pilot, lambda: "Microsoft Azure Administrator" in screen_text(app))
        await pilot.press("enter")
        await opened(pilot)
        await write(pilot, "2026-11-20 10:00")
        await pilot.press("enter")
        await write(pilot, "640")
        await pilot.press("enter", "right", "right", "down", "down")
        await wait_until(pilot, lambda: isinstance(app.focused, BandInput))
        for key in ("n", "b", "n", "a", "n"):
            await pilot.press(key, "down")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.state.code == "AZ-104" and len(app.screen_stack) == 1)
        await wait_until(pilot, lambda: app.current_mode == "heatmap")
    stored = Service(tmp_path, desk.ZONE, lambda zone: desk.NOW)
    assert seen(stored) == ("640", ("near", "below", "near", "above", "near"))
    assert stored.ask(report_draft, stored.state.heatmap.reports[0]).place == "online"
    assert f"{stored.state.retake.earliest:%Y-%m-%d %H:%M}" == "2026-11-21 10:00"


async def test_letters_digits_and_arrows_set_bands_and_bars(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await opened(pilot)
        form(app).query(BandInput).first().focus()
        await pilot.press("b", "down", "right", "right", "down", "6", "2", "right", "down", "a")
        await pilot.press("left", "down", "9", "backspace", "7", "minus")
        await wait_until(pilot, lambda: bands(app) == ["below", "near", "63", "near", ""])
        await pilot.press("1", "0", "0", "5")
        assert bands(app)[-1] == "5"


async def test_a_question_mark_leaves_a_band_as_it_is(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        form(app).query(BandInput).first().focus()
        await pilot.press("b", "question_mark", "down", "n")
        await wait_until(pilot, lambda: bands(app) == ["below", "near", "", "", ""])


async def test_the_bar_shows_the_band_that_it_means(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        row = form(app).query(BandInput).first()
        row.focus()
        for digits, band in (("49", "below"), ("50", "near"), ("75", "above")):
            row.typed = digits
            filled = [
                str(span.style) for span in row.render().spans if " on $heat-" in str(span.style)
            ]
            assert filled == [f"bold $heat-{band}-on on $heat-{band}"]


async def test_topics_are_flagged_below_their_domain(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await opened(pilot)
        form(app).query(BandInput)[1].focus()
        await pilot.press("f")
        await wait_until(pilot, lambda: isinstance(app.focused, TopicFlag))
        topic = app.focused.topic
        await pilot.press("space")
        await wait_until(pilot, lambda: form(app).draft().flags == (topic,))
        await pilot.press("down", "up", "up")
        await wait_until(pilot, lambda: isinstance(app.focused, BandInput))
        await pilot.press("f")
        await wait_until(pilot, lambda: not form(app).query(TopicFlag))
        assert form(app).draft().flags == (topic,)
        await wait_until(pilot, lambda: "●" in screen_text(app))


async def test_every_problem_stands_beside_its_field_and_nothing_is_lost(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await opened(pilot)
        await write(pilot, "2026-13-40")
        await pilot.press("down")
        await write(pilot, "[/x]")
        await pilot.press("down", "down")
        await write(pilot, "much")
        form(app).query(BandInput).first().focus()
        await pilot.press("9", "9", "9", "ctrl+s")
        domain = f"domain:{samples.IDENTITY}"
        await wait_until(pilot, lambda: set(problems(app)) == {"at", "score", "fee", domain})
        assert '"[/x]" is not accepted' in problems(app)["score"]
        assert "4 fields to correct" in screen_text(app)
        assert app.focused.parent.parent.field == "at"
        assert typed(app)["score"] == "[/x]"
        assert typed(app)["fee"] == "much"
        assert bands(app)[0] == "999"
        form(app).query_one("#field-score Input", Input).value = "655"
        await wait_until(pilot, lambda: set(problems(app)) == {"at", "fee", domain})
    assert len(service.state.heatmap.reports) == 2


async def test_the_effect_is_shown_before_saving_and_undone_after(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("n")
        await opened(pilot)
        await wait_until(pilot, lambda: "Still needed" in screen_text(app))
        await write(pilot, "2026-11-21 10:00")
        await pilot.press("down")
        await write(pilot, "688")
        form(app).query(BandInput).first().focus()
        await pilot.press("a", "down", "b")
        await wait_until(pilot, lambda: "Ready to save" in screen_text(app))
        await wait_until(pilot, lambda: "Sat 5 Dec 10:00" in screen_text(app))
        assert len(service.state.heatmap.reports) == 2
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: len(app.state.heatmap.reports) == 3)
        await wait_until(pilot, lambda: "undoes" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: "Undo this?" in screen_text(app))
        assert "AZ-104 report of 21 Nov added" in screen_text(app)
        assert len(app.state.heatmap.reports) == 3
        await pilot.press("y")
        await wait_until(pilot, lambda: len(app.state.heatmap.reports) == 2)


async def test_a_narrow_terminal_shows_the_effect_instead_of_the_fields(service):
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        await write(pilot, "2026-11-21 10:00")
        await pilot.press("down")
        await write(pilot, "688")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "If you save this" in screen_text(app))
        await pilot.press("down", "up", "x", "escape")
        await wait_until(pilot, lambda: "Exam date" in screen_text(app))
        assert (typed(app)["at"], typed(app)["score"]) == ("2026-11-21 10:00", "688")


async def test_rp_11_where_and_when_a_report_was_seen_is_kept_and_read_back(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await opened(pilot)
        hints = {f: form(app).query_one(f"#field-{f} Input").placeholder for f in ("flags", "note")}
        assert hints["flags"] == "Microsoft lists none; other vendors may", "NI-10"
        assert hints["note"].endswith("no questions"), "WQ-04"
        for field, text in (("at", "2026-11-18 10:00"), ("score", "688"), ("received", "soon")):
            form(app).query_one(f"#field-{field} Input", Input).value = text
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: set(problems(app)) == {"received"})
        assert typed(app)["received"] == "soon"
        form(app).query_one("#field-received Input", Input).value = "2026-11-20"
        form(app).query_one("#field-source Choice", Choice).chosen = 3
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)
        app.open("edit_report", app.state.heatmap.reports[-1])
        await opened(pilot)
        assert typed(app)["received"] == "2026-11-20"
        assert form(app).value("source") == "profile"


async def test_escape_asks_before_it_discards(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)
        await pilot.press("n")
        await opened(pilot)
        await write(pilot, "2026")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        assert typed(app)["at"] == "2026"
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)


async def test_a_stored_report_is_corrected_in_the_same_form(service, size):
    report = service.state.heatmap.reports[-1]
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.screen_stack)
        app.open("edit_report", report)
        await opened(pilot)
        assert typed(app)["at"] == "2026-11-14 10:00"
        assert bands(app) == ["near", "48", "66", "near", "82"]
        form(app).query(BandInput)[1].focus()
        await pilot.press("5", "2", "ctrl+s")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)
    assert seen(service) == ("668", ("near", "52", "66", "near", "82"))
    assert service.state.heatmap.reports[-1] == report


async def test_another_exam_brings_its_own_domains_and_keeps_the_rest(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        await write(pilot, "2026-11-20")
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamPicker))
        await write(pilot, "az-500")
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        await wait_until(pilot, lambda: form(app).draft().exam == "AZ-500")
        await wait_until(pilot, lambda: len(bands(app)) == 4)
        assert typed(app)["at"] == "2026-11-20"
        assert form(app).query_one("#field-outline").display


async def test_the_skills_follow_the_date_of_the_sitting(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: app.screen_stack)
        app.open("report", "AZ-500")
        await opened(pilot)
        await wait_until(pilot, lambda: "skills of 22 Jan 2026" in screen_text(app))
        form(app).query(BandInput).first().focus()
        await pilot.press("b")
        form(app).query_one("#field-at Input", Input).value = "2025-05-05"
        await wait_until(pilot, lambda: "skills of 31 Oct 2023" in screen_text(app))
        assert bands(app)


async def refused_anew(pilot, before):
    """Save, and wait for another problem of the score than the one `before`."""
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: problems(pilot.app)["score"] != before)


async def test_hostile_text_is_refused_and_stays_as_typed(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        await opened(pilot)
        for hostile in samples.HOSTILE:
            for line in form(app).query(Input):
                line.value = hostile
            await refused_anew(pilot, problems(app).get("score"))
            shown = screen_text(app)
            assert "\x1b" not in shown
            assert "\x07" not in shown
            assert all(value == hostile[:5000] for value in typed(app).values())


MASHED = [
    *"abnqxz059", "up", "down", "left", "right", "tab", "shift+tab", "enter", "space", "backspace",
    "delete", "home", "end", "pageup", "pagedown", "question_mark", "f1", "ctrl+r", "ctrl+p",
    "minus",
]  # fmt: skip


@pytest.mark.parametrize("start", ["field-at", "field-place", "report-domains", "save"])
async def test_no_key_ten_times_fast_breaks_the_form(service, start):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        for key in MASHED:
            if isinstance(app.screen, ReportForm):
                place = form(app).query_one(f"#{start}")
                inside = [child for child in place.query("*") if child.can_focus and child.display]
                (place if place.can_focus else inside[0]).focus()
            await mash(pilot, key)
            while not isinstance(app.screen, ReportForm):
                if len(app.screen_stack) == 1:
                    await pilot.press("n")
                    await opened(pilot)
                else:
                    await pilot.press("escape")
                    await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize(
    ("when", "shown"),
    [("fri 19:00", "= Fri "), ("1/8/2026", "may be 2026-08-01 or 2026-01-08"), ("so", WHEN_HINT)],
)
async def test_a_date_shows_how_it_is_read_while_one_types(service, when, shown):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await opened(pilot)
        field = form(app).query_one("#field-at", WhenField)
        field.query_one(Input).value = when
        hint = field.query_one(".field-hint")
        await wait_until(pilot, lambda: str(hint.content).startswith(shown))
