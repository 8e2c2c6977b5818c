"""Names of domains and topics where there is little room: the words that tell them apart stay."""

from rich.cells import cell_len

from coach.ui import text
from coach.ui.widgets.rows import wrap

_WORDS = (
    "build configure create deploy describe design develop identify implement maintain manage "
    "perform plan prepare provide provision"
)
PLAIN_VERBS = frozenset(_WORDS.split())
"""What nearly every skill of an outline begins with; alone they say that there is work to do."""
_JOINTS = frozenset(("a", "an", "and", "the"))
_CALM = 3


def headline(name: str) -> str:
    """The name without the plain verbs it begins with: `Storage accounts` for `Configure and
    manage storage accounts`. A name of nothing else stays as it is."""
    words = name.split()
    first = next((i for i, word in enumerate(words) if not _plain(word)), 0)
    if not first or words[0].strip(",").lower() not in PLAIN_VERBS:
        return name
    kept = words[first]
    lead = kept.capitalize() if kept.islower() else kept
    return " ".join((lead, *words[first + 1 :]))


def _plain(word: str) -> bool:
    return word.strip(",").lower() in PLAIN_VERBS | _JOINTS


def short_name(name: str, width: int) -> str:
    """The name in one line of at most `width` cells, as its headline where it is longer."""
    return name if cell_len(name) <= width else text.clip(headline(name), width)


def name_lines(name: str, width: int, lines: int) -> tuple[str, ...]:
    """The name in at most `lines` lines, as its headline where it takes more than that or than
    three. Words stay whole; one that is wider than a line is cut."""
    whole = wrap(_cut_words(name, width), width, lines + 1)
    if len(whole) <= min(lines, _CALM) and "…" not in "".join(whole):
        return whole
    return wrap(_cut_words(headline(name), width), width, lines)


def _cut_words(name: str, width: int) -> str:
    return " ".join(text.clip(word, width) for word in name.split())
