"""The coded notes of a verdict: which rule set the date, what to know, what to check."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import takewhile

from msgspec.structs import replace

from coach.model.answers import Note, Retake
from coach.model.exam import RETIRES_SOON_DAYS
from coach.model.phrase import Phrase
from coach.model.policy import Policy
from coach.policy.dates import (
    add_months,
    as_entered,
    expiry,
    last_day,
    retired,
    span,
    successor,
    wait_name,
)
from coach.policy.history import (
    AttemptWindow,
    Candidate,
    EarliestDate,
    Scenario,
    Sitting,
    advance,
    approval,
    awaited_beta,
    is_unsure,
    is_waived,
    next_sitting,
    wait_after,
    window_over,
)
from coach.policy.terms import MISSED, fee_lost, term_notes
from coach.wording import counted, listed, money, phrased

NAMES = {
    "announced": "Not offered yet",
    "beta": "Beta exam, sat once",
    "expired": "Certification expired",
    "passed": "Passed",
    "retired": "Retired",
    "unknown": "Rule not known",
    "waived": "Wait lifted by a waiver",
}


def rule_name(rule: str, main: Scenario, policy: Policy) -> str:
    """Which rule set the date of `main`, in a few words: `14-day rule`."""
    wait, cap = wait_after(main.window.fails, policy), policy.cap
    if rule in NAMES:
        return NAMES[rule]
    if cap is not None and rule == cap.rule:
        within = f" in {counted(cap.months, 'month')}" if cap.months else ""
        return f"At most {counted(cap.attempts, 'attempt')}{within}"
    if wait is None or not (wait.hours or wait.days):
        return "No wait" if main.window.history else "No attempt yet"
    return wait_name(wait)


def rule_text(rule: str, main: Scenario, candidate: Candidate) -> Phrase:
    """Which rule set the date of `main`, and after which attempt."""
    if rule == "retired":
        return retired(candidate.exam, candidate.policy)
    return phrased("{}.", _rule(rule, main, candidate))


def _rule(rule: str, main: Scenario, candidate: Candidate) -> str:
    """The text of a rule without its full stop."""
    exam, policy, zone = candidate.exam, candidate.policy, candidate.zone
    window, number = main.window, len(main.window.history)
    wait = wait_after(window.fails, policy)
    if rule == "unknown":
        return f"Rule not known, ask the vendor ({exam.vendor}) when {exam.code} may be sat"
    if rule == "announced":
        return phrased("{} is offered from {} on", exam.code, exam.available_from)
    if rule == "beta":
        return (
            "A beta exam is sat once: no date until its result is in, some weeks after it goes live"
        )
    if rule == "waived":
        attempt = window.counted[-1].attempt
        case = f" (case {attempt.case_number})" if attempt.case_number else ""
        return f"The wait after attempt {number} is lifted by a granted waiver{case}"
    if rule in ("passed", "expired") and window.last_pass is not None:
        return _after_pass_text(rule, window.last_pass, main, candidate)
    if policy.cap is not None and rule == policy.cap.rule:
        cap = policy.cap
        if cap.months is None or main.legal.possible is None:
            return f"No more than {counted(cap.attempts, 'attempt')}"
        limit = f"{counted(cap.attempts, 'attempt')} in {counted(cap.months, 'month')}"
        if cap.anchor == "rolling":
            return f"At most {limit}, counted back from each sitting"
        start = approval(candidate) or span(window.counted[0].attempt, zone)[0]
        began = "{}, counted from the {} one; the count began on {}"
        return phrased(began, limit, cap.after, start.date())
    if wait is None or not (wait.hours or wait.days):
        return f"No wait after attempt {number}" if number else "No attempt yet, so no wait"
    return f"{wait_name(wait)} after attempt {number}"


def _after_pass_text(rule: str, last: Sitting, main: Scenario, candidate: Candidate) -> str:
    policy, zone, legal = candidate.policy, candidate.zone, main.legal.possible
    passed_at = span(last.attempt, zone)[0]
    passed, date = phrased("Passed on {}", passed_at.date()), legal and legal.astimezone(zone)
    if rule == "expired" and date is not None:
        again = "{}, expired on {} unless it was renewed: the exam may be sat again"
        return phrased(again, passed, date.date())
    if policy.after_pass.retake == "unknown":
        unknown = "{}. Whether a passed exam may be sat again is not known; ask the vendor"
        return phrased(unknown, passed)
    if policy.after_pass.retake == "with-consent":
        return phrased("{}. A retake of a passed exam needs the consent of the vendor", passed)
    if policy.after_pass.retake == "any-time":
        return phrased("{}. It may be sat again at any time", passed)
    if date is not None:
        return phrased("{}. It may be sat again from {}", passed, date)
    end = expiry(passed_at, candidate.exam, policy, zone)
    if end is None:
        return phrased("{}. The certification does not expire, so there is no retake", passed)
    never = "{}. No retake unless the certification expires, on {}"
    return phrased(never, passed, end.date())


def waiver_notes(window: AttemptWindow, candidate: Candidate) -> Iterator[Note]:
    """The note on a waiver of the running wait; none without an incident.

    Microsoft may lift a wait only for internet or equipment trouble with a Pearson VUE case.
    """
    policy = candidate.policy
    unsure = [sitting for sitting in candidate.sittings if is_unsure(sitting)]
    last = window.history[-1] if window.history else unsure[-1] if unsure else None
    if last is None or last.passed is True or not policy.waiver_reasons:
        return
    attempt, reasons = last.attempt, " or ".join(policy.waiver_reasons)
    if attempt.reason is None and attempt.case_number is None:
        return
    if is_waived(attempt, policy):
        code, text = "waiver-granted", "A granted waiver lifts the wait, not the limit on attempts."
    elif attempt.reason not in (None, *policy.waiver_reasons):
        code = "waiver-not-eligible"
        text = f"Not eligible for a waiver: only {reasons} trouble during the exam can be."
    elif attempt.case_number is None:
        code = "waiver-needs-case"
        text = (
            "Create a case with the test provider first: without its number a waiver is unlikely."
        )
    else:
        code = "waiver-possible"
        text = (
            f"You may request a waiver of the wait with case {attempt.case_number}, for {reasons} "
            f"trouble. It may be declined."
        )
    yield Note(code=code, text=text, source=candidate.source)


def history_notes(counted: Sequence[Sitting], candidate: Candidate) -> Iterator[Note]:
    """Notes on the sittings that count, then on the other appointments, oldest first."""
    exam, policy, now, zone = candidate.exam, candidate.policy, candidate.now, candidate.zone
    if policy.waits:
        yield from _steps(counted, candidate)
    last, source = candidate.last_minute, candidate.source
    for sitting in counted:
        low, when = span(sitting.attempt, zone)[0], as_entered(sitting.attempt, zone)
        if low > now:
            future = "The sitting of {} lies in the future; check its date and the clock."
            yield Note(code="future-sitting", text=phrased(future, when), source="own")
        if last is not None and low > last:
            end = last_day(exam, policy)
            text = phrased("The sitting of {} is after the exam's last day, {}.", when, end)
            yield Note(code="sat-after-retirement", text=text, source=source)
    for sitting in candidate.sittings:
        attempt, when = sitting.attempt, as_entered(sitting.attempt, zone)
        if attempt.status in MISSED and not sitting.counted:
            text = phrased("The {} appointment of {} is not an attempt.", attempt.status, when)
            yield Note(code=f"{attempt.status}-not-counted", text=text, source="own")
            if fee_lost(attempt):
                text = phrased("The fee of {} for {} is lost.", money(attempt.fee or 0), when)
                yield Note(code="fee-lost", text=text, source=source)
        elif attempt.status == "booked" and span(attempt, zone)[1] <= now:
            text = phrased("The appointment of {} has passed; record what came of it.", when)
            yield Note(code="result-missing", text=text, source="own")


def _steps(counted: Sequence[Sitting], candidate: Candidate) -> Iterator[Note]:
    """Notes on the sittings that came before the date that the rules gave at that point."""
    policy, window = candidate.policy, AttemptWindow()
    # A renewal is known of the newest certificate only, not of those that came before.
    terms = replace(policy.terms, renewed_until=None)
    candidate = replace(candidate, policy=replace(policy, terms=terms))
    for sitting in counted:
        low, high = span(sitting.attempt, candidate.zone)
        bound = next_sitting(window, candidate, low)
        known = bound.rule != "passed" or policy.after_pass.retake != "unknown"
        too_early = known and (bound.possible is None or low < bound.possible)
        if window.history and too_early and (bound.possible is None or high <= bound.possible):
            yield _too_early(window, sitting, bound, candidate)
        window = advance(window, sitting, candidate)


def _too_early(
    window: AttemptWindow, sitting: Sitting, bound: EarliestDate, candidate: Candidate
) -> Note:
    policy, zone = candidate.policy, candidate.zone
    before, when = (as_entered(s.attempt, zone) for s in (window.history[-1], sitting))
    cap, wait = policy.cap, wait_after(window.fails, policy)
    if cap is not None and bound.rule == cap.rule:
        period = f" in {counted(cap.months, 'month')}" if cap.months else ""
        code = "too-many-in-window"
        limit = f"{counted(cap.attempts, 'attempt')}{period}"
        text = phrased("The sitting of {} exceeds the limit of {}.", when, limit)
    elif bound.rule == "passed" or wait is None:
        code = "sat-after-pass"
        text = phrased("The sitting of {} follows a pass that still held; check the entry.", when)
    else:
        code = "impossible-gap"
        broken = "The sittings of {} and {} break the {}; check their times."
        text = phrased(broken, before, when, wait_name(wait))
    return Note(code=code, text=text, source=candidate.source)


SOON = timedelta(days=RETIRES_SOON_DAYS)
STALE = timedelta(days=365)
"""From which age on the rules of a vendor are worth a look at its page (own)."""


def retake_notes(verdict: Retake, main: Scenario, candidate: Candidate) -> tuple[Note, ...]:
    """All notes of `verdict`: first the rule, under its own id as the code, then its
    consequences, then what is uncertain."""
    rule = rule_text(verdict.rule, main, candidate)
    return (
        Note(code=verdict.rule, text=rule, source=candidate.source),
        *_retirement(verdict, main, candidate),
        *_language_ends(candidate),
        *_count(verdict, candidate),
        *_window_readings(main, candidate),
        *_uncertain(verdict, main, candidate),
        *waiver_notes(main.window, candidate),
        *history_notes(main.window.history, candidate),
        *term_notes(verdict, candidate),
        *_age(candidate),
    )


def _retirement(verdict: Retake, main: Scenario, candidate: Candidate) -> Iterator[Note]:
    exam, zone, now, source = candidate.exam, candidate.zone, candidate.now, candidate.source
    last, legal = candidate.last_minute, main.legal
    if last is None or exam.retires is None or now > last:
        return
    final = last_day(exam, candidate.policy)
    if verdict.rule == "retired" and legal.possible is not None:
        rule = _rule(legal.rule, main, candidate)
        before = "{} gives {}; the exam retires before that, on {}."
        text = phrased(before, rule, legal.possible.astimezone(zone), final)
        yield Note(code="retires-before-earliest", text=text, source=source)
        return
    window = verdict.recommended
    if window is not None and window.until >= exam.retires:
        text = phrased(
            "The best time is cut short: the exam retires on {}. The latest day that still fits is "
            "{}.",
            final,
            max(window.until, exam.retires),
        )
        yield Note(code="retires-in-window", text=text, source="own")
    if last - now <= SOON:
        text = phrased("The last day to sit it is {}.{}", final, successor(exam))
        yield Note(code="retires-soon", text=text, source=source)


def _language_ends(candidate: Candidate) -> Iterator[Note]:
    """The languages that end on another day than the exam, the earliest first."""
    for end in sorted(candidate.exam.language_ends, key=lambda end: end.retires):
        versions = "versions" if len(end.languages) > 1 else "version"
        ended = candidate.today > end.retires
        text = f"The {listed(end.languages)} {versions} {'ended' if ended else 'end'}"
        text += "" if ended or versions == "versions" else "s"
        text = phrased("{} on {}.", text, end.retires)
        yield Note(code="language-ends", text=text, source=candidate.source)


def _count(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    left, end, cap = verdict.attempts_left, verdict.window_end, candidate.policy.cap
    earliest, source = verdict.earliest, candidate.source
    if cap is None or left is None or end is None or earliest is None:
        return
    if verdict.status == "passed":
        return
    text = phrased("{} of {} attempts left until {}.", left, cap.attempts, end.date())
    yield Note(code="attempts-left", text=text, source=source)
    if left == 1 and earliest < end:
        text = phrased(
            "The next attempt is the last that the limit allows. If it fails, none is possible "
            "before {}, so sit it when you are ready, not as soon as it is allowed.",
            end.date(),
        )
        yield Note(code="last-attempt", text=text, source=source)


def _window_readings(main: Scenario, candidate: Candidate) -> Iterator[Note]:
    """Which attempts a rolling window has lost; where the published rule is silent about windows,
    which reading set the date."""
    cap, window, date = candidate.policy.cap, main.window, main.legal.possible
    if cap is None or cap.months is None or date is None:
        return
    months = counted(cap.months, "month")
    if cap.anchor == "rolling":
        fails = list(takewhile(lambda sitting: not sitting.passed, reversed(window.history)))
        if 0 < window.fails < len(fails):
            text = (
                f"Attempts older than {months} no longer count, for the wait either: the last one "
                f"was number {window.fails} of those that count."
            )
            yield Note(code="window-rolled", text=text, source=candidate.source)
        return
    full = len(window.counted) >= cap.attempts
    ended = not full and window_over(window.counted, candidate, date)
    if (window.carried and window.fails > len(window.counted)) or (ended and window.fails > 1):
        text = (
            f"Fewer than {cap.attempts} attempts were used in the {months} that the limit covers. "
            f"The policy does not say that the waits start over then; Coach keeps the longer wait."
        )
        yield Note(code="longer-wait-kept", text=text, source="own")
    if len(window.history) < cap.attempts:
        return
    strict = add_months(span(window.history[-cap.attempts].attempt, candidate.zone)[0], cap.months)
    if strict > date:
        text = phrased(
            "A strict reading, {} attempts in any {}, would allow the next one only from {}. Ask "
            "the vendor before you book.",
            cap.attempts,
            months,
            strict,
        )
        yield Note(code="rolling-warning", text=text, source="own")


def _uncertain(verdict: Retake, main: Scenario, candidate: Candidate) -> Iterator[Note]:
    zone, every = candidate.zone, candidate.sittings
    if verdict.earliest != verdict.certain_from and verdict.earliest and verdict.certain_from:
        text: str = phrased(
            "The time of day of a sitting is unknown: possible from the same time of day on {}, "
            "certain from {}.",
            verdict.earliest.date(),
            verdict.certain_from.date(),
        )
        yield Note(code="time-unknown", text=text, source="own")
    if verdict.status == "pending" and awaited_beta(every) is None:
        text = "The result is not in yet, so the date depends on it; both cases are listed."
        yield Note(code="result-pending", text=text, source="own")
    for sitting in every:
        relevant = verdict.alternatives or sitting in main.window.counted
        if not is_unsure(sitting) or not relevant:
            continue
        status = sitting.attempt.status
        text = phrased(
            "Whether the {} sitting of {} counts is not published. The date assumes that it does; "
            "ask the test provider whether it is marked as delivered.",
            status,
            as_entered(sitting.attempt, zone),
        )
        yield Note(code=f"{status}-uncertain", text=text, source="own")
    if any(s.attempt.status == "beta" and not s.counted for s in every):
        text = "Whether a beta sitting counts is not published; Coach does not count it."
        if candidate.policy.beta_sittings == 1:
            text += " A beta exam can be sat once."
        yield Note(code="beta-uncertain", text=text, source="own")


def _age(candidate: Candidate) -> Iterator[Note]:
    policy = candidate.policy
    if not policy.waits:
        return
    if not policy.verified:
        text = f"The rules of {policy.name} are unverified: no vendor page could be read."
        yield Note(code="policy-unverified", text=text, source="own")
    if policy.as_of is None:
        text = f"The rules of {policy.name} carry no date; check the vendor page."
        yield Note(code="policy-old", text=text, source="own")
    elif candidate.today - policy.as_of > STALE:
        aged = "The rules of {} are as of {}; check the vendor page."
        text = phrased(aged, policy.name, policy.as_of)
        yield Note(code="policy-old", text=text, source="own")
