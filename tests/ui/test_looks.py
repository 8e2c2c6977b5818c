"""Looks: ASCII in place of drawn characters, and a theme that is still there the next time."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual import constants
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from coach.service.data_files import Preferences, keep_preferences, preferences
from coach.ui import looks, terminal, theme
from coach.ui.app import CoachApp
from coach.ui.looks import LOOKS
from coach.ui.screens.base import ModeScreen
from coach.ui.terminal import ascii_wanted, in_ascii
from tests.ui import desk
from tests.ui.waiting import on_screen, screen_text, wait_until


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "de_DE.utf8"}, False),
        ({"LANG": "en_US.ISO-8859-1"}, True),
        ({"LC_ALL": "C"}, True),
        ({"LC_ALL": "C", "COACH_ASCII": "0"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
        ({"LANG": "en_US.UTF-8", "COACH_ASCII": "1"}, True),
    ],
    ids=str,
)
def test_ascii_is_for_those_who_ask_and_for_other_encodings(
    environment: dict[str, str], wanted: bool
) -> None:
    assert ascii_wanted(environment) is wanted


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("lab · Storage", "lab - Storage"),
        ("╭─ 20–25 % ─╮", "+- 20-25 % -+"),
        ("▌ ██▍── ↗ ● … ×", "| ##|-- / * ~ x"),
        ("Zürich 東京", "Z?rich ????"),
        ("▀▀▀▀▀▀", "      "),
        ("\u2800\u2801\u28ff", " .#"),
    ],
)
def test_every_character_has_a_stand_in_as_wide_as_itself(text: str, plain: str) -> None:
    assert in_ascii(text) == plain
    assert cell_len(plain) == cell_len(text)


def test_every_character_that_the_screens_draw_has_a_stand_in() -> None:
    sources = Path(terminal.__file__).parent.rglob("*.py")
    drawn = {char for file in sources for char in file.read_text(encoding="utf-8")}
    assert {char for char in drawn if in_ascii(char) == "?" != char} == set()


async def test_every_screen_is_ascii_throughout_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_ASCII", "1")
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: "AZ-104" in screen_text(app))
        for key in ("1", "2", "v", "3", "n", "question_mark", "ctrl+p"):
            await pilot.press(key)
            await pilot.pause()
            shown = screen_text(app)
            assert shown.isascii(), {char for char in shown if not char.isascii()}
            await pilot.press("escape")
            await on_screen(pilot, ModeScreen)


async def test_ui_03_the_heatmap_in_ascii_keeps_letters_and_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_ASCII", "1")
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await wait_until(pilot, lambda: "B 48" in screen_text(app))
        for part in ("N 66", "A 82", "15-20", "###", "no change"):
            assert part in screen_text(app)


async def test_the_theme_is_remembered(tmp_path: Path) -> None:
    service = desk.failed_twice(tmp_path)
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == "coach-dark"
        app.theme = "coach-light"
        await wait_until(pilot, lambda: preferences(tmp_path).theme == "coach-light")
    assert CoachApp(service).theme == "coach-light"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"theme": 5}', b'{"theme": "gone"}'])
def test_a_broken_choice_is_the_products_own_look(tmp_path: Path, content: bytes) -> None:
    service = desk.failed_twice(tmp_path)
    (tmp_path / "preferences.json").write_bytes(content)
    assert CoachApp(service).theme == "coach-dark"


def test_a_folder_that_cannot_be_written_to_forgets_the_choice(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("in the way")
    keep_preferences(folder, Preferences(theme="coach-light"))
    assert preferences(folder) == Preferences()


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


XTERM = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
     (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)],
    [(127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
     (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)],
)  # fmt: skip
"""The sixteen colours as xterm has them."""
SYSTEMS = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "standard": ColorSystem.STANDARD,
}
FRAMES = "#sheet, #form, #picker, #question, #help, #match-frame, #--container"
TOUR = (
    "3", "enter", "D", "m", "a", "tab", "i", "v", "s", "r", "1", "down", "enter", "f", "g", "d",
    "2", "right", "enter", "i", "m", "o", "n", "ctrl+s", "p", "b", "R", "B", "U", "e", "E", "Q",
    "ctrl+p", "question_mark", "v",
)  # fmt: skip
WITHIN = ("enter", "down", "right", "tab", "ctrl+s")
"""Keys to every screen and the main sheets; a key of a screen closes first what is open over it."""


def painted(colour: RichColor, system: str) -> Color:
    """A colour as a terminal of that system shows it."""
    return Color(*colour.downgrade(SYSTEMS[system]).get_truecolor(XTERM))


def texts_in_front(app: CoachApp) -> Iterator[tuple[str, Style]]:
    """Every piece with letters or digits of the frame that lies over all others."""
    frames = app.screen.query(FRAMES)
    region = frames.first().region if frames else app.screen.region
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if any(char.isalnum() for char in text):
                yield text, style or Style()


async def tour(tmp_path: Path, look: Theme) -> AsyncIterator[tuple[str, str, Style]]:
    """The texts of every screen and the main sheets in that theme, with the key that led there."""
    service = desk.service_in(tmp_path, datetime(2026, 11, 19, 18, 30, tzinfo=desk.ZONE))
    service.load_sample()
    app = CoachApp(service)
    app.register_theme(look)
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = look.name
        for key in TOUR:
            if key not in WITHIN and len(app.screen_stack) > 1:
                await pilot.press("escape")
                await on_screen(pilot, ModeScreen)
            await pilot.press(key)
            await pilot.pause()
            for text, style in texts_in_front(app):
                yield key, text, style


def probe() -> tuple[Theme, dict[str, Color]]:
    """A theme in which each of our names has a colour of its own, and the colours."""
    names = [name for name in theme.DARK.variables if name in theme._COLOURS]
    colours = {name: f"#{n * 5 + 16:02x}{220 - n * 4:02x}80" for n, name in enumerate(names)}
    alike = {name: colours[like] for name, like in theme._ALIKE.items()}
    roles = (
        "primary",
        "secondary",
        "warning",
        "error",
        "success",
        "background",
        "surface",
        "panel",
    )
    look = Theme(
        name="probe",
        **{role: {**colours, **alike}[role] for role in roles},
        accent=colours["primary"],
        foreground=colours["ink"],
        variables={**theme.DARK.variables, **colours, **alike},
    )
    return look, {name: Color.parse(colour) for name, colour in colours.items()}


def named(colour: RichColor | None, colours: dict[str, Color]) -> str:
    """Which of the names a painted colour is; mixing with nothing rounds it by one."""
    shown = Color.from_rich_color(colour)
    for name, known in colours.items():
        if max(abs(a - b) for a, b in zip(shown.rgb, known.rgb, strict=True)) <= 1:
            return name
    raise AssertionError(f"{shown} is none of our colours")


async def test_every_text_of_the_own_themes_stands_out_from_its_ground(tmp_path: Path) -> None:
    look, colours = probe()
    used: dict[tuple[str, str], str] = {}
    async for key, text, style in tour(tmp_path, look):
        ink, ground = (named(colour, colours) for colour in (style.color, style.bgcolor))
        if style.reverse:
            ink, ground = ground, ink
        used.setdefault((ink, ground), f"{text.strip()!r} after {key}")
    weak = []
    for (ink, ground), where in used.items():
        for system in SYSTEMS:
            for look in theme.own_themes(system):
                one, other = (
                    Color.parse(look.variables[name]).rich_color for name in (ink, ground)
                )
                ratio = contrast(painted(one, system), painted(other, system))
                if ratio < LEAST[system] + (system != "standard" and look.name == HIGH) * 2.5:
                    weak.append(f"{look.name} {system}: {ink} on {ground} {ratio:.2f}, {where}")
    assert weak == []


HIGH, DEFAULT = "coach-contrast", RichColor.default()
LEAST = {"truecolor": 4.5, "256": 4.5, "standard": 4}
"""What every theme has to reach; high contrast 7. The shades of the sixteen are the terminal's."""


async def test_texts_in_sixteen_colours_stand_out_where_textual_has_rules_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard")
    async for key, text, style in tour(tmp_path, theme.own_themes("standard")[1]):
        one, other = (painted(c or DEFAULT, "standard") for c in (style.color, style.bgcolor))
        assert contrast(one, other) >= LEAST["standard"], (key, text, style)


@pytest.mark.parametrize(("system", "kept"), [("standard", True), ("truecolor", False)])
def test_the_sixteen_colours_reach_the_terminal_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, kept: bool
) -> None:
    monkeypatch.setattr(constants, "COLOR_SYSTEM", system)
    app = CoachApp(desk.service_in(tmp_path))
    told = Segment("668", Style(color=RichColor.from_ansi(9), bgcolor=RichColor.from_ansi(0)))
    for line_filter in app.get_line_filters():
        (told,) = line_filter.apply([told], Color(0, 0, 0))
    assert (told.style.color.number == 9) is kept


@pytest.mark.parametrize("system", ["truecolor", "256"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_twelve_domains_have_twelve_colours(system: str, number: int) -> None:
    variables = theme.own_themes(system)[number].variables
    shown = [
        painted(Color.parse(variables[f"domain-{n}"]).rich_color, system)
        for n in range(1, theme.DOMAINS + 1)
    ]
    for one, other in combinations(shown, 2):
        assert max(abs(a - b) for a, b in zip(one.rgb, other.rgb, strict=True)) >= 30, (one, other)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_bands_and_cursor_look_different_in_every_palette(number: int) -> None:
    names = ("heat-below", "heat-near", "heat-above", "heat-unknown")
    for system in SYSTEMS:
        variables = theme.own_themes(system)[number].variables
        shown = {painted(Color.parse(variables[n]).rich_color, system) for n in (*names, "cursor")}
        assert len(shown) == 5, system


FULL_COLOUR = [look for look in (*BUILTIN_THEMES.values(), *theme.own_themes()) if not look.ansi]


@pytest.mark.parametrize("look", FULL_COLOUR, ids=lambda look: look.name)
def test_text_can_be_read_in_every_theme(look: Theme) -> None:
    names = {
        key: Color.parse(value)
        for key, value in theme.defaults(look).items()
        if "-style" not in key
    }
    ground = Color.parse(look.background or ("#121212" if look.dark else "#efefef"))
    assert contrast(names["ink"], ground) > 4.5
    assert contrast(names["ink-muted"], ground) > 3
    assert contrast(names["ink"], names["cursor"]) > 3.5
    assert contrast(names["cursor"], ground) > 1.15
    assert contrast(names["on-accent"], Color.parse(look.accent or look.primary)) > 3


def test_the_next_look_after_high_contrast_is_the_dark_one(tmp_path: Path) -> None:
    app = CoachApp(desk.service_in(tmp_path))
    seen = [app.theme]
    for _ in range(3):
        app.action_next_look()
        seen.append(app.theme)
    assert seen == ["coach-dark", "coach-light", "coach-contrast", "coach-dark"]


def test_what_a_theme_leaves_transparent_is_not_painted_black() -> None:
    assert looks._colour("surface", {"surface": "transparent"}) is None


def test_a_terminal_of_sixteen_colours_turns_the_selected_block_round() -> None:
    assert theme.defaults(BUILTIN_THEMES["ansi-dark"])["selected-style"] == "reverse"
    assert LOOKS["selected"].attributes == "$selected-style"
    assert theme.DARK.variables["selected-style"] == "none"
