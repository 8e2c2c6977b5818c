"""The sentence that names the rule behind a date."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.bounds import approval, wait_after
from coach.policy.dates import span
from coach.policy.lifecycle import expiry
from coach.policy.outlook import Outlook
from coach.policy.words import day, last_day, stamp, successor, wait_name
from coach.wording import counted


def rule_text(rule: str, main: Outlook, exam: Exam, policy: Policy, zone: ZoneInfo) -> str:
    """Which rule set the date of `main`, and after which attempt."""
    special = _SPECIAL.get(rule)
    if special is not None:
        return special(main, exam, policy, zone)
    if policy.cap is not None and rule == policy.cap.rule:
        return _cap_text(main, policy, zone)
    number = len(main.standing.counted)
    wait = wait_after(main.standing.rung, policy)
    if wait is None or not (wait.hours or wait.days):
        return f"No wait after attempt {number}." if number else "No attempt yet, so no wait."
    return f"{wait_name(wait)} after attempt {number}."


def _cap_text(main: Outlook, policy: Policy, zone: ZoneInfo) -> str:
    cap, window = policy.cap, main.standing.window
    assert cap is not None
    if cap.months is None or main.legal.possible is None:
        return f"No more than {counted(cap.attempts, 'attempt')}."
    limit = f"{counted(cap.attempts, 'attempt')} in {counted(cap.months, 'month')}"
    if cap.anchor == "rolling":
        return f"At most {limit}, counted back from each sitting."
    start = approval(policy, zone) or span(window[0].attempt, zone)[0]
    return f"{limit}, counted from the {cap.after} one; the window opened on {day(start, zone)}."


def _waived(main: Outlook, exam: Exam, policy: Policy, zone: ZoneInfo) -> str:
    attempt = main.standing.window[-1].attempt
    case = f" (case {attempt.case_number})" if attempt.case_number else ""
    number = len(main.standing.counted)
    return f"The wait after attempt {number} is lifted by a granted waiver{case}."


def _passed(main: Outlook, exam: Exam, policy: Policy, zone: ZoneInfo) -> str:
    last_pass = main.standing.last_pass
    assert last_pass is not None
    passed = f"Passed on {day(span(last_pass.attempt, zone)[0], zone)}. "
    date = main.legal.possible
    if policy.after_pass.retake == "with-consent":
        return passed + "A retake of a passed exam needs the consent of the vendor."
    if policy.after_pass.retake == "any-time":
        return passed + "It may be sat again at any time."
    if date is not None:
        return passed + f"It may be sat again from {stamp(date, zone)}."
    end = expiry(span(last_pass.attempt, zone)[0], exam, policy, zone)
    if end is None:
        return passed + "The certification does not expire, so there is no retake."
    return passed + f"No retake unless the certification expires, on {day(end, zone)}."


def _expired(main: Outlook, exam: Exam, policy: Policy, zone: ZoneInfo) -> str:
    last_pass, end = main.standing.last_pass, main.legal.possible
    assert last_pass is not None
    assert end is not None
    passed = day(span(last_pass.attempt, zone)[0], zone)
    return (
        f"Passed on {passed}, expired on {day(end, zone)} unless it was renewed: the exam may be "
        f"sat again."
    )


def _retired(main: Outlook, exam: Exam, policy: Policy, zone: ZoneInfo) -> str:
    return f"{exam.code} cannot be sat after {last_day(exam, policy)}.{successor(exam)}"


def _beta(main: Outlook, exam: Exam, policy: Policy, zone: ZoneInfo) -> str:
    return "A beta exam is sat once: no date until its result is in, some weeks after it goes live."


_SPECIAL: dict[str, Callable[[Outlook, Exam, Policy, ZoneInfo], str]] = {
    "waived": _waived,
    "passed": _passed,
    "expired": _expired,
    "retired": _retired,
    "beta": _beta,
}
