"""The coded notes of a verdict: which rule set the date, what to know, what to check."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import takewhile

from msgspec.structs import replace

from coach.model.answers import Note, Retake
from coach.model.exam import RETIRES_SOON_DAYS
from coach.model.phrase import Phrase
from coach.model.policy import Cap, Policy
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
from coach.wording import counted, listed, money, note, phrased

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
        return f"At most {_limit(cap)}"
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
        return _after_pass(rule, window.last_pass, main, candidate)
    if policy.cap is not None and rule == policy.cap.rule:
        cap = policy.cap
        if cap.months is None or main.legal.possible is None:
            return f"No more than {counted(cap.attempts, 'attempt')}"
        if cap.anchor == "rolling":
            return f"At most {_limit(cap)}, counted back from each sitting"
        start = approval(candidate) or span(window.counted[0].attempt, zone)[0]
        began = "{}, counted from the {} one; the count began on {}"
        return phrased(began, _limit(cap), cap.after, start.date())
    if wait is None or not (wait.hours or wait.days):
        return f"No wait after attempt {number}" if number else "No attempt yet, so no wait"
    return f"{wait_name(wait)} after attempt {number}"


_AFTER_PASS = {
    "unknown": "{}. Whether a passed exam may be sat again is not known; ask the vendor",
    "with-consent": "{}. A retake of a passed exam needs the consent of the vendor",
    "any-time": "{}. It may be sat again at any time",
}


def _after_pass(rule: str, last: Sitting, main: Scenario, candidate: Candidate) -> Phrase:
    policy, zone, legal = candidate.policy, candidate.zone, main.legal.possible
    passed_at = span(last.attempt, zone)[0]
    passed = phrased("Passed on {}", passed_at.date())
    if rule == "expired" and legal is not None:
        again = "{}, expired on {} unless it was renewed: the exam may be sat again"
        return phrased(again, passed, legal.astimezone(zone).date())
    if policy.after_pass.retake in _AFTER_PASS:
        return phrased(_AFTER_PASS[policy.after_pass.retake], passed)
    if legal is not None:
        return phrased("{}. It may be sat again from {}", passed, legal.astimezone(zone))
    end = expiry(passed_at, candidate.exam, policy, zone)
    if end is None:
        return phrased("{}. The certification does not expire, so there is no retake", passed)
    return phrased("{}. No retake unless the certification expires, on {}", passed, end.date())


def waiver_notes(window: AttemptWindow, candidate: Candidate) -> Iterator[Note]:
    """The note on a waiver of the running wait; none without an incident.

    Microsoft may lift a wait only for internet or equipment trouble with a Pearson VUE case.
    """
    policy, source = candidate.policy, candidate.source
    unsure = [sitting for sitting in candidate.sittings if is_unsure(sitting)]
    last = window.history[-1] if window.history else unsure[-1] if unsure else None
    if last is None or last.passed is True or not policy.waiver_reasons:
        return
    attempt, reasons = last.attempt, " or ".join(policy.waiver_reasons)
    if attempt.reason is None and attempt.case_number is None:
        return
    if is_waived(attempt, policy):
        text = "A granted waiver lifts the wait, not the limit on attempts."
        yield note("waiver-granted", source, text)
    elif attempt.reason not in (None, *policy.waiver_reasons):
        text = "Not eligible for a waiver: only {} trouble during the exam can be."
        yield note("waiver-not-eligible", source, text, reasons)
    elif attempt.case_number is None:
        text = (
            "Create a case with the test provider first: without its number a waiver is unlikely."
        )
        yield note("waiver-needs-case", source, text)
    else:
        text = (
            "You may request a waiver of the wait with case {}, for {} trouble. It may be declined."
        )
        yield note("waiver-possible", source, text, attempt.case_number, reasons)


def history_notes(counted: Sequence[Sitting], candidate: Candidate) -> Iterator[Note]:
    """Notes on the sittings that count, then on the other appointments, oldest first."""
    exam, policy, now, zone = candidate.exam, candidate.policy, candidate.now, candidate.zone
    if policy.waits:
        yield from _too_early(counted, candidate)
    last, source = candidate.last_minute, candidate.source
    for sitting in counted:
        low, when = span(sitting.attempt, zone)[0], as_entered(sitting.attempt, zone)
        if low > now:
            text = "The sitting of {} lies in the future; check its date and the clock."
            yield note("future-sitting", "own", text, when)
        if last is not None and low > last:
            text = "The sitting of {} is after the exam's last day, {}."
            yield note("sat-after-retirement", source, text, when, last_day(exam, policy))
    for sitting in candidate.sittings:
        attempt, when = sitting.attempt, as_entered(sitting.attempt, zone)
        status = attempt.status
        if status in MISSED and not sitting.counted:
            text = "The {} appointment of {} is not an attempt."
            yield note(f"{status}-not-counted", "own", text, status, when)
            if fee_lost(attempt):
                fee = money(attempt.fee or 0)
                yield note("fee-lost", source, "The fee of {} for {} is lost.", fee, when)
        elif status == "booked" and span(attempt, zone)[1] <= now:
            text = "The appointment of {} has passed; record what came of it."
            yield note("result-missing", "own", text, when)


def _too_early(counted: Sequence[Sitting], candidate: Candidate) -> Iterator[Note]:
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
            yield _broken(bound.rule, window, sitting, candidate)
        window = advance(window, sitting, candidate)


def _broken(rule: str, window: AttemptWindow, sitting: Sitting, candidate: Candidate) -> Note:
    """Which rule forbade a sitting after those of the window."""
    policy, source = candidate.policy, candidate.source
    before, when = (as_entered(s.attempt, candidate.zone) for s in (window.history[-1], sitting))
    cap, wait = policy.cap, wait_after(window.fails, policy)
    if cap is not None and rule == cap.rule:
        text = "The sitting of {} exceeds the limit of {}."
        return note("too-many-in-window", source, text, when, _limit(cap))
    if rule == "passed" or wait is None:
        text = "The sitting of {} follows a pass that still held; check the entry."
        return note("sat-after-pass", source, text, when)
    text = "The sittings of {} and {} break the {}; check their times."
    return note("impossible-gap", source, text, before, when, wait_name(wait))


def _limit(cap: Cap) -> str:
    """`5 attempts in 12 months`."""
    months = f" in {counted(cap.months, 'month')}" if cap.months else ""
    return f"{counted(cap.attempts, 'attempt')}{months}"


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
    exam, now, source = candidate.exam, candidate.now, candidate.source
    last, legal, window = candidate.last_minute, main.legal, verdict.recommended
    if last is None or exam.retires is None or now > last:
        return
    final = last_day(exam, candidate.policy)
    if verdict.rule == "retired" and legal.possible is not None:
        rule, earliest = _rule(legal.rule, main, candidate), legal.possible
        text = "{} gives {}; the exam retires before that, on {}."
        here = earliest.astimezone(candidate.zone)
        yield note("retires-before-earliest", source, text, rule, here, final)
        return
    if window is not None and window.until >= exam.retires:
        text = (
            "The best time is cut short: the exam retires on {}. The latest day that still fits is "
            "{}."
        )
        fits = max(window.until, exam.retires)
        yield note("retires-in-window", "own", text, final, fits)
    if last - now <= SOON:
        text = "The last day to sit it is {}.{}"
        yield note("retires-soon", source, text, final, successor(exam))


def _language_ends(candidate: Candidate) -> Iterator[Note]:
    """The languages that end on another day than the exam, the earliest first."""
    for end in sorted(candidate.exam.language_ends, key=lambda end: end.retires):
        several = len(end.languages) > 1
        verb = "ended" if candidate.today > end.retires else "end" if several else "ends"
        versions, names = "versions" if several else "version", listed(end.languages)
        text = "The {} {} {} on {}."
        yield note("language-ends", candidate.source, text, names, versions, verb, end.retires)


def _count(verdict: Retake, candidate: Candidate) -> Iterator[Note]:
    left, end, cap = verdict.attempts_left, verdict.window_end, candidate.policy.cap
    earliest, source = verdict.earliest, candidate.source
    if cap is None or left is None or end is None or earliest is None:
        return
    if verdict.status == "passed":
        return
    text = "{} of {} attempts left until {}."
    yield note("attempts-left", source, text, left, cap.attempts, end.date())
    if left == 1 and earliest < end:
        text = (
            "The next attempt is the last that the limit allows. If it fails, none is possible "
            "before {}, so sit it when you are ready, not as soon as it is allowed."
        )
        yield note("last-attempt", source, text, end.date())


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
                "Attempts older than {} no longer count, for the wait either: the last one was "
                "number {} of those that count."
            )
            yield note("window-rolled", candidate.source, text, months, window.fails)
        return
    full = len(window.counted) >= cap.attempts
    ended = not full and window_over(window.counted, candidate, date)
    if (window.carried and window.fails > len(window.counted)) or (ended and window.fails > 1):
        text = (
            "Fewer than {} attempts were used in the {} that the limit covers. The policy does not "
            "say that the waits start over then; Coach keeps the longer wait."
        )
        yield note("longer-wait-kept", "own", text, cap.attempts, months)
    if len(window.history) < cap.attempts:
        return
    strict = add_months(span(window.history[-cap.attempts].attempt, candidate.zone)[0], cap.months)
    if strict > date:
        text = (
            "A strict reading, {} attempts in any {}, would allow the next one only from {}. Ask "
            "the vendor before you book."
        )
        yield note("rolling-warning", "own", text, cap.attempts, months, strict)


def _uncertain(verdict: Retake, main: Scenario, candidate: Candidate) -> Iterator[Note]:
    earliest, certain, every = verdict.earliest, verdict.certain_from, candidate.sittings
    if earliest and certain and earliest != certain:
        text = (
            "The time of day of a sitting is unknown: possible from the same time of day on {}, "
            "certain from {}."
        )
        yield note("time-unknown", "own", text, earliest.date(), certain.date())
    if verdict.status == "pending" and awaited_beta(every) is None:
        text = "The result is not in yet, so the date depends on it; both cases are listed."
        yield note("result-pending", "own", text)
    for sitting in every:
        if is_unsure(sitting) and (verdict.alternatives or sitting in main.window.counted):
            status, when = sitting.attempt.status, as_entered(sitting.attempt, candidate.zone)
            text = (
                "Whether the {} sitting of {} counts is not published. The date assumes that it "
                "does; ask the test provider whether it is marked as delivered."
            )
            yield note(f"{status}-uncertain", "own", text, status, when)
    if any(s.attempt.status == "beta" and not s.counted for s in every):
        once = " A beta exam can be sat once." if candidate.policy.beta_sittings == 1 else ""
        text = "Whether a beta sitting counts is not published; Coach does not count it.{}"
        yield note("beta-uncertain", "own", text, once)


def _age(candidate: Candidate) -> Iterator[Note]:
    policy = candidate.policy
    if not policy.waits:
        return
    if not policy.verified:
        text = "The rules of {} are unverified: no vendor page could be read."
        yield note("policy-unverified", "own", text, policy.name)
    if policy.as_of is None:
        text = "The rules of {} carry no date; check the vendor page."
        yield note("policy-old", "own", text, policy.name)
    elif candidate.today - policy.as_of > STALE:
        text = "The rules of {} are as of {}; check the vendor page."
        yield note("policy-old", "own", text, policy.name, policy.as_of)
