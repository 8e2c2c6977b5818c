"""Rows of styled text that a widget draws line by line, and the few ways to build them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, chop_cells

from coach.ui import text
from coach.ui.text import bar, cells, clip, fit


class Seg(Struct, frozen=True):
    """A piece of a row: text, style names (looks, in order), and its block's id."""

    text: str
    style: str = ""
    block: str = ""


Row = tuple[Seg, ...]


class Page(Struct, frozen=True):
    """Rows laid out for one size. `head` stays in place, `body` scrolls; `spans` has the rows of
    each block in `body` (first, one past last), `top` the body row to start with, None for any."""

    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    spans: Mapping[str, tuple[int, int]] = MappingProxyType({})
    top: int | None = None

    def row(self, y: int, scrolled: int) -> Row:
        """The row at line `y` of the screen with the body `scrolled` up by so many rows."""
        if y < len(self.head):
            return self.head[y]
        index = y - len(self.head) + scrolled
        return self.body[index] if 0 <= index < len(self.body) else ()


def row_width(row: Iterable[Seg]) -> int:
    """How many cells a row takes."""
    return sum([cells(seg.text) for seg in row])


def pad(row: Row, width: int, style: str = "", block: str = "") -> Row:
    """The row, filled up with blanks to `width` cells."""
    missing = width - row_width(row)
    return (*row, Seg(" " * missing, style, block)) if missing > 0 else row


def spread(left: Row, right: Row, width: int, style: str = "", block: str = "") -> Row:
    """`left` and `right` at the two ends of `width` cells; where they collide, left is cut."""
    room = width - row_width(right)
    kept = cut(left, max(room - 1, 0)) if row_width(left) > room - 1 else left
    return (*pad(kept, room, style, block), *right)


def cut(row: Row, width: int) -> Row:
    """The row in at most `width` cells, the last piece cut with an ellipsis."""
    room = width
    for index, seg in enumerate(row):
        size = cells(seg.text)
        if size > room:
            last = (replace(seg, text=clip(seg.text, room)),) if room > 0 else ()
            return (*row[:index], *last)
        room -= size
    return row


def wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    """The text in at most `lines` lines of `width` cells, broken at blanks; at least one line.

    What does not fit ends in an ellipsis. The text must already be safe to show.
    """
    if width <= 0 or lines <= 0:
        return ("",)
    found: list[str] = []
    for line in _broken(text[: width * (lines + 1)], width):
        if len(found) == lines:
            last = fit(found[-1], width).rstrip()
            found[-1] = f"{clip_cells(last, width - 1)}…"
            break
        found.append(line)
    return tuple(found) or ("",)


def clip_cells(text: str, width: int) -> str:
    """The text in at most `width` cells, cut without a mark."""
    while text and cell_len(text) > width:
        text = text[:-1]
    return text.rstrip()


_INSIDE = re.compile(r"(?<=\d) (?=(?:h|min)\b|%)|(?<=\dh) (?=\d)|(?<=\d h) (?=\d\d\b)")
"""The blanks of a length of time and of a percentage, which stay in one line."""


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for kept in _INSIDE.sub("\0", text).split():
        word = kept.replace("\0", " ")
        joined = f"{line} {word}" if line else word
        if cells(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        *full, line = chop_cells(word, max(width - 1, 1)) if cell_len(word) > width else [word]
        # A hyphen would become a part of an address.
        yield from (piece if "/" in word else f"{piece}-" for piece in full)
    if line:
        yield line


def meter(parts: Iterable[tuple[float, str]], scale: float, width: int, mark: float = -1) -> Row:
    """A bar of `width` cells on a track: coloured parts end to end, each `(amount, style)`.

    Amounts, `scale` (a full bar) and `mark` (the amount that gets a tick) share one unit.
    """
    if width <= 0 or scale <= 0:
        return (Seg(" " * max(width, 0), "track"),)
    ends: list[tuple[float, str]] = []
    total = 0.0
    for amount, style in parts:
        total += amount
        ends.append((total, style))
    cells: list[Seg] = []
    for index, (end, style) in enumerate(ends):
        drawn = bar(end / scale, width)
        if index < len(ends) - 1 and ends[-1][0] > end:
            drawn = "█" * round(min(end / scale, 1.0) * width)
        text = drawn[row_width(cells) :]
        if text:
            cells.append(Seg(text, f"track {style}"))
    row = pad(tuple(cells), width, "track")
    return _ticked(row, min(round(mark / scale * width), width - 1)) if mark >= 0 else row


def _ticked(row: Row, position: int) -> Row:
    done: list[Seg] = []
    at = 0
    for seg in row:
        inside = position - at
        at += len(seg.text)
        if 0 <= inside < len(seg.text):
            done.append(replace(seg, text=seg.text[:inside]))
            done.append(Seg("┃", "track mark"))
            done.append(replace(seg, text=seg.text[inside + 1 :]))
        else:
            done.append(seg)
    return tuple(seg for seg in done if seg.text)


LABEL = 14
MOST_LINES = 40


def heading(title: str) -> Row:
    """A heading over the rows that follow."""
    return (Seg(title, "heading strong"),)


def fact(label: str, value: str, width: int, style: str = "ink") -> list[Row]:
    """A label and its value, wrapped beside it; no row at all without a value."""
    if not value:
        return []
    return hanging((Seg(text.fit(label, LABEL), "muted"),), value, width, style)


def paragraph(words: str, width: int, style: str = "ink", lines: int = MOST_LINES) -> list[Row]:
    """Wrapped text in at most `lines` lines; no row at all for an empty one."""
    return hanging((), words, width, style, lines) if words else []


def hanging(
    lead: Row, words: str, width: int, style: str = "ink", lines: int = MOST_LINES
) -> list[Row]:
    """The words beside a lead, wrapped into at most `lines` lines that all begin there."""
    under = tuple(replace(seg, text=" " * cells(seg.text)) for seg in lead)
    wrapped = wrap(text.shown(words), width - row_width(lead), lines)
    return [(*(under if n else lead), Seg(line, style)) for n, line in enumerate(wrapped)]


_WORDS = (
    "build configure create deploy describe design develop identify implement maintain manage "
    "perform plan prepare provide provision"
)
PLAIN_VERBS = frozenset(_WORDS.split())
"""What nearly every skill of an outline begins with; alone they say that there is work to do."""
_JOINTS = frozenset(("a", "an", "and", "the"))


def headline(name: str) -> str:
    """The name without the plain verbs it begins with: `Storage accounts` for `Configure and
    manage storage accounts`. A name of nothing else stays as it is."""
    words = name.split()
    plain = PLAIN_VERBS | _JOINTS
    first = next((i for i, word in enumerate(words) if word.strip(",").lower() not in plain), 0)
    if not first or words[0].strip(",").lower() not in PLAIN_VERBS:
        return name
    kept = words[first]
    lead = kept.capitalize() if kept.islower() else kept
    return " ".join((lead, *words[first + 1 :]))


def short_name(name: str, width: int) -> str:
    """The name in one line of at most `width` cells, as its headline where it is longer."""
    return name if cell_len(name) <= width else text.clip(headline(name), width)


def name_lines(name: str, width: int, lines: int) -> tuple[str, ...]:
    """The name in at most `lines` lines. Words stay whole; one wider than a line is cut."""
    return wrap(" ".join(text.clip(word, width) for word in name.split()), width, lines)


_WORDS = "a across an and as at by for from in into of on or that the their to using with"
_JOINING = frozenset(_WORDS.split())
_WORDS = "azure integrate microsoft monitor optimize protect secure"
_COMMON = frozenset(_WORDS.split())
SHORTEST = 15
"""Cells that the short name of a domain takes at most."""


def short_names(names: Sequence[str]) -> tuple[str, ...]:
    """A word or two for each domain, no two alike: `Storage` for `Implement and manage storage`.

    Taken are the first words beside each other that no other name has and that fit.
    """
    lines = [_WORD.findall(text.visible(name)) for name in names]
    seen = [word for line in lines for word in {word.lower() for word in line}]
    taken: list[str] = []
    for line in lines:
        told = next((each for each in _candidates(line, seen) if each not in taken), "")
        taken.append(told or f"Domain {len(taken) + 1}")
    return tuple(taken)


_WORD = re.compile(r"[^\s,;:()]+|[,;:()]")


def _candidates(line: list[str], seen: list[str]) -> Iterator[str]:
    """The ways to call a domain of these words, best first."""
    untelling = _JOINING | _COMMON | PLAIN_VERBS
    runs: list[list[str]] = [[]]
    for word in line:
        if word.lower() in untelling or len(word) == 1 or seen.count(word.lower()) > 1:
            runs.append([])
        else:
            runs[-1].append(word)
    told = [word for word in line if word.lower() not in _JOINING and len(word) > 1]
    told.sort(key=lambda word: word.lower() in PLAIN_VERBS)
    lasts = ([run[-1]] for run in runs if run)
    for words in (*filter(None, runs), *lasts, *([word] for word in told)):
        name = " ".join(words)
        if cell_len(name) <= SHORTEST:
            yield name[:1].upper() + name[1:]
    yield from (text.clip(word.capitalize(), SHORTEST) for word in told)
