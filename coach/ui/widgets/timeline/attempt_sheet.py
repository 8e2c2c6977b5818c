"""Everything stored about one appointment, and the rule that dated the next one."""

from coach.model.attempt import Attempt, Observation, Report
from coach.model.documents import Retake, Timeline, TimelineAttempt
from coach.ui import text
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.facts_rows import fact, heading
from coach.ui.widgets.rows import Row
from coach.ui.widgets.timeline.attempt_table import STATUS_WORD, result_style, result_word
from coach.ui.widgets.timeline.next_steps import rule_note
from coach.ui.widgets.timeline.own_view_rows import own_view_rows

_PLACE = {"centre": "at a test centre", "online": "online, at home or at work"}
_SOURCE = {
    "screen": "on the screen after the exam",
    "pdf": "in the PDF",
    "profile": "in the profile",
}


def attempt_rows(
    attempt: TimelineAttempt,
    record: Attempt | None,
    report: Report | None,
    timeline: Timeline,
    retake: Retake | None,
    width: int,
) -> list[Row]:
    """The rows of the detail view, at most `width` cells each; what is not stored is left out."""
    rows = fact("When", text.moment(attempt.at), width, "strong")
    rows += fact("What", _what(attempt), width, result_style(attempt))
    rows += fact("Score", _score(attempt, timeline.passing_score), width)
    rows += fact("Where", _PLACE.get(attempt.place or "", ""), width)
    rows += fact("Fee", "" if attempt.fee is None else f"{attempt.fee:.2f}", width)
    rows += fact("Case number", attempt.case or "", width)
    rows += _record(record, width) if record else []
    rows += fact("Note", attempt.note, width)
    rows += _after(attempt, timeline, retake, width)
    rows += _report(report, width) if report else []
    rows += own_view_rows(report.reflection, width) if report and report.reflection else []
    return rows


def _what(attempt: TimelineAttempt) -> str:
    if attempt.number is not None:
        return f"{result_word(attempt)}, attempt {attempt.number}"
    count = "" if attempt.counted else ", does not count as an attempt"
    return STATUS_WORD[attempt.status] + ("" if attempt.status == "booked" else count)


def _score(attempt: TimelineAttempt, passing: int) -> str:
    if attempt.score is None:
        return ""
    short = passing - attempt.score
    place = f"{short} below" if short > 0 else f"{-short} above" if short < 0 else "exactly"
    return f"{attempt.score}, {place} the passing score of {passing}"


def _record(record: Attempt, width: int) -> list[Row]:
    waiver = "granted: the wait after this sitting is lifted" if record.waiver_granted else ""
    time = "" if record.time_known else "not known; both possible dates are shown"
    return [
        *fact("Reason", record.reason or "", width),
        *fact("Waiver", waiver, width),
        *fact("Time of day", time, width),
    ]


def _after(
    attempt: TimelineAttempt, timeline: Timeline, retake: Retake | None, width: int
) -> list[Row]:
    wait = next((wait for wait in timeline.waits if wait.attempt == attempt.id), None)
    if wait is not None:
        source = f"{text.spoken(wait.rule)}, {SOURCE_WORD[wait.source or 'unverified']}"
        return _next(text.moment(wait.until), source, width)
    counted = [other.id for other in timeline.attempts if other.counted]
    if retake is None or not counted or counted[-1] != attempt.id or retake.earliest is None:
        return []
    rule = rule_note(retake)
    words = f"{text.told(rule.text)} ({SOURCE_WORD[rule.source]})" if rule else retake.rule
    return _next(text.moment(retake.earliest), words, width)


def _next(when: str, rule: str, width: int) -> list[Row]:
    return [
        (), heading("What follows"),
        *fact("Next from", when, width, "accent strong"), *fact("Rule", rule, width),
    ]  # fmt: skip


def _report(report: Report, width: int) -> list[Row]:
    rows: list[Row] = [(), heading("What the report showed")]
    rows += fact("Outline", text.told(report.outline or ""), width)
    rows += fact("Seen", _SOURCE.get(report.source or "", ""), width)
    rows += fact("Received", text.day(report.received) if report.received else "", width)
    for seen in report.observations:
        rows += fact(_shown(seen), seen.domain, width)
    rows += fact("Flagged", ", ".join(report.flags), width, "flag")
    return rows


def _shown(seen: Observation) -> str:
    if seen.value is None:
        return text.clip(seen.word or "", 13)
    return f"{'bar' if seen.origin == 'bar' else 'percent'} {seen.value}"
