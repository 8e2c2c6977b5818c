"""The data folder: as asked for, else from the environment, else the platform's."""

from pathlib import Path

import pytest

from coach.storage import files


@pytest.mark.parametrize(
    ("override", "env", "expected"),
    [
        ("/a", {"COACH_DATA_DIR": "/b"}, Path("/a")),
        (None, {"COACH_DATA_DIR": "/b"}, Path("/b")),
        ("~/c", {}, Path.home() / "c"),
        ("d", {}, Path.cwd() / "d"),
    ],
)
def test_the_folder_that_is_named(override, env, expected):
    assert files.data_folder(override, env) == expected


def test_the_platform_has_a_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    folder = files.data_folder(None, {"COACH_DATA_DIR": ""})

    assert folder.name == "coach"
    assert not folder.exists()


def test_everything_lives_in_the_folder():
    folder = Path("data")

    assert [
        files.data_file(folder),
        files.backup_folder(folder),
        files.catalogue_folder(folder),
        files.log_file(folder),
    ] == [folder / "coach.json", folder / "backups", folder / "catalogue", folder / "coach.log"]
