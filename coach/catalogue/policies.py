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

_RULE = {"rule": "a rule id of digits, letters and dashes"}
_SHAPE = Shape(
    Policy,
    {
        "wait": ("waits", Shape(Wait, accepted=_RULE), True),
        "cap": ("cap", Shape(Cap, accepted=_RULE), False),
        "after_pass": ("after_pass", Shape(AfterPass), False),
        "scoring": ("scoring", Shape(Scoring), False),
        "day_step": (
            "day_steps",
            Shape(DayStep, accepted={"code": "an id such as answer-all"}),
            True,
        ),
    },
    omitted=("terms",),
    accepted={
        "counts": "a list of attempt statuses such as delivered",
        "beta_result_weeks": "two whole numbers of at most 520 weeks",
        "change_deadline_hours": "whole hours for centre and online",
        "waiver_reasons": "internet and equipment",
        "validity_months": "whole months by level",
        "retirement_zone": "a time zone such as America/Chicago",
    },
)


def read_policy_file(path: Path) -> Policy:
    """The policy in the file at `path`, in the format above.

    Raises CatalogueError with the file, the line, the field and what is accepted.
    """
    document = read_document(path, _SHAPE)
    document.table.setdefault("as_of", None)
    document.table.setdefault("verified", False)
    document.table.setdefault("wait", [])
    policy = document.record(Policy)
    for field in ("id", "name", "source"):
        if not getattr(policy, field).strip():
            raise document.error((field,), "is empty; a name is required.")
    _check_rules(document, policy)
    for field, values, known, limit in (
        ("validity_months", policy.validity_months, get_args(Level), 240),
        ("change_deadline_hours", policy.change_deadline_hours, get_args(Place), 24 * 90),
    ):
        for key, value in values.items():
            if key not in known:
                text = f"is not known; {', '.join(known)} are accepted."
                raise document.error((field, key), text)
            if not 1 <= value <= limit:
                raise document.error((field, key), f"is {value}; 1 to {limit} is accepted.")
    weeks = policy.beta_result_weeks
    if weeks is not None and weeks[0] > weeks[1]:
        raise document.error(("beta_result_weeks",), "must rise; at most 520 weeks are accepted.")
    if policy.retirement_zone is not None:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(policy.retirement_zone)
        except (KeyError, ValueError, OSError):
            raise document.refused(("retirement_zone",)) from None
    return policy


def _check_rules(document: Document, policy: Policy) -> None:
    cap, after = policy.cap, policy.after_pass
    if not policy.waits and after.retake != "unknown":
        raise document.error(("wait",), "is missing; at least one is required.")
    for number, wait in enumerate(policy.waits):
        if (wait.hours is None) == (wait.days is None):
            raise document.error(("wait", number), "must have either hours or days.")
    if cap is not None and cap.months is None and cap.after != "never":
        text = 'is missing; it is required unless after = "never".'
        raise document.error(("cap", "months"), text)
    timed = after.retake in ("after-wait", "before-expiry")
    if timed and (after.months is None) == (after.days is None):
        text = f"is {after.retake}; either months or days must go with it."
        raise document.error(("after_pass", "retake"), text)
