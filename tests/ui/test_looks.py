"""Looks: ASCII in place of drawn characters, and a theme that is still there the next time."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from coach.service.data_files import Preferences, keep_preferences, preferences
from coach.ui import terminal, theme
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
        ("╭─ 20–25 % ─╮", "+- 20-25 % -+"),
        ("▌ ██▍── ↗ ● … ×", "| ##|-- / * ~ x"),
        ("Zürich 東京", "Z?rich ????"),
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
        await wait_until(pilot, lambda: "B  48" in screen_text(app))
        for part in ("N  66", "A  82", "15-20", "###", "> "):
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


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


FULL_COLOUR = [
    look for look in (*BUILTIN_THEMES.values(), theme.DARK, theme.LIGHT) if not look.ansi
]


@pytest.mark.parametrize("look", FULL_COLOUR, ids=lambda look: look.name)
def test_text_can_be_read_in_every_theme(look: Theme) -> None:
    names = theme.defaults(look)
    ground = look.background or ("#121212" if look.dark else "#efefef")
    assert contrast(names["ink"], ground) > 4.5
    assert contrast(names["ink-muted"], ground) > 3
    assert contrast(names["ink"], names["cursor"]) > 3.5
    assert contrast(names["cursor"], ground) > 1.15
    assert contrast(names["on-accent"], look.accent or look.primary) > 3


def test_a_terminal_of_sixteen_colours_turns_the_selected_block_round() -> None:
    assert theme.defaults(BUILTIN_THEMES["ansi-dark"])["selected-style"] == "reverse"
    assert LOOKS["selected"].attributes == "$selected-style"
    assert theme.DARK.variables["selected-style"] == "none"
