"""The data file with any value in any place: every command answers or refuses, none breaks.

COACH_FUZZ sets how many files are tried; the default keeps the suite quick.
"""

import copy
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.cli import run

REPORT = (
    "report", "add", "az104", "--at", "2026-11-20T10:00", "--score", "640", "--flag", "Azure Files",
    "--band", "1=near", "--band", "2=below", "--bar", "3=60", "--band", "4=above",
    "--band", "5=near",
)  # fmt: skip
FILL = (
    REPORT,
    ("practice", "add", "AZ-104", "--domain", "2", "--correct", "7", "--total", "10"),
    ("attempt", "add", "AZ-104", "--at", "2026-12-14T10:00", "--status", "booked"),
    ("hours", "sun=10:00-11:00", "--off", "2026-12-06"),
    ("target", "AZ-104", "2026-12-20"),
)
READING = (
    ("retake", "AZ-104"), ("timeline", "AZ-104"), ("heatmap", "AZ-104"), ("advice", "AZ-104"),
    ("schedule", "AZ-104"), ("hours",), ("export", "json"), ("export", "csv"),
    ("export", "markdown"), ("backup", "list"), ("doctor",), ("replan", "AZ-104", "--dry-run"),
)  # fmt: skip
WRITING = (
    ("export", "ics"), ("replan", "AZ-104"), ("undo",),
    ("practice", "add", "AZ-104", "--domain", "2", "--correct", "1", "--total", "2"),
    ("doctor", "--fix"), ("retake", "AZ-104"),
)  # fmt: skip


def ran(folder: Path, *arguments: str) -> tuple[int, str, str]:
    out, err = (TextIOWrapper(BytesIO(), "utf-8", newline="") for _ in "oe")
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["--data-dir", str(folder), "--now", "2026-11-21T09:00", *arguments])
    for stream in (out, err):
        stream.seek(0)
    return code, out.read(), err.read()


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    """A data file with every kind of record, cut down to few blocks and changes."""
    with tempfile.TemporaryDirectory() as name:
        for arguments in FILL:
            assert ran(Path(name), *arguments)[0] == 0
        found: dict[str, Any] = json.loads((Path(name) / "coach.json").read_bytes())
    for revision in found["revisions"].values():
        del revision["changes"][2:]
    found["blocks"] = dict(list(found["blocks"].items())[:6])
    found["journal"] = dict(list(found["journal"].items())[-1:])
    return found


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a document."""
    inner = value.items() if isinstance(value, dict) else ()
    for key, child in enumerate(value) if isinstance(value, list) else inner:
        yield (*path, key)
        yield from places(child, (*path, key))


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    document = copy.deepcopy(document)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    if value is MISSING:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return document


TRIES = int(os.environ.get("COACH_FUZZ", "15"))
MISSING = object()
VALUES = st.one_of(
    st.just(MISSING),
    st.sampled_from([
        None, True, 0, -1, 1, 10**9, 10**30, 0.5, 1e308, "", "x", "\x1b[2J", "[/x]", [], {}, [[]],
        "2026-11-20", "2026-11-20T10:00:00", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00Z",
        "2026-12-20T10:00:00+23:59", "24:00", "00:00:00+01:00", "delivered", "booked", "done",
        "skipped", "below", "Implement and manage storage", "x" * 10_000,
    ]),
    st.text(max_size=8), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip


@settings(
    max_examples=TRIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_value_in_the_data_file_breaks_a_command(
    tables: dict[str, Any], data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    table = data.draw(st.sampled_from(sorted(tables)))
    within = [(table, *path) for path in places(tables[table])] or [(table,)]
    path = data.draw(st.sampled_from(within))
    changed = with_value(tables, path, data.draw(VALUES))
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "coach.json"
        file.write_text(json.dumps(changed), encoding="utf-8")
        before = file.read_bytes()
        for arguments in READING:
            check(Path(name), arguments)
        assert file.read_bytes() == before
        for arguments in WRITING:
            check(Path(name), arguments)


def check(folder: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = ran(folder, *arguments)
    assert code in (0, 1), (arguments, err)
    assert "error inside Coach" not in err, (arguments, log(folder))
    assert err.count("\n") <= 1
    assert "\x1b" not in out + err
    assert err == "" if code == 0 else err or arguments[0] == "doctor"


def log(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.log"))
