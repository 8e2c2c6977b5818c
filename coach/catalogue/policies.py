"""Policy files: their format, and reading them with every check.

One retake policy per file, named after its id (`microsoft.toml`). Keys are the fields of
`coach.model.policy.Policy`; each wait is a table `[[wait]]` in the order of the failed attempts
they follow, the last one repeats, and `[cap]`, `[after_pass]` and `[scoring]` are tables
too, and `[[day_step]]` comes as often as needed:

    id = "example"
    name = "Example exams"
    source = "example.com/retakes"
    as_of = 2026-09-26                # left out where the page is undated
    verified = true                   # false where no vendor page could be read

    [[wait]]
    rule = "24-hours"
    hours = 24                        # elapsed; or days = 14, with clear_days = true where the
                                      # days must lie whole in between
    [cap]
    attempts = 5
    rule = "cap-12-months"
    months = 12

    [after_pass]
    retake = "after-expiry"           # after-wait and before-expiry need months or days

    [scoring]
    pass_marks = [700]                # those that the vendor publishes
    source = "example.com/scoring"
    as_of = 2026-09-26

    [[day_step]]                      # what the vendor says about the day of an exam
    code = "answer-all"
    phase = "during"                  # or before, trouble, after
    text = "Answer every question."
    source = "official"

A rule after a pass may be "unknown"; with it, all waits may be left out: the policy then says that
its rule is not known.
"""

from pathlib import Path
from typing import get_args

from coach.catalogue.toml_file import Document, Shape, read_document
from coach.model.attempt import Place
from coach.model.exam import Level
from coach.model.policy import AfterPass, Cap, DayStep, Policy, Scoring, Wait

_SHAPE = Shape(
    Policy,
    {
        "wait": ("waits", Shape(Wait), True),
        "cap": ("cap", Shape(Cap), False),
        "after_pass": ("after_pass", Shape(AfterPass), False),
        "scoring": ("scoring", Shape(Scoring), False),
        "day_step": ("day_steps", Shape(DayStep), True),
    },
    omitted=("terms",),
)
_SMALL = "a whole number from 0 to 120"
_YES_NO = "true or false"
_ACCEPTED = {
    "id": "a text",
    "name": "a text",
    "source": "a text",
    "as_of": "a date such as 2026-11-30",
    "verified": _YES_NO,
    "origin": "official, article or own",
    "rule": "a rule id such as 14-days",
    "hours": "a whole number from 0 to 87840",
    "days": "a whole number from 0 to 3660",
    "after_pass.days": "1 to 3660",
    "months": "1 to 120",
    "attempts": "1 to 100",
    "clear_days": _YES_NO,
    "anchor": "first-attempt, eligibility or rolling",
    "after": "first, last or never",
    "retake": "after-expiry, after-wait, before-expiry, with-consent, any-time or unknown",
    "counts": "a list of attempt statuses such as delivered",
    "retake_fee": "each, free or reduced",
    "included_retakes": _SMALL,
    "included_retake_months": _SMALL,
    "included_retake_days": _SMALL,
    "accommodation_days": _SMALL,
    "no_show_forfeits_retake": _YES_NO,
    "beta_sittings": _SMALL,
    "beta_result_weeks": "two whole numbers of at most 520 weeks",
    "change_deadline_hours": "whole hours for centre and online",
    "waiver_reasons": "internet and equipment",
    "validity_months": "whole months by level",
    "renewal_window_months": _SMALL,
    "proctored": _YES_NO,
    "code": "an id such as answer-all",
    "phase": "before, during, trouble or after",
    "text": "a text",
    "pass_marks": "a list of whole numbers",
    "retirement_zone": "a time zone such as America/Chicago",
    "note": "a text",
}


def read_policy_file(path: Path) -> Policy:
    """The policy in the file at `path`, in the format above.

    Raises CatalogueError with the file, the line, the field and what is accepted.
    """
    document = read_document(path, _ACCEPTED)
    document.table.setdefault("as_of", None)
    document.table.setdefault("verified", False)
    document.table.setdefault("wait", [])
    policy = document.record(_SHAPE, Policy)
    _check_names(document, policy)
    _check_waits(document, policy)
    _check_cap(document, policy)
    _check_after_pass(document, policy)
    _check_maps(document, policy)
    weeks = policy.beta_result_weeks
    if weeks is not None and weeks[0] > weeks[1]:
        raise document.error(("beta_result_weeks",), "must rise; at most 520 weeks are accepted.")
    _check_zone(document, policy)
    return policy


def _check_names(document: Document, policy: Policy) -> None:
    for key, value in (("id", policy.id), ("name", policy.name), ("source", policy.source)):
        if not value.strip():
            raise document.error((key,), "is empty; a name is required.")


def _check_waits(document: Document, policy: Policy) -> None:
    if not policy.waits and policy.after_pass.retake != "unknown":
        raise document.error(("wait",), "is missing; at least one is required.")
    for number, wait in enumerate(policy.waits):
        if (wait.hours is None) == (wait.days is None):
            raise document.error(("wait", number), "must have either hours or days.")


def _check_cap(document: Document, policy: Policy) -> None:
    cap = policy.cap
    if cap is not None and cap.months is None and cap.after != "never":
        raise document.error(
            ("cap", "months"), 'is missing; it is required unless after = "never".'
        )


def _check_after_pass(document: Document, policy: Policy) -> None:
    rule = policy.after_pass
    timed = rule.retake in ("after-wait", "before-expiry")
    if timed and (rule.months is None) == (rule.days is None):
        text = f"is {rule.retake}; either months or days must go with it."
        raise document.error(("after_pass", "retake"), text)


def _check_maps(document: Document, policy: Policy) -> None:
    for field, values, known, limit in (
        ("validity_months", policy.validity_months, get_args(Level), 240),
        ("change_deadline_hours", policy.change_deadline_hours, get_args(Place), 24 * 90),
    ):
        for key, value in values.items():
            if key not in known:
                raise document.error(
                    (field, key), f"is not known; {', '.join(known)} are accepted."
                )
            if not 1 <= value <= limit:
                raise document.error((field, key), f"is {value}; 1 to {limit} is accepted.")


def _check_zone(document: Document, policy: Policy) -> None:
    if policy.retirement_zone is None:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(policy.retirement_zone)
    except (KeyError, ValueError, OSError):
        raise document.refused(("retirement_zone",)) from None
