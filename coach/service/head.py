"""The line above every screen: where one exam stands."""

from datetime import timedelta

from coach.model.documents import Head, NextBlock
from coach.model.plan import Block
from coach.policy.dates import midnight
from coach.service.exam_facts import ExamFacts
from coach.service.schedule import LONGEST, monday


def head(view: ExamFacts) -> Head:
    """Score, legal date, target and this week's hours of an exam."""
    target = view.target if view.no_plan is None else None
    week = [block for block in _this_week(view) if block.status != "skipped"]
    newest = view.reported[-1][0] if view.reported else None
    return Head(
        exam=view.code,
        title=view.exam.title,
        status=view.retake.status,
        score=view.latest.score if view.latest else None,
        passing_score=view.exam.passing_score,
        passed=newest.passed if newest else None,
        earliest=view.retake.earliest,
        certain_from=view.retake.certain_from,
        target=None if target is None else target[0] if target[1] else target[0].date(),
        days_left=(target[0].date() - view.world.now.date()).days if target else None,
        done_minutes=sum(block.spent or block.minutes for block in week if block.status == "done"),
        planned_minutes=sum(block.spent or block.minutes for block in week if _is_study(block)),
        next=_next(view),
    )


def _is_study(block: Block) -> bool:
    """Whether a block counts as study: a buffer does once it was used."""
    return block.activity != "buffer" or block.status == "done"


def _this_week(view: ExamFacts) -> list[Block]:
    first = monday(view.world.now.date())
    zone = view.world.zone
    begin, end = midnight(first, zone), midnight(first + timedelta(weeks=1), zone)
    return [block for block in view.blocks_since(begin) if block.start < end]


def _next(view: ExamFacts) -> NextBlock | None:
    """The first planned study session that is not over."""
    for block in view.blocks_since(view.world.now - LONGEST):
        ahead = block.end > view.world.now
        if ahead and block.status == "planned" and block.activity != "buffer":
            return NextBlock(
                id=block.id,
                start=view.local(block.start),
                minutes=block.minutes,
                domain=block.domain,
                topic=block.topic,
                activity=block.activity,
            )
    return None
