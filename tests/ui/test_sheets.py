"""One rule for all that opens over a screen: esc closes it and says so, enter only confirms."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from coach.ui import actions, screens
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.modal import Modal
from coach.ui.screens.sheet import KeyRow
from coach.ui.widgets.line_view import LineView
from tests.ui import desk
from tests.ui.data_sets import filled, three_reports
from tests.ui.waiting import screen_lines, screen_text, wait_until

CLOSES = {"close", "leave", "answer(False)"}
CONFIRMS = {"", "take", "accept", "save", "move", "app.focus_next"}
WAYS = (
    *("3 enter", "3 v", "3 i", "3 s", "3 m", "3 a", "3 r", "1 enter", "1 d", "1 f", "2 enter"),
    *("2 i", "E", "B", "U", "Q", "question_mark", "e", "g", "n", "v", "b", "p", "R", "o", "1 t"),
)
"""The keys that open a sheet or a form."""


def sheets(base: type[Modal[Any]] = Modal) -> Iterator[type[Modal[Any]]]:
    """Every class that has keys of its own in the registry."""
    for module in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    for sheet in base.__subclasses__():
        if sheet.__dict__.get("NAME"):
            yield sheet
        yield from sheets(sheet)


def test_every_entry_of_the_registry_is_the_keys_of_a_sheet() -> None:
    assert {sheet.NAME for sheet in sheets()} == set(actions.SHEETS)


@pytest.mark.parametrize("sheet", sorted(set(sheets()), key=lambda sheet: sheet.__qualname__))
def test_esc_closes_each_and_enter_never_does(sheet: type[Modal[Any]]) -> None:
    bound = sheet._merge_bindings().key_to_bindings
    assert bound["escape"][-1].action in CLOSES
    assert {binding.action for binding in bound.get("enter", ())[-1:]} <= CONFIRMS
    assert dict(actions.row(sheet.NAME)).get("esc", "close").startswith("close")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("way", WAYS)
async def test_esc_stands_in_the_keys_and_closes(
    tmp_path: Path, way: str, size: tuple[int, int]
) -> None:
    app = CoachApp(filled(tmp_path, three_reports))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.screen.query("#key-bar"))
        *before, last = way.split()
        for key in before:
            await pilot.press(key)
            await wait_until(pilot, lambda: "1 Timeline" in screen_text(app))
        await pilot.press(last)
        await wait_until(pilot, lambda: isinstance(app.screen, Modal))
        sheet = app.screen
        await wait_until(pilot, lambda: "esc close" in screen_text(app))
        row = sheet.query(KeyRow).last().region
        lines = screen_lines(app)
        assert "esc close" in "".join(lines[row.y : row.bottom])
        assert all("…" not in line for line in lines[row.y : row.bottom])
        assert_tidy(sheet, lines)
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)


def assert_tidy(sheet: Modal[Any], lines: Sequence[str]) -> None:
    """Every field is one line high, no letter of the screen below stands beside the frame, and no
    text touches a scroll bar."""
    assert all(field.region.height == 1 for field in sheet.query(Input) if field.display)
    top = next(number for number, line in enumerate(lines) if "╭" in line)
    for line in lines[top:]:
        if line.strip().startswith(("╭", "│", "╰")):
            assert line[0] in "╭│╰"
    for view in sheet.query(LineView):
        if view.show_vertical_scrollbar and view.display:
            column = view.region.right - 2
            shown = {
                line[column : column + 1] for line in lines[view.region.y : view.region.bottom]
            }
            assert shown <= {" ", ""}


async def test_enter_answers_no_question(tmp_path: Path) -> None:
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(60, 20)) as pilot:
        answers: list[bool | None] = []
        app.push_screen(Confirm("Discard it?", "Nothing is saved yet.", "Discard"), answers.append)
        await wait_until(pilot, lambda: "Discard it?" in screen_text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
        await wait_until(pilot, lambda: answers == [True])
