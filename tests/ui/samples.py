"""Hand-built states for screen tests: a person on their way to a fourth AZ-104, and nobody.

The figures belong together as the product's rules would have them, yet nothing here is
computed by the product, so a screen test fails only for the screen.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from coach.model.answers import (
    Advice,
    Cell,
    DomainRow,
    ExamDay,
    ExamMoment,
    Head,
    Heatmap,
    Insight,
    Milestone,
    NextBlock,
    Note,
    PracticeTotal,
    Recommended,
    Retake,
    Timeline,
    TimelineAttempt,
    TopicMark,
)
from coach.model.exam import Domain, Exam, Outline
from coach.model.facts import Facts
from coach.model.material import Resources
from coach.model.plan import (
    Allocation,
    ChangeRow,
    PlannedWork,
    Reason,
    ResourceLink,
    Schedule,
    ScheduleBlock,
    WayOn,
    Week,
)

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 18, 30, tzinfo=ZONE)


class SampleState(msgspec.Struct, frozen=True, kw_only=True):
    """The same names as the service's State, filled by hand."""

    now: datetime = NOW
    zone: ZoneInfo = ZONE
    facts: Facts = Facts()
    code: str | None = None
    exam: Exam | None = None
    outline: Outline | None = None
    tracked: tuple[Head, ...] = ()
    head: Head | None = None
    retake: Retake | None = None
    timeline: Timeline | None = None
    heatmap: Heatmap | None = None
    advice: Advice | None = None
    schedule: Schedule | None = None
    resources: Resources | None = None
    guess: None = None
    when_to_sit: None = None
    exam_moment: ExamMoment | None = None
    exam_day: ExamDay | None = None
    booked: date | None = None
    ways_on: tuple[WayOn, ...] = ()

    @property
    def plan(self) -> Schedule | None:
        return self.schedule

    def material(self, block_id: str) -> ResourceLink | None:
        weeks = self.schedule.weeks if self.schedule else ()
        found = (block.resource for week in weeks for block in week.blocks if block.id == block_id)
        return next(found, None)

    def why(self, block_id: str) -> tuple[Reason, ...]:
        weeks = self.schedule.weeks if self.schedule else ()
        found = (block.why for week in weeks for block in week.blocks if block.id == block_id)
        return next(found, ())


IDENTITY = "Manage Azure identities and governance"
STORAGE = "Implement and manage storage"
COMPUTE = "Deploy and manage Azure compute resources"
NETWORK = "Implement and manage virtual networking"
MONITOR = "Monitor and maintain Azure resources"

OUTLINE = Outline(
    id="2026-04-17",
    as_of=date(2026, 4, 17),
    source="https://learn.microsoft.com/credentials/certifications/resources/study-guides/az-104",
    confidence="official",
    domains=(
        Domain(
            name=IDENTITY,
            weight_low=20,
            weight_high=25,
            topics=(
                "Manage Microsoft Entra users and groups",
                "Manage access to Azure resources",
                "Manage Azure subscriptions and governance",
            ),
        ),
        Domain(
            name=STORAGE,
            weight_low=15,
            weight_high=20,
            topics=(
                "Configure access to storage",
                "Configure and manage storage accounts",
                "Configure Azure Files and Azure Blob Storage",
            ),
        ),
        Domain(
            name=COMPUTE,
            weight_low=20,
            weight_high=25,
            topics=(
                "Automate deployment of resources by using Azure Resource Manager (ARM) "
                "templates or Bicep files",
                "Create and configure virtual machines",
                "Provision and manage containers in the Azure portal",
                "Create and configure Azure App Service",
            ),
        ),
        Domain(
            name=NETWORK,
            weight_low=15,
            weight_high=20,
            topics=(
                "Configure and manage virtual networks in Azure",
                "Configure secure access to virtual networks",
                "Configure name resolution and load balancing",
            ),
        ),
        Domain(
            name=MONITOR,
            weight_low=10,
            weight_high=15,
            topics=("Monitor resources in Azure", "Implement backup and recovery"),
        ),
    ),
)

EXAM = Exam(
    code="AZ-104",
    title="Microsoft Azure Administrator",
    certification="Microsoft Certified: Azure Administrator Associate",
    level="associate",
    duration_minutes=100,
    outlines=(OUTLINE,),
)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in the sample zone."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


HEAD = Head(
    exam="AZ-104",
    title="Microsoft Azure Administrator",
    status="waiting",
    score=655,
    passing_score=700,
    passed=False,
    earliest=at(2026, 12, 4, 10),
    certain_from=at(2026, 12, 4, 10),
    target=at(2026, 12, 19, 10),
    days_left=24,
    done_minutes=180,
    planned_minutes=555,
    next=NextBlock(
        id="b2-0",
        start=at(2026, 11, 25, 19),
        minutes=45,
        domain=STORAGE,
        topic="Configure access to storage",
        activity="lab",
    ),
)

RETAKE = Retake(
    rule_name="14-day rule",
    exam="AZ-104",
    status="waiting",
    earliest=at(2026, 12, 4, 10),
    certain_from=at(2026, 12, 4, 10),
    rule="14-days",
    attempts_used=3,
    attempts_left=2,
    window_start=at(2026, 10, 10, 9),
    window_end=at(2027, 10, 10, 9),
    recommended=Recommended(
        from_=date(2026, 12, 11),
        until=date(2026, 12, 18),
        basis="One domain below: three to four weeks after the report.",
        weeks=(3, 4),
    ),
    retires=None,
    successor=None,
    notes=(
        Note(
            code="14-days",
            text="Fourteen days lie between the third and the fourth attempt.",
            source="official",
        ),
    ),
)


def _attempt(number: int, when: datetime, score: int) -> TimelineAttempt:
    return TimelineAttempt(
        id=f"a{number}",
        number=number,
        at=when,
        status="delivered",
        score=score,
        passed=False,
        counted=True,
        fee=165.0,
        place="online",
        case=None,
        report=f"r{number}",
        note="Ran out of time in the case study." if number == 1 else "",
    )


TIMELINE = Timeline(
    exam="AZ-104",
    passing_score=700,
    attempts=(
        _attempt(1, at(2026, 10, 10, 9), 580),
        _attempt(2, at(2026, 10, 30, 10), 640),
        _attempt(3, at(2026, 11, 20, 10), 655),
        TimelineAttempt(
            id="a4",
            number=None,
            at=at(2026, 12, 19, 10),
            status="booked",
            score=None,
            passed=None,
            counted=False,
            fee=165.0,
            place="centre",
            case=None,
            report=None,
            note="",
        ),
    ),
    milestones=(
        Milestone(
            at=at(2026, 12, 4, 10),
            kind="earliest",
            text="You may sit it again: 14 days after attempt 3.",
            source="official",
        ),
        Milestone(
            at=date(2026, 12, 11),
            kind="recommended-from",
            text="The recommended window opens.",
            source="own",
        ),
        Milestone(
            at=date(2026, 12, 18),
            kind="recommended-to",
            text="The recommended window closes.",
            source="own",
        ),
        Milestone(
            at=at(2026, 12, 18, 10),
            kind="reschedule-deadline",
            text="Last moment to move or cancel without losing the fee.",
            source="official",
        ),
        Milestone(
            at=at(2026, 12, 19, 10), kind="booked", text="Booked at a test centre.", source="own"
        ),
        Milestone(
            at=at(2027, 10, 10, 9),
            kind="window-end",
            text="The count of five attempts starts again.",
            source="official",
        ),
    ),
    cost=660.0,
)


def _row(index, weight, bands, values, trend, tier, practice, flagged=()):
    domain = OUTLINE.domains[index]
    gap = {"below": 2, "near": 1, "above": 0}[bands[-1]]
    return DomainRow(
        name=domain.name,
        weight=weight,
        weight_low=domain.weight_low,
        weight_high=domain.weight_high,
        cells=tuple(
            Cell(
                report=f"r{number}",
                band=band,
                origin=None if band == "unknown" else "bar" if value is not None else "band",
                value=value,
            )
            for number, (band, value) in enumerate(zip(bands, values, strict=True), 1)
        ),
        trend=trend,
        gap=gap,
        priority=round(weight * gap, 2),
        tier=tier,
        practice=PracticeTotal(correct=practice[0], total=practice[1]),
        topics=tuple(TopicMark(name=name, flagged=name in flagged) for name in domain.topics),
    )


HEATMAP = Heatmap(
    exam="AZ-104",
    outline="2026-04-17",
    reports=("r1", "r2", "r3"),
    domains=(
        _row(0, 24.32, ("below", "near", "near"), (None, None, 62), "stuck", 1, (14, 20)),
        _row(
            1,
            18.92,
            ("below", "below", "below"),
            (None, None, 40),
            "stuck",
            1,
            (9, 20),
            ("Configure access to storage",),
        ),
        _row(2, 24.32, ("near", "above", "near"), (None, None, 70), "declined", 2, (0, 0)),
        _row(3, 18.92, ("below", "near", "above"), (None, None, 78), "improved", None, (17, 20)),
        _row(4, 13.52, ("near", "unknown", "above"), (None, None, 81), "improved", None, (0, 0)),
    ),
)

ADVICE = Advice(
    exam="AZ-104",
    insights=(
        Insight(
            code="persistent-weakness",
            kind="trend",
            severity="high",
            text="Storage has been below in all three reports.",
            domains=(STORAGE,),
            action="Change the way you study it: labs before reading.",
            source="article",
        ),
        Insight(
            code="declined",
            kind="trend",
            severity="medium",
            text="Compute went from above to near.",
            domains=(COMPUTE,),
            action="Give it a review block each week.",
            source="article",
        ),
        Insight(
            code="score-flat",
            kind="trend",
            severity="low",
            text="The score moved by 15 points, which is within the usual spread.",
            domains=(),
            action="Look at the domains rather than at the total.",
            source="own",
        ),
    ),
)

_SHARES = (
    (IDENTITY, "near", 24.32, 1, 24.32, 1, 0.2738, 660),
    (STORAGE, "below", 18.92, 2, 37.84, 1, 0.4262, 1035),
    (COMPUTE, "near", 24.32, 1, 24.32, 2, 0.30, 735),
    (NETWORK, "above", 18.92, 0, 0.0, None, 0.0, 0),
    (MONITOR, "above", 13.52, 0, 0.0, None, 0.0, 0),
)
_ALLOCATION = tuple(
    Allocation(
        domain=name,
        band=band,
        weight=weight,
        gap=gap,
        priority=priority,
        tier=tier,
        share=share,
        minutes=minutes,
        topics=next(domain.topics[:3] for domain in OUTLINE.domains if domain.name == name),
    )
    for name, band, weight, gap, priority, tier, share, minutes in _SHARES
)

_SLOTS = (  # weekday, start, minutes
    (0, time(19, 0), 45),
    (0, time(19, 45), 45),
    (1, time(19, 0), 90),
    (2, time(19, 0), 45),
    (2, time(19, 45), 45),
    (3, time(19, 0), 60),
    (5, time(9, 0), 60),
    (5, time(10, 0), 60),
    (5, time(11, 0), 60),
    (5, time(12, 0), 45),
)
_ROTATION = (
    (STORAGE, "learn", 0),
    (IDENTITY, "learn", 0),
    (STORAGE, "lab", 0),
    (COMPUTE, "learn", 1),
    (STORAGE, "practice", 1),
    (IDENTITY, "lab", 1),
    (COMPUTE, "lab", 2),
    (STORAGE, "scenario", 2),
    (IDENTITY, "practice", 2),
)
_WHY = {
    STORAGE: (
        Reason(code="SHARE", text="Storage takes 43 % of the study time: it is the only below."),
        Reason(code="FLAG", text="Your last report flagged access to storage."),
    ),
    IDENTITY: (
        Reason(code="SHARE", text="The heaviest near shares the first tier: 27 % of the time."),
    ),
    COMPUTE: (Reason(code="DECLINED", text="It went from above to near since attempt 2."),),
}


def _block(week: int, slot: int) -> ScheduleBlock:
    weekday, start, minutes = _SLOTS[slot]
    day = date(2026, 11, 23) + timedelta(weeks=week, days=weekday)
    begin = datetime.combine(day, start, tzinfo=ZONE)
    domain, activity, topic = _ROTATION[(week * 10 + slot) % 9]
    mixed = {9: "buffer"}.get(slot, "")
    if week == 2 and slot in (6, 7):
        mixed = "assessment"
    if week == 3 and slot in (2, 5):
        mixed = "review"
    status = "planned"
    if week == 0:
        status = {0: "done", 1: "missed", 2: "done", 5: "planned"}.get(slot, "planned")
    topics = next((entry.topics for entry in OUTLINE.domains if entry.name == domain), ())
    return ScheduleBlock(
        id=f"b{week}-{slot}",
        start=begin,
        end=begin + timedelta(minutes=minutes),
        minutes=minutes,
        domain=None if mixed else domain,
        topic=None if mixed else topics[topic],
        activity=mixed or activity,
        also=(NETWORK,) if not mixed and activity == "scenario" else (),
        status=status,
        pinned=(week, slot) == (0, 6),
        why=(Reason(code="BUFFER", text="Kept free for what was missed."),)
        if mixed == "buffer"
        else (Reason(code="MIXED", text="Mixed work near the sitting."),)
        if mixed
        else _WHY[domain],
        spent=100 if (week, slot) == (0, 2) else None,
    )


def _week(week: int) -> Week:
    slots = range(6) if week == 3 else range(10)
    return Week(
        start=date(2026, 11, 23) + timedelta(weeks=week),
        capacity_minutes=600,
        blocks=tuple(_block(week, slot) for slot in slots),
    )


def _work(start, activity):
    return PlannedWork(start=start, minutes=45, domain=None, topic=None, activity=activity)


CHANGES = (
    ChangeRow(
        block="b0-4",
        domain=STORAGE,
        kind="added",
        from_=None,
        to=_work(datetime(2026, 11, 25, 19, 45, tzinfo=ZONE), "practice"),
        reason="Storage is below for the third time.",
    ),
    ChangeRow(
        block="b0-6",
        domain=COMPUTE,
        kind="moved",
        from_=_work(datetime(2026, 11, 26, 19, tzinfo=ZONE), "lab"),
        to=_work(datetime(2026, 11, 28, 9, tzinfo=ZONE), "lab"),
        reason="Identity took the earlier evening.",
    ),
    ChangeRow(
        block="b1-3",
        domain=NETWORK,
        kind="removed",
        from_=_work(datetime(2026, 12, 2, 19, tzinfo=ZONE), "learn"),
        to=None,
        reason="Networking is above since the last report.",
    ),
)

_WEEKS = tuple(_week(week) for week in range(4))

SCHEDULE = Schedule(
    exam="AZ-104",
    revision=4,
    strategy="two-tier",
    strategy_setting="two-tier",
    basis="report",
    trigger="Report of 20 November: 655",
    target=at(2026, 12, 19, 10),
    study_minutes=2430,
    shortfall_minutes=0,
    allocation=_ALLOCATION,
    weeks=_WEEKS,
    changes=CHANGES,
    churn=0.14,
    reason=None,
    notes=(Reason(code="BUFFER", text="45 minutes of each week stay free for missed blocks."),),
    backlog=tuple(block for block in _WEEKS[0].blocks if block.status == "missed"),
)

OTHER_HEAD = msgspec.structs.replace(
    HEAD,
    exam="AZ-500",
    title="Microsoft Azure Security Engineer Associate",
    status="open",
    score=None,
    passed=None,
    earliest=None,
    certain_from=None,
    target=None,
    days_left=None,
    done_minutes=0,
    planned_minutes=0,
    next=None,
)

EMPTY = SampleState()
STATE = SampleState(
    code="AZ-104",
    exam=EXAM,
    outline=OUTLINE,
    tracked=(HEAD, OTHER_HEAD),
    head=HEAD,
    retake=RETAKE,
    timeline=TIMELINE,
    heatmap=HEATMAP,
    advice=ADVICE,
    schedule=SCHEDULE,
)

HOSTILE = (
    "[AZ-104]",
    "[/x] [bold]not markup[/bold]",
    "\N{PILE OF POO}\N{FAMILY}\ufe0f flags \U0001f1e9\U0001f1ea",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd",
    "\x1b[31mred\x1b[0m\x07 bell\nand a line",
    "x" * 5000,
)
"""Texts that have broken terminal apps: markup, wide and joined characters, direction marks,
escape codes, and sheer length."""
