"""What holds for all tests: no example of a property test is timed, machines differ."""

from hypothesis import settings

settings.register_profile("coach", deadline=None)
settings.load_profile("coach")
