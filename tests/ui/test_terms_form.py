"""What was agreed with the vendor, by story: a voucher comes, a date is wrong, a change of mind."""

import pytest
from textual.widgets import Input

from coach.service.drafts import TermsDraft
from coach.service.settings import select, set_terms, terms_draft
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm, WhichVersion
from coach.ui.screens.exam_forms import TermsForm
from coach.ui.screens.timeline import TimelineScreen
from tests.ui import desk, samples
from tests.ui.waiting import on_screen, screen_text, wait_until

VOUCHER = TermsDraft(voucher_expires="2026-12-31", change_notice="6 business days")


@pytest.fixture
def service(tmp_path):
    return desk.failed_twice(tmp_path)


async def opened(pilot):
    """From the Timeline into the form."""
    await pilot.press("1")
    await on_screen(pilot, TimelineScreen)
    await pilot.press("t")
    await on_screen(pilot, TermsForm)
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, Input))


def asked(app):
    return [field.field for field in app.screen.query(".field")]


def typed(app):
    return [line.value for line in app.screen.query(Input)]


def problem(app, field):
    return str(app.screen.query_one(f"#field-{field} .problem").content)


async def test_a_voucher_is_entered_and_its_last_day_stands_on_the_timeline(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press(*"2026-12-31", "enter", *"6", "space", *"business", "space", *"days")
        await pilot.press("ctrl+s")
        await on_screen(pilot, TimelineScreen)
        assert service.ask(terms_draft, "AZ-104") == VOUCHER
        marks = {mark.kind: str(mark.at) for mark in app.state.timeline.milestones}
        assert marks["voucher-expires"] == "2026-12-31"
        await pilot.press("u")
        await wait_until(pilot, lambda: service.ask(terms_draft, "AZ-104") == TermsDraft())


async def test_a_day_is_echoed_beside_its_field(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.screen.query(Input).first().value = "31 dec"
        await wait_until(pilot, lambda: "= Thu 31 Dec 2026" in screen_text(app))


async def test_stored_terms_are_there_to_be_changed(service):
    desk.done(service.act(set_terms, "AZ-104", VOUCHER))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert typed(app)[:2] == ["2026-12-31", "6 business days"]
        await pilot.press("escape")
        await on_screen(pilot, TimelineScreen)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("AZ-104", ["voucher_expires", "change_notice", "accommodations", "renewed_until"]),
        ("AZ-900", ["voucher_expires", "change_notice", "accommodations"]),
        ("CKA", ["purchased", "voucher_expires", "change_notice", "renewed_until"]),
    ],
)
async def test_only_what_a_date_depends_on_is_asked(tmp_path, code, fields):
    service = desk.service_in(tmp_path)
    desk.done(service.act(select, code))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert asked(app) == fields


async def test_a_wrong_day_is_told_beside_it_and_the_text_stays(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press(*"soon", "down", *"weeks", "ctrl+s")
        await wait_until(pilot, lambda: problem(app, "change_notice"))
        assert '"soon" is not a day' in problem(app, "voucher_expires")
        assert typed(app)[:2] == ["soon", "weeks"]
        assert service.ask(terms_draft, "AZ-104") == TermsDraft()


async def test_esc_asks_before_typed_text_is_lost(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*"2026", "escape")
        await on_screen(pilot, Confirm)
        await pilot.press("n")
        await on_screen(pilot, TermsForm)
        assert typed(app)[0] == "2026"
        await pilot.press("escape", "y")
        await on_screen(pilot, TimelineScreen)


async def test_terms_that_another_window_changed_are_shown_before_they_are_replaced(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        other = desk.service_in(service.folder)
        desk.done(other.act(set_terms, "AZ-104", VOUCHER))
        await pilot.press(*"2027-03-31", "ctrl+s")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: "31 Dec" in screen_text(app))
        assert service.ask(terms_draft, "AZ-104") == VOUCHER


async def test_the_palette_finds_the_terms_from_another_screen(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: app.screen.query(Input))
        await pilot.press(*"terms")
        await wait_until(pilot, lambda: "Terms (timeline)" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, TermsForm)


async def test_hostile_text_stays_text(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for hostile in samples.HOSTILE:
            for line in app.screen.query(Input):
                line.value = hostile
            await pilot.press("ctrl+s")
            await wait_until(pilot, lambda: problem(app, "renewed_until"))
            assert "\x1b" not in screen_text(app)
            assert set(typed(app)) == {hostile[:5000]}
