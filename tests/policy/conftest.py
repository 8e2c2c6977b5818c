"""A desk to write histories on."""

import pytest

from tests.policy.policy_desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A candidate without any history, on 2026-11-21 09:00 in Berlin, at AZ-104."""
    return Desk()
