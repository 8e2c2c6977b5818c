"""Hands the facts of one exam to the insight rules."""

from coach.model.documents import Heatmap, Insight
from coach.model.exam import Exam, Outline
from coach.model.plan import Activity
from coach.policy.lifecycle import exam_status
from coach.reading.insights import insights
from coach.reading.insights.context import InsightContext, ReadReport
from coach.reading.practice import topic_levels
from coach.reading.priority import read_report
from coach.service.exam_facts import ExamFacts
from coach.service.methods import logged_methods, methods_before


def guidance_for(exam: Exam | None, outline: Outline | None, topic: str, activity: Activity) -> str:
    """How to study a topic of an exam; its domain and title help where its name says little."""
    # The table of topics is needed by one pane only, so it is not loaded with the rest.
    from coach.reading.guidance import guidance

    if exam is None:
        return guidance(topic, activity)
    domains = outline.domains if outline else ()
    homes = tuple(domain.name for domain in domains if topic in domain.topics)
    return guidance(
        topic,
        activity,
        around=(*homes, exam.title),
        vendor=exam.vendor,
        overview=exam.level in ("fundamentals", "business"),
    )


def insights_of(view: ExamFacts, heatmap: Heatmap) -> tuple[Insight, ...]:
    """What the reports of an exam say, most severe first."""
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
        )
        for after, (sitting, report) in zip(starts, view.reported, strict=False)
    )
    context = InsightContext(
        exam=view.exam,
        outline=view.outline,
        history=history,
        heatmap=heatmap,
        verdict=view.retake,
        now=view.world.now,
        strategy=view.tracked.strategy,
        status=exam_status(view.exam, view.policy, view.world.now),
    )
    return insights(context)
