"""Keys that arrive in one write act in order: those after the one that opens a form go into it."""

import time
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from coach.service.reports import report_draft
from coach.service.service import Service
from coach.ui.app import CoachApp
from tests.terminal_app import app_in_terminal
from tests.ui import desk
from tests.ui.waiting import wait_until

NAMED = {"\r": "enter", "\x13": "ctrl+s", " ": "space", "→": "right", "↓": "down"}
SENT = {"→": "\x1b[C", "↓": "\x1b[B"}
REPORT = "n104\r2026-11-20 10:00\r640\r→→↓↓n↓b↓n↓a↓n↓\x13"
BANDS = ["near", "below", "near", "above", "near"]


def burst(pilot: Pilot[None], keys: str) -> None:
    """Post all keys before the app can answer the first, as one write to a terminal does."""
    for key in keys:
        character = key if key == " " or key not in NAMED else None
        pilot.app.post_message(events.Key(NAMED.get(key, key), character))


async def saved(pilot: Pilot[None]) -> None:
    await wait_until(pilot, lambda: len(pilot.app.screen_stack) == 1 and not pilot.app._held)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return desk.failed_twice(tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> Service:
    return desk.service_in(tmp_path)


async def test_a_whole_report_in_one_burst_stores_what_was_typed(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(pilot, REPORT)
        await wait_until(pilot, lambda: app.state.code == "AZ-104")
        await saved(pilot)
        (report,) = empty.state.heatmap.reports
        draft = empty.ask(report_draft, report)
    assert (draft.score, draft.place, draft.at) == ("640", "online", "2026-11-20 10:00")
    assert [band for _, band in draft.observations] == BANDS


async def test_two_quizzes_in_one_burst_each_reach_their_domain(service: Service) -> None:
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(pilot, "p\r7/9\x13p\r\r4/8\x13")
        await wait_until(pilot, lambda: len(service.state.facts.practice) == 3)
        await saved(pilot)
    stored = sorted((quiz.correct, quiz.total) for quiz in service.state.facts.practice.values())
    assert stored == [(4, 8), (7, 9), (9, 12)]


async def test_a_booking_in_one_burst_is_stored_as_typed(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(pilot, "b104\r1\r2026-12-16 10:00\r→\r165\r42\r\x13")
        await wait_until(pilot, lambda: empty.state.facts.attempts)
        await saved(pilot)
    (booked,) = empty.state.facts.attempts.values()
    assert (booked.status, booked.place, booked.fee) == ("booked", "centre", 165)
    assert (f"{booked.at:%Y-%m-%d %H:%M}", booked.case_number) == ("2026-12-16 10:00", "42")


async def test_a_paste_among_the_keys_keeps_its_place(service: Service) -> None:
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        burst(pilot, "p\r")
        app.post_message(events.Paste("17"))
        burst(pilot, "/19\x13")
        await wait_until(pilot, lambda: len(service.state.facts.practice) == 2)
    assert (17, 19) in {
        (quiz.correct, quiz.total) for quiz in service.state.facts.practice.values()
    }


def test_a_report_in_one_write_to_a_terminal(tmp_path: Path) -> None:
    keys = REPORT.replace("2026-11-20", "2026-05-20")
    with app_in_terminal(tmp_path) as app:
        app.screen.write("".join(SENT.get(key, key) for key in keys).encode())
        until = time.monotonic() + 30
        while not desk.service_in(tmp_path).state.facts.reports and time.monotonic() < until:
            app.read()
    stored = desk.service_in(tmp_path)
    (report,) = stored.state.facts.reports
    draft = stored.ask(report_draft, report)
    assert (draft.score, draft.place, draft.at[:10]) == ("640", "online", "2026-05-20")
    assert [band for _, band in draft.observations] == BANDS
