"""What holds for all tests: no example of a property test is timed, machines differ."""

import gc
import os

from hypothesis import settings
from hypothesis.internal.conjecture import providers

# Where a change is judged, the same examples every time: red has to be the change's doing.
settings.register_profile("coach", deadline=None)
settings.register_profile("coach-ci", deadline=None, derandomize=True, database=None)
settings.load_profile("coach-ci" if "CI" in os.environ else "coach")

# Hypothesis draws one value in twenty from the constants in the modules that are loaded, so that
# an example would depend on which other tests run. Where it cannot tell them apart it takes none.
assert callable(providers._get_local_constants)
providers._get_local_constants = lambda: providers.Constants()

# The widgets of an app refer to each other, so only the collector gets rid of one that ended. As
# often as it runs by default, it took a third of the time of the tests of the screens.
gc.set_threshold(20_000, 10, 10)
