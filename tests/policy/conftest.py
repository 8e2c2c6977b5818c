"""Makes the helper module of this folder importable, and gives each test an empty desk."""

import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)

from policy_desk import Desk  # noqa: E402


@pytest.fixture
def desk() -> Desk:
    """A candidate without any history, on 2026-11-21 09:00 in Berlin, at AZ-104."""
    return Desk()
