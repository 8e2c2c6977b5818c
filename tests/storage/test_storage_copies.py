"""The copies that file synchronisers leave are told from other files by name and content."""

from pathlib import Path

import pytest

from coach.storage.merging import conflict_copies

DATA = b'{"practice": {}, "meta": {"file": {"schema": 1, "revision": 1}}}'
NAMES = {
    "Dropbox": "coach (Anna's conflicted copy 2026-11-21).json",
    "Dropbox on a disk without case": "coach (Case Conflict).json",
    "Nextcloud": "coach (conflicted copy 2026-11-21 110000).json",
    "older Nextcloud": "coach_conflict-20261121-110000.json",
    "Syncthing": "coach.sync-conflict-20261121-110000-ABCDEFG.json",
    "OneDrive": "coach-LAPTOP-7QX2.json",
    "OneDrive on a Mac": "coach-Annas-MacBook-Pro.json",
    "iCloud": "coach 2.json",
    "Google Drive": "coach (1).json",
    "Google Drive, glued": "coach(1).json",
    "Seafile": "coach (SFConflict anna@example.org 2026-11-21-11-00-00).json",
    "Synology": "coach_LAPTOP_Nov-21-110000-2026_Conflict.json",
    "Resilio": "coach.Conflict.json",
    "Unison": "coach (copy: conflict 1 on 2026-11-21).json",
    "rclone": "coach.json.conflict1",
    "Windows": "coach - Copy.json",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_copy_is_found_by_the_name_its_synchroniser_gives(tmp_path: Path, name: str) -> None:
    (tmp_path / "coach.json").write_bytes(DATA)
    (tmp_path / name).write_bytes(DATA)

    assert conflict_copies(tmp_path / "coach.json") == (tmp_path / name,)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("coach.json", DATA),
        ("coach.json.damaged-20261121-110000", DATA),
        ("coach (1).json.merged-20261121-110000", DATA),
        ("coach-export.json", b'{"format": "coach-export", "version": 1, "practice": {}}'),
        ("coach-notes.json", b'{"notes": []}'),
        ("coach-notes.json", b"half a fi"),
        ("coach (1).txt", DATA),
        ("coached.json", DATA),
        ("my coach (1).json", DATA),
        (".coach-0123456789abcdef", DATA),
    ],
)
def test_other_files_are_none(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    assert conflict_copies(tmp_path / "coach.json") == ()


def test_a_damaged_copy_is_found_where_its_name_says_what_it_is(tmp_path: Path) -> None:
    copy = tmp_path / NAMES["Syncthing"]
    copy.write_bytes(b"half a fi")

    assert conflict_copies(tmp_path / "coach.json") == (copy,)


def test_copies_lie_beside_the_file_that_a_link_points_to(tmp_path: Path) -> None:
    cloud, data = tmp_path / "cloud", tmp_path / "data"
    cloud.mkdir()
    data.mkdir()
    (data / "coach.json").symlink_to(cloud / "exams.json")
    (cloud / "exams.json").write_bytes(DATA)
    (cloud / "exams (1).json").write_bytes(DATA)
    (cloud / "coach (1).json").write_bytes(DATA)
    (data / "coach (1).json").write_bytes(DATA)

    assert conflict_copies(data / "coach.json") == (cloud / "exams (1).json",)


def test_no_folder_no_copies(tmp_path: Path) -> None:
    assert conflict_copies(tmp_path / "none" / "coach.json") == ()
