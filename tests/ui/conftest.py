"""The terminal sizes that every screen is tried at, and what holds for every app."""

from collections.abc import Iterator

import pytest
from textual import constants
from textual._styles_cache import StylesCache

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def _any_character(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine, screens are drawn with all their characters and colours."""
    monkeypatch.setenv("COACH_ASCII", "0")
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")


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
