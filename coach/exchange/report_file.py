"""Score reports in a JSON file: one object, or a list of them.

An object has `exam`, `at`, `score` and may have `place`, `outline`, `fee`, `note`, `flags` (a
list of topics) and `domains` (an object from a domain to a bar from 0 to 100 or a band word).
"""

from typing import Any

import msgspec

LARGEST_BYTES = 2_000_000
FIELDS = ("exam", "at", "score", "place", "outline", "fee", "note", "flags", "domains")


class ReadProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read: the line it is on where known, the field, and a sentence."""

    line: int | None
    field: str
    text: str


class ReadReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report as read: every value still a text; `domains` pairs a name with a band or bar."""

    exam: str
    at: str
    score: str
    place: str = ""
    outline: str = ""
    fee: str = ""
    note: str = ""
    flags: tuple[str, ...] = ()
    domains: tuple[tuple[str, str], ...] = ()


def read_reports(data: bytes) -> tuple[tuple[ReadReport, ...], tuple[ReadProblem, ...]]:
    """The reports of a JSON file and what could not be read; never raises for bad content."""
    if len(data) > LARGEST_BYTES:
        text = f"file: {len(data)} bytes are too many; up to {LARGEST_BYTES} are accepted."
        return (), (ReadProblem(line=None, field="file", text=text),)
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        text = f"file: not a JSON document ({error})."
        return (), (ReadProblem(line=None, field="file", text=text),)
    reports: list[ReadReport] = []
    problems: list[ReadProblem] = []
    for number, entry in enumerate(document if isinstance(document, list) else [document], 1):
        found = _read(entry, number, problems)
        if found is not None:
            reports.append(found)
    return tuple(reports), tuple(problems)


def _read(entry: Any, number: int, problems: list[ReadProblem]) -> ReadReport | None:
    def refuse(field: str, text: str) -> None:
        problems.append(
            ReadProblem(line=None, field=field, text=f"report {number}, {field}: {text}")
        )

    if not isinstance(entry, dict):
        refuse("report", "not an object with exam, at and score.")
        return None
    before = len(problems)
    for field in entry.keys() - set(FIELDS):
        refuse(field[:60], f"not a known field; known are {', '.join(FIELDS)}.")
    texts = {
        field: _text(entry.get(field), field, refuse)
        for field in FIELDS
        if field not in ("flags", "domains")
    }
    for field in ("exam", "at", "score"):
        if not texts[field]:
            refuse(field, "missing.")
    flags = entry.get("flags") or []
    if not isinstance(flags, list) or not all(isinstance(flag, str) for flag in flags):
        refuse("flags", "not a list of topics.")
        flags = []
    domains = entry.get("domains") or {}
    if not isinstance(domains, dict):
        refuse("domains", "not an object from a domain to a band or a bar.")
        domains = {}
    observed = tuple((name, _text(seen, "domains", refuse)) for name, seen in domains.items())
    if len(problems) > before:
        return None
    return ReadReport(**texts, flags=tuple(flags), domains=observed)


def _text(value: Any, field: str, refuse: Any) -> str:
    """A JSON text or number as text; null is empty."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        refuse(field, "neither a text nor a number.")
        return ""
    return (
        value
        if isinstance(value, str)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
