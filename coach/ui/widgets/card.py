"""One block as a card: a coloured stripe, time and minutes, topic, activity and status."""

from coach.ui import text
from coach.ui.widgets.plan_view import ACTIVITY_MARK, ACTIVITY_WORD, Entry
from coach.ui.widgets.rows import Row, Seg, cut, pad, spread, wrap

_STATUS = {"done": "✓", "skipped": "×", "missed": "!"}


def stripe(entry: Entry) -> str:
    """The style names of a card's left edge."""
    return f"card {entry.block.status} tone-{entry.tone}"


def status(entry: Entry, base: str, words: bool) -> Row:
    """The status mark, with its word where there is room, and the pin."""
    block = entry.block
    marks: list[Seg] = []
    if block.pinned:
        marks.append(Seg("pin" if words else "P", f"{base} pin", block.id))
    if block.status in _STATUS:
        word = f" {block.status}" if words else ""
        gap = " " if marks else ""
        marks.append(
            Seg(f"{gap}{_STATUS[block.status]}{word}", f"{base} {block.status}-mark", block.id)
        )
    return tuple(marks)


def card(entry: Entry, width: int, topic_lines: int) -> tuple[Row, ...]:
    """The rows of a card, `width` cells each: time, up to `topic_lines` of topic, activity."""
    block = entry.block
    base = f"card {block.status}"
    inner = width - 3
    edge = (Seg("▌", stripe(entry), block.id), Seg(" ", base, block.id))

    def row(left: Row, right: Row = ()) -> Row:
        body = spread(left, right, inner, base, block.id) if right else cut(left, inner)
        return pad((*edge, *body), width, base, block.id)

    time = (Seg(text.clock(block.start), f"{base} time", block.id),)
    length = (Seg(_length(entry, inner), f"{base} time", block.id),)
    words = inner >= 17
    return (
        row(time, length),
        *(
            row((Seg(line, f"{base} topic-{block.status}", block.id),))
            for line in wrap(entry.title, inner, topic_lines)
        ),
        row(_activity(entry, base), status(entry, base, words)),
    )


def _length(entry: Entry, inner: int) -> str:
    if inner >= 13:
        return text.duration(entry.minutes)
    return f"{entry.minutes}m" if inner >= 9 else str(entry.minutes)


def _activity(entry: Entry, base: str) -> Row:
    block = entry.block
    mark, word = ACTIVITY_MARK[block.activity], ACTIVITY_WORD[block.activity]
    letter = Seg(f"{entry.letter} ", f"{base} tone-{entry.tone}", block.id)
    return (letter, Seg(f"{mark} {word}", f"{base} foot", block.id))
