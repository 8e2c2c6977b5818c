"""The verdict: when an exam may be sat again, which rule says so, and the window in which that
makes sense, which is kept apart from the legal date."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.model import made_from
from coach.model.answers import (
    Alternative,
    PolicyOrigin,
    Recommended,
    Retake,
    RetakeStatus,
    Source,
)
from coach.model.attempt import Attempt, Report
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.dates import expiry, retirement_moment, span
from coach.policy.history import (
    EarliestDate,
    Scenario,
    Sitting,
    Usage,
    awaited,
    awaited_beta,
    is_taken,
    is_unsure,
    latest,
    scenario,
    sittings,
    usage,
)
from coach.policy.notes import retake_notes, rule_name


def recommend(
    report_on: date,
    weeks: tuple[int, int],
    basis: str,
    *,
    earliest: date | None,
    retires: date | None,
    source: Source = "article",
) -> Recommended | None:
    """From the first to the last of `weeks` after the day of the report.

    Never before `earliest`, the legal day, and never after `retires`, the exam's last day: a
    window beyond it shrinks to the latest day that still fits. None without a legal day.
    `basis` says why these weeks, `source` where that rule comes from.
    """
    if earliest is None or (retires is not None and earliest > retires):
        return None
    start = max(report_on + timedelta(weeks=weeks[0]), earliest)
    end = max(report_on + timedelta(weeks=weeks[1]), start)
    if start > report_on + timedelta(weeks=weeks[1]):
        basis += " Another sitting is possible only after that, so its first day is recommended."
    if retires is not None:
        start, end = min(start, retires), min(end, retires)
    return Recommended(from_=start, until=end, basis=basis, source=source, weeks=weeks)


def plan_until(until: date, today: date, retires: date | None = None) -> date:
    """The day to plan for without a date of one's own: `until`, the end of the recommended window.

    Once that has passed, the Sunday of the week after next, so that a plan has two weeks at
    least and keeps its end for a week (own); never after `retires`, the exam's last day.
    """
    if until > today:
        return until
    sunday = today + timedelta(days=20 - today.weekday())
    return sunday if retires is None else min(sunday, retires)


def retake(
    exam: Exam,
    policy: Policy,
    attempts: Iterable[Attempt],
    reports: Iterable[Report],
    *,
    now: datetime,
    zone: ZoneInfo,
    recommend: Callable[[Retake], Recommended | None] = lambda verdict: None,
) -> Retake:
    """When `exam` may be sat again under `policy`, as seen at `now`, with times in `zone`.

    While it is open whether a sitting counts, or what its result is, `earliest` is the cautious
    date and `alternatives` hold the dates of each case; the attempts used are those that count
    for certain. Without any history `earliest` is `now`. After a pass the status stays `passed`
    until the certificate has expired. `recommend` gives the window, from the verdict without one.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    every = sittings(attempts, reports, exam, policy)
    sure = [sitting for sitting in every if is_taken(sitting)]
    whole = [sitting for sitting in every if is_taken(sitting) or is_unsure(sitting)]
    read = partial(scenario, every=every, exam=exam, policy=policy, now=now, zone=zone)
    without = read(sure)
    counting = read(whole) if len(whole) > len(sure) else without
    later = latest((counting.date, without.date)).possible
    main = counting if counting.date.possible == later else without
    last = awaited(main.window.history, policy)
    if_passed = read([*main.window.history[:-1], replace(last, passed=True)]) if last else None
    status = _status(main.date, last is not None or awaited_beta(every) is not None, policy, now)
    used = usage(without.window, policy, now, zone)
    bare = _without_notes(main, status, used, exam, policy, zone)
    cases = [*_if_counted(whole, counting.date, without.date)]
    cases += _if_result_or_expired(main, if_passed, exam, policy, zone)
    verdict = replace(
        bare,
        recommended=None if status in ("passed", "retired") else recommend(bare),
        alternatives=tuple(Alternative(when=_shown(at, zone), condition=if_) for at, if_ in cases),
    )
    return replace(verdict, notes=retake_notes(verdict, main, every, exam, policy, now, zone))


def _without_notes(
    main: Scenario,
    status: RetakeStatus,
    used: Usage,
    exam: Exam,
    policy: Policy,
    zone: ZoneInfo,
) -> Retake:
    date = main.date
    return Retake(
        exam=exam.code,
        status=status,
        earliest=_shown(date.possible, zone),
        certain_from=_shown(date.certain, zone),
        rule=date.rule,
        attempts_used=used.used,
        attempts_left=used.left,
        window_start=_shown(used.start, zone),
        window_end=_shown(used.end, zone),
        recommended=None,
        retires=exam.retires,
        successor=exam.successor,
        policy=made_from(PolicyOrigin, policy),
        rule_name=rule_name(date.rule, main, policy),
    )


def _shown(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _status(date: EarliestDate, is_out: bool, policy: Policy, now: datetime) -> RetakeStatus:
    if date.rule in ("passed", "unknown"):
        return "passed" if date.rule == "passed" else "unknown"
    if is_out:
        return "pending"
    if date.rule == "retired":
        return "retired"
    if date.certain is not None and date.certain <= now:
        return "open"
    return "capped" if policy.cap is not None and date.rule == policy.cap.rule else "waiting"


Case = tuple[datetime | None, str]
"""The earliest moment under a condition."""


def _if_counted(
    whole: Sequence[Sitting], counting: EarliestDate, without: EarliestDate
) -> Iterator[Case]:
    unsure = [sitting for sitting in whole if is_unsure(sitting)]
    settled = whole[-1:] != unsure[-1:] and counting == without
    if unsure and not settled and counting.rule != "unknown":
        status = unsure[-1].attempt.status
        yield counting.possible, f"the {status} sitting counts"
        yield without.possible, f"the {status} sitting does not count"


def _if_result_or_expired(
    main: Scenario, if_passed: Scenario | None, exam: Exam, policy: Policy, zone: ZoneInfo
) -> Iterator[Case]:
    if if_passed is not None and main.date.rule != "unknown":
        yield main.date.possible, "the result is a fail"
        yield if_passed.date.possible, "the result is a pass"
    last_pass, after = main.window.last_pass, policy.after_pass.retake
    if main.date.rule == "passed" and last_pass is not None and after == "after-expiry":
        end = expiry(span(last_pass.attempt, zone)[0], exam, policy, zone)
        retires = retirement_moment(exam, policy)
        if end is not None and (retires is None or end <= retires):
            yield end, "the certification expires without a renewal"
