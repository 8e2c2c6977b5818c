"""What the stories share: the sizes they are lived at, how a form is opened, how sessions fared."""

from collections.abc import Iterable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from coach.model.plan import Block
from coach.service.service import Service
from tests.ui.waiting import on_screen, wait_until

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


async def form(pilot: Pilot[Any], key: str, kind: type[Screen[Any]]) -> None:
    """Open a form with its key, and wait until it can be typed into."""
    await pilot.press(key)
    await on_screen(pilot, kind)
    await wait_until(pilot, lambda: pilot.app.focused is not None)


def statuses(service: Service, blocks: Iterable[Block]) -> list[str]:
    """What became of these sessions by now."""
    return [service.state.facts.blocks[block.id].status for block in blocks]
