"""Renders the screens on the sample data at a fixed date: `python screenshots/make.py [NAME ...]`.

Writes an SVG of each shot beside this file, and a PNG where `rsvg-convert` is installed.
"""

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from coach.service import Service
from coach.ui.app import CoachApp

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 19, 18, 30, tzinfo=ZONE)
FONT = "DejaVu Sans Mono"
CELL_WIDTH = 12.2

REPORT = [
    "n", *"2026-11-18 10:00", "down", *"688", "down", "right", "down", "down",
    "n", "down", "a", "down", *"62", "down", "b", "down", "a",
]  # fmt: skip
NAMES = {"-": "minus", ":": "colon", " ": "space"}

SHOTS: dict[str, tuple[tuple[int, int], list[str]]] = {
    "timeline": ((120, 40), ["1", "down"]),
    "heatmap": ((120, 36), ["2"]),
    "schedule": ((132, 40), ["3"]),
    "session": ((110, 36), ["3", "down", "down", "enter"]),
    "report": ((120, 36), [NAMES.get(key, key) for key in REPORT]),
}

_TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"([^>]*)>(.*?)</text>'
)


async def screenshot(size: tuple[int, int], keys: list[str]) -> str:
    """The SVG of the app after those keys."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder), ZONE, lambda zone: NOW.astimezone(zone))
        service.load_sample()
        app = CoachApp(service)
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            return app.export_screenshot()


def on_grid(svg: str) -> str:
    """The SVG with every word at its own column, so that any monospaced font lines up."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", FONT)
    return _TEXT.sub(_words, svg)


def _words(match: re.Match[str]) -> str:
    style, x, y, rest, text = match.groups()
    plain = html.unescape(text).replace("\N{NO-BREAK SPACE}", " ")
    return "".join(
        f'<text class="{style}" x="{float(x) + word.start() * CELL_WIDTH:g}" y="{y}" '
        f'textLength="{len(word.group()) * CELL_WIDTH:g}"{rest}>{html.escape(word.group())}</text>'
        for word in re.finditer(r"\S+", plain)
    )


def main(names: list[str]) -> None:
    """Render the named shots, or all of them."""
    for name in names or SHOTS:
        svg = HERE / f"{name}.svg"
        svg.write_text(on_grid(asyncio.run(screenshot(*SHOTS[name]))), encoding="utf-8")
        if converter := shutil.which("rsvg-convert"):
            subprocess.run([converter, "-o", svg.with_suffix(".png"), svg], check=True)
        print(svg.with_suffix(".png").name)


if __name__ == "__main__":
    main(sys.argv[1:])
