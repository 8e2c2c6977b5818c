"""Which official material a session uses: the fitting one that is not worked through yet.

Derived from the plan each time and never stored, so no session moves because of its material.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from math import ceil

from msgspec import Struct

from coach.model.exam import Fit, Resource
from coach.model.plan import Block

KINDS = {"learn": "learn", "lab": "lab", "practice": "assessment", "assessment": "assessment"}
"""The kind of material of an activity. A quiz comes from the practice assessment."""
TOLERANCE = 1.25
"""A session this much shorter than its material still finishes it: minutes are estimates."""


class Use(Struct, frozen=True):
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
    own is offered to no planned block. A path of unknown length lasts for the sessions there are.
    """
    ordered = sorted(
        (b for b in blocks if b.activity in KINDS and b.status in ("planned", "done")),
        key=lambda block: (block.start, block.id),
    )
    ahead = Counter((KINDS[b.activity], b.domain) for b in ordered if b.status_at(now) != "missed")
    finished: set[str] = set()
    used: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    fitting = cache(partial(_fitting, resources))
    uses: dict[str, Use] = {}
    for block in ordered:
        kind = KINDS[block.activity]
        hidden = finished if block.status == "done" else finished.union(done)
        found = (r for r in fitting(kind, block.domain, block.topic) if r.id not in hidden)
        if (resource := next(found, None)) is None:
            continue
        if resource.kind == "assessment":
            uses[block.id] = Use(resource, 1, 1)
            continue
        part = parts[resource.id] + 1
        sessions = _sessions(resource, block, used[resource.id], ahead[kind, block.domain])
        uses[block.id] = Use(resource, part, part + sessions - 1)
        if block.status_at(now) == "missed":
            continue
        ahead[kind, block.domain] -= 1
        parts[resource.id] = part
        used[resource.id] += block.minutes
        if sessions == 1:
            finished.add(resource.id)
    return uses


def _sessions(resource: Resource, block: Block, used: int, ahead: int) -> int:
    """How many sessions like this one the material takes from here on; `ahead` are left for it."""
    if resource.minutes is None:
        return max(1, ahead) if resource.kind == "learn" else 1
    left = resource.minutes - used
    return 1 if left <= block.minutes * TOLERANCE else ceil(left / block.minutes)


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
