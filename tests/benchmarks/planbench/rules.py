"""Rules that the product might have, each in place of one of its functions for a while.

Add yours here: a function with `@rule` that gives the patches. `python -m
tests.benchmarks.planbench rules` then compares it with the product on the same candidates.
"""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from coach.planning import content, placement
from coach.planning.content import Writer, study_topics

RULES = {}


def rule(patches):
    """Enters a rule under the name of its function; its first docstring line says what it does."""

    @contextmanager
    def in_force():
        with ExitStack() as stack:
            for each in patches():
                stack.enter_context(each)
            yield

    RULES[patches.__name__.replace("_", " ")] = in_force
    return patches


@rule
def first_three_topics_first():
    """The first three topics of a domain come again before the others have come once."""

    def topic(self, reading, slot, *, lab):
        days = self.had[reading.name].days
        topics = study_topics(reading)
        least = min(range(len(topics)), key=lambda n: (len(days[topics[n]]) - (n < 3), n))
        days[topics[least]].append(slot.day)
        return topics[least]

    return [patch.object(Writer, "_topic", topic)]


@rule
def rows_of_any_length():
    """A domain may have as many sessions in a row as its turn gives it."""
    return [patch.object(placement, "ROW", 99)]


@rule
def two_topics_to_master_first():
    """Two topics of a domain are critical instead of three."""
    return [patch.object(content, "CRITICAL", 2)]
