"""What holds for all tests: no example of a property test is timed, machines differ."""

import gc
import os

from hypothesis import settings

# Where a change is judged, the same examples every time: red has to be the change's doing.
settings.register_profile("coach", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("coach")

# The widgets of an app refer to each other, so only the collector gets rid of one that ended. As
# often as it runs by default, it took a third of the time of the tests of the screens.
gc.set_threshold(20_000, 10, 10)


def pytest_xdist_auto_num_workers() -> int:
    """Three workers a core: a test of the app waits for more than half of its time."""
    return 3 * (os.cpu_count() or 1)
