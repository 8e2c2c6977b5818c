"""Which official material a session uses: the fitting one that is not worked through yet.

Derived from the plan each time and never stored, so no session moves because of its material.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from coach.model.exam import Fit, Resource
from coach.model.plan import Block

KINDS = {"learn": "learn", "lab": "lab", "practice": "assessment", "assessment": "assessment"}
"""The kind of material of an activity. A quiz comes from the practice assessment."""
TOLERANCE = 1.25
"""A session this much shorter than its material still finishes it: minutes are estimates."""


class Use(NamedTuple):
    """The material of one session, part `part` of `parts` where it takes several sessions."""

    resource: Resource
    part: int
    parts: int


def material_of(
    blocks: Iterable[Block], resources: Sequence[Resource], done: Collection[str], now: datetime
) -> dict[str, Use]:
    """The material of each block by its id.

    Done and planned blocks work through it in order of time. A missed one has what it would have
    used, which the next one uses then; a skipped one has none. What is in `done` by a mark of its
    own is offered to no planned block.
    """
    used: dict[str, int] = {}
    finished: set[str] = set()
    parts: dict[str, int] = {}
    fitting: dict[tuple[str, str | None, str | None], list[Resource]] = {}
    uses: dict[str, Use] = {}
    for block in sorted(blocks, key=lambda block: (block.start, block.id)):
        kind = KINDS.get(block.activity)
        if kind is None or block.status not in ("planned", "done"):
            continue
        need = (kind, block.domain, block.topic)
        if need not in fitting:
            fitting[need] = _fitting(resources, *need)
        hidden = finished if block.status == "done" else finished.union(done)
        resource = next((one for one in fitting[need] if one.id not in hidden), None)
        if resource is None:
            continue
        if resource.kind == "assessment":
            uses[block.id] = Use(resource, 1, 1)
            continue
        left = (resource.minutes or block.minutes) - used.get(resource.id, 0)
        part, finishes = parts.get(resource.id, 0) + 1, left <= block.minutes * TOLERANCE
        sessions = 1 if finishes else ceil(left / block.minutes)
        uses[block.id] = Use(resource, part, part + sessions - 1)
        if block.status_at(now) == "missed":
            continue
        parts[resource.id] = part
        used[resource.id] = used.get(resource.id, 0) + block.minutes
        if finishes:
            finished.add(resource.id)
    return uses


def _fitting(
    resources: Sequence[Resource], kind: str, domain: str | None, topic: str | None
) -> list[Resource]:
    """Material of the topic first, then of the whole domain, then of its other topics; exercises
    on paper last. An assessment is for every domain."""

    def rank(resource: Resource) -> int | None:
        fits = (Fit(domain=resource.domain or "", topic=resource.topic), *resource.also)
        ranks = [
            0 if fit.topic == topic and topic else 1 if fit.topic is None else 2
            for fit in fits
            if fit.domain == domain
        ]
        if resource.kind == "assessment" and resource.domain is None:
            return 1
        return min(ranks, default=None)

    ranked = [(rank(resource), resource) for resource in resources if resource.kind == kind]
    found = [(place, resource) for place, resource in ranked if place is not None]
    return [one for _, one in sorted(found, key=lambda pair: (pair[1].case_study, pair[0]))]
