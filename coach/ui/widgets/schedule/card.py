"""One block as a card: a coloured stripe, time and minutes, topic, activity and status."""

from coach.ui import text
from coach.ui.widgets.names import name_lines, short_name
from coach.ui.widgets.rows import Row, Seg, cut, pad, row_width, spread
from coach.ui.widgets.schedule.view import ACTIVITY_MARK, ACTIVITY_WORD, Entry
from coach.wording import duration

STATUS_MARK = {"done": "✓", "skipped": "×", "missed": "!", "unused": "–"}

_ROOMY = 13
"""Cells from which a card has a margin on its right."""
_TELLING = 6
"""Cells from which the beginning of a topic says more than what is done there."""


def condition(entry: Entry) -> str:
    """The status as it is shown: a buffer that nobody needed is unused, not given up."""
    block = entry.block
    return "unused" if (block.activity, block.status) == ("buffer", "skipped") else block.status


def base_style(entry: Entry) -> str:
    """The style names of a card's ground: what is settled stands back."""
    settled = entry.beside or entry.block.status in ("done", "skipped")
    quiet = "card quiet" if settled else "card"
    return f"{quiet} {entry.block.status}"


def topic_style(entry: Entry) -> str:
    """The style name of the topic: what asks for no work of this exam stands back."""
    block = entry.block
    quiet = entry.beside or block.activity == "buffer"
    return "topic-quiet" if quiet and block.status == "planned" else f"topic-{condition(entry)}"


def status(entry: Entry, base: str, words: bool) -> Row:
    """The status mark, with its word where there is room, and the pin."""
    block = entry.block
    marks: list[Seg] = []
    if block.pinned:
        marks.append(Seg("pin" if words else "P", f"{base} pin", block.id))
    shown = condition(entry)
    if shown in STATUS_MARK:
        word = f" {shown}" if words else ""
        gap = " " if marks else ""
        marks.append(Seg(f"{gap}{STATUS_MARK[shown]}{word}", f"{base} {shown}-mark", block.id))
    return tuple(marks)


def card(entry: Entry, width: int, topic_lines: int) -> tuple[Row, ...]:
    """The rows of a card, `width` cells each: time, up to `topic_lines` of topic, activity.

    With no topic lines a card is a single row.
    """
    block = entry.block
    base = base_style(entry)
    inner = width - (3 if width >= _ROOMY else 2)
    edge = (Seg("▌", f"{base} tone-{entry.tone}", block.id), Seg(" ", base, block.id))

    def row(left: Row, right: Row = ()) -> Row:
        body = spread(left, right, inner, base, block.id) if right else cut(left, inner)
        return pad((*edge, *body), width, base, block.id)

    time = Seg(text.clock(block.start), f"{base} time", block.id)
    if not topic_lines:
        short = entry.letter if entry.beside else entry.letter[:1]
        letter = Seg(f" {short} ", f"{base} tone-{entry.tone}", block.id)
        room = inner - row_width((time, letter))
        brief = ACTIVITY_MARK[block.activity]
        title = short_name(entry.title, room) if room >= _TELLING else brief
        return (row((time, letter, Seg(title, f"{base} {topic_style(entry)}", block.id))),)
    length = _length(entry, base, inner)
    state = status(entry, base, inner >= 17)
    return (
        row((time,), length),
        *(
            row((Seg(line, f"{base} {topic_style(entry)}", block.id),))
            for line in name_lines(entry.title, inner, topic_lines)
        ),
        row(_activity(entry, base, inner - row_width(state)), state),
    )


def _length(entry: Entry, base: str, inner: int) -> Row:
    """The minutes in the longest form that fits beside the time, or nothing."""
    for form in (duration(entry.minutes), f"{entry.minutes}m", str(entry.minutes)):
        if len(form) <= inner - 6:
            return (Seg(form, f"{base} time", entry.block.id),)
    return ()


def _activity(entry: Entry, base: str, room: int) -> Row:
    block = entry.block
    mark, word = ACTIVITY_MARK[block.activity], ACTIVITY_WORD[block.activity]
    letter = Seg(f"{entry.letter} ", f"{base} tone-{entry.tone}", block.id)
    fits = len(letter.text) + 2 + len(word) < room
    return (letter, Seg(f"{mark} {word}" if fits else mark, f"{base} foot", block.id))
