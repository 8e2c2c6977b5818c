"""How long the planner takes, and how much of a plan it changes.

Run from the project's root: python tests/benchmarks/planner.py
Prints a table for 4 to 26 weeks and 1 to 4 exams on one calendar: the time of the first plan, of a
re-plan without a new fact, and of a re-plan after a new report; and how many blocks change hands in
that re-plan, next to the least number that leads to the new counts (the sum of what each domain
gains) and to what planning from scratch would change. `churn` counts all changes as a fraction.
Then invariant 44, whose limit is 200 ms; long_use.py has its screens and its 50 attempts. Last the
tick of a session in four plans of 26 weeks, saved, with the plan that is drawn of it.
"""

import sys
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.replan import replan_all
from coach.reading.priority import DomainReading
from coach.service.blocks import block_done
from coach.service.service import Service
from coach.service.settings import select, set_target

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
WEIGHTS = (25, 20, 25, 20, 10)
GAPS = {"below": 2, "near": 1, "above": 0}
BEFORE = ("near", "near", "below", "above", "near")
AFTER = ("near", "below", "near", "above", "near")
ROUNDS = 15


def wide(count: int = 20) -> tuple[DomainReading, ...]:
    """A reading of twenty domains with twenty topics each."""
    narrow = domains(BEFORE)
    return tuple(
        replace(
            narrow[number % len(narrow)],
            name=f"Domain {number}",
            weight=Fraction(100, count),
            priority=Fraction(100 * narrow[number % len(narrow)].gap, count),
            topics=tuple(f"Topic {number}.{topic}" for topic in range(20)),
        )
        for number in range(count)
    )


def ten_years(request: PlanRequest, plan: PlanResult) -> tuple[Block, ...]:
    """Blocks of 500 weeks before the plan, all done, and the plan."""
    usual = [b for b in plan.blocks if b.start < request.now + timedelta(weeks=1)]
    return plan.blocks + tuple(
        replace(b, id=f"{week}-{b.id}", start=b.start - timedelta(weeks=week), status="done")
        for week in range(1, 501)
        for b in usual
    )


def scale() -> None:
    """Invariant 44: ten years of blocks, twenty domains and 400 topics, 26 weeks ahead."""
    asked = replace(requests(26, 1)[0], domains=wide())
    first, (plan,) = timed([asked])
    history = ten_years(asked, plan)
    used = replace(asked, existing=history, start=NOW - timedelta(weeks=520), revision=2)
    again, _ = timed([used])
    print(
        f"20 domains, 400 topics: first {first:.1f} ms; after {len(history)} blocks {again:.1f} ms"
    )


def ticks() -> None:
    """By the whole service: processor time, and on the clock, where the disk is a part of it."""
    with TemporaryDirectory() as folder:
        now = [NOW]
        service = Service(Path(folder), ZONE, lambda zone: now[0].astimezone(zone))
        for code in ("AZ-104", "SC-500", "SC-300", "AZ-305"):
            service.act(select, code)
            service.act(set_target, code, f"{NOW + timedelta(weeks=26):%Y-%m-%d}")
        first = sorted(service.state.facts.blocks.values(), key=lambda block: block.start)[:20]
        now[0] = first[-1].start + timedelta(hours=1)
        service.refresh()
        times = []
        for block in first * 5:
            begin = process_time(), perf_counter()
            service.act(block_done, block.id)
            assert service.state.plan is not None
            times.append((process_time() - begin[0], perf_counter() - begin[1]))
        count = len(service.state.facts.blocks)
        print(f"tick, 4 exams, {count} blocks, p50 and p95 of {len(times)}:")
        for name, own in zip(("processor", "clock"), zip(*times, strict=True), strict=True):
            print(f"  {name} {1000 * sorted(own)[50]:.1f} ms, {1000 * sorted(own)[95]:.1f} ms")


def domains(bands: tuple[str, ...]) -> tuple[DomainReading, ...]:
    lead = next(i for i, band in enumerate(bands) if band == "near")
    return tuple(
        DomainReading(
            name=f"Domain {number}",
            weight=Fraction(weight),
            weight_low=weight - 2,
            weight_high=weight + 3,
            band=band,  # type: ignore[arg-type]
            gap=GAPS[band],
            priority=Fraction(weight * GAPS[band]),
            tier={2: 1, 1: 1 if number == lead else 2, 0: None}[GAPS[band]],
            topics=tuple(f"Topic {number}.{topic}" for topic in range(6)),
        )
        for number, (weight, band) in enumerate(zip(WEIGHTS, bands, strict=True))
    )


def requests(weeks: int, exams: int) -> list[PlanRequest]:
    return [
        PlanRequest(
            exam=f"EX-{number}",
            now=NOW,
            zone=ZONE,
            domains=domains(BEFORE),
            strategy="two-tier",
            hours=DEFAULT_HOURS,
            start=NOW,
            end=NOW + timedelta(weeks=weeks) - timedelta(days=3 * number),
            revision=1,
        )
        for number in range(exams)
    ]


def timed(asked: list[PlanRequest]) -> tuple[float, tuple[PlanResult, ...]]:
    """The least processor time in milliseconds, and the plans."""
    times = []
    for _ in range(ROUNDS):
        begin = process_time()
        results = replan_all(asked)
        times.append((process_time() - begin) * 1000)
    return min(times), results


def hands(old: PlanResult, new: PlanResult) -> tuple[int, int]:
    """How many blocks get another domain, and the least number that leads to the same counts."""
    pairs = [(c.before, c.after) for c in new.changes]
    changed = sum(1 for a, b in pairs if b and b.domain and (a is None or a.domain != b.domain))
    before, after = (Counter(b.domain for b in plan.blocks if b.domain) for plan in (old, new))
    return changed, (after - before).total()


def scratch_hands(old: PlanResult, request: PlanRequest) -> int:
    """How many blocks would get another domain in a plan made anew."""
    fresh = replan_all([replace(request, existing=())])[0].blocks
    domains = {b.start: b.domain for b in old.blocks}
    return sum(1 for b in fresh if b.domain and domains.get(b.start) != b.domain)


def main() -> None:
    print(
        "weeks exams blocks   first ms  no fact ms  report ms   churn  hands  bound  from scratch"
    )
    for weeks in (4, 8, 13, 26):
        for exams in (1, 2, 3, 4):
            asked = requests(weeks, exams)
            first, plans = timed(asked)
            kept = [
                replace(r, existing=plan.blocks, revision=2)
                for r, plan in zip(asked, plans, strict=True)
            ]
            idle, _ = timed(kept)
            kept[0] = replace(kept[0], domains=domains(AFTER))
            report, results = timed(kept)
            blocks = sum(len(plan.blocks) for plan in plans)
            changed, bound = hands(plans[0], results[0])
            scratch = str(scratch_hands(plans[0], kept[0])) if exams == 1 else "-"
            print(
                f"{weeks:5} {exams:5} {blocks:6} {first:10.1f} {idle:11.1f} {report:10.1f} "
                f"{results[0].churn:7.2f} {changed:6} {bound:6} {scratch:>13}"
            )
    scale()
    ticks()


if __name__ == "__main__":
    main()
