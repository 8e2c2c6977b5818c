"""The care of a folder whose data file cannot be used, and of copies that lie beside it."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from coach.service.data_files import double_booked
from coach.service.drafts import PracticeDraft
from coach.service.maintenance import Maintenance
from coach.service.outcome import Refused
from coach.service.practice import add_practice
from coach.service.refusal import Refusal
from coach.service.reports import add_report
from coach.service.service import Service
from coach.storage.files import StorageError, locked
from coach.storage.merging import read_copy
from coach.storage.repository import Repository
from tests.service.conftest import BERLIN, Clock, az104, done

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=BERLIN)
QUIZ = PracticeDraft(exam="", domain="2", correct="7", total="10")


@pytest.fixture
def care(service: Service, tmp_path: Path) -> Maintenance:
    """The care of a folder with one report and a backup of it."""
    done(service.act(add_report, az104()))
    found = Maintenance(tmp_path, lambda: NOW)
    found.make_backup()
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coach.json"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:200])


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "mine.txt").write_text("mine")


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def device(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def lost_drive(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parent / "drive" / "coach.json")


def lost_file(file: Path) -> None:
    (file.parent / "drive").mkdir()
    lost_drive(file)


EMPTY = b'{"meta": {"file": {"schema": 1, "revision": 0}}}'
DAMAGE = {
    "cut": (cut, "The data file is damaged: Input data was truncated."),
    "folder": (folder, "is no ordinary file."),
    "pipe": (pipe, "is no ordinary file."),
    "device": (device, "is no ordinary file."),
    "loop": (loop, "could not be read: Too many levels of symbolic links."),
    "file": (lost_file, "coach.json, which is not there: is its drive connected?"),
    "drive": (lost_drive, "whose folder is not there: is its drive connected?"),
}


@pytest.mark.parametrize(("damage", "text"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named_and_a_backup_can_be_brought_back(
    service: Service,
    care: Maintenance,
    file: Path,
    clock: Clock,
    damage: Callable[[Path], None],
    text: str,
) -> None:
    before = service.state.facts
    damage(file)

    trouble = Maintenance(file.parent, lambda: NOW).trouble()
    assert trouble is not None
    assert trouble.text.endswith(text)
    with pytest.raises(StorageError):
        Service(file.parent, BERLIN, clock)
    restored = care.restore_backup(care.backups()[0].name)

    assert Service(file.parent, BERLIN, clock).state.facts == before
    aside = file.with_name("coach.json.damaged-20261121-093000")
    assert (restored.aside, restored.kept) == (str(aside), None)
    assert os.path.lexists(aside)


def test_a_file_that_another_program_mended_meanwhile_is_left_as_it_is(
    care: Maintenance, service: Service, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(service.act(add_practice, QUIZ))
    sound = file.read_bytes()
    cut(file)
    to_come = [sound]

    def mended_by_another(path: Path) -> tuple[Path, ...]:
        if to_come:
            path.write_bytes(to_come.pop())
        return ()

    monkeypatch.setattr("coach.service.doctor.conflict_copies", mended_by_another)
    checkup = care.doctor(fix=True)
    assert checkup.ok
    assert file.read_bytes() == sound
    assert list(file.parent.glob("coach.json*")) == [file]


def test_a_drive_that_goes_away_is_not_taken_for_an_empty_folder(
    service: Service, tmp_path: Path, clock: Clock
) -> None:
    drive, data = tmp_path / "drive", tmp_path / "mine"
    drive.mkdir()
    data.mkdir()
    (drive / "coach.json").write_bytes(EMPTY)
    (data / "coach.json").symlink_to(drive / "coach.json")
    opened = Service(data, BERLIN, clock)
    done(opened.act(add_report, az104()))
    drive.rename(tmp_path / "away")

    refused = opened.act(add_practice, QUIZ)

    assert isinstance(refused, Refused)
    assert "is its drive connected?" in refused.text
    assert not drive.exists()
    (tmp_path / "away").rename(drive)
    done(opened.act(add_practice, QUIZ))


def test_a_folder_in_the_place_of_the_file_keeps_what_is_in_it(
    care: Maintenance, file: Path
) -> None:
    folder(file)
    care.restore_backup(care.backups()[0].name)
    aside = file.with_name("coach.json.damaged-20261121-093000")
    assert (aside / "mine.txt").read_text() == "mine"


def test_a_data_folder_that_is_a_link_to_nowhere_is_refused(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "data").symlink_to(tmp_path / "drive" / "data")

    with pytest.raises(StorageError, match="is its drive connected"):
        Service(tmp_path / "data", BERLIN, clock)
    with (
        pytest.raises(StorageError, match="is its drive connected"),
        locked(tmp_path / "data" / "coach.json"),
    ):
        pass

    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.fixture
def copy(service: Service, care: Maintenance, file: Path) -> Path:
    """A copy with a quiz that the data file has not."""
    before = file.read_bytes()
    done(service.act(add_practice, QUIZ))
    left = file.with_name("coach (1).json")
    file.rename(left)
    file.write_bytes(before)
    return left


def test_a_copy_says_what_it_would_bring_and_is_merged(
    service: Service, care: Maintenance, copy: Path
) -> None:
    (found,) = care.copies()
    assert (found.name, found.added, found.removed, found.problem) == (copy.name, 1, 0, None)
    assert found.is_new
    assert service.copies() == (copy.name,)

    assert care.merge_copy(copy.name).added == 1

    assert {entry.correct for entry in service.refresh().facts.practice.values()} == {7}
    assert care.copies() == service.copies() == ()
    assert copy.with_name("coach (1).json.merged-20261121-093000").is_file()
    done(service.undo())
    assert service.state.facts.practice == {}


@pytest.mark.parametrize("name", ["coach.json", "../coach.json", "", "notes.json"])
def test_only_a_copy_that_was_found_is_merged(care: Maintenance, copy: Path, name: str) -> None:
    with pytest.raises(Refusal, match="there is no copy"):
        care.merge_copy(name)


def test_a_copy_that_cannot_be_merged_says_why_and_stays(care: Maintenance, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes().replace(b'"schema":2', b'"schema":9'))

    (found,) = care.copies()

    assert (found.added, found.is_new) == (0, False)
    assert "update Coach" in (found.problem or "")
    with pytest.raises(Refusal, match="update Coach"):
        care.merge_copy(copy.name)
    assert copy.is_file()


def test_two_sessions_that_meet_in_a_merge_are_planned_again(
    service: Service, tmp_path: Path, clock: Clock
) -> None:
    done(service.act(add_report, az104()))
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(tmp_path / "coach.json", other)
    theirs = Repository(other, BERLIN)
    before = service.state.facts
    ahead = [b for b in before.blocks.values() if b.start > NOW + timedelta(days=3)]
    twins = {f"twin{n}": msgspec.structs.replace(b, id=f"twin{n}") for n, b in enumerate(ahead[:3])}
    with theirs.transaction() as transaction:
        facts = msgspec.structs.replace(before, blocks={**before.blocks, **twins})
        transaction.commit(facts, "planned elsewhere", NOW + timedelta(hours=1))
    assert len(list(double_booked(theirs.load(), NOW))) == 3

    service.maintenance().import_file(other / "coach.json")
    merged = service.refresh().facts

    assert list(double_booked(merged, NOW)) == []
    theirs.merge(read_copy((tmp_path / "coach.json").read_bytes()), NOW)
    assert list(double_booked(theirs.load(), NOW)) == []
    done(service.undo())
    assert service.state.facts == before
