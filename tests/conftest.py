"""What holds for all tests: no example of a property test is timed, machines differ."""

import os

from hypothesis import settings

settings.register_profile("coach", deadline=None)
settings.load_profile("coach")


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: a test of the app waits for about a third of its time."""
    return 2 * (os.cpu_count() or 1)
