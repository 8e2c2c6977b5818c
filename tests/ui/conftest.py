"""The terminal sizes that every screen is tried at."""

import pytest

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def _any_character(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the locale of the machine, screens are drawn with all their characters."""
    monkeypatch.setenv("COACH_ASCII", "0")


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Each of the terminal sizes that every screen must work at."""
    return request.param
