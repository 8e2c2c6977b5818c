"""Score reports in JSON: one object, or a list of them.

An object has `exam`, `at`, `score` and may have `place`, `outline`, `fee`, `source`, `note`,
`flags` (a list of topics) and `domains` (an object from a domain to a bar from 0 to 100 or a band
word).
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from coach.exchange.plain import quoted
from coach.exchange.report_labels import label_field
from coach.exchange.report_records import SINGLE, Reading, ReadProblem, ReadReport, problem

FIELDS = (*SINGLE, "flags", "domains")

_Refuse = Callable[[str, str], None]


def read_json(text: str) -> Reading:
    """The reports of a JSON text and what could not be read."""
    data = text.encode("utf-8", "replace")
    try:
        document = msgspec.json.decode(data)
    except RecursionError:
        return (), (problem("file", "lists in this JSON are nested too deeply for a report."),)
    except msgspec.DecodeError as error:
        return (), (_syntax(data, str(error)),)
    if not isinstance(document, list):
        return (_read(document, ""),), ()
    return tuple(_read(entry, f"report {n}") for n, entry in enumerate(document, 1)), ()


def _syntax(data: bytes, error: str) -> ReadProblem:
    byte = re.search(r"\(byte (\d+)\)", error)
    line = data[: int(byte[1]) if byte else len(data)].count(b"\n") + 1
    what = "the JSON ends too early" if "truncated" in error else "this is not valid JSON"
    return problem("file", f"{what}; nothing of it was read.", line)


def _read(entry: Any, where: str) -> ReadReport:
    problems: list[ReadProblem] = []

    def refuse(field: str, text: str) -> None:
        problems.append(problem(field, text, where=where))

    if not isinstance(entry, dict):
        refuse("report", "not an object with exam, at and score.")
        return ReadReport(where=where, problems=tuple(problems))
    for field in entry:
        if field not in FIELDS and label_field(field.replace("_", " ")) != "person":
            refuse("report", f"{quoted(field)} is not a field; known are {', '.join(FIELDS)}.")
    domains = entry.get("domains") or {}
    if not isinstance(domains, dict):
        refuse("domains", "not an object from a domain to a band or a bar.")
        domains = {}
    read = partial(_text, refuse=refuse)
    single: dict[str, Any] = {field: read(entry.get(field), field) for field in SINGLE}
    return ReadReport(
        **single,
        flags=_flags(entry.get("flags"), refuse),
        domains=tuple((name, read(seen, f"domain:{name}")) for name, seen in domains.items()),
        where=where,
        problems=tuple(problems),
    )


def _flags(value: Any, refuse: _Refuse) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(flag, str) for flag in value):
        return tuple(value)
    if value is not None:
        refuse("flags", "not a list of topics.")
    return ()


def _text(value: Any, field: str, refuse: _Refuse) -> str:
    """A JSON text or number as text; null is empty."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        refuse(field, "neither a text nor a number.")
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
