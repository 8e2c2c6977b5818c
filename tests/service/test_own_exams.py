"""Adding an exam file of the user's own: checked, then copied whole for them alone."""

import os
import stat
from pathlib import Path

import pytest

from coach.catalogue import Catalogue
from coach.service import exams
from coach.service.refusal import Refusal
from coach.service.service import Service

OWN = """\
code = "AZ-104"
title = "My own outline"

[[outline]]
id = "mine"

[[outline.domain]]
name = "Everything"
weight_low = 100
weight_high = 100
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_adding_a_file_copies_it_for_the_user_alone(
    service: Service, source: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "catalogue"
    assert exams.add(service.state.world, folder, source).title == "My own outline"
    copy = folder / "exams" / "AZ-104.toml"
    assert copy.read_text(encoding="utf-8") == OWN
    assert [path.name for path in copy.parent.iterdir()] == ["AZ-104.toml"]
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    exam = Catalogue(folder).exam("AZ-104")
    assert exam is not None
    assert exam.title == "My own outline"


def test_adding_again_replaces_and_adding_in_place_keeps(
    service: Service, source: Path, tmp_path: Path
) -> None:
    world = service.state.world
    exams.add(world, tmp_path, source)
    source.write_text(OWN.replace("My own outline", "Second"), encoding="utf-8")
    assert exams.add(world, tmp_path, source).title == "Second"
    assert exams.add(world, tmp_path, tmp_path / "exams" / "AZ-104.toml").title == "Second"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("100", "10", r"mine\.toml, line 4: outline 1 has weights"),
        ("[[outline]]", 'policy = "none-such"\n[[outline]]', "which is not known; known are"),
    ],
)
def test_a_bad_file_is_not_added(
    service: Service, source: Path, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    source.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(Refusal, match=fault):
        exams.add(service.state.world, tmp_path, source)
    assert not (tmp_path / "exams").exists()


def test_a_folder_that_cannot_be_written(service: Service, source: Path, tmp_path: Path) -> None:
    (tmp_path / "exams").write_text("in the way")
    with pytest.raises(Refusal, match=r"AZ-104\.toml could not be saved: File exists"):
        exams.add(service.state.world, tmp_path, source)
