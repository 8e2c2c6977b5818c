"""The invariants of re-planning, by their numbers, on plans of all kinds."""

from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.settings import Hours, Window
from coach.reading.priority import DomainReading
from tests.planning.apportionment import by_quotients
from tests.planning.plans import (
    any_domains,
    counts,
    replan,
    request,
    study,
)

ANY = settings(max_examples=60, deadline=None)


EVENING = (Window(start=time(18), end=time(20)),)
WHOLE_HOURS = Hours(windows={"mon": EVENING, "wed": EVENING, "sat": EVENING})


@ANY
@given(any_domains(), st.integers(1, 8))
def test_invariant_10_counts_are_the_fair_ones(
    domains: tuple[DomainReading, ...], weeks: int
) -> None:
    """With blocks of equal length a first plan is exactly the Sainte-Lague split."""
    made = request(weeks=weeks, domains=domains, hours=WHOLE_HOURS, strategy="priority")
    result = replan(made)
    parts = [d.priority if any(d.gap for d in domains) else d.weight for d in domains]
    shares = [part / sum(parts) for part in parts]
    expected = by_quotients(shares, len(study(result.blocks)))
    assert [counts(result.blocks)[d.name] for d in domains] == list(expected)
