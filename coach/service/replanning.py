"""Plans again after a new fact: one request to the planner per exam, one revision if it changes."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.model import made_from
from coach.model.plan import Block, Change, Reason, Revision
from coach.planning.draft_plan import PlanRequest, PlanResult, buffer_percent
from coach.planning.futures import on_the_way
from coach.planning.replan import replan_all
from coach.policy.dates import midnight
from coach.service.context import Edit, World
from coach.service.exam_facts import ExamFacts, booked_times
from coach.service.forecast import with_forecasts
from coach.wording import phrased, reason_of, written

ANEW = ("self-rating", "topics", "first-hours")
"""The triggers that change the order of topics, or all of the time."""


def replanned(world: World, edit: Edit) -> Edit:
    """The edit with the plans that its trigger touches made anew.

    Tracked exams share one calendar, so all of them are planned together; an exam whose plan
    stays as it was keeps its revision. A date that is planned for the first time gets its forecast.
    """
    if edit.trigger is None:
        return edit
    views = [ExamFacts(world, edit.facts, code) for code in world.known(edit.facts)]
    requests = [plan_request(view, rebuild=_rebuild(view, edit)) for view in views]
    if edit.future is not None:
        at = [view.code for view in views].index(str(edit.exam))
        requests[at] = on_the_way(requests[at], edit.future)
    results = replan_all(requests)
    facts = edit.facts
    for view, result in zip(views, results, strict=True):
        chosen = edit.future is not None and edit.exam == view.code
        trigger = edit.trigger
        if edit.exam not in (None, view.code):  # what concerns another exam says which
            trigger = replace(trigger, text=phrased("{}: {}", edit.exam, trigger.text))
        revision = _revision(view, trigger, result)
        if chosen or not _unchanged(view, revision):
            replaced = {block.id for block in _concerned(view)}
            kept = {key: block for key, block in facts.blocks.items() if key not in replaced}
            facts = replace(
                facts,
                blocks={**kept, **{block.id: block for block in result.blocks}},
                revisions={**facts.revisions, revision.id: revision},
            )
    return replace(edit, facts=with_forecasts(facts, views))


def _concerned(view: ExamFacts) -> tuple[Block, ...]:
    """The blocks that lie ahead, count towards the plan or fill this week or the last; years of
    history do none of it."""
    now = view.world.now
    week = midnight(now.date() - timedelta(days=now.weekday() + 7), view.world.zone)
    return view.blocks_since(min(view.report_time, week))


def _rebuild(view: ExamFacts, edit: Edit) -> bool:
    """Whether a report came in, of this exam or another, a rating of this one or the first hours,
    and the plan is of this very day and nobody has begun with it.

    Then the plan is made from all of it at once, so that the order in which it is entered does
    not matter, and topics come in the order that was asked for.
    """
    told = edit.exam in (None, view.code) and edit.trigger and edit.trigger.code in ANEW
    if view.revision is None or not (edit.report or told):
        return False
    today = view.world.now.date()
    return all(view.local(r.at).date() == today for r in view.revisions) and not any(
        block.start < view.world.now or block.status != "planned" or block.pinned or block.moved
        for block in view.blocks
    )


def plan_request(view: ExamFacts, *, rebuild: bool = False) -> PlanRequest:
    """What the planner is asked for one exam."""
    last = view.revision
    tomorrow = midnight(view.world.now.date() + timedelta(days=1), view.world.zone)
    end = _end(view)
    sat = (taken for _, taken in booked_times(view.world, view.facts))
    return PlanRequest(
        exam=view.code,
        now=view.world.now,
        zone=view.world.zone,
        domains=view.plan_domains,
        strategy=view.tracked.strategy,
        hours=view.facts.hours,
        start=view.report_time,
        # On hours that nobody has named a plan begins with the next full day.
        begin=None if view.facts.hours_named else tomorrow,
        end=end,
        revision=last.number + 1 if last else 1,
        exam_start=end if view.aims_at_booking else None,
        busy=(*view.facts.hours.busy_spans, *sat),
        existing=_concerned(view),
        taken=frozenset(view.facts.blocks),
        previous_bands={share.domain: share.band for share in last.allocation} if last else {},
        previous_shares={share.domain: share.share for share in last.allocation} if last else {},
        previous_end=last.target if last else None,
        closed=view.no_plan,
        rebuild=rebuild,
        buffer_percent=buffer_percent(view.facts.blocks.values(), view.world.now),
    )


def _end(view: ExamFacts) -> datetime:
    """The moment to plan for; a day without a time is kept free of study."""
    return view.target.at if view.target is not None else view.world.now


def _unchanged(view: ExamFacts, made: Revision) -> bool:
    last = view.revision
    if last is None:
        return view.no_plan is not None
    aims = made.reason is not None or last.target == _end(view)
    return not made.changes and aims and _told(last) == _told(made)


def _told(revision: Revision) -> tuple[object, ...]:
    """What a plan says beside its sessions; more missed ones without room are news to be told."""
    shares = [(share.domain, share.band, share.share) for share in revision.allocation]
    missed = [note for note in revision.notes if note.code == "MISSED"]
    return revision.reason, revision.strategy, revision.strategy_setting, shares, missed


def _revision(view: ExamFacts, trigger: Reason, result: PlanResult) -> Revision:
    number = view.revision.number + 1 if view.revision else 1
    return made_from(
        Revision,
        result,
        id=f"{view.code}-{number}",
        exam=view.code,
        number=number,
        at=view.world.now,
        strategy_setting=view.tracked.strategy,
        trigger=trigger,
        target=view.target.at if view.target else None,
        changes=tuple(made_from(Change, c, reason=reason_of(c.reason)) for c in result.changes),
        notes=tuple(map(reason_of, result.notes)),
        reason=written(result.reason) if result.reason else None,
    )
