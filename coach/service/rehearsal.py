"""The rehearsal of one exam's plans: what each split would give until two dates, in simulation."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import product

from msgspec.structs import replace

from coach.model.forecasts import Rehearsal, RehearsedPlan
from coach.model.plan import STRATEGIES, Block
from coach.planning.replan import replan_all
from coach.reading.rehearsal import Road, Subject, Visit, rehearse
from coach.service.exam_facts import ExamFacts
from coach.service.forecast import evidence_of
from coach.service.replanning import plan_request

LATER = timedelta(weeks=2)
CLEAR_POINTS = 0.02
"""A smaller difference of the chance is none that a person would notice (own)."""


def rehearsal(view: ExamFacts) -> Rehearsal:
    """Each split until the date that is planned for and two weeks later."""
    reason = view.no_plan
    if reason or view.target is None or not view.plan_domains:
        reason = reason or "there is no date to rehearse for"
        return Rehearsal(exam=view.code, plans=(), split_matters=False, reason=reason)
    request = plan_request(view)
    tried = sorted(STRATEGIES, key=lambda strategy: strategy != view.strategy)
    target, ends = view.target.at, view.exam.retires
    late = ends is not None and (target + LATER).date() > ends
    dates = (target,) if late else (target, target + LATER)
    planned = []
    for end, strategy in product(dates, tried):
        changed = {"strategy": strategy, "end": end, "exam_start": None, "fresh": True}
        (result,) = replan_all([replace(request, **changed)])
        planned.append((strategy, end, result.blocks))
    roads = [_road(view, blocks, end) for _, end, blocks in planned]
    found = _odds(view, roads)
    first = found[: len(tried)]
    return Rehearsal(
        exam=view.code,
        plans=tuple(
            RehearsedPlan(
                strategy=strategy,
                at=end.date(),
                hours=round(sum(visit.hours for visit in road.visits), 1),
                p=round(chance, 4),
            )
            for (strategy, end, _), road, (chance, _) in zip(planned, roads, found, strict=True)
        ),
        split_matters=any(p - first[0][0] > max(CLEAR_POINTS, 2 * error) for p, error in first),
        reason=None,
    )


def simulated(view: ExamFacts, plans: Iterable[tuple[tuple[Block, ...], datetime]]) -> list[float]:
    """The chance (0-1) to pass at the end of each plan."""
    return [p for p, _ in _odds(view, [_road(view, blocks, end) for blocks, end in plans])]


def _odds(view: ExamFacts, roads: Sequence[Road]) -> list[tuple[float, float]]:
    evidence = evidence_of(view)
    points = evidence.reports[-1].points if evidence.reports else None
    subjects = {
        domain.name: Subject(float(domain.weight / 100), domain.topics or (None,), domain.band)
        for domain in view.plan_domains
    }
    return rehearse(subjects, points, roads)


def _road(view: ExamFacts, blocks: tuple[Block, ...], end: datetime) -> Road:
    """The sessions still ahead, and the day of the sitting, in days from now."""
    now = view.world.now
    visits = tuple(
        Visit(
            block.domain, block.topic, (block.start - now) / timedelta(days=1), block.minutes / 60
        )
        for block in blocks
        if block.domain and block.activity != "buffer" and block.start >= now
    )
    return Road(visits, (end - now) / timedelta(days=1))
