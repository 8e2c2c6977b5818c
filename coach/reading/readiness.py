"""How many weeks of study a report speaks for."""

from collections.abc import Sequence

from coach.model.answers import Source
from coach.reading.priority import DomainReading

Weeks = tuple[int, int]


def readiness(domains: Sequence[DomainReading]) -> tuple[Weeks, str, Source]:
    """Weeks from the report date (least, most), why, and where the rule comes from.

    Two or more below 4-6 (article); one below 3-4 (own); none below 2-3 (article where most
    domains are near, own where the report leaves that open). Unknown counts as near.
    """
    below = sum(domain.band == "below" for domain in domains)
    near = sum(domain.band == "near" for domain in domains)
    above = sum(domain.band == "above" for domain in domains)
    if below >= 2:
        return (4, 6), f"{below} domains are below: 4 to 6 weeks from the report.", "article"
    if below == 1:
        return (3, 4), "One domain is below: 3 to 4 weeks from the report.", "own"
    if domains and above == len(domains):
        text = "Every domain reads above, so check the bands: 2 to 3 weeks of mixed practice."
        return (2, 3), text, "own"
    if not near:
        text = "The weak domains are not known and count as near: 2 to 3 weeks from the report."
        return (2, 3), text, "own"
    text = "No domain is below: 2 to 3 weeks from the report."
    return (2, 3), text, "article" if near >= above else "own"
