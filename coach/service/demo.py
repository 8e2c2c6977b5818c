"""Sample data: three sittings of AZ-104, practice between them, a half-done week, a booked date."""

from datetime import datetime, time, timedelta

from coach.model.facts import Facts
from coach.service import attempts, blocks, practice, reports
from coach.service.context import World
from coach.service.drafts import AttemptDraft, PracticeDraft, ReportDraft
from coach.service.replanning import replanned

EXAM = "AZ-104"
FEE = "165"
# Days before today, start, score, a band or bar per domain, flagged topics.
SITTINGS = (
    (74, "09:30", "574", ("below", "near", "below", "below", "near"), ("Azure Virtual Network",)),
    (48, "14:00", "631", ("near", "below", "45", "52", "above"), ("Azure Files",)),
    (12, "10:00", "668", ("near", "48", "66", "near", "82"), ("Azure Files", "load balancing")),
)
# Days before today, domain, right, asked, where from.
PRACTICE = (
    (60, "1", 11, 20, "Practice Assessment"),
    (40, "2", 9, 20, "Practice Assessment"),
    (30, "3", 13, 20, "Practice Assessment"),
    (10, "2", 6, 12, "Quiz: storage accounts"),
    (7, "2", 9, 12, "Quiz: storage accounts"),
    (5, "4", 7, 10, "Lab: peering"),
    (2, "1", 14, 16, "Quiz: RBAC"),
)
BOOKED_IN_DAYS = 24


def sample_facts(world: World) -> Facts:
    """The sample history as seen at `world.now`."""
    facts = Facts()
    for days, start, score, bands, flags in SITTINGS:
        day = (world.now - timedelta(days=days)).date()
        draft = ReportDraft(
            exam=EXAM,
            at=f"{day}T{start}",
            score=score,
            observations=tuple((str(n), text) for n, text in enumerate(bands, 1)),
            flags=flags,
            place="online" if days > 50 else "centre",
            fee=FEE,
        )
        evening = datetime.combine(day, time(20), world.zone)  # when its report was entered
        then = World(world.catalogue, min(evening, world.now), world.zone)
        facts = reports.add_report(then, facts, draft).facts
    for days, domain, correct, total, source in PRACTICE:
        at = world.now - timedelta(days=days)
        practised = PracticeDraft(
            exam=EXAM,
            domain=domain,
            correct=str(correct),
            total=str(total),
            source=source,
            at=at.isoformat(),
        )
        facts = practice.add_practice(world, facts, practised).facts
    return _with_half_a_week(world, facts)


def _with_half_a_week(world: World, facts: Facts) -> Facts:
    """The plan made after the last sitting, ticked up to today but for one session in five, and
    re-planned for those."""
    start = world.now - timedelta(days=SITTINGS[-1][0] - 1)
    then = World(world.catalogue, start, world.zone)
    booked = AttemptDraft(
        exam=EXAM,
        at=f"{(world.now + timedelta(days=BOOKED_IN_DAYS)).date()}T10:00",
        status="booked",
        place="centre",
        fee=FEE,
    )
    edit = attempts.add_attempt(then, facts, booked)
    facts = replanned(then, edit).facts
    past = sorted(
        (b for b in facts.blocks.values() if b.end <= world.now and b.activity != "buffer"),
        key=lambda block: block.start,
    )
    for number, block in enumerate(past):
        if number % 5 != 3:
            facts = blocks.ticked(world, facts, block).facts
    if not blocks.missed_since_plan(facts, world.now):
        return facts
    return replanned(world, blocks.keep_up(world, facts)).facts
