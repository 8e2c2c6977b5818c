"""Why a block is where it is, and what another split would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.model.documents import StrategySplit
from coach.planning.compare import compare, strategy_warnings
from coach.planning.explain import Context
from coach.service.schedule import last_revision

if TYPE_CHECKING:
    from coach.service.view import ExamView


def plan_context(view: ExamView) -> Context:
    """The plan around the blocks of an exam."""
    start = view.report_time
    revision = last_revision(view)
    return Context(
        domains=view.domains,
        strategy=view.tracked.strategy,
        blocks=[block for block in view.blocks if block.start >= start],
        start=start,
        end=view.target[0] if view.target else view.world.now,
        changes=revision.changes if revision else (),
    )


def strategies(view: ExamView) -> tuple[StrategySplit, ...]:
    """What each strategy would give on the study time of the plan, with its warnings."""
    minutes = view.schedule.study_minutes
    warnings = dict(strategy_warnings(view.domains, minutes))
    return tuple(
        StrategySplit(
            strategy=strategy,
            chosen=strategy == view.tracked.strategy,
            minutes=split,
            warnings=warnings[strategy],
        )
        for strategy, split in compare(view.domains, minutes)
    )
