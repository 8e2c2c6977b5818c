"""Rules that the product might have, each in place of one of its functions for a while.

Add yours here: a function with `@rule` that gives the patches. `python -m
tests.benchmarks.planbench rules` then compares it with the product on the same candidates.
"""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from coach.planning import reserved_slots
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
def no_mixed_review():
    """The last week is study as any other."""
    return [patch.object(reserved_slots, "_reviews", lambda draft: None)]


@rule
def no_practice_exam():
    """The time of a whole practice exam is study instead."""
    return [patch.object(reserved_slots, "_assessments", lambda draft: None)]
