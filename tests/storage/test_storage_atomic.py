"""TinyDB on the atomic file: its own calls work, a write is whole, a failure changes nothing."""

import errno
import json
import os
import stat
from pathlib import Path

import pytest
from tinydb import where

from coach.storage import database as database_module
from coach.storage import files
from coach.storage.database import Database
from coach.storage.files import DamagedFile, StorageError
from coach.storage.schema import Edits, Stored, applied


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.json"


@pytest.fixture
def writes(monkeypatch) -> list[Path]:
    """The files that were written, one entry each time."""
    log: list[Path] = []
    replace = files.replace_file
    monkeypatch.setattr(
        database_module,
        "replace_file",
        lambda path, data: (log.append(path), replace(path, data))[1],
    )
    return log


def stored(path: Path) -> Stored:
    return Database(path).storage.read() or {}


def apply(path: Path, edits: Edits) -> None:
    Database(path).replace(applied(stored(path), edits))


def test_opening_creates_no_file(path):
    assert stored(path) == {}
    assert not path.exists()


def test_our_ids_are_the_document_ids(path):
    apply(path, {"people": {"a b": {"age": 3}, "é": {"age": 4}}})
    people = Database(path).table("people")

    assert json.loads(path.read_text("utf-8")) == {"people": {"a b": {"age": 3}, "é": {"age": 4}}}
    assert [(found.doc_id, dict(found)) for found in people.search(where("age") > 3)] == [
        ("é", {"age": 4})
    ]
    assert people.get(doc_id="a b") == {"age": 3}
    people.update({"age": 5}, doc_ids=["a b"])
    people.remove(doc_ids=["é"])
    assert stored(path) == {"people": {"a b": {"age": 5}}}


def test_edits_set_and_remove_in_one_write(path, writes):
    apply(path, {"one": {"a": {"n": 1}, "b": {"n": 2}}, "two": {"c": {"n": 3}}})
    apply(path, {"one": {"a": None, "b": {"n": 9}, "missing": None}, "two": {"d": {"n": 4}}})

    assert writes == [path, path]
    assert stored(path) == {"one": {"b": {"n": 9}}, "two": {"c": {"n": 3}, "d": {"n": 4}}}


@pytest.mark.parametrize("text", [b"\xff", b"[]", b""], ids=["not-text", "a-list", "empty"])
def test_a_broken_file_is_refused(path, text):
    path.write_bytes(text)

    with pytest.raises(DamagedFile):
        apply(path, {"one": {"a": {"n": 1}}})

    assert path.read_bytes() == text


def test_what_json_cannot_hold_leaves_the_file_as_it_was(path):
    apply(path, {"one": {"a": {"n": 1}}})

    with pytest.raises(TypeError):
        apply(path, {"one": {"a": {"n": object()}}})
    with pytest.raises(StorageError, match="cannot be saved"):
        apply(path, {"one": {"a": {"n": "\ud800"}}})

    assert stored(path) == {"one": {"a": {"n": 1}}}


def test_saves_of_equal_size_within_a_tick_can_be_told_apart(path, monkeypatch):
    monkeypatch.setattr(files.time, "time_ns", iter([1_000_000_001, 1_000_000_002]).__next__)
    first = files.replace_file(path, b"1234").stamp
    second = files.replace_file(path, b"5678").stamp

    assert (first.modified_ns, second.modified_ns) == (1_000_000_001, 1_000_000_002)
    assert files.stamp(path) == second


def test_the_content_is_on_the_disk_before_its_name_and_the_name_before_the_return(
    path, monkeypatch
):
    steps = []
    for call in ("write", "fsync", "replace"):
        original = getattr(os, call)

        def step(*arguments, call=call, original=original):
            steps.append(call)
            return original(*arguments)

        monkeypatch.setattr(os, call, step)
    files.replace_file(path, b"content")

    assert steps == ["write", "fsync", "replace", "fsync"]


@pytest.mark.parametrize(("code", "told"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_cannot_be_flushed_is_a_warning_after_the_save(path, monkeypatch, code, told):
    """The rename is what saves: "not saved" would be a lie, and a retry would act twice."""
    fsync = os.fsync

    def refuse_folders(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    written = files.replace_file(path, b"content")

    assert path.read_bytes() == b"content"
    assert written.stamp == files.stamp(path)
    assert bool(written.warning) is told


def test_a_symbolic_link_stays_one(tmp_path):
    (tmp_path / "cloud").mkdir()
    target = tmp_path / "cloud" / "mine.json"
    link = tmp_path / "coach.json"
    link.symlink_to(target)
    target.write_text("{}", "utf-8")

    apply(link, {"one": {"a": {"n": 1}}})
    apply(link, {"one": {"a": {"n": 2}}})

    assert link.is_symlink()
    assert json.loads(target.read_bytes()) == {"one": {"a": {"n": 2}}}
    assert set(tmp_path.iterdir()) == {tmp_path / "cloud", link}
    assert list((tmp_path / "cloud").iterdir()) == [target]


def test_windows_waits_for_a_scanner_that_holds_the_file(path, monkeypatch):
    path.write_bytes(b"old")
    replace, refusals, naps = Path.replace, [1, 2, 3], []

    def busy(source: Path, target: Path) -> Path:
        if refusals:
            refusals.pop()
            raise PermissionError(13, "Access is denied")
        return replace(source, target)

    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr(files.time, "sleep", naps.append)
    monkeypatch.setattr(Path, "replace", busy)
    files.replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert len(naps) == 3
    refusals[:] = range(99)
    with pytest.raises(StorageError, match="may not write"):
        files.replace_file(path, b"newer")
    assert path.read_bytes() == b"new"
