"""Attempts joined with their reports, in order of time, with what counts and what passed."""

from collections.abc import Iterable
from datetime import UTC

import msgspec

from coach.model.attempt import Attempt, Report
from coach.model.exam import Exam
from coach.model.policy import Policy


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt with its result.

    `passed` is None where the result is unknown or void. `number` counts delivered attempts,
    `counted` says whether the policy counts this status towards its cap.
    """

    attempt: Attempt
    report: Report | None
    passed: bool | None
    number: int | None
    counted: bool


def sittings(
    attempts: Iterable[Attempt], reports: Iterable[Report], exam: Exam, policy: Policy
) -> tuple[Sitting, ...]:
    """The attempts of `exam`, oldest first, whatever the order and exams of the input.

    A record that comes twice (same id) is taken once.
    """
    own = {attempt.id: attempt for attempt in attempts if attempt.exam == exam.code}
    results = {report.attempt: report for report in sorted(reports, key=lambda r: r.id)}
    ordered = sorted(own.values(), key=lambda attempt: (attempt.at.astimezone(UTC), attempt.id))
    found: list[Sitting] = []
    delivered = 0
    for attempt in ordered:
        delivered += attempt.status == "delivered"
        report = results.get(attempt.id)
        found.append(
            Sitting(
                attempt=attempt,
                report=report,
                passed=_passed(attempt, report, exam),
                number=delivered if attempt.status == "delivered" else None,
                counted=attempt.status in policy.counts,
            )
        )
    return tuple(found)


def _passed(attempt: Attempt, report: Report | None, exam: Exam) -> bool | None:
    if report is None or attempt.status == "revoked":
        return None
    if report.score is not None:
        return report.score >= exam.passing_score
    return report.passed
