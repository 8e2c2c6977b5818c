"""What a recorded incident means for the wait: a waiver may be asked for, or not."""

from collections.abc import Sequence

from coach.model.answers import Note
from coach.model.attempt import Attempt
from coach.model.policy import Policy
from coach.policy.bounds import is_waived
from coach.policy.outlook import is_unsure
from coach.policy.sittings import Sitting
from coach.policy.standing import Standing
from coach.policy.words import origin


def waiver_notes(standing: Standing, every: Sequence[Sitting], policy: Policy) -> tuple[Note, ...]:
    """The note on a waiver of the running wait; none without an incident.

    Microsoft may lift a wait only for internet or equipment trouble with a Pearson VUE case.
    """
    unsure = [sitting for sitting in every if is_unsure(sitting)]
    last = standing.counted[-1] if standing.counted else unsure[-1] if unsure else None
    if last is None or last.passed is True or not policy.waiver_reasons:
        return ()
    attempt = last.attempt
    if attempt.reason is None and attempt.case_number is None:
        return ()
    if is_waived(last, policy):
        text = "A granted waiver lifts the wait, not the limit on attempts."
        return (Note(code="waiver-granted", text=text, source=origin(policy)),)
    return (_request(attempt, policy),)


def _request(attempt: Attempt, policy: Policy) -> Note:
    reasons = " or ".join(policy.waiver_reasons)
    if attempt.reason not in (None, *policy.waiver_reasons):
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
    return Note(code=code, text=text, source=origin(policy))
