"""The week as a grid of half hours that keys and mouse paint."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from coach.model.settings import WEEKDAYS, Hours
from coach.ui.looks import Look, Looks
from coach.ui.widgets.plan_lines import PlanLines
from coach.ui.widgets.plan_looks import PLAN_LOOKS
from coach.ui.widgets.rows import Page, Seg
from coach.ui.widgets.schedule.hours_paint import PRESETS, SLOTS, Week, hours_page, preset, week_of


class HoursGrid(PlanLines, can_focus=True):
    """Arrows move, space paints or clears a cell; with shift, or with the brush down, the arrows
    carry that on."""

    # A painted cell that is turned round would look like an empty one.
    LOOKS: ClassVar[Looks] = {**PLAN_LOOKS, "selected": Look(ground="cursor", attributes="bold")}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("shift+up", "move(0, -1, True)", show=False),
        Binding("shift+down", "move(0, 1, True)", show=False),
        Binding("shift+left", "move(-1, 0, True)", show=False),
        Binding("shift+right", "move(1, 0, True)", show=False),
        Binding("pageup", "move(0, -4)", show=False),
        Binding("pagedown", "move(0, 4)", show=False),
        Binding("space", "paint", show=False),
        Binding("b", "brush", show=False),
        Binding("c", "copy", show=False),
        *(Binding(str(number), f"preset({number})", show=False) for number in range(len(PRESETS))),
    ]

    class Changed(Message):
        """The painted hours changed."""

    def __init__(self, hours: Hours, today: int) -> None:
        super().__init__("hours-grid")
        self.week: Week = week_of(hours)
        self._today = today
        self._day = today
        self._slot = min(self.week[WEEKDAYS[today]], default=38)
        self._brush = True
        self.brush_down = False

    def on_mount(self) -> None:
        self.fill(self._page_for, self._cell)
        self.to_top()

    def _text(self, seg: Seg) -> str:
        """The cell under the cursor stands in brackets."""
        if seg.block == self._selected and len(seg.text) > 3:
            return f"{seg.text[0]}[{seg.text[2:-1]}]"
        return seg.text

    def _page_for(self, width: int, _: int) -> Page:
        return hours_page(self.week, self._today, width)

    @property
    def _cell(self) -> str:
        return f"{WEEKDAYS[self._day]}.{self._slot}"

    def action_move(self, days: int, slots: int, paint: bool = False) -> None:
        """Move the cell cursor, painting with the last brush on the way if asked."""
        self._day = min(max(self._day + days, 0), 6)
        self._slot = min(max(self._slot + slots, 0), SLOTS - 1)
        if paint or self.brush_down:
            self._put(self._brush)
        self.select(self._cell)

    def action_paint(self) -> None:
        """Paint the cell, or clear it where it is painted."""
        self._brush = self._slot not in self.week[WEEKDAYS[self._day]]
        self._put(self._brush)

    def action_brush(self) -> None:
        """Put the brush down on this cell, painting or clearing it, or lift it again."""
        self.brush_down = not self.brush_down
        if self.brush_down:
            self.action_paint()
        else:
            self.post_message(self.Changed())

    def action_copy(self) -> None:
        """Give the next day the hours of this one, and go on to it."""
        if self._day < 6:
            slots = self.week[WEEKDAYS[self._day]]
            self._day += 1
            self._show({**self.week, WEEKDAYS[self._day]: slots})

    def action_preset(self, number: int) -> None:
        """Start from one of the presets."""
        self._show(preset(number))

    def _put(self, painted: bool) -> None:
        day = WEEKDAYS[self._day]
        cell = {self._slot}
        slots = self.week[day] | cell if painted else self.week[day] - cell
        self._show({**self.week, day: slots})

    def _show(self, week: Week) -> None:
        self.week = week
        self.fill(self._page_for, self._cell)
        self.post_message(self.Changed())

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if self._go_to(event):
            self.action_paint()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if event.button and self._go_to(event):
            self._put(self._brush)

    def on_mouse_up(self) -> None:
        self.release_mouse()

    def _go_to(self, event: events.MouseEvent) -> bool:
        """Put the cursor on the cell under the mouse; False where there is none."""
        offset = event.get_content_offset(self)
        name = self.block_at(offset.x, offset.y) if offset else ""
        day, dot, slot = name.partition(".")
        if not dot:
            return False
        self._day, self._slot = list(WEEKDAYS).index(day), int(slot)  # type: ignore[arg-type]
        self.select(self._cell)
        return True
