"""What was reported as saved is there, whole, whatever happens to the process or the disk."""

import errno
import json
import os
import runpy
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinydb import TinyDB

from coach.model.facts import Facts
from coach.storage import files
from coach.storage.database import Database
from coach.storage.files import StorageError
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SCRIPT = Path(__file__).with_name("storage_writer.py")
WRITER = runpy.run_path(str(SCRIPT))
state, commit, intercept = WRITER["state"], WRITER["commit"], WRITER["intercept"]
EVERY_CALL = (*WRITER["CHANGING"], "stat", "fstat")
KILLER = Path(__file__).with_name("storage_kills.py")


def start(*arguments: object, script: Path = SCRIPT) -> subprocess.Popen[str]:
    command = [sys.executable, str(script), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def printed(*arguments: object, script: Path = SCRIPT) -> dict:
    """The JSON document that a process prints at its end."""
    return json.loads(start(*arguments, script=script).communicate()[0])


def litter(folder: Path) -> list[Path]:
    return list(folder.rglob(files.TEMP_PREFIX + "*"))


def test_100_killed_writers_lose_nothing_they_acknowledged():  # INV-39
    figures = printed("coach", 100, script=KILLER)

    assert figures["kills"] == 100
    assert figures["acknowledged"] >= 100
    assert figures["left over"] > 0  # or none was killed while it saved
    assert (figures["broken"], figures["lost"], figures["left over at the end"]) == (0, 0, 0)


def test_the_same_kills_break_the_storage_that_tinydb_comes_with():
    figures = printed("stock", 3000, 1, script=KILLER)

    assert figures["broken"] == 1
    assert figures["lost"] > 0


def test_the_figures_of_both_are_kept():
    report = KILLER.with_suffix(".txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in report if line.strip().startswith(("coach", "stock"))]

    assert [(row[0], row[1]) for row in rows] == [("coach", "1000"), ("stock", "1000")]
    assert rows[0][3:5] == ["0", "0"]


FULL = {
    "limit": "{}/coach.json could not be saved: File too large.",
    "mount": "The disk is full: nothing was saved in {}.",
}


@pytest.mark.parametrize("asked", FULL)
def test_a_full_disk_refuses_in_one_line_and_keeps_what_was_saved(folder, asked):
    """Where a machine lets nobody mount, its limit of a file's size stands in for the disk."""
    happened = printed("fill", folder, asked)

    assert happened["saved"] > 5
    assert happened["found"] == happened["saved"]
    assert happened["refusals"] == [FULL[happened["means"]].format(folder)] * 2
    assert happened["left"] == []
    assert happened["again"] == happened["saved"] + 1


def test_a_kill_at_any_call_of_the_system_leaves_the_old_or_the_new(tmp_path):  # INV-39
    call, lines, outcomes = 0, [], set()
    while not lines:
        call += 1
        folder = tmp_path / str(call)
        lines = start("die", folder, call).communicate()[0].split()
        repository = Repository(folder)
        practice = repository.load().practice
        assert practice in ([state(2)] if lines else [state(1), state(2)])
        outcomes.add((practice == state(2), bool(litter(folder))))
        for path in litter(folder):
            os.utime(path, (0, 0))
        commit(repository, state(3), 3)
        assert Repository(folder).load().practice == state(3)
        assert litter(folder) == []
    assert call > 8
    assert {(False, False), (False, True), (True, False)} <= outcomes


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_an_error_at_any_call_of_the_system_leaves_the_old_or_the_new(tmp_path, code):
    def fail() -> None:
        failures.append(code)
        raise OSError(code, os.strerror(code))

    call, failures, refusals = 0, [0], 0
    while failures:
        call, failures = call + 1, []
        folder = tmp_path / str(call)
        repository = Repository(folder)
        commit(repository, state(1), 1)
        restore = intercept(call, fail, EVERY_CALL)
        try:
            commit(repository, state(2), 2)
            expected = [state(2)]
        except StorageError:
            expected = [state(1), state(2)]
            refusals += 1
        finally:
            restore()
        assert Repository(folder).load().practice in expected
        assert repository.load() == Repository(folder).load()
        commit(repository, state(3), 3)
        assert Repository(folder).load().practice == state(3)
    assert refusals > 5


@pytest.mark.parametrize(
    ("call", "code", "text"),
    [
        ("write", errno.ENOSPC, "The disk is full: nothing was saved in {}."),
        ("fsync", errno.EIO, "{}/coach.json could not be saved: Input/output error."),
        ("replace", errno.EACCES, "Coach may not write in {}: nothing was saved."),
        ("open", errno.EROFS, "Coach may not write in {}: nothing was saved."),
        ("mkdir", errno.EACCES, "Coach may not write in {}: nothing was saved."),
    ],
)
def test_a_refused_save_is_one_clear_line(repository, folder, monkeypatch, call, code, text):
    def fail(*arguments: object, **options: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(StorageError) as caught:
            commit(repository, state(1), 1)

    assert str(caught.value) == text.format(folder)
    assert Repository(folder).load() == Facts()
    assert litter(folder) == []


def test_a_write_in_pieces_is_whole(repository, folder, monkeypatch):
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
        commit(repository, state(3), 3)

    assert Repository(folder).load().practice == state(3)


def test_litter_goes_at_the_next_start_but_not_what_may_be_in_use(folder):
    commit(Repository(folder), state(1), 1)
    backups = folder / "backups"
    backups.mkdir()
    old, old_backup, fresh = folder / ".coach-1", backups / ".coach-2", folder / ".coach-3"
    for path in (old, old_backup, fresh, folder / "coach-notes"):
        path.write_text("half a file")
        os.utime(path, (0, 0) if path is not fresh else None)

    Repository(folder).load()

    assert litter(folder) == [fresh]
    assert (folder / "coach-notes").exists()


def test_eight_processes_that_add_at_once_lose_nothing(folder):
    children = [start("add", folder, who, 6) for who in "abcdefgh"]
    for child in children:
        child.communicate()
        assert child.returncode == 0

    repository = Repository(folder)
    expected = {f"{who}-{number}" for who in "abcdefgh" for number in range(6)}
    assert set(repository.load().practice) == expected
    assert {label for _, label in repository.journal()} == expected
    assert json.loads(repository.file.read_bytes())["meta"]["file"]["revision"] == 48


class Killed(BaseException):
    """Stands for the end of the process."""


def test_the_same_interruption_breaks_the_stock_storage(tmp_path, monkeypatch):
    """TinyDB's own storage writes in place: cut short between write and truncate, a shorter
    content keeps the tail of the longer one. Ours is cut short between write and rename."""

    def stop(*arguments: object, **options: object) -> None:
        raise Killed

    stock, ours = tmp_path / "stock.json", tmp_path / "ours.json"
    with TinyDB(stock) as database:
        database.insert({"note": "x" * 100})
        handle = database.storage._handle
        monkeypatch.setattr(database.storage, "_handle", Interrupted(handle, stop))
        with pytest.raises(Killed):
            database.truncate()
    database = Database(ours)
    database.replace({"notes": {"a": {"note": "x" * 100}}})
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(Killed):
        database.replace({"notes": {}})

    with pytest.raises(json.JSONDecodeError, match="Extra data"):
        json.loads(stock.read_bytes())
    assert json.loads(ours.read_bytes()) == {"notes": {"a": {"note": "x" * 100}}}


class Interrupted:
    """A file that is stopped when it should be truncated."""

    def __init__(self, handle, stop):
        self._handle = handle
        self.truncate = stop

    def __getattr__(self, name):
        return getattr(self._handle, name)
