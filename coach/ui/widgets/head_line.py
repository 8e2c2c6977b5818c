"""The two lines above every mode screen: which exam, which screen, and where things stand."""

from datetime import datetime

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from coach.model.documents import Head
from coach.ui import actions, text

NO_EXAM = "no exam yet"


def _tabs(current: str) -> Content:
    parts = []
    for name in actions.SCREENS:
        entry = actions.action(name)
        click = Style.from_meta({"run": name})
        if name == current:
            tab = Content.styled(f" {entry.shown} {entry.label} ", "bold reverse $primary")
        else:
            tab = Content.styled(f" {entry.shown} ", "$primary") + Content.styled(
                f"{entry.label} ", "$ink-muted"
            )
        parts.append(tab.stylize(click))
    return Content("").join(parts)


def _title(head: Head | None, room: int) -> Content:
    if head is None:
        return Content.styled(f" {NO_EXAM}", "bold $ink-muted")
    code = text.plain(head.exam, "bold $primary")
    rest = room - 3 - cell_len(text.visible(head.exam))
    title = text.clip(head.title, rest) if rest >= 12 else ""
    return Content.assemble(" ", code, "  ", (title, "$ink-muted"))


def top_line(head: Head | None, current: str, width: int) -> Content:
    """Code and title of the exam on the left, the three screens on the right."""
    tabs = _tabs(current)
    room = max(width - tabs.cell_length - 1, 0)
    title = _title(head, room).truncate(room, ellipsis=True)
    return title.pad_right(max(room - title.cell_length, 0)) + tabs


def _score(head: Head) -> Content | None:
    if head.score is None:
        return None
    ink = "$heat-above-ink" if head.passed else "$heat-below-ink"
    return Content.assemble(
        (f"{head.score}", f"bold {ink}"), (f" of {head.passing_score}", "$ink-muted")
    )


def _sitting(head: Head, now: datetime, wide: bool) -> Content:
    words = {
        "passed": "passed",
        "retired": "retired",
        "pending": "result pending",
        "open": "may sit now" if not wide else "you may sit it now",
        "waiting": "",
        "capped": "",
    }[head.status]
    if words or head.earliest is None:
        return Content.styled(words or "no date to sit it", "$ink")
    lead = "may sit again " if wide else "sit from "
    return Content.assemble(
        (lead, "$ink-muted"), (text.moment(head.earliest, now.date()), "bold $ink")
    )


def _target(head: Head, now: datetime, wide: bool) -> Content | None:
    if head.target is None or head.days_left is None:
        return None
    if wide:
        return Content.assemble(
            ("plan ends ", "$ink-muted"),
            (text.day(head.target, now.date()), "bold $ink"),
            (f", {text.in_days(head.days_left)}", "$ink-muted"),
        )
    return Content.assemble(
        (f"{head.days_left}", "bold $ink"),
        (" day left" if head.days_left == 1 else " days left", "$ink-muted"),
    )


def _hours(head: Head, wide: bool) -> Content | None:
    if not head.planned_minutes and not head.done_minutes:
        return None
    share = head.done_minutes / head.planned_minutes if head.planned_minutes else 1.0
    done, planned = text.duration(head.done_minutes), text.duration(head.planned_minutes)
    if not wide:
        return Content.assemble((done, "bold $ink"), (f" of {planned}", "$ink-muted"))
    filled = text.bar(share, 12)
    return Content.assemble(
        ("this week ", "$ink-muted"),
        (filled.ljust(12), "$primary on $track"),
        (f" {done}", "bold $ink"),
        (f" of {planned}", "$ink-muted"),
    )


def facts_line(head: Head | None, now: datetime, width: int) -> Content:
    """The latest score, the earliest legal date, the days left and this week's hours; what
    does not fit is left out from the right."""
    if head is None:
        return Content.styled(" Press n to enter a score report", "$ink-muted")
    wide = width >= 100
    facts = [_score(head), _sitting(head, now, wide), _target(head, now, wide), _hours(head, wide)]
    gap = Content.styled("  ·  " if width >= 72 else " · ", "$ink-faint")
    line = Content(" ")
    for fact in facts:
        if fact is None:
            continue
        longer = line + gap + fact if line.cell_length > 1 else line + fact
        if longer.cell_length > width:
            break
        line = longer
    return line


class HeadLine(Widget):
    """Head of one mode screen; `show` gives it the facts."""

    DEFAULT_CSS = """
    HeadLine { dock: top; height: 2; background: $panel; }
    """

    def __init__(self, screen_name: str) -> None:
        super().__init__(id="head-line")
        self._screen_name = screen_name
        self._head: Head | None = None
        self._now: datetime | None = None

    def show(self, head: Head | None, now: datetime) -> None:
        """Draw these facts."""
        self._head, self._now = head, now
        self.refresh()

    def render(self) -> Content:
        top = top_line(self._head, self._screen_name, self.size.width)
        if self._now is None:
            return top
        return top + "\n" + facts_line(self._head, self._now, self.size.width)

    async def on_click(self, event: events.Click) -> None:
        """A click on a tab opens its screen."""
        name = event.style.meta.get("run")
        if name:
            await self.app.run_action(name, self.app)
