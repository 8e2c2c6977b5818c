"""Invariants 29 and 30: plans by the order of what was entered, and what undo brings back.

29 holds for plans of this very day that nobody has begun with: one that is in use changes as little
as it must, and so depends on what it was. Nothing is redone by a key: the same action after an undo
gives the same plan. On disk the newest 100 revisions keep their changes (test_revisions.py).
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.catalogue import Catalogue
from coach.model.facts import Facts
from coach.model.plan import Block
from coach.service.blocks import block_done, block_move, block_pin, block_skip
from coach.service.context import Edit, World
from coach.service.drafts import HoursDraft, ReportDraft
from coach.service.outcome import Done, Outcome
from coach.service.replanning import replanned
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import set_hours, set_strategy, set_target
from tests.service.conftest import BERLIN, Clock, az104, done

UseCase = Callable[[World, Facts], Edit]
WORLD = World(Catalogue(), datetime(2026, 11, 21, 9, 0, tzinfo=BERLIN), BERLIN)


def sc300(at: str, band: str) -> ReportDraft:
    observations = tuple((str(number), band) for number in range(1, 5))
    return ReportDraft(exam="SC-300", at=at, score="600", observations=observations)


REPORTS: tuple[ReportDraft, ...] = (
    az104(at="2026-10-01 10:00", score="600", bands=("below", "near", "above", "near", "below")),
    az104(at="2026-11-20 10:00"),
    sc300("2026-09-30 10:00", "below"),
    sc300("2026-11-19 10:00", "near"),
)
CHANGES: tuple[UseCase, ...] = (
    partial(set_hours, draft=HoursDraft(windows=(("fri", "17:00-20:00"),), off=("2026-12-01",))),
    partial(set_hours, draft=HoursDraft(breaks="10", weekly="400")),
    partial(set_target, code="AZ-104", when="2027-01-09"),
    partial(set_target, code="SC-300", when="2026-12-20"),
    partial(set_strategy, code="AZ-104", name="priority"),
)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(4)), st.permutations(range(4)), st.lists(
    st.tuples(st.sampled_from(CHANGES), st.integers(0, 4)), max_size=3
))  # fmt: skip
def test_inv_29_the_order_of_reports_does_not_matter(
    one: list[int], two: list[int], changes: list[tuple[UseCase, int]]
) -> None:
    """Of two exams, with other changes before, between and after them."""
    assert planned(one, changes) == planned(two, changes)


def planned(order: list[int], changes: list[tuple[UseCase, int]]) -> list[Block]:
    """The blocks after four reports in that order, each change after so many of them.

    Without their names: one that a change adds is named by the number of its revision.
    """
    facts = Facts()
    for number in range(5):
        for change in (change for change, after in changes if after == number):
            facts = replanned(WORLD, change(WORLD, facts)).facts
        if number < 4:
            facts = replanned(WORLD, add_report(WORLD, facts, REPORTS[order[number]])).facts
    blocks = (replace(block, id="") for block in facts.blocks.values())
    return sorted(blocks, key=lambda block: block.start)


ACTIONS: tuple[Callable[[Service], Outcome], ...] = (
    lambda service: service.act(set_hours, HoursDraft(windows=(("fri", "17:00-20:00"),))),
    lambda service: service.act(set_hours, HoursDraft(off=("2026-11-30..2026-12-06",))),
    lambda service: service.act(set_target, "AZ-104", "2027-01-09"),
    lambda service: service.act(set_target, "AZ-104", "auto"),
    lambda service: service.act(set_strategy, "SC-300", "priority"),
    lambda service: service.act(set_strategy, "", "balanced"),
    lambda service: service.act(block_done, planned_first(service), "30"),
    lambda service: service.act(block_skip, planned_first(service)),
    lambda service: service.act(block_pin, planned_first(service)),
    lambda service: service.act(block_move, planned_first(service), "2026-12-13 07:00"),
)


def planned_first(service: Service) -> str:
    blocks = service.state.facts.blocks.values()
    return min((b for b in blocks if b.status == "planned"), key=lambda b: b.start).id


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(ACTIONS), min_size=2, max_size=4))
def test_inv_30_undo_brings_back_every_plan_and_doing_it_again_the_next_one(
    actions: list[Callable[[Service], Outcome]],
) -> None:
    """And revisions are only ever added to, until they are taken back."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock("2026-11-21T09:00")
        service = Service(Path(folder), BERLIN, clock)
        for number in (1, 3):
            done(service.act(add_report, REPORTS[number]))
        clock.set("2026-11-25T08:00")
        for action in actions:
            before = service.state.facts
            if not isinstance(action(service), Done):
                continue
            after = service.state.facts
            assert after.revisions.items() >= before.revisions.items()
            if after == before:
                continue
            done(service.undo())
            assert service.state.facts == before
            done(action(service))
            assert service.state.facts == after
        assert Service(Path(folder), BERLIN, clock).state.facts == service.state.facts
