"""The verdict: when an exam may be sat again, which rule says so, and the window in which that
makes sense, which is kept apart from the legal date."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
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
from coach.policy.dates import expiry, span
from coach.policy.history import (
    Candidate,
    Scenario,
    Usage,
    awaited,
    awaited_beta,
    is_taken,
    is_unsure,
    latest,
    scenario,
    usage,
)
from coach.policy.notes import retake_notes, rule_name
from coach.policy.terms import OVER


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
        basis += " Another sitting is possible only after that, so its first day is the best time."
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
    candidate: Candidate,
    recommend: Callable[[Retake], Recommended | None] = lambda verdict: None,
) -> Retake:
    """When the exam may be sat again, with times in the candidate's zone.

    While it is open whether a sitting counts, or what its result is, `earliest` is the cautious
    date and `alternatives` hold the dates of each case; the attempts used are those that count
    for certain. Without any history `earliest` is now. After a pass the status stays `passed`
    until the certificate has expired. `recommend` gives the window, from the verdict without one.
    """
    sure = [sitting for sitting in candidate.sittings if is_taken(sitting)]
    whole = [sitting for sitting in candidate.sittings if is_taken(sitting) or is_unsure(sitting)]
    without = scenario(sure, candidate)
    counting = scenario(whole, candidate) if len(whole) > len(sure) else without
    later = latest((counting.date, without.date)).possible
    main = counting if counting.date.possible == later else without
    bare = _without_notes(main, usage(without.window, candidate), candidate)
    verdict = replace(
        bare,
        recommended=None if bare.status in OVER else recommend(bare),
        alternatives=tuple(
            Alternative(when=_shown(at, candidate.zone), condition=condition)
            for at, condition in _alternatives(counting, without, main, candidate)
        ),
    )
    return replace(verdict, notes=retake_notes(verdict, main, candidate))


def _without_notes(main: Scenario, used: Usage, candidate: Candidate) -> Retake:
    date, zone = main.date, candidate.zone
    return Retake(
        exam=candidate.exam.code,
        status=_status(main, candidate),
        earliest=_shown(date.possible, zone),
        certain_from=_shown(date.certain, zone),
        rule=date.rule,
        attempts_used=used.used,
        attempts_left=used.left,
        window_start=_shown(used.start, zone),
        window_end=_shown(used.end, zone),
        recommended=None,
        retires=candidate.exam.retires,
        successor=candidate.exam.successor,
        policy=made_from(PolicyOrigin, candidate.policy),
        rule_name=rule_name(date.rule, main, candidate.policy),
    )


def _shown(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _status(main: Scenario, candidate: Candidate) -> RetakeStatus:
    date, policy = main.date, candidate.policy
    if date.rule in ("passed", "unknown"):
        return "passed" if date.rule == "passed" else "unknown"
    if awaited(main.window.history, policy) or awaited_beta(candidate.sittings):
        return "pending"
    if date.rule == "retired":
        return "retired"
    if date.certain is not None and date.certain <= candidate.now:
        return "open"
    return "capped" if policy.cap is not None and date.rule == policy.cap.rule else "waiting"


def _alternatives(
    counting: Scenario, without: Scenario, main: Scenario, candidate: Candidate
) -> Iterator[tuple[datetime | None, str]]:
    """The earliest moment under each condition that is still open."""
    exam, policy, zone = candidate.exam, candidate.policy, candidate.zone
    unsure = [sitting for sitting in counting.window.history if is_unsure(sitting)]
    settled = counting.window.history[-1:] != tuple(unsure[-1:]) and counting.date == without.date
    if unsure and not settled and counting.date.rule != "unknown":
        status = unsure[-1].attempt.status
        yield counting.date.possible, f"the {status} sitting counts"
        yield without.date.possible, f"the {status} sitting does not count"
    history, last_pass = main.window.history, main.window.last_pass
    last = awaited(history, policy)
    if last is not None and main.date.rule != "unknown":
        passed = scenario([*history[:-1], replace(last, passed=True)], candidate)
        yield main.date.possible, "the result is a fail"
        yield passed.date.possible, "the result is a pass"
    if main.date.rule == "passed" and last_pass and policy.after_pass.retake == "after-expiry":
        end = expiry(span(last_pass.attempt, zone)[0], exam, policy, zone)
        retires = candidate.last_minute
        if end is not None and (retires is None or end <= retires):
            yield end, "the certification expires without a renewal"
