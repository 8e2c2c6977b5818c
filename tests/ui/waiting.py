"""Waiting for a condition, with an upper bound; never for time."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

NAMED = {
    "space": " ", "question_mark": "?", "plus": "+", "minus": "-",
    "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


SOON = 1 / 500  # seconds; what an app has planned within them belongs to what it is doing
FRAMES = 50  # more than any key needs; the timer for frames goes on in an app that has ended
LIMIT = 30  # seconds; far more than anything takes on a busy machine


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = LIMIT) -> None:
    """Let the app work until its loop has nothing to run. Textual, which does not look at the
    loop, calls an app idle after 20 ms with little processor time, and waits twice for a key."""
    loop: Any = asyncio.get_running_loop()
    until, pause, frames = loop.time() + max_sleep, min_sleep, 0
    while loop.time() < until and frames < FRAMES:
        await asyncio.sleep(pause)
        now = loop.time()
        due = min((t.when() - now for t in loop._scheduled if not t.cancelled()), default=SOON)
        if loop._ready:
            pause = 0
        elif due < SOON:
            pause, frames = max(0, due), frames + 1
        else:
            return


async def wait_until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Let the app work until `condition` holds; fails after `LIMIT` with the screen."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        await pilot.pause()
        try:
            if condition():
                return
        except Exception:  # the widget asked for may not be there yet
            await asyncio.sleep(0)
        await asyncio.sleep(0.005)
    raise AssertionError(f"never came true: {condition}\n{screen_text(pilot.app)}")


async def on_screen(pilot: Pilot[Any], kind: type[Screen[Any]]) -> None:
    """Wait until a screen of that kind is on top."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, kind))


async def mash(pilot: Pilot[Any], key: str, times: int = 10) -> None:
    """Press a key again and again, faster than the app can answer."""
    character = key if len(key) == 1 else NAMED.get(key)
    for _ in range(times):
        pilot.app.post_message(events.Key(key, character))
    await pilot.pause()


def screen_lines(app: Any) -> list[str]:
    """What the terminal shows, line by line, without colours."""
    return [
        "".join(segment.text for segment in strip).rstrip()
        for strip in app.screen._compositor.render_strips()
    ]


def screen_text(app: Any) -> str:
    """What the terminal shows, as one text."""
    return "\n".join(screen_lines(app))


def front(lines: Sequence[str]) -> str:
    """The frame that lies over all others."""
    first = max(number for number, line in enumerate(lines) if "╭" in line)
    last = next(number for number in range(first, len(lines)) if "╰" in lines[number])
    left, right = lines[first].rindex("╭"), lines[first].rindex("╮") + 1
    return "\n".join(line[left:right] for line in lines[first : last + 1]) + "\n"


async def settled_text(pilot: Pilot[Any], mark: str) -> str:
    """What the terminal shows with `mark` on it, once three looks in a row were alike."""
    await wait_until(pilot, lambda: mark in screen_text(pilot.app))
    looks: list[str] = []

    def alike() -> bool:
        looks.append(screen_text(pilot.app))
        return len(looks) > 2 and len(set(looks[-3:])) == 1

    await wait_until(pilot, alike)
    return looks[-1]
