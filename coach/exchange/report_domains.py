"""Lines of a score report that say something about a domain: its name and a band or a percent."""

import re

import msgspec

from coach.exchange.report_words import squeezed

_STANDARD = (
    r"(?:the\s*)?(?:level\s*of\s*)?(?:passing\s*)?(?:target|proficien(?:cy|t)|baseline|standard)"
)
_TWO_WORDS = (
    rf"(?:above|near|below)[\s-]*{_STANDARD}|meets\s*competenc(?:y|ies)|needs?\s*improvement"
)
_ONE_WORD = r"above|near|below|target|meets|unknown|n/a"
_PERCENT = r"\d{1,3}(?:[.,]\d{1,2})?\s?%"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_SPACED_VALUE = re.compile(rf"(?<![\w–—-])(?:{_TWO_WORDS}|{_PERCENT})$", re.IGNORECASE)
_MARKED_VALUE = re.compile(
    rf"(?<![\w–—.,-])(?:{_TWO_WORDS}|{_ONE_WORD}|{_PERCENT}|{_NUMBER})$", re.IGNORECASE
)
_VALUE = re.compile(rf"(?:{_TWO_WORDS}|{_ONE_WORD}|{_PERCENT}|{_NUMBER})", re.IGNORECASE)
_ALONE = re.compile(rf"[(\[]?({_TWO_WORDS}|{_ONE_WORD}|{_PERCENT})[)\]]?", re.IGNORECASE)
_INSIDE = re.compile(
    rf"(?<![^\W_])(?:{_TWO_WORDS})(?![^\W\d_])|(?<![\w.,(–—-]){_PERCENT}(?!\s*\))", re.IGNORECASE
)
_WORD_INSIDE = re.compile(rf"(?<![^\W_])(?:{_TWO_WORDS}|above|near|below)\b", re.IGNORECASE)
_LEADING = re.compile(
    rf"[(\[]?(?P<value>{_TWO_WORDS}|{_ONE_WORD})[)\]]?\s?(?:[:=|]|-\s|\.{{2,}}|\t|\s{{2}})\s*",
    re.IGNORECASE,
)
_MARK_AT_END = re.compile(r"(?:[:=|]|\.{2}|(?:\s|^)[-–—])\s*$|\t\s*$|\s{2}$")
_MARK = re.compile(r"\s?[:=|]\s?|\s[-–—]\s|\s?\.{2,}\s?|\t\s?|\s{2,}")
_BULLET = re.compile(r"^[\s•●▪◦·*>|☐☑✓✗–—-]+(?!\d)|^[\s•●▪◦·*>|]+")
_NUMBERED = re.compile(
    r"^(?:(?:domain|section|objective|part|area)\s*)?(?P<number>\d{1,2})(?:\.\d{1,2})*"
    r"(?:\s*[.:)–—-]\s*|\s+|(?=[^\W\d_]{3})|$)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"\s*\(\s*\d{1,3}\s*%?\s*(?:(?:-|–|—|to)\s*\d{1,3}\s*)?%?\s*\)")
_RANGE = re.compile(r"[\s:]*\(?\s?\d{1,3}\s?%?\s?(?:-|–|—|to)\s?\d{1,3}\s?%\s?\)?")
_BARE_WEIGHT = re.compile(r"\s+\d{1,3}\s*%$")
_HEADER = re.compile(
    r"(?:\b(?:domains?|sections?|skills?|areas?|topics?|objectives?|your|the|of|scored|items?|"
    r"questions?|weights?|percent(?:age)?|correct|score|performance|result|level|exam|band|bar|in|"
    r"by|content|measured|on|and)\b|[\W_])+",
    re.IGNORECASE,
)
_FILLER = (
    r"(?:your|the|these|this|following|exam|domains?|areas?|sections?|skills?|content|knowledge|in|"
    r"with|for|of|which|where|that|you|were|was|are|is|have|had|scored|perform(?:ed|ing|ance)|rated|"
    r"at|level|results?|candidate|status|measured|marked|as|a|an)"
)
_HEADING = re.compile(
    rf"(?P<before>(?:{_FILLER}\b\s*)*)[(\[]?(?P<value>{_TWO_WORDS}|{_ONE_WORD})[)\]]?"
    rf"(?P<after>(?:\s+{_FILLER}\b)*)\s*(?P<mark>[:.–—-]?)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"^(?:you|your|this|these|the|if|for|candidates?|registration)\b|[.!?]\s", re.IGNORECASE
)
LONGEST_NAME = 200
MOST_WORDS = 6


class DomainLine(msgspec.Struct, frozen=True):
    """A name with what was printed beside it; the name is as printed, without numbering."""

    name: str
    value: str


class Names:
    """The domains of one outline, found in a text however spaces part or join their letters."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._by_key = {squeezed(name): name for name in names if squeezed(name)}
        # A longer name goes before one that it begins with.
        self._order = sorted(self._by_key.values(), key=len, reverse=True)
        options = "|".join(f"({_parted(name)})" for name in self._order)
        self._found = re.compile(rf"(?<![^\W\d_])(?:{options})", re.IGNORECASE) if options else None

    def __len__(self) -> int:
        return len(self._order)

    def is_name(self, text: str) -> bool:
        """Whether a text is one of the names, with or without bullet, number and weight."""
        return squeezed(domain_name(text)) in self._by_key or squeezed(text) in self._by_key

    def begins(self, text: str) -> bool:
        """Whether a text is the beginning of a name and no name itself."""
        key = squeezed(domain_name(text))
        longer = (name.startswith(key) for name in self._by_key)
        return len(key) > 3 and key not in self._by_key and any(longer)

    def spans(self, line: str) -> list[tuple[str, int, int]]:
        """Each name in a line with its start and end; the beginning of a longer word is none."""
        found = []
        for match in self._found.finditer(line) if self._found else ():
            rest = line[match.end() :]
            if not re.match(r"[^\W\d_]", rest) or _VALUE.match(rest):
                found.append((self._order[(match.lastindex or 1) - 1], match.start(), match.end()))
        return found


def _parted(name: str) -> str:
    words = re.findall(r"[^\W_]+|&", name)
    letters = (r"\s?".join(map(re.escape, word)) for word in words)
    return r"[\W_]{0,4}".join("(?:and|&)" if w in ("and", "&") else p
                              for w, p in zip(words, letters, strict=True))  # fmt: skip


def rows_of(line: str, names: Names) -> list[DomainLine] | None:
    """The names in a line with the value of each, before or after them; an empty value where a
    name stands alone. None where there is no name, or where other words stand around them."""
    spans = names.spans(line)
    if not spans:
        return None
    starts = [0, *(end for _, _, end in spans)]
    ends = [*(start for _, start, _ in spans), len(line)]
    gaps = [line[start:end] for start, end in zip(starts, ends, strict=True)]
    values = [beside(gap, marked=n > 0) for n, gap in enumerate(gaps)]
    found = [name for name, _, _ in spans]
    if values == ["", None]:
        other = _WEIGHT.sub("", gaps[1]).strip()
        marked = _MARK.match(_WEIGHT.sub("  ", gaps[1])) and any(map(str.isalnum, other))
        return [DomainLine(found[0], other.strip(" \t|:=.-–—"))] if marked else None
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if known[0].endswith("%") and any(value and not value.endswith("%") for value in known[1:]):
        known[0] = ""
    if known[0] and known[-1]:
        return None
    shared = ""
    order = range(len(found)) if known[0] else reversed(range(len(found)))
    by_name: dict[int, str] = {}
    for n in order:
        gap = n if known[0] else n + 1
        joined = known[0] or re.fullmatch(r"\s*(?:[,;&/]|\band\b|,\s*and\b)\s*", gaps[gap])
        shared = known[gap] or (shared if joined else "")
        by_name[n] = shared
    return [DomainLine(name, by_name[n]) for n, name in enumerate(found)]


def beside(text: str, *, marked: bool) -> str | None:
    """The band, percent or number in what stands beside a name, empty where there is only a
    weight, a number in a list or a mark; None where there is anything else.

    A single word or a bare number counts where it is `marked` by what parts it from the name.
    """
    rest = _RANGE.sub(" ", _WEIGHT.sub("  ", text))
    rest = re.sub(
        r"(?:\b(?:domain|section|objective|part|area)\s*\d{1,2}|(?<![\d.,])\d{1,2}(?:\.\d{1,2})+|"
        r"(?<![\d.,] )(?<![\d.,])\b\d{1,2}(?=[.:)]))[.:)]*\s*[–—-]?\s*$",
        "", rest, flags=re.IGNORECASE,
    )  # fmt: skip
    mark = bool(_MARK.match(rest)) if marked else False
    rest = rest.strip(" \t|:=.,;()[]<>•●▪◦·*■□█░▒▓–—-/&\"'")
    if not rest or rest.casefold() == "and" or (not marked and re.fullmatch(r"\d{1,2}", rest)):
        return ""
    rest = re.sub(rf"^{_PERCENT}[\s:|,–—-]*(?=\D)", "", rest)
    if re.fullmatch(rf"(?:{_TWO_WORDS}|{_PERCENT})", rest, re.IGNORECASE) or (
        mark and _VALUE.fullmatch(rest)
    ):
        return " ".join(rest.split())
    parted = re.fullmatch(r"(\d(?:\s?\d){1,2}(?:[.,]\d{1,2})?)\s?(%?)", rest)
    if parted and (mark or parted[2]):
        return "".join(parted[1].split()) + parted[2]
    return None


def domain_line(line: str) -> DomainLine | None:
    """The name and value of a line such as `Compute ... below target` or `Compute: 62%`.

    A single word or a bare number counts only after a mark such as a colon, dots or a column.
    """
    text = line.strip(" \t|")
    found = _MARKED_VALUE.search(text)
    if found is None or not _MARK_AT_END.search(text[: found.start()]):
        found = _SPACED_VALUE.search(text)
    if found is None or re.search(rf"(?:{_RANGE.pattern})$", text):
        return None
    value, name = " ".join(found[0].split()), text[: found.start()]
    if not value.endswith("%"):
        name = _BARE_WEIGHT.sub("", name.rstrip(" \t.:|"))
    name = domain_name(name)
    if not name or len(name) > LONGEST_NAME or is_header(name) or _PROSE.search(name):
        return None
    if _HEADER.fullmatch(name) or not re.search(r"[^\W\d_]", line.removesuffix(value)):
        return None
    return DomainLine(name, value)


def split_rows(line: str) -> list[str]:
    """A line that holds several names with their values, cut behind each value; else the line."""
    text = _RANGE.sub(" ", _WEIGHT.sub(" ", line))
    ends = [found.end() for found in _INSIDE.finditer(text)]
    parts = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    if len(parts) < 2 or _PROSE.search(text) or text[ends[-1] :].strip(" |.;,"):
        return [line]
    parts = [part.strip(" |;,") for part in parts]
    return parts if all(domain_line(part) for part in parts) else [line]


def holds_value(line: str) -> bool:
    """Whether a line has a band, a percent or a number in it."""
    return any(char.isdigit() for char in line) or bool(_WORD_INSIDE.search(line))


def open_range(line: str) -> bool:
    """Whether a line has a range such as `40-50%` outside of parentheses, where weights stand."""
    return bool(_RANGE.search(_WEIGHT.sub("", line)))


def is_header(line: str) -> bool:
    """Whether a line is the head of a table or a legend: bands and words for columns only."""
    rest = re.sub(rf"\b(?:{_TWO_WORDS}|{_ONE_WORD})\b", " ", line, flags=re.IGNORECASE)
    return rest != line and bool(_HEADER.fullmatch(rest))


def lone_value(line: str) -> str | None:
    """The value of a line that is a value and nothing else."""
    found = _ALONE.fullmatch(_BULLET.sub("", line).strip(" \t|"))
    return " ".join(found[1].split()) if found else None


def heading(line: str) -> tuple[str, bool] | None:
    """The band of a line that can stand above the names it is about, and whether it cannot be
    the value of the name before it: it ends with a mark, or says more than the band."""
    found = _HEADING.fullmatch(_BULLET.sub("", line).strip(" \t|#*"))
    if found is None:
        return None
    more = bool(found["before"] or found["after"] or found["mark"] == ":")
    return " ".join(found["value"].split()), more


def domain_name(text: str) -> str:
    """A name without bullet, numbering and weight; the number alone where there is no name."""
    bare = _BULLET.sub("", text).rstrip(" \t.:=|–—-")
    bare = re.sub(rf"(?:{_WEIGHT.pattern}|{_RANGE.pattern})\s*$", "", bare)
    numbered = _NUMBERED.match(bare)
    if numbered is None:
        return bare.strip()
    return bare[numbered.end() :].strip(" :.–—-") or numbered["number"]


_HEADINGS = re.compile(
    r"(?:your\s+)?(?:"
    r"(?:flagged\s+)?(?:topics?|skills?|objectives?|areas?)(?:\s+that)?\s+"
    r"(?:flagged|missed|to\s+(?:review|improve|prioriti[sz]e|study)|"
    r"(?:for|needing|of|in need of|needs?)\s+improvement)|"
    r"flags|flagged\s+(?:topics?|objectives?)|missed\s+objectives?|"
    r"top\s+(?:3|three)\s+skills\s+to\s+prioriti[sz]e|"
    r"objectives?\s+with\s+the\s+lowest.*|"
    r".*\b(?:incorrectly|questions?|missed)\b.*\b(?:following|these|objective)\b"
    r".*\b(?:objectives?|areas?|domains?|topics?)\b.*"
    r")\s*(?P<mark>[:.]|$)",
    re.IGNORECASE,
)


def flags_heading(line: str) -> str | None:
    """What follows a heading of flagged topics or missed objectives on its own line; None where
    the line is no such heading."""
    bare = _BULLET.sub("", line)
    found = _HEADINGS.match(bare)
    return bare[found.end() :].strip() if found else None


def named_after(line: str) -> list[DomainLine]:
    """The names after a band and a mark on one line, such as "Needs improvement: A, B"; none
    where it goes on as a sentence."""
    bare = _BULLET.sub("", line).strip()
    found = _LEADING.match(bare)
    if found is None or line.endswith((".", "!", "?")):
        return []
    rest, value = bare[found.end() :], " ".join(found["value"].casefold().split())
    parts = [part.strip() for part in rest.split(";" if ";" in rest else ",")]
    named = all(part[:1].isalpha() and len(part.split()) <= MOST_WORDS for part in parts)
    return [DomainLine(domain_name(part), value) for part in parts] if named else []


def list_item(line: str) -> str | None:
    """A line of a list without its bullet, None where it is a sentence or too long.

    An objective with a number and an item with a bullet may end in a full stop.
    """
    item = re.sub(r"^objective\s+(?=\d)", "", _BULLET.sub("", line).strip(), flags=re.IGNORECASE)
    if item != line or re.match(r"\d{1,2}(?:\.\d{1,2})+\s|\d{1,2}[.)]\s", item):
        item = item.removesuffix(".")
    if not item or len(item) > LONGEST_NAME or item.endswith((".", "!", "?")):
        return None
    return item


def objective(line: str) -> str | None:
    """A line that is an objective with its number, such as `2.4 Given a scenario, ...`."""
    found = re.match(r"(?:objective\s+)?\d{1,2}\.[1-9]\d?[.:)]?\s+[^\W\d_]", line, re.IGNORECASE)
    return list_item(line) if found else None
