"""Any text in any argument of any command: an answer or a refusal, and nothing half done.

COACH_FUZZ sets how many are tried; the default keeps the suite quick.
"""

import json
import os
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.cli.commands import coach
from coach.storage.repository import Repository
from tests.cli.audited import EXAM
from tests.cli.test_files_fuzz import FILL, READING, ran

TRIES = int(os.environ.get("COACH_FUZZ", "15"))
MANY = settings(max_examples=TRIES * 8, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(max_examples=TRIES, suppress_health_check=[HealthCheck.function_scoped_fixture])
# The first opens the app; the second says itself what it wrote.
LEFT_OUT = ("demo",)
PARTIAL = ("report import", "doctor")
HOSTILE = st.one_of(
    st.sampled_from([
        "", " ", "-", "--", "=", "2=", "=near", "2=near", "1=1e9", "0", "-1", "101", "9" * 400,
        "AZ-104", "az104", "XY-999", "2026-11-20", "2026-11-20T10:00", "2026-11-20T10:00+25:00",
        "9999-12-31", "0001-01-01", "24:00", "mon=19:00-20:30", "mon=20:00-19:00", "auto", "below",
        "1e308", "nan", "inf", "०", "booked", "delivered", "online", "balanced", "x" * 6000,
        "\x1b[2J\x1b]0;title\x07", "[bold]x[/bold]", "[/x]", "\u202e\u2066txet", "\x9b31m", "\r\n",
        "a\nb\tc", "\u2028", "\ufeff", "é́́", "👩‍👩‍👧‍👦", "%s %d {0} {x}", "$(id)", "`id`", "..", "~",
        "\ud800", "../../x", "NUL", "con",
    ]),
    st.text(max_size=12).filter(lambda text: "\0" not in text),
)  # fmt: skip


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = {name: command for name, command in leaves(coach) if name not in LEFT_OUT}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every kind of record."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    for arguments in (*FILL, ("backup", "make")):
        assert ran(folder, *arguments)[0] == 0
    return folder


@st.composite
def command_lines(draw: st.DrawFn, ids: tuple[str, ...]) -> tuple[str, list[str]]:
    """A command with some of its options and arguments, given hostile and sound texts."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    values = st.one_of(HOSTILE, st.sampled_from(ids))
    line = name.split()
    for parameter in COMMANDS[name].params:
        if not parameter.required and draw(st.booleans()):
            continue
        is_file = parameter.name == "output"  # what is asked for is written, wherever it is
        texts = st.sampled_from(["out.txt", "", "\x1b[2J", "x" * 300]) if is_file else values
        given_text = [draw(texts) for _ in range(draw(st.integers(1, 2)))]
        if isinstance(parameter, click.Argument):
            line += given_text[: None if parameter.nargs == -1 else parameter.nargs]
        elif parameter.is_flag:  # type: ignore[attr-defined]
            line.append(parameter.opts[0])
        else:
            kept = given_text if parameter.multiple else given_text[:1]
            line += [part for text in kept for part in (parameter.opts[0], text)]
    return name, line


def shown(text: str) -> str:
    """The text without what may stand in an answer: line ends."""
    return text.replace("\n", "")


@MANY
@given(data=st.data())
def test_no_text_breaks_a_command(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(filled, folder)
    before = (folder / "coach.json").read_bytes()
    stored = json.loads(before)
    ids = tuple(next(iter(stored[table])) for table in ("reports", "attempts", "blocks"))
    name, line = data.draw(command_lines(ids))

    code, out, err = ran(folder, *line)

    assert code in (0, 1, 2), err
    assert "error inside Coach" not in err, (line, err)
    if name.split()[0] != "export":  # a file for other programs, which read control characters
        assert not [c for c in shown(out + err) if unicodedata.category(c) == "Cc"], (line, out)
    if code != 0 and name not in PARTIAL:
        assert (folder / "coach.json").read_bytes() == before, line
    Repository(folder).load()
    assert {path.name for path in tmp_path.iterdir()} <= {"data", "out.txt", "\x1b[2J"}


def changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of a tree of lists and dictionaries with another value at a place."""
    if not path:
        return value
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = changed(tree[path[0]], path[1:], value)
    return copy


def toml(value: Any) -> str:
    """A value as TOML, tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, default=str) if not isinstance(value, float) else repr(value)


PLACES: tuple[tuple[Any, ...], ...] = (
    ("code",), ("title",), ("outline",), ("outline", 0), ("outline", 0, "id"),
    ("outline", 0, "as_of"), ("outline", 0, "source"), ("outline", 0, "domain"),
    ("outline", 0, "domain", 0), ("outline", 0, "domain", 0, "name"),
    ("outline", 0, "domain", 0, "weight_low"), ("outline", 0, "domain", 1, "weight_high"),
    ("level",), ("status",), ("retires",), ("successor",), ("passing_score",), ("score_high",),
    ("policy",), ("vendor",), ("duration_minutes",),
)  # fmt: skip


@FEW
@given(
    place=st.sampled_from(PLACES),
    value=st.one_of(
        HOSTILE.filter(lambda text: "\ud800" not in text), st.booleans(), st.integers(),
        st.floats(allow_nan=False), st.just([]), st.just({}), st.just([{}]),
    ),
    lines_run=st.lists(
        st.sampled_from([
            *READING, ("exams", "show", "AZ-104"), ("exams", "xy"), ("replan", "AZ-104"),
        ]), min_size=3, max_size=6, unique=True,
    ),
)  # fmt: skip
def test_no_catalogue_file_of_a_users_own_breaks_a_command(
    filled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: Any,
    value: Any,
    lines_run: list[tuple[str, ...]],
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    folder = tmp_path / "data"
    if not folder.exists():
        shutil.copytree(filled, folder)
    exams = folder / "catalogue" / "exams"
    exams.mkdir(parents=True, exist_ok=True)
    document = {"level": "", "status": "", "retires": "", "successor": "", "passing_score": 1,
                "score_high": 1, "policy": "", "vendor": "", "duration_minutes": 1,
                **tomllib.loads(EXAM.replace("XY-100", "AZ-104"))}  # fmt: skip
    for key in ("level", "status", "retires", "successor", "passing_score", "score_high", "policy",
                "vendor", "duration_minutes"):  # fmt: skip
        if place != (key,):
            del document[key]
    lines = [f"{key} = {toml(each)}" for key, each in changed(document, place, value).items()]
    (exams / "AZ-104.toml").write_text("\n".join(lines), encoding="utf-8")

    for line in lines_run:
        code, out, err = ran(folder, *line)
        assert code in (0, 1), (line, err)
        assert "error inside Coach" not in err, (line, err)
        if line[0] != "export":
            assert not [c for c in shown(out + err) if unicodedata.category(c) == "Cc"]


@FEW
@given(data=st.data())
def test_an_import_is_taken_in_whole_or_not_at_all(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    document = json.loads(ran(filled, "export", "json")[1])
    table = data.draw(st.sampled_from(sorted(key for key in document if document[key])))
    paths = [(table,)]
    if isinstance(document[table], dict):
        key = next(iter(document[table]))
        paths += [(table, key), *((table, key, field) for field in document[table][key])]
    path = data.draw(st.sampled_from(paths))
    value = data.draw(HOSTILE | st.none() | st.integers() | st.just({}) | st.just([]))
    file = tmp_path / "x.json"
    file.write_text(json.dumps(changed(document, path, value)), encoding="utf-8")
    folder = tmp_path / "data"
    shutil.rmtree(folder, ignore_errors=True)
    assert ran(folder, *FILL[0])[0] == 0
    before = (folder / "coach.json").read_bytes()

    code, out, err = ran(folder, "import", str(file))

    assert code in (0, 1), err
    assert "error inside Coach" not in err
    assert not [c for c in shown(out + err) if unicodedata.category(c) == "Cc"]
    assert code == 0 or (folder / "coach.json").read_bytes() == before
    assert ran(folder, "timeline", "AZ-104")[0] == 0
