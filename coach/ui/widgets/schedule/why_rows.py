"""Why the selected block is there, in the rows that are left beside the week."""

from collections.abc import Iterable

from coach.model.plan import Reason
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, wrap
from coach.ui.widgets.schedule.view import ACTIVITY_WORD, Entry, PlanView

LEAST = 5
"""Rows below which a reason would be torn off."""


def why_rows(
    entry: Entry, reasons: Iterable[Reason], view: PlanView, width: int, height: int
) -> tuple[Row, ...]:
    """The block and as many of its reasons as `height` rows of `width` cells hold."""
    if height < LEAST:
        return ()
    block = entry.block
    when = f"{text.day(block.start, view.today)} {text.span(block.start, block.end)}"
    words = ACTIVITY_WORD[block.activity]
    rows: list[Row] = [
        (),
        cut((Seg("Why", "heading"), Seg(f"  {words} {when}", "muted")), width),
        cut((Seg("▌ ", f"tone-{entry.tone}"), Seg(entry.title, "ink")), width),
    ]
    for reason in reasons:
        lines = wrap(text.told(reason.text, view.today), width - 2, 4)
        if len(rows) + len(lines) > height:
            break
        rows += [
            (Seg("  " if index else "· ", "faint"), Seg(line, "muted"))
            for index, line in enumerate(lines)
        ]
    return tuple(rows)
