"""Saved means one thing: an error says that nothing changed, and it did not; else it is saved."""

import errno
import os
import runpy
import shutil
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from coach.model.attempt import Attempt
from coach.model.facts import Facts
from coach.model.settings import Tracked
from coach.storage.files import DamagedFile, StorageError, lock_file, locked, make_folder
from coach.storage.integrity_check import check_integrity
from coach.storage.records import check_sound, decode_facts, decode_tables
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
WRITER = runpy.run_path(str(Path(__file__).with_name("storage_writer.py")))
state, commit, intercept = WRITER["state"], WRITER["commit"], WRITER["intercept"]
CALLS = (
    *("open", "read", "write", "lseek", "fsync", "utime", "mkdir", "replace", "rename", "unlink"),
    *("close", "stat", "lstat", "fstat", "listdir", "scandir", "chmod", "ftruncate", "access"),
)
CODES = [errno.ENOSPC, errno.EACCES, errno.EINVAL]


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("act", ["commit", "undo", "restore", "merge"])
def test_a_fault_at_any_call_is_told_as_what_it_did(tmp_path, act, code):
    """After "not saved" the old state is there, after "saved" the new one: no call of the system
    may make the answer say the other."""

    def fail() -> None:
        failures.append(code)
        raise OSError(code, os.strerror(code))

    begun = Repository(tmp_path / "begun")
    commit(begun, state(1), 1)
    backup = begun.backups.make(NOON - timedelta(days=1), "manual")
    commit(begun, state(2), 2)
    practice = begun.documents()["practice"]
    theirs = {"practice": {"new": {**practice["p1"], "id": "new"}}}
    acts = {
        "commit": lambda repository: commit(repository, state(4), 4),
        "undo": lambda repository: repository.undo(NOON),
        "restore": lambda repository: repository.restore(backup.name, NOON),
        "merge": lambda repository: repository.merge(theirs, NOON),
    }
    call, failures, refusals = 0, [0], 0
    while failures:
        call, failures = call + 1, []
        folder = tmp_path / str(call)
        shutil.copytree(begun.file.parent, folder)
        repository = Repository(folder)
        before = repository.load()
        restore = intercept(call, fail, CALLS)
        try:
            acts[act](repository)
            saved = True
        except StorageError:
            saved = False
            refusals += 1
        finally:
            restore()
        after = Repository(folder).load()
        assert (after != before) is saved, call
        assert repository.load() == after
    assert call > 20
    assert refusals > 5


@pytest.mark.parametrize("call", ["fsync", "utime"])
@pytest.mark.parametrize(
    "code", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS], ids=errno.errorcode.get
)
def test_a_file_system_without_such_a_call_saves(repository, monkeypatch, call, code):
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        commit(repository, state(1), 1)

    assert Repository(repository.file.parent).load().practice == state(1)
    assert repository.take_notices() == ()


@pytest.mark.parametrize(
    "code", [errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP], ids=errno.errorcode.get
)
def test_a_file_system_without_locks_saves(repository, monkeypatch, code):
    def refuse(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    commit(repository, state(1), 1)

    assert Repository(repository.file.parent).load().practice == state(1)


def test_a_lock_that_is_held_is_told_at_once_and_refused_after_a_while(folder):
    make_folder(folder)
    told: list[float] = []
    begin = time.monotonic()
    with (
        locked(folder / "coach.json"),
        pytest.raises(StorageError, match=r"Another Coach is writing in .*: nothing was saved"),
        locked(folder / "coach.json", lambda: told.append(time.monotonic() - begin), 0.4),
    ):
        pass
    with locked(folder / "coach.json"):  # it is free again
        pass

    assert len(told) == 1


def test_a_lock_file_that_was_removed_while_one_waited_keeps_nobody_out(folder):
    make_folder(folder)
    lock = lock_file(folder / "coach.json")
    inside = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with locked(folder / "coach.json"):
            inside.set()
            leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    lock.unlink()
    with locked(folder / "coach.json"):
        assert lock.exists()
    leave.set()
    holder.join()


@pytest.mark.parametrize("what", ["folder", "link"])
def test_a_lock_that_nobody_can_take_is_named(repository, folder, what):
    make_folder(folder)
    lock = lock_file(repository.file)
    lock.mkdir() if what == "folder" else lock.symlink_to(folder / "elsewhere")

    with pytest.raises(StorageError, match=r"nothing was saved|could not be saved"):
        commit(repository, state(1), 1)

    assert not repository.file.exists()
    assert not (folder / "elsewhere").exists()


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_every_folder_that_coach_makes_is_its_owners_alone(tmp_path, mask):
    before = os.umask(mask)
    try:
        make_folder(tmp_path / "one" / "two" / "three")
    finally:
        os.umask(before)

    made = [tmp_path / "one", tmp_path / "one" / "two", tmp_path / "one" / "two" / "three"]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700] * 3


def test_a_file_that_has_vanished_beside_its_backups_is_no_first_day(repository, folder):
    commit(repository, state(1), 1)
    backup = repository.backups.make(NOON, "manual")
    repository.file.unlink()

    for found in (Repository(folder), repository):
        with pytest.raises(DamagedFile, match="is gone") as caught:
            found.load()
        assert caught.value.damage == "missing"
        assert f"`coach backup restore {backup.name}`" in str(caught.value)
        with pytest.raises(StorageError):
            commit(found, state(2), 2)
    assert not repository.file.exists()
    Repository(folder).restore(backup.name, NOON)
    assert Repository(folder).load().practice == state(1)


def test_the_state_in_memory_can_take_the_place_of_a_file_that_has_vanished(repository, folder):
    commit(repository, state(2), 2)
    held = repository.load()
    repository.file.unlink()

    assert repository.set_aside(NOON, held) is None

    other = Repository(folder)
    assert other.load() == held
    assert (other.take_notices(), repository.take_notices()) == ((), ())


def test_a_file_that_went_back_while_open_is_noticed_and_the_newer_state_kept(repository, folder):
    commit(repository, state(1), 1)
    old = repository.file.read_bytes()
    commit(repository, state(2), 2)
    repository.file.write_bytes(old)

    assert repository.load().practice == state(1)
    (notice,) = repository.take_notices()
    assert "went back to an older state" in notice
    (kept,) = (backup for backup in repository.backups.list() if backup.reason == "newer")
    assert kept.name in notice
    assert (repository.take_notices(), repository.load().practice) == ((), state(1))
    repository.restore(kept.name, NOON)
    assert Repository(folder).load().practice == state(2)


def test_a_file_that_went_back_between_two_runs_is_noticed_once(folder):
    commit(Repository(folder), state(1), 1)
    old = (folder / "coach.json").read_bytes()
    commit(Repository(folder), state(2), 2)
    (folder / "coach.json").write_bytes(old)
    said = []
    for _ in range(2):
        repository = Repository(folder)
        repository.load()
        said.append(repository.take_notices())

    assert [len(notices) for notices in said] == [1, 0]
    assert "save 1, after save 2" in said[0][0]


def test_restoring_repairing_and_undoing_are_no_step_back(folder):
    repository = Repository(folder)
    commit(repository, state(1), 1)
    backup = repository.backups.make(NOON, "manual")
    commit(repository, state(2), 2)
    repository.file.write_bytes(b"{")
    repository.restore(backup.name, NOON)
    commit(repository, state(3), 3)
    repository.undo(NOON)
    repository.restore(backup.name, NOON)

    assert Repository(folder).load() == repository.load()
    assert repository.take_notices() == Repository(folder).take_notices() == ()


def test_no_byte_is_sound_to_one_reader_and_broken_to_another(repository):
    commit(repository, {"p1": state(1)["p1"]}, 1)
    data = repository.file.read_bytes()
    for place in range(len(data)):
        for byte in (0xED, 0x22, 0x5C, data[place] ^ 0x01):
            broken = data[:place] + bytes([byte]) + data[place + 1 :]
            try:
                check_sound(broken)
                sound = True
            except DamagedFile:
                sound = False
            report = check_integrity(broken)
            if sound:
                decode_facts(broken)
                decode_tables(broken)
            else:
                assert report.findings, (place, byte)
            if report.repaired is not None:
                check_sound(msgspec.json.encode(report.repaired))


DOUBLE_FIELD = (
    b'{"meta":{"file":{"schema":2,"revision":1}},"practice":{"aaaaaaaa":{"id":"aaaaaaaa",'
    b'"exam":"AZ-104","at":"never","at":"2026-11-20T10:00:00Z","domain":"D","correct":1,"total":2}}}'
)
OTHER_ID = b'{"meta":{"file":{"schema":2,"revision":1}},"settings":{"x":{"windows":{}}}}'


@pytest.mark.parametrize("data", [DOUBLE_FIELD, OTHER_ID], ids=["a field twice", "another id"])
def test_what_the_next_start_would_refuse_is_found_and_mended(repository, folder, data):
    make_folder(folder)
    repository.file.write_bytes(data)
    with pytest.raises(DamagedFile):
        repository.load()

    report = check_integrity(data)
    assert report.findings
    assert report.repaired is not None
    repository.repair(data, report.repaired, NOON)

    assert check_integrity(repository.file.read_bytes()).findings == ()
    assert Repository(folder).load() == repository.load()


def test_a_damaged_journal_makes_a_backup_no_good_one(repository):
    commit(repository, state(1), 1)
    good = repository.backups.make(NOON, "manual")
    data = repository.file.read_bytes()
    at = data.index(b'"label":"') + 9
    repository.file.write_bytes(data[:at] + b"\xed" + data[at + 1 :])
    repository.backups.make(NOON + timedelta(hours=1), "manual")

    assert repository.backups.newest_good() == good
    with pytest.raises(DamagedFile):
        Repository(repository.file.parent).load()


ZONES = ("Pacific/Kiritimati", "Europe/Berlin", "UTC", "America/New_York", "Pacific/Pago_Pago")


@pytest.mark.parametrize("entered", ZONES)
@pytest.mark.parametrize("read", ZONES)
def test_a_day_without_a_time_is_that_day_in_every_zone(folder, entered, read):
    at = datetime(2026, 12, 10, tzinfo=ZoneInfo(entered))
    facts = Facts(
        attempts={"a": Attempt(id="a", exam="X", at=at, status="booked", time_known=False)},
        tracked={"X": Tracked(id="X", target=at, target_time_known=False)},
    )
    with Repository(folder, ZoneInfo(entered)).transaction() as transaction:
        transaction.commit(facts, "book", NOON)

    repository = Repository(folder, ZoneInfo(read))
    found = repository.load()
    day = datetime(2026, 12, 10, tzinfo=ZoneInfo(read))

    assert (found.attempts["a"].at, found.tracked["X"].target) == (day, day)
    with repository.transaction() as transaction:
        assert transaction.commit(found, "nothing", NOON) is False
        noted = msgspec.structs.replace(found.attempts["a"], note="paid")
        transaction.commit(msgspec.structs.replace(found, attempts={"a": noted}), "note", NOON)
    back = Repository(folder, ZoneInfo(entered)).load()
    assert (back.attempts["a"].at, back.attempts["a"].note) == (at, "paid")


@pytest.mark.parametrize(
    "stored", ["2026-12-09T23:00:00Z", "2026-12-10T05:00:00Z", "2026-12-10T00:00:00+01:00"]
)
def test_a_day_that_was_stored_as_a_moment_is_still_that_day(repository, folder, stored):
    make_folder(folder)
    repository.file.write_text(
        '{"meta":{"file":{"schema":2,"revision":1}},"attempts":{"a":{"id":"a","exam":"X",'
        f'"at":"{stored}","status":"booked","time_known":false}}}}}}'
    )

    assert repository.load().attempts["a"].at == datetime(2026, 12, 10, tzinfo=UTC)
