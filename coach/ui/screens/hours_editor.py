"""Hours for study: a week to paint, and below it days off, blocks, caps and a busy calendar."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Label, Static

from coach.model.settings import DAY_MINUTES, WEEKDAYS, Hours, Weekday, Window
from coach.service import settings
from coach.service.drafts import HoursDraft
from coach.service.input_parser import InputParser, days_text, in_spans, window_text
from coach.service.outcome import Outcome
from coach.service.refusal import Problem
from coach.ui import actions, text
from coach.ui.host import ConfirmFirst
from coach.ui.looks import Look, Looks
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheet import KeyRow
from coach.ui.styles import styles
from coach.ui.widgets.fields import LineInput
from coach.ui.widgets.line_view import PlanLines
from coach.ui.widgets.rows import Page, Row, Seg
from coach.wording import counted, duration, listed


class HoursField(NamedTuple):
    """One text. `name` is the field of the draft; a `short` one holds a number of minutes."""

    name: str
    label: str
    hint: str
    short: bool = True


DAYS_OFF = "Such as 24 Dec, or 24 Dec..2 Jan; commas between them."
BUSY = "The path of an .ics file: its events stay free of study."
FIELDS: tuple[tuple[HoursField, ...], ...] = (
    (HoursField("off", "Days off", DAYS_OFF, short=False),),
    (
        HoursField("block", "Session", "The longest session, in minutes: 30 to 180."),
        HoursField("breaks", "Break", "Minutes between two sessions: 0 to 60."),
        HoursField("daily", "Day", "Most minutes of study on one day, or none."),
        HoursField("weekly", "Week", "Most minutes of study in a week, or none."),
    ),
    (
        HoursField("busy", "Busy", BUSY, short=False),
        HoursField("spare", "Spare", "Minutes a week for strong areas: 0 to 1200."),
    ),
)


def values_of(hours: Hours) -> dict[str, str]:
    """What the fields hold at first."""
    return {
        "off": days_text(hours.off),
        "block": str(hours.block_minutes),
        "breaks": str(hours.break_minutes),
        "daily": _cap(hours.daily_minutes),
        "weekly": _cap(hours.weekly_minutes),
        "busy": "",
        "spare": str(hours.spare_minutes),
    }


def _cap(minutes: int | None) -> str:
    return "none" if minutes is None else str(minutes)


SLOTS = 48
HALF = 30
NIGHT = frozenset(range(SLOTS, 2 * SLOTS))
MARGIN = 6
Week = dict[Weekday, frozenset[int]]
"""The half hours with study time on each weekday; 0 is 00:00-00:30."""

PRESETS: tuple[tuple[str, Mapping[Weekday, str]], ...] = (
    ("empty", {}),
    ("evenings + Sat", {**dict.fromkeys(WEEKDAYS[:4], "19:00-20:30"), "sat": "09:00-13:00"}),
    ("mornings", dict.fromkeys(WEEKDAYS[:5], "06:30-07:30")),
    ("weekends", {"sat": "09:00-13:00", "sun": "09:00-13:00"}),
)


def slots_of(windows: Iterable[Window]) -> frozenset[int]:
    """Every half hour that a window touches; those after midnight go on from 48."""
    spans = (window.span for window in windows)
    return frozenset(slot for start, end in spans for slot in range(start // HALF, -(-end // HALF)))


def week_of(hours: Hours) -> Week:
    """The cells of the stored hours; what is after midnight is on the next day."""
    touched = [slots_of(hours.windows.get(day, ())) for day in WEEKDAYS]
    return {
        day: frozenset(slot for slot in touched[n] if slot < SLOTS) | _night(touched[n - 1])
        for n, day in enumerate(WEEKDAYS)
    }


def _night(slots: frozenset[int]) -> frozenset[int]:
    """Those after midnight, as cells of the next day."""
    return frozenset(slot - SLOTS for slot in slots if slot >= SLOTS)


def preset(number: int) -> Week:
    """The cells of one of `PRESETS`."""
    week: Week = dict.fromkeys(WEEKDAYS, frozenset())
    for day, span in PRESETS[number][1].items():
        first, last = (int(clock[:2]) * 2 + int(clock[3:]) // HALF for clock in span.split("-"))
        week[day] = frozenset(range(first, last))
    return week


def spans_text(slots: frozenset[int]) -> str:
    """The cells of a day as spans, `19:00-20:30, 22:00-24:00`."""
    spans = []
    for slot in sorted(slots):
        if slot - 1 not in slots:
            end = next(last for last in range(slot, SLOTS + 1) if last not in slots)
            spans.append(f"{_clock(slot)}-{_clock(end)}")
    return ", ".join(spans)


def windows_text(hours: Hours, week: Week) -> tuple[tuple[str, str], ...]:
    """Spans for every weekday; a day whose cells did not change keeps its own minutes.

    A span past midnight stays one as long as all of it is painted.
    """
    before = week_of(hours)
    late: list[Window | None] = []
    cut: list[bool] = []
    for n, day in enumerate(WEEKDAYS):
        past = [window for window in hours.windows.get(day, ()) if window.span[1] > DAY_MINUTES]
        cells = slots_of(past)
        painted = _night(cells) <= week[WEEKDAYS[n - 6]] and cells <= week[day] | NIGHT
        # One that begins before 04:00 cannot go on past midnight.
        whole = painted and not week[day] >= frozenset(range(7, SLOTS))
        late.append(past[0] if past and whole else None)
        cut.append(bool(past) and not whole)
    texts = []
    for n, day in enumerate(WEEKDAYS):
        if week[day] == before[day] and not cut[n] and not cut[n - 1]:
            texts.append((day, ", ".join(map(window_text, hours.windows.get(day, ())))))
            continue
        window, ahead = late[n], late[n - 1]
        spans = spans_text(week[day] - (_night(slots_of([ahead])) if ahead else frozenset()))
        if window is not None:
            spans = f"{spans.removesuffix('24:00')}{window.end:%H:%M}"
        texts.append((day, spans))
    return tuple(texts)


def _clock(slot: int) -> str:
    return f"{slot // 2:02}:{slot % 2 * HALF:02}"


def hours_page(week: Week, today: int, width: int) -> Page:
    """The grid in rows: a column for each weekday, a row for each half hour.

    Each cell is marked with the id `day.slot`, and spans some rows around it, so that they stay
    in view with it. `today` is the weekday of today (0 Monday).
    """
    cell = max((width - MARGIN) // 7, 3)
    names, sums = [Seg(" " * MARGIN)], [Seg(" " * MARGIN)]
    for index, day in enumerate(WEEKDAYS):
        style = "today" if index == today else "day"
        names += [Seg(" "), Seg(f"{text.WEEKDAYS[index]:^{cell - 1}}", style)]
        minutes = len(week[day]) * HALF
        words = duration(minutes) if minutes else "–"
        words = words if len(words) < cell else f"{minutes}m"
        sums.append(Seg(f"{words:^{cell}}", "ink" if minutes else "faint"))
    body = tuple(_row(week, slot, cell) for slot in range(SLOTS))
    spans = {
        f"{day}.{slot}": (max(slot - 3, 0), min(slot + 4, SLOTS))
        for day in WEEKDAYS
        for slot in range(SLOTS)
    }
    first = min((min(slots) for slots in week.values() if slots), default=16)
    return Page((tuple(names), tuple(sums)), body, spans, max(first - 2, 0))


def _row(week: Week, slot: int, cell: int) -> Row:
    hour = slot % 2 == 0
    row = [Seg(f"{_clock(slot)} " if hour else " " * MARGIN, "muted")]
    empty = Seg(f"{'·' if hour else ' ':^{cell - 1}}", "faint")
    for day in WEEKDAYS:
        shown = Seg("█" * (cell - 1), "painted") if slot in week[day] else empty
        row += [Seg(" "), replace(shown, block=f"{day}.{slot}")]
    return tuple(row)


class HoursGrid(PlanLines, can_focus=True):
    """Arrows move, space paints or clears a cell; with shift, or with the brush down, the arrows
    carry that on."""

    # A painted cell that is turned round would look like an empty one.
    OWN_LOOKS: ClassVar[Looks] = {"selected": Look(ground="cursor", attributes="bold")}
    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("hours")

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

    def _marked(self, seg: Seg) -> Seg:
        """The cell under the cursor stands in brackets."""
        seg = super()._marked(seg)
        if seg.block == self._selected and len(seg.text) > 2:
            return replace(seg, text=f"[{seg.text[1:-1]}]")
        return seg

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


GRID_KEYS = (
    ("space", "paint"),
    ("b", "brush"),
    ("c", "copy day"),
    ("tab", "fields"),
    ("ctrl+s", "save"),
    ("esc", "close"),
)
FIELD_KEYS = (("enter", "next"), ("↑↓", "fields"), ("ctrl+s", "save"), ("esc", "close"))


class HoursEditor(AskingModal):
    """Closes with what was done, or None. What was painted and typed stays until accepted."""

    NAME = "hours"
    CSS_PATH = styles("sheet")
    QUESTION = "Discard these hours?"

    def __init__(self, hours: Hours, now: datetime) -> None:
        super().__init__()
        self._hours, self._now = hours, now
        self._problem = ""

    def compose(self) -> ComposeResult:
        values = values_of(self._hours)
        with Vertical(id="sheet", classes="hours") as frame:
            frame.border_title = "Hours for study"
            yield HoursGrid(self._hours, self._now.weekday())
            presets = ((str(index), name) for index, (name, _) in enumerate(PRESETS))
            yield KeyRow(tuple(presets), classes="sheet-presets")
            for row in FIELDS:
                with Horizontal(classes="hours-row"):
                    for field in row:
                        yield Label(field.label, markup=False)
                        yield LineInput(
                            values[field.name],
                            id=f"hours-{field.name}",
                            classes="hours-short" if field.short else "hours-long",
                            select_on_focus=field.short,
                            max_length=2000,
                        )
            yield Static(id="hours-hint", markup=False)
            yield KeyRow(GRID_KEYS, id="hours-keys", classes="sheet-keys")

    def on_mount(self) -> None:
        self._show_total()

    def on_hours_grid_changed(self) -> None:
        self._show_total()

    def _show_total(self) -> None:
        grid = self.query_one(HoursGrid)
        minutes = sum(map(len, grid.week.values())) * HALF
        brush = "brush down  ·  " if grid.brush_down else ""
        self.query_one("#sheet").border_subtitle = f"{brush}{duration(minutes)} a week"

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._hint()
        keys = GRID_KEYS if isinstance(self.focused, HoursGrid) else FIELD_KEYS
        self.query_one("#hours-keys", KeyRow).show(keys)

    def on_input_changed(self) -> None:
        self._problem = ""
        self._hint()

    def _hint(self) -> None:
        """What was wrong with what was typed, else what the field in focus takes."""
        name = self.focused.id if self.focused else ""
        fields = (field for row in FIELDS for field in row)
        field = next((field for field in fields if name == f"hours-{field.name}"), None)
        hint = field.hint if field else ""
        if field and field.name == "off":
            hint = self._off_days() or hint
        elif field and field.name == "busy":
            hint = self._calendars() or hint
        style = "$heat-below-ink" if self._problem else "$ink-faint"
        self.query_one("#hours-hint", Static).update(text.plain(self._problem or hint, style))

    def _calendars(self) -> str:
        """What is read already; empty where nothing is."""
        calendars = self._hours.every_calendar
        if not calendars:
            return ""
        names = listed(text.visible(calendar.name) for calendar in calendars)
        times = counted(len(self._hours.busy_spans), "busy time")
        them, verb = ("it", "is") if len(calendars) == 1 else ("all", "are")
        shown = f"{names} {verb} read: {times}."
        return f"{shown} Type a path to read it again, or none to forget {them}."

    def _off_days(self) -> str:
        """How the days off are read; empty where there are none, or one cannot be read."""
        assert isinstance(self._now.tzinfo, ZoneInfo)
        reader, today = InputParser(self._now, self._now.tzinfo), self._now.date()
        days = {day for typed in self.draft().off for day in reader.days("off", typed)}
        spans = [
            text.day(first, today) if first == last else text.days(first, last, today)
            for first, last in in_spans(days)
        ]
        return f"= {', '.join(spans)}" if spans and not reader.problems else ""

    def _typed(self, name: str) -> str:
        return self.query_one(f"#hours-{name}", LineInput).value.strip()

    def draft(self) -> HoursDraft:
        busy = self._typed("busy")
        return HoursDraft(
            windows=windows_text(self._hours, self.query_one(HoursGrid).week),
            off=tuple(filter(None, (part.strip() for part in self._typed("off").split(",")))),
            clear=True,
            **{name: self._typed(name) for name in ("block", "breaks", "daily", "weekly", "spare")},
            busy="" if busy.casefold() == "none" else busy,
            no_busy=busy.casefold() == "none",
        )

    def submit(self) -> Outcome:
        return self.host.service.act(settings.set_hours, self.draft())

    def action_save(self) -> None:
        """Hand everything over, an emptied week after asking: 0 does not only end up in fields."""
        save = super().action_save
        painted = any(spans for _, spans in self.draft().windows)
        if painted or not any(self._hours.windows.values()):
            save()
        else:
            details = "There is no plan without hours: every session ahead is removed."
            self.post_message(ConfirmFirst("Save an empty week?", details, "Save", save, "Go on"))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Go to the first field that is wrong, with one sentence for each wrong field."""
        labels = {field.name: field.label for row in FIELDS for field in row}
        first = {
            problem.field: replace(problem, label=labels.get(problem.field, problem.label)).text
            for problem in reversed(problems)
        }
        wrong = [name for name in labels if name in first]
        if wrong:
            self.query_one(f"#hours-{wrong[0]}", LineInput).focus()
        names = sorted(first, key=lambda name: wrong.index(name) if name in wrong else -1)
        self._problem = " ".join(first[name] for name in names)
        self._hint()
