"""Why a block is where it is, and what another split would give."""

from coach.model.documents import StrategySplit
from coach.planning.availability import Availability
from coach.planning.buffers import buffer_percent
from coach.planning.compare import compare, strategy_warnings
from coach.planning.explain import Context
from coach.planning.split import spare_part
from coach.service.exam_facts import ExamFacts


def plan_context(view: ExamFacts) -> Context:
    """The plan around the blocks of an exam."""
    start = view.report_time
    revision = view.revision
    return Context(
        domains=view.domains,
        strategy=view.tracked.strategy,
        hours=view.facts.hours,
        buffer_percent=buffer_percent(view.facts.blocks.values(), view.world.now),
        blocks=view.blocks_since(start),
        start=start,
        now=view.world.now,
        end=view.target[0] if view.target else view.world.now,
        studied=view.studied,
        changes=revision.changes if revision else (),
    )


def strategies(view: ExamFacts, minutes: int) -> tuple[StrategySplit, ...]:
    """What each strategy would give on that study time, with its warnings."""
    hours = view.facts.hours
    kept = buffer_percent(view.facts.blocks.values(), view.world.now)
    week = Availability(hours, view.world.zone).study_week(kept)
    spare = spare_part(hours.spare_minutes, week)
    warnings = dict(strategy_warnings(view.domains, minutes, spare))
    return tuple(
        StrategySplit(
            strategy=strategy,
            chosen=strategy == view.tracked.strategy,
            minutes=split,
            warnings=warnings[strategy],
        )
        for strategy, split in compare(view.domains, minutes, spare)
    )
