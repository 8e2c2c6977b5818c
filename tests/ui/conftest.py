"""The terminal sizes that every screen is tried at, and what holds for every app."""

from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot
from textual import constants, screen
from textual._styles_cache import StylesCache

from tests.ui.waiting import wait_for_idle

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def _any_character(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine, screens are drawn with all their characters and colours."""
    monkeypatch.setenv("COACH_ASCII", "0")
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")


@pytest.fixture(autouse=True)
def _no_wait_for_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key waits until the app has dealt with it, and the next picture comes at once."""
    monkeypatch.setattr(textual.app, "wait_for_idle", wait_for_idle)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", wait_for_idle)
    monkeypatch.setattr(screen, "UPDATE_PERIOD", 1 / 1000)


@pytest.fixture(autouse=True)
def _what_was_drawn_goes_with_the_app() -> Iterator[None]:
    """A cache of Textual's keeps the lines of the last thousand widgets, of apps that ended too:
    half of all memory, and a fifth of the time for the collector that walks through it."""
    yield
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Each of the terminal sizes that every screen must work at."""
    return request.param
