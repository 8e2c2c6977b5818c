"""Renders the screens on the sample data at a fixed date: `python screenshots/make.py [NAME ...]`.

Writes an SVG of each shot beside this file, and a PNG where `rsvg-convert` is installed; and the
`story`, an SVG that moves: a report goes in, and the plan changes.
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

from textual import constants

from coach.service.service import Service
from coach.ui.app import CoachApp

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 19, 18, 30, tzinfo=ZONE)
FONT = "DejaVu Sans Mono"
CELL_WIDTH = 12.2
PREVIEWED = 0.6
"""Seconds after the last key until a form shows what saving would change."""

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
    "report": ((120, 36), REPORT),
}

# The keys until each picture of the story, and the seconds that it stays.
STORY: list[tuple[list[str], float]] = [
    (["3"], 2.5), (REPORT[:1], 1.5), (REPORT[1:20], 1.5), (REPORT[20:], 3), (["ctrl+s"], 3),
    (["3"], 3), (["v"], 5),
]  # fmt: skip
STORY_SIZE = (110, 36)

_TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"([^>]*)>(.*?)</text>'
)


async def screenshots(size: tuple[int, int], parts: list[list[str]]) -> list[str]:
    """The SVG of the app after each part of the keys."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder), ZONE, lambda zone: NOW.astimezone(zone))
        service.load_sample()
        constants.COLOR_SYSTEM = "truecolor"
        app = CoachApp(service)
        app.animation_level = "none"
        shots = []
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            for keys in parts:
                for key in keys:
                    await pilot.press(NAMES.get(key, key))
                    await pilot.pause()
                await pilot.pause(PREVIEWED)
                shots.append(app.export_screenshot())
        return [on_grid(shot) for shot in shots]


def moving(shots: list[str], seconds: list[float]) -> str:
    """One SVG that shows them in turn and begins again."""
    whole, begin, parts = sum(seconds), 0.0, []
    for number, (shot, stays) in enumerate(zip(shots, seconds, strict=True)):
        low, high = 100 * begin / whole, 100 * (begin + stays) / whole
        before = f"0%, {low:.2f}% {{opacity: 0}}" if number else ""
        shown = f"{low + 0.01:.2f}%, {high:.2f}% {{opacity: 1}}"
        after = f"{high + 0.01:.2f}%, 100% {{opacity: 0}}"
        parts.append(
            f"<style>@keyframes shot{number} {{{before} {shown} {after}}} "
            f"#shot{number} {{animation: shot{number} {whole:g}s step-end infinite}}</style>"
            f'<g id="shot{number}">{shot}</g>'
        )
        begin += stays
    box = re.search(r'viewBox="[^"]*"', shots[0])
    assert box is not None
    return f'<svg {box.group()} xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


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
        for word in re.finditer(r"[─┈━]{1,6}|[^\s─┈━]+", plain)  # long lines end before corners
    )


def main(names: list[str]) -> None:
    """Render the named ones, or all of them."""
    for name in names or [*SHOTS, "story"]:
        svg = HERE / f"{name}.svg"
        if name == "story":
            shots = asyncio.run(screenshots(STORY_SIZE, [keys for keys, _ in STORY]))
            svg.write_text(moving(shots, [stays for _, stays in STORY]), encoding="utf-8")
        else:
            size, keys = SHOTS[name]
            svg.write_text(asyncio.run(screenshots(size, [keys]))[0], encoding="utf-8")
            if converter := shutil.which("rsvg-convert"):
                subprocess.run([converter, "-o", svg.with_suffix(".png"), svg], check=True)
        print(svg.name)


if __name__ == "__main__":
    main(sys.argv[1:])
