"""Reading one practice test from pasted text or CSV: a domain and its result a line."""

import re
from typing import NamedTuple

_LINE = re.compile(
    r"(?P<name>.*?[^\s,;:|=(\"])[\s,;:|=(\"]+"
    r"(?:(?P<result>\d+\s*/\s*\d+|\d+(?:\.\d+|,\d)?\s*%)"  # `1,70%` are two cells
    r"|(?P<right>\d+)\s*(?:[,;\t|]|(?:out )?of\b)\s*(?P<total>\d+))"
    r"[\s,;|)\"]*",
    re.ASCII,
)
_OVERALL = {"overall", "total", "score", "result", "final", "your", "all", "domains"}


class PracticeList(NamedTuple):
    """What was read: results by domain as typed, the overall one, and the lines (from 1) that are
    no result. A first line without any number is a heading."""

    results: tuple[tuple[str, str], ...]
    overall: str
    unread: tuple[int, ...]


def read_practice_list(text: str) -> PracticeList:
    """Read lines such as `Networking, 14/20`, `Storage: 70 %` or `Compute;7;10`, and `Overall`."""
    results, overall, unread = [], "", []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            heading = number == 1 and not any(char.isdigit() for char in line)
            unread += [number] if line.strip() and not heading else []
            continue
        name = match["name"].strip("\"'| ")
        result = match["result"] or f"{match['right']}/{match['total']}"
        if _OVERALL.issuperset(name.casefold().split()):
            overall = result
        else:
            results.append((name, result))
    return PracticeList(tuple(results), overall, tuple(unread))
