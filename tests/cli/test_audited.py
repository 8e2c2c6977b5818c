"""No network, no file outside the folders that were named, nothing that others may read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coach.cli.commands import MODULES

SCRIPT = Path(__file__).with_name("audited.py")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What all commands and the app asked the system for."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path_factory.mktemp("audited"))],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "Europe/Berlin"},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_command_was_run_and_did_its_work(asked: dict[str, Any]) -> None:
    assert asked["commands"] == sorted(MODULES)
    assert asked["refused"] == []


def test_nothing_talks_to_the_network(asked: dict[str, Any]) -> None:  # INV-42, UI-06
    assert asked["sockets"] == []


def test_inv_42_nothing_is_written_outside_the_folders_named(asked: dict[str, Any]) -> None:
    assert asked["written"] == []


def test_what_is_made_belongs_to_its_owner_alone(asked: dict[str, Any]) -> None:
    assert asked["open"] == []
