"""Lines of a score report that say something about one domain: a name and a word or percent."""

import re

import msgspec

_TWO_WORDS = (
    r"(?:above|near|below)[\s-]+(?:the\s+)?(?:target|proficiency|baseline)|"
    r"meets(?:\s+competenc(?:y|ies))?|needs?\s+improvement"
)
_ONE_WORD = r"above|near|below|target|unknown|n/a"
_PERCENT = r"\d{1,3}\s?%"
_SPACED_VALUE = re.compile(rf"(?<![\w–—-])(?:{_TWO_WORDS}|{_PERCENT})$", re.IGNORECASE)
_MARKED_VALUE = re.compile(
    rf"(?<![\w–—-])(?:{_TWO_WORDS}|{_ONE_WORD}|{_PERCENT}|\d{{1,3}})$", re.IGNORECASE
)
_ALONE = re.compile(rf"({_TWO_WORDS}|{_ONE_WORD}|{_PERCENT})\s?(:?)", re.IGNORECASE)
_MARK_AT_END = re.compile(r"(?:[:：=|…]|\.{2}|(?:\s|^)[-–—])\s*$|\t\s*$|\s{2}$")
_MARK = re.compile(r"\s?[:：=|…]\s?|\s[-–—]\s|\s?\.{2,}\s?|\t\s?|\s{2,}")
_BULLET = re.compile(r"^[\s•●▪◦*>|☐☑✓✗-]+")
_NUMBERED = re.compile(
    r"^(?:(?:domain|section|objective|part|area)\s+)?(?P<number>\d{1,2})(?:\.\d{1,2})*"
    r"(?:\s*[.:)–—-]\s*|\s+|$)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"\s*\(\s*\d{1,3}\s*%?\s*(?:(?:-|–|—|to)\s*\d{1,3}\s*)?%?\s*\)\s*$")
_RANGE = re.compile(r"[\s:]*\(?\s?\d{1,3}\s?%?\s?(?:-|–|—|to)\s?\d{1,3}\s?%\s?\)?$")
_BARE_WEIGHT = re.compile(r"\s+\d{1,3}\s*%$")
_ONLY_WORDS = re.compile(rf"(?:(?:{_TWO_WORDS}|{_ONE_WORD})[\s/,|:-]*)+", re.IGNORECASE)
_PROSE = re.compile(
    r"^(?:you|your|this|these|the|if|for|candidates?|registration)\b|[.!?]\s", re.IGNORECASE
)
_IMPROVEMENT = re.compile(r"needs?\s+improvement\s*[:：]\s*(.+)", re.IGNORECASE)
LONGEST_NAME = 200
MOST_WORDS = 6


class DomainLine(msgspec.Struct, frozen=True):
    """A name with what was printed beside it; the name is as printed, without numbering."""

    name: str
    value: str


def domain_line(line: str) -> DomainLine | None:
    """The name and value of a line such as `Compute ... below target` or `Compute: 62%`.

    A single word or a bare number counts only after a mark such as a colon, dots or a column.
    """
    text = line.strip(" \t|")
    found = _MARKED_VALUE.search(text)
    if found is None or not _MARK_AT_END.search(text[: found.start()]):
        found = _SPACED_VALUE.search(text)
    if found is None or _RANGE.search(text):
        return None
    value, name = " ".join(found[0].split()), text[: found.start()]
    if not value.endswith("%"):
        name = _BARE_WEIGHT.sub("", name.rstrip(" \t.:|"))
    name = domain_name(name)
    if not name or len(name) > LONGEST_NAME or _ONLY_WORDS.fullmatch(name) or _PROSE.search(name):
        return None
    return DomainLine(name, value)


def lone_value(line: str) -> tuple[str, bool] | None:
    """A line that is a value and nothing else, and whether a colon makes it a heading."""
    found = _ALONE.fullmatch(_BULLET.sub("", line).strip(" \t|"))
    return (" ".join(found[1].split()), bool(found[2])) if found else None


def domain_name(text: str) -> str:
    """A name without bullet, numbering and weight; the number alone where there is no name."""
    bare = _BULLET.sub("", text).rstrip(" \t.:：=|…–—-")
    bare = _RANGE.sub("", _WEIGHT.sub("", bare))
    numbered = _NUMBERED.match(bare)
    if numbered is None:
        return bare.strip()
    return bare[numbered.end() :].strip(" :.–—-") or numbered["number"]


def name_and_rest(line: str) -> tuple[str, str]:
    """A line parted at its first mark between a name and a value; the value may be empty."""
    bare = _RANGE.sub("", _BULLET.sub("", line).strip())
    parts = _MARK.split(bare, maxsplit=1)
    return domain_name(parts[0]), parts[1].strip() if len(parts) > 1 else ""


_HEADINGS = re.compile(
    r"(?:your\s+)?(?:"
    r"(?:flagged\s+)?(?:topics?|skills?|objectives?|areas?)(?:\s+that)?\s+"
    r"(?:flagged|missed|to\s+(?:review|improve|prioriti[sz]e|study)|"
    r"(?:for|needing|of|in need of|needs?)\s+improvement)|"
    r"flags|flagged\s+(?:topics?|objectives?)|missed\s+objectives?|"
    r"top\s+(?:3|three)\s+skills\s+to\s+prioriti[sz]e|"
    r"objectives?\s+with\s+the\s+lowest.*|"
    r".*\b(?:incorrectly|questions?)\b.*\bfollowing\b.*\b(?:objectives?|areas?|domains?|topics?)\b.*"
    r")\s*(?P<mark>[:：.]|$)",
    re.IGNORECASE,
)


def flags_heading(line: str) -> str | None:
    """What follows a heading of flagged topics or missed objectives on its own line; None where
    the line is no such heading."""
    bare = _BULLET.sub("", line)
    found = _HEADINGS.match(bare)
    return bare[found.end() :].strip() if found else None


def improvement_list(line: str) -> list[str]:
    """The names after "Needs improvement:" on one line, none where it goes on as a sentence."""
    found = _IMPROVEMENT.fullmatch(_BULLET.sub("", line).strip())
    if found is None:
        return []
    parts = [part.strip() for part in found[1].split(";" if ";" in found[1] else ",")]
    named = all(part[:1].isalpha() and len(part.split()) <= MOST_WORDS for part in parts)
    return parts if named and not line.endswith((".", "!", "?")) else []


def list_item(line: str) -> str | None:
    """A line of a list without its bullet, None where it is a sentence or too long."""
    item = _BULLET.sub("", line).strip()
    if not item or len(item) > LONGEST_NAME or item.endswith((".", "!", "?")):
        return None
    return item
