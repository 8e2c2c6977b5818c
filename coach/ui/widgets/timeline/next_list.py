"""Draws what happens next: a list of entries, as roomy as the height allows."""

from itertools import pairwise
from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.ui import text
from coach.ui.looks import Look, Looks
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.line_view import LINE_LOOKS, Listing, RowList
from coach.ui.widgets.rows import Row, Seg, row_width, spread, wrap
from coach.ui.widgets.timeline.next_steps import Step

LABEL = 15
MOST_LINES = 8
LEAST_WORDS = 16
"""Columns beside an answer from which its rule is shown there."""
RULES_BESIDE = 70
"""Columns of the list from which most answers leave that room."""


def next_listing(steps: list[Step], width: int, height: int, hint: str = "") -> Listing:
    """The entries in `width` cells: label and answer, then the rule and its source.

    The roomiest form that fits in `height` is taken: entries a line apart, whole rules, rules of
    two lines and of one, and last one line for each entry. The last entries give way first, but
    where rules have room beside the answers none is below one.
    """
    if not steps:
        return Listing([], [])
    head = spread((Seg("What happens next", "strong"),), (Seg(hint, "tag"),), width)
    entries = [_entry(step, width, MOST_LINES) for step in steps]
    if 2 + sum(len(entry) + 1 for entry in entries) <= height:
        return Listing([head, ()], [[*entry, ()] for entry in entries])
    forms = [[_entry(step, width, lines) for step in steps] for lines in (MOST_LINES, 2, 1)]
    forms.append([[_line(step, width)] for step in steps])
    for roomy, tight in pairwise(forms):
        beside = tight is forms[-1] and width >= RULES_BESIDE
        for kept in (len(steps),) if beside else range(len(steps), 0, -1):
            mixed = roomy[:kept] + tight[kept:]
            if 1 + sum(map(len, mixed)) <= height:
                return Listing([head], mixed)
    return Listing([head], forms[-1])


def _entry(step: Step, width: int, lines: int) -> list[Row]:
    """Label and answer, and the rule below in at most `lines` lines; a note has no answer."""
    label, tag = _label(step), _tag(step)
    if not step.value:
        room = width - LABEL - row_width(tag) - 1
        first, *rest = wrap(text.visible(step.text), room, lines)
        below = [(Seg(" " * LABEL), Seg(line, step.style)) for line in rest]
        return [spread((label, Seg(first, step.style)), tag, width), *below]
    rows = [spread((label, Seg(text.visible(step.value), step.style)), tag, width)]
    words = wrap(text.visible(step.text), width - LABEL, lines) if step.text else ()
    return [*rows, *((Seg(" " * LABEL), Seg(line, "muted")) for line in words)]


def _line(step: Step, width: int) -> Row:
    """Everything in one line; the rule only where there is room for some of it."""
    label, tag = _label(step), _tag(step)
    if not step.value:
        return _entry(step, width, 1)[0]
    value = text.visible(step.value)
    room = width - LABEL - len(value) - row_width(tag) - 4
    words = text.clip(step.text, room) if step.text and room >= LEAST_WORDS else ""
    left = (label, Seg(value, step.style), Seg(f"  {words}", "muted"))
    return spread(left, tag, width)


def _label(step: Step) -> Seg:
    return Seg(text.fit(step.label, LABEL - 1) + " ", step.label_style)


def _tag(step: Step) -> Row:
    return (Seg(SOURCE_WORD[step.source], "tag"),) if step.source else ()


class NextList(RowList):
    """The entries; `step` is the one under the cursor."""

    LOOKS: ClassVar[Looks] = {
        **LINE_LOOKS,
        "tag": Look("ink-faint"),
        "aim": Look("secondary"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "screen.open", "Explain", show=False),
    ]

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._steps: list[Step] = []

    def show(self, steps: list[Step]) -> None:
        """Draw these entries."""
        self._steps = steps
        self.rearrange()

    @property
    def step(self) -> Step | None:
        """The entry under the cursor."""
        return self._steps[self.cursor] if self.cursor < len(self._steps) else None

    def lay_out(self, width: int, height: int) -> Listing:
        return next_listing(self._steps, width, height, "? explains" if self.has_focus else "")

    def watch_has_focus(self, has_focus: bool) -> None:
        """The hint stands only where its key works."""
        super().watch_has_focus(has_focus)
        self.rearrange()
