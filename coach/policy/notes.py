"""The coded notes of a verdict: which rule set the date, what to know, what to check."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from coach.model.answers import Note, Retake
from coach.model.exam import RETIRES_SOON_DAYS, Exam
from coach.model.policy import Policy
from coach.policy.checks import history_notes
from coach.policy.dates import add_months, midnight, retirement_moment, span
from coach.policy.outlook import Outlook, awaited_beta, is_unsure
from coach.policy.rules import rule_text
from coach.policy.sittings import Sitting
from coach.policy.standing import window_over
from coach.policy.terms import term_notes
from coach.policy.waivers import waiver_notes
from coach.policy.words import day, last_day, origin, sat_on, stamp, successor
from coach.wording import counted

SOON = timedelta(days=RETIRES_SOON_DAYS)


def retake_notes(
    verdict: Retake,
    main: Outlook,
    every: Sequence[Sitting],
    exam: Exam,
    policy: Policy,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Note, ...]:
    """All notes of `verdict`: first the rule, under its own id as the code, then its
    consequences, then what is uncertain."""
    rule = rule_text(verdict.rule, main, exam, policy, zone)
    return (
        Note(code=verdict.rule, text=rule, source=origin(policy)),
        *_retirement(verdict, main, exam, policy, now, zone),
        *_count(verdict, policy, zone),
        *_window_readings(main, policy, zone),
        *_uncertain(verdict, main, every, policy, zone),
        *waiver_notes(main.standing, every, policy),
        *history_notes(main.standing.counted, every, exam, policy, now, zone),
        *term_notes(verdict, every, policy, now, zone),
        *_age(policy, now, zone),
    )


def _retirement(
    verdict: Retake, main: Outlook, exam: Exam, policy: Policy, now: datetime, zone: ZoneInfo
) -> Iterator[Note]:
    last, legal = retirement_moment(exam, policy), main.legal
    if last is None or exam.retires is None or now > last:
        return
    final = last_day(exam, policy)
    if verdict.rule == "retired" and legal.possible is not None:
        rule = rule_text(legal.rule, main, exam, policy, zone).removesuffix(".")
        text = (
            f"{rule} gives {stamp(legal.possible, zone)}; the exam retires before that, on {final}."
        )
        yield Note(code="retires-before-earliest", text=text, source=origin(policy))
        return
    window = verdict.recommended
    if window is not None and window.until >= exam.retires:
        text = (
            f"The recommended window is cut short: the exam retires on {final}. The latest day "
            f"that still fits is {max(window.until, exam.retires)}."
        )
        yield Note(code="retires-in-window", text=text, source="own")
    if last - now <= SOON:
        text = f"The last day to sit it is {final}.{successor(exam)}"
        yield Note(code="retires-soon", text=text, source=origin(policy))


def _count(verdict: Retake, policy: Policy, zone: ZoneInfo) -> Iterator[Note]:
    left, end, cap = verdict.attempts_left, verdict.window_end, policy.cap
    earliest = verdict.earliest
    if cap is None or left is None or end is None or earliest is None:
        return
    if verdict.status == "passed":
        return
    text = f"{left} of {cap.attempts} attempts left until {day(end, zone)}."
    yield Note(code="attempts-left", text=text, source=origin(policy))
    if left == 1 and earliest < end:
        text = (
            f"The next attempt is the last of this window. If it fails, none is possible before "
            f"{day(end, zone)}, so sit it when you are ready, not as soon as it is allowed."
        )
        yield Note(code="last-attempt", text=text, source=origin(policy))


def _window_readings(main: Outlook, policy: Policy, zone: ZoneInfo) -> Iterator[Note]:
    """Where the published rule is silent about windows, say which reading set the date."""
    cap, standing, date = policy.cap, main.standing, main.legal.possible
    if cap is None or cap.months is None or cap.anchor == "rolling" or date is None:
        return
    months = counted(cap.months, "month")
    full = len(standing.window) >= cap.attempts
    ended = not full and window_over(standing.window, policy, date, zone)
    if (standing.carried and standing.rung > len(standing.window)) or (ended and standing.rung > 1):
        text = (
            f"Fewer than {cap.attempts} attempts were used in the {months} of their window. "
            f"The policy does not say that the waits start over then; Coach keeps the longer wait."
        )
        yield Note(code="longer-wait-kept", text=text, source="own")
    if len(standing.counted) < cap.attempts:
        return
    strict = add_months(span(standing.counted[-cap.attempts].attempt, zone)[0], cap.months)
    if strict > date:
        text = (
            f"A strict reading, {cap.attempts} attempts in any {months}, would allow the next one "
            f"only from {stamp(strict, zone)}. Ask the vendor before you book."
        )
        yield Note(code="rolling-warning", text=text, source="own")


def _uncertain(
    verdict: Retake, main: Outlook, every: Sequence[Sitting], policy: Policy, zone: ZoneInfo
) -> Iterator[Note]:
    if verdict.earliest != verdict.certain_from and verdict.earliest and verdict.certain_from:
        text = (
            f"The time of day of a sitting is unknown: possible from the same time of day on "
            f"{day(verdict.earliest, zone)}, certain from {day(verdict.certain_from, zone)}."
        )
        yield Note(code="time-unknown", text=text, source="own")
    if verdict.status == "pending" and awaited_beta(every) is None:
        text = "The result is not in yet, so the date depends on it; both cases are listed."
        yield Note(code="result-pending", text=text, source="own")
    for sitting in every:
        relevant = verdict.alternatives or sitting in main.standing.window
        if not is_unsure(sitting) or not relevant:
            continue
        status, when = sitting.attempt.status, sat_on(sitting.attempt, zone)
        text = (
            f"Whether the {status} sitting of {when} counts is not published. The date assumes "
            f"that it does; ask the test provider whether it is marked as delivered."
        )
        yield Note(code=f"{status}-uncertain", text=text, source="own")
    if any(s.attempt.status == "beta" and not s.counted for s in every):
        text = "Whether a beta sitting counts is not published; Coach does not count it."
        if policy.beta_sittings == 1:
            text += " A beta exam can be sat once."
        yield Note(code="beta-uncertain", text=text, source="own")


def _age(policy: Policy, now: datetime, zone: ZoneInfo) -> Iterator[Note]:
    if not policy.verified:
        text = f"The rules of {policy.name} are unverified: no vendor page could be read."
        yield Note(code="policy-unverified", text=text, source="own")
    if policy.as_of is None:
        text = f"The rules of {policy.name} carry no date; check the vendor page."
        yield Note(code="policy-old", text=text, source="own")
    elif add_months(midnight(policy.as_of, zone), 12) < now:
        text = f"The rules of {policy.name} are as of {policy.as_of}; check the vendor page."
        yield Note(code="policy-old", text=text, source="own")
