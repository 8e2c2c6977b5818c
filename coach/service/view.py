"""The answers about one exam, each computed once, on first use."""

from functools import cached_property
from typing import TYPE_CHECKING

from coach.model.documents import (
    Advice,
    ExamDay,
    ForecastAnswer,
    ForecastBasis,
    Guess,
    Head,
    Heatmap,
    Mappings,
    ReportSummary,
    Schedule,
    StrategySplit,
    Timeline,
    TimelineAttempt,
)
from coach.model.plan import Reason
from coach.policy.cost import cost
from coach.policy.sittings import Sitting
from coach.reading.priority import read_report
from coach.service.exam_facts import ExamFacts
from coach.service.head import head
from coach.service.schedule import schedule, whole_plan

if TYPE_CHECKING:
    from coach.planning.explain import Context


class ExamView(ExamFacts):
    """The documents that the command line prints and the screens draw."""

    @cached_property
    def timeline(self) -> Timeline:
        """All appointments and what follows from them."""
        from coach.policy.milestones import milestones
        from coach.policy.waits import waits

        return Timeline(
            exam=self.code,
            passing_score=self.exam.passing_score,
            attempts=tuple(self._timeline_attempt(sitting) for sitting in self.sittings),
            milestones=milestones(
                self.exam,
                self.policy,
                self.sittings,
                self.retake,
                now=self.world.now,
                zone=self.world.zone,
            ),
            cost=cost(self.attempts),
            waits=waits(
                self.exam, self.policy, self.sittings, now=self.world.now, zone=self.world.zone
            ),
            lessons=self.tracked.lessons or None,
        )

    def _timeline_attempt(self, sitting: Sitting) -> TimelineAttempt:
        attempt, report = sitting.attempt, sitting.report
        at = self.start(attempt)
        return TimelineAttempt(
            id=attempt.id,
            number=sitting.number,
            at=at if attempt.time_known else at.date(),
            status=attempt.status,
            score=report.score if report else None,
            passed=sitting.passed,
            counted=sitting.counted,
            fee=attempt.fee,
            place=attempt.place,
            case=attempt.case_number,
            report=report.id if report else None,
            note=(report.note if report else "") or attempt.note,
            source=report.source if report else None,
        )

    @cached_property
    def exam_day(self) -> ExamDay:
        """What to do on the day of the next appointment."""
        from coach.policy.exam_day import exam_day

        world = self.world
        return exam_day(self.exam, self.policy, self.attempts, now=world.now, zone=world.zone)

    @cached_property
    def heatmap(self) -> Heatmap:
        """Domains by reports."""
        from coach.reading.heatmap import heatmap

        return heatmap(
            self.exam,
            tuple(report for _, report in self.reported),
            self.practice,
            topic_order=self.tracked.topics,
            mappings=self.tracked.mappings,
            on=self.world.now.date(),
            since=self.reported[-1][0].attempt.at if self.reported else None,
            failed_latest=bool(self.reported) and self.reported[-1][0].passed is False,
        )

    @cached_property
    def mappings(self) -> Mappings:
        """How the domains of earlier outlines continue in the one of the newest report."""
        from coach.service.mapping import mappings_of

        return mappings_of(self)

    @cached_property
    def advice(self) -> Advice:
        """What the reports say, most severe first."""
        from coach.service.advice import insights_of

        return Advice(
            exam=self.code,
            insights=insights_of(self, self.heatmap),
            study_guide=self.heatmap.study_guide,
        )

    def summary(self, report_id: str) -> ReportSummary:
        """What a stored report comes to."""
        sitting, report = next(pair for pair in self.reported if pair[1].id == report_id)
        domains = read_report(self.exam, report)
        ranked = sorted(domains, key=lambda domain: -domain.priority)
        return ReportSummary(
            weak=tuple(domain.name for domain in ranked if domain.band in ("below", "near")),
            strong=tuple(domain.name for domain in domains if domain.band == "above"),
            next=self._next_action(),
            own_view=sitting.passed is False and report.reflection is None,
        )

    def _next_action(self) -> str | None:
        """The next study session, else what the reports advise first."""
        block = self.head.next
        if block is not None:
            what = ", ".join(filter(None, (block.topic, block.domain))) or "all domains"
            return f"{block.start:%a %Y-%m-%d %H:%M} {block.activity}: {what}."
        advised = self.advice.insights[:1]
        return f"{advised[0].text} {advised[0].action}" if advised else None

    @cached_property
    def guess(self) -> tuple[Guess, ForecastBasis] | None:
        """The chance to pass at the date that is planned for, and what it rests on."""
        from coach.service.forecast_answer import guess

        return guess(self)

    @cached_property
    def forecast(self) -> ForecastAnswer:
        """The chance to pass by date, what it rests on, and how past guesses did."""
        from coach.service.forecast_answer import forecast

        return forecast(self)

    @cached_property
    def schedule(self) -> Schedule:
        """The plan week by week, from the current week on."""
        return schedule(self)

    @cached_property
    def plan(self) -> Schedule:
        """The plan since the newest report, past weeks too, without the reasons."""
        return whole_plan(self)

    def why(self, block_id: str) -> tuple[Reason, ...]:
        """The reasons for one block of the plan; none for a block of another exam."""
        from coach.planning.explain import explain

        block = self.facts.blocks.get(block_id)
        if block is None or block.exam != self.code:
            return ()
        return explain(block, self._plan_context)

    @cached_property
    def _plan_context(self) -> "Context":
        from coach.service.explaining import plan_context

        return plan_context(self)

    @cached_property
    def strategies(self) -> tuple[StrategySplit, ...]:
        """What each strategy would give."""
        from coach.service.explaining import strategies

        return strategies(self, self.plan.study_minutes)

    @cached_property
    def head(self) -> Head:
        """Where the exam stands, in one line."""
        return head(self)
