"""The answers about one exam, each computed once, on first use."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from coach.model import made_from
from coach.model.answers import (
    Advice,
    ExamDay,
    ExamMoment,
    Faq,
    Head,
    Heatmap,
    Insight,
    NextBlock,
    Rating,
    ReportSummary,
    Retake,
    StudyWeek,
    Timeline,
    TimelineAttempt,
    WhenToSit,
)
from coach.model.exam import Exam, Outline
from coach.model.forecasts import ForecastAnswer, ForecastBasis, Guess, Rehearsal
from coach.model.material import Mappings, Resources
from coach.model.plan import Activity, Schedule, StrategySplit, WayOn
from coach.policy.dates import as_entered, exam_status, expiry, midnight
from coach.policy.history import Sitting
from coach.policy.terms import cost
from coach.reading.practice import topic_levels
from coach.reading.priority import read_report
from coach.service.exam_facts import ExamFacts
from coach.service.schedule import LONGEST, monday, schedule, strategies

if TYPE_CHECKING:
    from coach.service.forecast import Foresight


def _study_weeks(view: ExamFacts) -> Iterator[StudyWeek]:
    """The weeks with study in them, catch-up time left out until it is used."""
    now = view.world.now
    done, planned = Counter[date](), Counter[date]()
    for block in view.blocks:
        week = monday(view.local(block.start).date())
        if block.status == "done":
            done[week] += block.studied_minutes
        elif block.status == "planned" and block.end > now and block.activity != "buffer":
            planned[week] += block.minutes
    for week in sorted(done.keys() | planned.keys()):
        yield StudyWeek(start=week, done_minutes=done[week], planned_minutes=planned[week])


class ExamView(ExamFacts):
    """The documents that the command line prints and the screens draw."""

    @cached_property
    def timeline(self) -> Timeline:
        """All appointments and what follows from them."""
        from coach.policy.milestones import milestones, road, waits

        passes = [s.attempt.at for s in self.sittings if s.passed]
        done = (b for b in self.blocks if b.status == "done" and passes and b.start < passes[-1])
        return Timeline(
            exam=self.code,
            passing_score=self.exam.passing_score,
            attempts=tuple(self._timeline_attempt(sitting) for sitting in self.sittings),
            milestones=milestones(self.retake, self.candidate),
            cost=cost(self.attempts),
            waits=waits(self.candidate),
            lessons=self.tracked.lessons or None,
            road=road(self.sittings, sum(b.studied_minutes for b in done), self.world.zone),
            study=tuple(_study_weeks(self)),
        )

    def _timeline_attempt(self, sitting: Sitting) -> TimelineAttempt:
        attempt, report = sitting.attempt, sitting.report
        return made_from(
            TimelineAttempt,
            attempt,
            number=sitting.number,
            at=as_entered(attempt, self.world.zone),
            score=report.score if report else None,
            passed=sitting.passed,
            counted=sitting.counted,
            case=attempt.case_number,
            report=report.id if report else None,
            note=(report.note if report else "") or attempt.note,
            source=report.source if report else None,
        )

    @cached_property
    def exam_day(self) -> ExamDay:
        """What to do on the day of the next appointment."""
        from coach.policy.exam_day import exam_day

        return exam_day(self.candidate)

    @cached_property
    def exam_moment(self) -> ExamMoment | None:
        """The appointment that is near, on or without its result."""
        from coach.policy.exam_day import exam_moment

        return exam_moment(self.candidate)

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
            on=self.aimed_day,
            since=self.reported[-1][0].attempt.at if self.reported else None,
            failed_latest=bool(self.reported) and not self.reported[-1][0].passed,
            rating=self.tracked.rating,
        )

    @cached_property
    def rating(self) -> Rating:
        """The self-rating, and what the predecessor's report would suggest."""
        from coach.service.rating import rating_of

        return rating_of(self)

    @cached_property
    def mappings(self) -> Mappings:
        """How the domains of earlier outlines continue in the one of the newest report."""
        from coach.service.exams import mappings_of

        return mappings_of(self)

    @cached_property
    def advice(self) -> Advice:
        """What the reports say, most severe first."""
        return Advice(
            exam=self.code,
            insights=insights_of(self, self.heatmap),
            study_guide=self.heatmap.study_guide,
        )

    @cached_property
    def resources(self) -> Resources:
        """The official material, with what was worked through; read when first asked for."""
        from coach.service.resources import resources_for

        return resources_for(self.world, self.facts, self.code)

    def summary(self, report_id: str) -> ReportSummary:
        """What a stored report comes to."""
        sitting, report = next(pair for pair in self.reported if pair[1].id == report_id)
        domains = read_report(self.exam, report)
        ranked = sorted(domains, key=lambda domain: -domain.priority)
        return ReportSummary(
            weak=tuple(domain.name for domain in ranked if domain.band in ("below", "near")),
            strong=tuple(domain.name for domain in domains if domain.band == "above"),
            next=self.next_action(),
            own_view=sitting.passed is False and report.reflection is None,
        )

    def next_action(self) -> str | None:
        """The next study session, else what the reports advise first."""
        block = self.head.next
        if block is not None:
            what = ", ".join(filter(None, (block.topic, block.domain))) or "all domains"
            return f"{block.start:%a %Y-%m-%d %H:%M} {block.activity}: {what}."
        advised = self.advice.insights[:1]
        return f"{advised[0].text} {advised[0].action}" if advised else None

    @cached_property
    def _foresight(self) -> "Foresight":
        from coach.service.forecast import Foresight

        return Foresight(self)

    @cached_property
    def guess(self) -> tuple[Guess, ForecastBasis] | None:
        """The chance to pass at the date that is planned for, and what it rests on."""
        found = self._foresight.guess
        return (found, self._foresight.basis) if found else None

    @cached_property
    def when_to_sit(self) -> WhenToSit | None:
        """The first week whose chance is good enough; None where nothing is planned."""
        return None if self.no_plan else self._foresight.advised

    @cached_property
    def forecast(self) -> ForecastAnswer:
        """The chance to pass by date, what it rests on, and how past guesses did."""
        return self._foresight.answer()

    @cached_property
    def retake_answer(self) -> Retake:
        """The retake dates, with the week that the forecast advises beside them."""
        return msgspec.structs.replace(self.retake, when_to_sit=self.when_to_sit)

    @cached_property
    def schedule(self) -> Schedule:
        """The plan week by week, from the current week on."""
        return schedule(self)

    @cached_property
    def plan(self) -> Schedule:
        """The plan since the newest report, past weeks too, without the reasons."""
        since = self.blocks_since(self.report_time)
        first = min(since[0].start, self.world.now) if since else self.world.now
        return schedule(self, self.local(first).date(), explained=False)

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """What each split would give until two dates, in simulation."""
        from coach.service.rehearsal import rehearsal

        return rehearsal(self)

    @cached_property
    def strategies(self) -> tuple[StrategySplit, ...]:
        """What each strategy would give."""
        return strategies(self, self.plan.study_minutes)

    @cached_property
    def ways_on(self) -> tuple[WayOn, ...]:
        """The ways on after a gap, none where catch-up time holds what was missed."""
        from coach.planning.futures import futures, gap_of
        from coach.planning.replan import replan_all
        from coach.service.rehearsal import simulated
        from coach.service.replanning import plan_request

        codes = list(self.world.known(self.facts))
        if self.code not in codes or self.no_plan is not None:
            return ()
        views = (ExamFacts(self.world, self.facts, code) for code in codes)
        requests = [plan_request(view) for view in views]
        at = codes.index(self.code)
        gap = gap_of(requests[at])
        if not gap.missed:
            return ()
        if not gap.overflows:
            made_up = {block.makes_up for block in replan_all(requests)[at].blocks}
            if made_up.issuperset(block.id for block in gap.missed):
                return ()
        ways = futures(requests, at)
        chances = simulated(self, ((way.result.blocks, way.request.end) for way in ways))
        return tuple(
            made_from(
                WayOn,
                way,
                chance=chance,
                target=self.local(way.request.end).date(),
                lost=len(way.given_up),
                lost_minutes=sum(block.minutes for block in way.given_up),
                left_out=tuple(topic for _, topic in way.left_out),
            )
            for way, chance in zip(ways, chances, strict=True)
        )

    @cached_property
    def head(self) -> Head:
        """Where the exam stands, in one line."""
        now, zone = self.world.now, self.world.zone
        target = self.target if self.no_plan is None else None
        newest = self.reported[-1][0] if self.reported else None
        first = monday(now.date())
        begin, end = midnight(first, zone), midnight(first + timedelta(weeks=1), zone)
        week = [b for b in self.blocks_since(begin) if b.start < end and b.status != "skipped"]
        done = sum(block.studied_minutes for block in week if block.status == "done")
        # Catch-up time is study once it was used.
        planned = (b for b in week if b.activity != "buffer" or b.status == "done")
        ahead = (
            made_from(NextBlock, block, start=self.local(block.start))
            for block in self.blocks_since(now - LONGEST)
            if block.end > now and block.status == "planned" and block.activity != "buffer"
        )
        return Head(
            exam=self.code,
            title=self.exam.title,
            status=self.retake.status,
            score=self.latest.score if self.latest else None,
            passing_score=self.exam.passing_score,
            passed=newest.passed if newest else None,
            earliest=self.retake.earliest,
            certain_from=self.retake.certain_from,
            target=target.value if target else None,
            days_left=(target.at.date() - now.date()).days if target else None,
            done_minutes=done,
            planned_minutes=sum(block.studied_minutes for block in planned),
            next=next(ahead, None),
        )


def guidance_for(exam: Exam | None, outline: Outline | None, topic: str, activity: Activity) -> str:
    """How to study a topic of an exam; its domain and title help where its name says little."""
    # The table of topics is needed by one pane only, so it is not loaded with the rest.
    from coach.catalogue.texts import topic_kinds
    from coach.reading.guidance import guidance

    kinds = topic_kinds()
    if exam is None:
        return guidance(topic, activity, kinds=kinds)
    domains = outline.domains if outline else ()
    homes = tuple(domain.name for domain in domains if topic in domain.topics)
    overview = exam.level in ("fundamentals", "business")
    around = (*homes, exam.title)
    return guidance(
        topic, activity, kinds=kinds, around=around, vendor=exam.vendor, overview=overview
    )


def faq(query: str = "") -> Faq:
    """What people ask about scores and reports, narrowed down by the words of `query`."""
    from coach.catalogue.texts import questions
    from coach.reading.guidance import answers

    return Faq(questions=answers(questions(), query))


def _studied_between(view: ExamFacts, after: datetime | None, until: datetime) -> int | None:
    """The minutes studied by the plan between two sittings, None where there was no plan."""
    if after is None:
        return None
    own = [b for b in view.blocks_since(after) if b.start < until and b.activity != "buffer"]
    done = (block.studied_minutes for block in own if block.status == "done")
    return sum(done) if own else None


def insights_of(view: ExamFacts, heatmap: Heatmap) -> tuple[Insight, ...]:
    """What the reports of an exam say, most severe first."""
    from coach.catalogue.texts import insight_rules
    from coach.reading.insights import InsightContext, ReadReport, insights
    from coach.service.reflection import logged_methods, methods_before

    levels = topic_levels(view.practice)
    logged = logged_methods(view)
    starts = (None, *(sitting.attempt.at for sitting, _ in view.reported))
    history = tuple(
        ReadReport(
            report=report,
            at=view.local(sitting.attempt.at),
            passed=sitting.passed,
            domains=read_report(
                view.exam, report, topic_order=view.tracked.topics, topic_levels=levels
            ),
            methods=methods_before(view, report, logged, after, sitting.attempt.at),
            studied=_studied_between(view, after, sitting.attempt.at),
        )
        for after, (sitting, report) in zip(starts, view.reported, strict=False)
    )
    last = history[-1] if history and history[-1].passed else None
    context = InsightContext(
        exam=view.exam,
        outline=view.outline,
        history=history,
        heatmap=heatmap,
        verdict=view.retake,
        now=view.world.now,
        strategy=view.strategy,
        status=exam_status(view.exam, view.policy, view.world.now),
        rules=insight_rules(),
        expires=expiry(last.at, view.exam, view.policy, view.world.zone) if last else None,
    )
    return insights(context)
