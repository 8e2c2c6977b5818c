"""One exam at one moment: its sittings, its latest report, its dates, its blocks."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.dates import Moment
from coach.model import made_from
from coach.model.answers import Recommended, Retake
from coach.model.attempt import Attempt, Report
from coach.model.exam import Exam, Outline
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import (
    Basis,
    Because,
    Block,
    Practice,
    Reason,
    ResourceLink,
    Revision,
    Strategy,
)
from coach.model.policy import UNKNOWN_POLICY
from coach.model.settings import SelfRating, Tracked
from coach.policy.booking import Finding, check_booking
from coach.policy.dates import exam_status, midnight, span
from coach.policy.exam_day import time_taken
from coach.policy.history import Candidate, Sitting, sittings
from coach.policy.retake import plan_until, recommend, retake
from coach.policy.terms import answer_on_accommodations
from coach.reading.outlines import age_line, outline_by_id, outline_in_force, study_guide
from coach.reading.practice import topic_levels
from coach.reading.priority import (
    DomainReading,
    carried_over,
    foundations,
    rated_report,
    read_domains,
    readiness,
    strategy_in_force,
    with_rated_topics,
)
from coach.service.context import World, tracking
from coach.service.input_parser import InputParser

if TYPE_CHECKING:
    from coach.planning.explain import Context

FIRST_PREPARATION = timedelta(weeks=6)
"""How long a plan without a report or a date is (own)."""


class ExamFacts:
    """What the stored facts say about one exam at one moment, each part derived once."""

    def __init__(self, world: World, facts: Facts, code: str) -> None:
        self.world = world
        self.facts = facts
        self.exam: Exam = world.exam(code)
        self.code = self.exam.code
        terms = self.tracked.terms
        self.policy = replace(world.policy(self.exam), terms=terms)
        self.attempts = tuple(a for a in facts.attempts.values() if a.exam == self.code)

    @cached_property
    def tracked(self) -> Tracked:
        """What the user set for this exam."""
        return self.facts.tracked.get(self.code) or Tracked(id=self.code)

    @cached_property
    def resources_done(self) -> frozenset[str]:
        """The ids of the material that is marked as done, or that sessions worked through."""
        through = (
            link.id
            for block in self.blocks
            if block.status == "done" and block.activity != "practice"
            if (link := self.material.get(block.id)) and link.part == link.parts
        )
        return frozenset(through).union(self.tracked.resources_done)

    @cached_property
    def material(self) -> Mapping[str, ResourceLink]:
        """The official material of each session by the block's id; read when first asked for."""
        from coach.planning.material import material_of

        resources = self.world.catalogue.material(self.exam).resources
        uses = material_of(self.blocks, resources, self.tracked.resources_done, self.world.now)
        return {
            name: made_from(ResourceLink, use.resource, part=use.part, parts=use.parts)
            for name, use in uses.items()
        }

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """All appointments, oldest first."""
        reports = (r for r in self.facts.reports.values() if r.exam == self.code)
        return sittings(self.attempts, reports, self.exam, self.policy)

    @cached_property
    def candidate(self) -> Candidate:
        """What the rules of the vendor are asked about."""
        return Candidate(
            self.exam, self.policy, self.sittings, self.world.now.astimezone(UTC), self.world.zone
        )

    @cached_property
    def reported(self) -> tuple[tuple[Sitting, Report], ...]:
        """The sittings that have a report, oldest first."""
        return tuple((s, s.report) for s in self.sittings if s.report is not None)

    @cached_property
    def latest(self) -> Report | None:
        """The newest report."""
        return self.reported[-1][1] if self.reported else None

    @cached_property
    def report_time(self) -> datetime:
        """When the newest result came in, before the first one when planning began: study from
        then on counts towards the plan."""
        if not self.reported:
            return min((each.at for each in self.revisions), default=self.world.now)
        sitting, report = self.reported[-1]
        if report.received is not None:
            return midnight(report.received, self.world.zone)
        return self.start(sitting.attempt)

    @cached_property
    def outline(self) -> Outline | None:
        """The outline of the newest report, else the one in force on the day aimed at."""
        if self.latest is not None and self.latest.outline is not None:
            return outline_by_id(self.exam, self.latest.outline)
        return outline_in_force(self.exam, self.aimed_day)[0]

    @property
    def aimed_day(self) -> date:
        """The day that is planned for before the first report, else today."""
        aim = self.target if self.latest is None else None
        return aim.at.date() if aim else self.world.now.date()

    @cached_property
    def plan_outline(self) -> Outline | None:
        """The outline that is planned by: a later one than that of the newest report where it is
        in force on the day aimed at, unless that one was asked for by its id."""
        own = self.outline
        if own is None or not own.automatic or self.target is None or self.latest is None:
            return own
        then = outline_in_force(self.exam, self.target.at.date())[0]
        later = then and then.as_of and then.as_of > (own.as_of or date.min)
        return then if later else own

    @cached_property
    def plan_domains(self) -> tuple[DomainReading, ...]:
        """The domains to plan, with the bands that the newest report suggests for them where it is
        on an earlier outline; what nothing continues is unknown."""
        outline, report = self.plan_outline, self.latest
        if outline is None or report is None or outline == self.outline:
            return self.domains
        carried = SelfRating(at=self.world.now, bands=carried_over(self.exam, report, outline))
        report = rated_report(self.exam, outline, carried)
        return self._read(outline, report, topic_levels(self.practice))

    @property
    def age_line(self) -> Phrase | None:
        """What the plan rests on and is old, with the page to compare it with."""
        outline, policy = self.plan_outline, self.policy
        page = study_guide(self.exam, outline)
        rules = policy.as_of if policy.id != UNKNOWN_POLICY.id else None
        parts = (
            ("outline", outline.known_on if outline else None, page),
            ("retake rules", rules, policy.source),
        )
        return age_line(parts, self.world.now.date())

    @cached_property
    def practice(self) -> tuple[Practice, ...]:
        """The logged results of this exam."""
        return tuple(p for p in self.facts.practice.values() if p.exam == self.code)

    @cached_property
    def domains(self) -> tuple[DomainReading, ...]:
        """The newest report, before the first one the self-rating, read against its outline; ()
        without an outline."""
        if self.outline is None:
            return ()
        rating = self.tracked.rating
        report = self.latest or rated_report(self.exam, self.outline, rating)
        levels = with_rated_topics(self.outline, rating, topic_levels(self.practice))
        return self._read(self.outline, report, levels)

    def _read(
        self, outline: Outline, report: Report, levels: Mapping[tuple[str, str], float]
    ) -> tuple[DomainReading, ...]:
        return read_domains(
            outline,
            report,
            topic_order=self.tracked.topics,
            topic_levels=levels,
            policy=self.exam.policy,
            foundations=foundations(self.exam, outline),
        )

    @property
    def strategy(self) -> Strategy:
        """The rule that splits the study time now."""
        return strategy_in_force(self.plan_domains, self.tracked.strategy)

    @property
    def basis(self) -> Basis:
        """What the bands of the domains are from; weights alone where nothing is known."""
        if self.latest is not None:
            return "report"
        rating = self.tracked.rating
        return "self-rating" if rating and rating.bands else "weights"

    @cached_property
    def retake(self) -> Retake:
        """When the exam may be sat again, and when it should be."""
        return retake(self.candidate, self._recommended)

    def _recommended(self, verdict: Retake) -> Recommended | None:
        if not self.reported:
            return None
        sitting, report = self.reported[-1]
        day = report.received or self.start(sitting.attempt).date()
        # Where the rule is not known nothing holds the window back.
        legal = day if verdict.status == "unknown" else verdict.certain_from
        if sitting.passed or legal is None:
            return None
        weeks, basis, source = readiness(self.domains)
        if isinstance(legal, datetime):
            legal = self.local(legal).date()
        answer = answer_on_accommodations(self.policy)
        retires = self.exam.retires
        return recommend(
            day,
            weeks,
            basis,
            earliest=max(legal, answer) if answer else legal,
            # East of the vendor the last legal hours are on the day after.
            retires=max(legal, retires) if retires else None,
            source=source,
        )

    def booking_findings(self, moment: Moment) -> tuple[Finding, ...]:
        """What the rules say about an appointment at a time as typed."""
        return check_booking(
            moment.at,
            self.retake,
            self.candidate,
            practice_count=len(self.practice),
            time_known=moment.time_known,
        )

    @cached_property
    def target(self) -> Moment | None:
        """The moment to plan for: the user's own, else the next booking, else the end of the
        recommended window, else six weeks from the beginning of a first preparation; None where
        nothing is planned.

        The user's own is over on the day after it, or once a report of that day has come in.
        """
        own = self.tracked.target
        reported = {self.start(sitting.attempt).date() for sitting, _ in self.reported}
        if own is not None and own >= self._today and self.local(own).date() not in reported:
            return Moment(self.local(own), self.tracked.target_time_known)
        booked = [a for a in self.attempts if a.status == "booked" and a.at >= self._today]
        if booked:
            first = min(booked, key=lambda attempt: attempt.at)
            return Moment(self.start(first), first.time_known)
        if self.retake.recommended is not None:
            until = self.retake.recommended.until
        elif self.code in self.facts.tracked and self.retake.status in ("open", "unknown"):
            if self.reported:
                return None
            until = self.local(self.report_time).date() + FIRST_PREPARATION
            until = min(until, self.exam.retires or until)
        else:
            return None
        last = plan_until(until, self.world.now.date(), self.exam.retires)
        return Moment(midnight(last, self.world.zone), time_known=False)

    @property
    def aims_at_booking(self) -> bool:
        """Whether the moment to plan for is that of a booked sitting."""
        booked = (attempt.at for attempt in self.attempts if attempt.status == "booked")
        return self.target is not None and self.target.at in booked

    @property
    def _today(self) -> datetime:
        return self.world.now.replace(hour=0, minute=0, second=0, microsecond=0)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The study sessions of this exam, earliest first."""
        own = (block for block in self.facts.blocks.values() if block.exam == self.code)
        return tuple(sorted(own, key=attrgetter("start", "id")))

    def blocks_since(self, moment: datetime) -> tuple[Block, ...]:
        """The study sessions that begin at that moment or later, earliest first."""
        return self.blocks[bisect_left(self.blocks, moment, key=attrgetter("start")) :]

    @cached_property
    def beside(self) -> tuple[Block, ...]:
        """The study sessions of other tracked exams that are not given up, earliest first."""
        others = self.facts.tracked.keys() - {self.code}
        found = (
            block
            for block in self.facts.blocks.values()
            if block.exam in others and block.status != "skipped"
        )
        return tuple(sorted(found, key=attrgetter("start", "id")))

    @cached_property
    def revisions(self) -> tuple[Revision, ...]:
        """The kept revisions of the plan, the newest last."""
        own = (revision for revision in self.facts.revisions.values() if revision.exam == self.code)
        return tuple(sorted(own, key=attrgetter("number")))

    @property
    def revision(self) -> Revision | None:
        """The newest revision of the plan."""
        return self.revisions[-1] if self.revisions else None

    @property
    def studied(self) -> frozenset[str]:
        """The domains that have a share of the study time in the newest revision."""
        rows = self.revision.allocation if self.revision else ()
        return frozenset(row.domain for row in rows if row.share)

    def why(self, block_id: str) -> tuple[Because | Reason, ...]:
        """The reasons for one block of the plan; none for a block of another exam."""
        # What asks for dates alone needs no planner.
        from coach.planning.explain import explain

        block = self.facts.blocks.get(block_id)
        if block is None or block.exam != self.code:
            return ()
        return explain(block, self._plan_context)

    @cached_property
    def _plan_context(self) -> "Context":
        from coach.planning.draft_plan import buffer_percent
        from coach.planning.explain import Context

        return Context(
            domains=self.plan_domains,
            strategy=self.strategy,
            hours=self.facts.hours,
            buffer_percent=buffer_percent(self.facts.blocks.values(), self.world.now),
            blocks=self.blocks_since(self.report_time),
            start=self.report_time,
            reported=self.basis == "report",
            now=self.world.now,
            end=self.target.at if self.target else self.world.now,
            studied=self.studied,
            changes=self.revision.changes if self.revision else (),
        )

    @cached_property
    def no_plan(self) -> str | None:
        """Why there is nothing to plan, None where there is."""
        if self.retake.status == "passed":
            return "passed: the plan is closed, the next step is keeping the certification current"
        if exam_status(self.exam, self.policy, self.world.now) == "retired":
            successor = f"; its successor is {self.exam.successor}" if self.exam.successor else ""
            return f"retired: {self.code} can no longer be sat{successor}"
        if self.outline is None:
            return (
                f"no outline: the skill areas of {self.code} are not known here; "
                "add them with `coach exams add FILE.toml` and the plan follows"
            )
        if self.latest is None and self.target is None:
            return "no report yet: track the exam or enter your score report, and the plan follows"
        if self.retake.status == "retired":
            return f"retired: {self.code} ends before you may sit it again"
        if self.reported and self.reported[-1][0].passed and self.target is None:
            return "expired: the certification has lapsed; set a goal date and the plan follows"
        return None

    @cached_property
    def lessons(self) -> str:
        """What the reports of this exam showed, as a note for its successor."""
        read = [domain for domain in self.domains if domain.band != "unknown"]
        weak = [f"{domain.name} ({domain.band})" for domain in read if domain.gap]
        if weak:
            return f"From {self.code}: weak were {', '.join(weak)}."
        if read:
            return f"From {self.code}: no weak domains were reported."
        return f"From {self.code}: no domain was reported with a band."

    def start(self, attempt: Attempt) -> datetime:
        """When an attempt began, in the user's zone: where only its day is known the start of
        that day, which stays the same one after a move to another zone."""
        return span(attempt, self.world.zone)[0]

    def local(self, at: datetime) -> datetime:
        """A stored time in the user's zone."""
        return at.astimezone(self.world.zone)


def booked_times(world: World, facts: Facts) -> Iterator[tuple[str, tuple[datetime, datetime]]]:
    """The time that each booked sitting takes, with the code of its exam."""
    for attempt in facts.attempts.values():
        exam = world.catalogue.exam(attempt.exam)  # a file of the user's own may have gone
        if attempt.status == "booked" and exam is not None:
            yield attempt.exam, time_taken(attempt, exam, world.zone)


def opened(world: World, facts: Facts, code: str) -> tuple[ExamFacts, InputParser]:
    """What a use case begins with: the exam that is meant, tracked from now on, and the reader of
    what was typed for it."""
    code = world.exam_meant(facts, code).code
    return ExamFacts(world, tracking(facts, code), code), InputParser(world.now, world.zone)
