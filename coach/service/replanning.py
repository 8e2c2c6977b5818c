"""Plans again after a new fact: one request to the planner per exam, one revision if it changes."""

from datetime import datetime, time, timedelta

import msgspec

from coach.model.facts import Facts
from coach.model.plan import Block, Reason, Revision
from coach.planning.replan import replan
from coach.planning.request import PlanRequest, PlanResult
from coach.service.schedule import last_revision
from coach.service.view import ExamView
from coach.service.world import Edit, World


def replanned(world: World, edit: Edit) -> Edit:
    """The edit with the plans of the exams it touches made anew, in order of their codes."""
    if edit.trigger is None:
        return edit
    facts = edit.facts
    for code in sorted(edit.exams):
        if code in facts.tracked:
            facts = _plan(world, facts, code, edit.trigger)
    return msgspec.structs.replace(edit, facts=facts)


def _plan(world: World, facts: Facts, code: str, trigger: Reason) -> Facts:
    view = ExamView(world, facts, code)
    last = last_revision(view)
    result = replan(_request(view, last))
    if last is not None and _unchanged(last, result, view):
        return facts
    if last is None and not result.blocks:
        return facts
    revision = _revision(view, last, trigger, result)
    blocks = {key: block for key, block in facts.blocks.items() if block.exam != view.code}
    blocks.update((block.id, block) for block in result.blocks)
    revisions = {**facts.revisions, revision.id: revision}
    return msgspec.structs.replace(facts, blocks=blocks, revisions=revisions)


def _request(view: ExamView, last: Revision | None) -> PlanRequest:
    others = [b for b in view.facts.blocks.values() if b.exam != view.code]
    return PlanRequest(
        exam=view.code,
        now=view.world.now,
        zone=view.world.zone,
        domains=view.domains,
        strategy=view.tracked.strategy,
        hours=view.facts.hours,
        start=_report_time(view),
        end=_end(view),
        revision=last.number + 1 if last else 1,
        exam_start=_appointment(view),
        existing=view.blocks,
        busy=tuple(_span(block) for block in others if block.status == "planned"),
        taken=frozenset(block.id for block in others),
        previous_bands={share.domain: share.band for share in last.allocation} if last else {},
        closed=view.no_plan,
    )


def _report_time(view: ExamView) -> datetime:
    """When the newest result came in: study from then on counts towards its plan."""
    if not view.reported:
        return view.world.now
    sitting, report = view.reported[-1]
    if report.received is not None:
        return datetime.combine(report.received, time(), view.world.zone)
    return view.local(sitting.attempt.at)


def _end(view: ExamView) -> datetime:
    """The moment to plan for; a day without a time is kept free of study."""
    return view.target[0] if view.target is not None else view.world.now


def _appointment(view: ExamView) -> datetime | None:
    booked = [a.at for a in view.attempts if a.status == "booked" and a.at > view.world.now]
    return view.local(min(booked)) if booked else None


def _span(block: Block) -> tuple[datetime, datetime]:
    return block.start, block.start + timedelta(minutes=block.minutes)


def _unchanged(last: Revision, result: PlanResult, view: ExamView) -> bool:
    target = view.target[0] if view.target else None
    return (
        not result.changes
        and last.reason == result.reason
        and last.strategy == view.tracked.strategy
        and (last.target == target or result.reason is not None)
        and [(s.domain, s.band, s.share) for s in last.allocation]
        == [(s.domain, s.band, s.share) for s in result.allocation]
    )


def _revision(
    view: ExamView, last: Revision | None, trigger: Reason, result: PlanResult
) -> Revision:
    number = last.number + 1 if last else 1
    return Revision(
        id=f"{view.code}-{number}",
        exam=view.code,
        number=number,
        at=view.world.now,
        strategy=view.tracked.strategy,
        trigger=trigger,
        target=view.target[0] if view.target else None,
        study_minutes=result.study_minutes,
        shortfall_minutes=result.shortfall_minutes,
        allocation=result.allocation,
        changes=result.changes,
        churn=result.churn,
        notes=result.notes,
        reason=result.reason,
    )
