"""What the weeks ahead lack, said in notes: time that is kept free, and labs."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from coach.model.plan import Activity, Block
from coach.planning.draft_plan import DraftPlan
from coach.planning.explain import week_warnings
from coach.planning.replan import replan_all
from coach.wording import written
from tests.planning import plans

MONDAY = datetime(2026, 11, 30, 19, tzinfo=plans.BERLIN)  # the request is made on Sat 21 Nov


def week(*work: str, start: datetime = MONDAY) -> list[Block]:
    """A block a day from `start`, each `domain activity`; a dash is no domain."""
    return [
        Block(
            id=f"{start:%d}-{number}",
            exam="AZ-500",
            start=start + timedelta(days=number),
            minutes=45,
            domain=None if domain == "-" else domain,
            topic=None,
            activity=_activity(activity),
        )
        for number, (domain, activity) in enumerate(each.split() for each in work)
    ]


def _activity(word: str) -> Activity:
    assert word in ("lab", "learn", "buffer")
    return word


def said(blocks: list[Block], bands: str = "BNAA") -> list[str]:
    return [written(note) for note in week_warnings(DraftPlan(plans.request(bands)), blocks)]


LABS = ("IAM lab", "NET lab")
FULL = (*LABS, "IAM learn", "IAM learn", "NET learn", "NET learn", "IAM learn")


@pytest.mark.parametrize(
    ("blocks", "notes"),
    [
        (week(*FULL[:4], "- buffer"), []),
        (week(*FULL[:6]), []),
        (
            week(*FULL),
            [
                "No time is kept free for missed sessions in the week of 2026-11-30: what you miss "
                "there waits for another week."
            ],
        ),
        (
            week(*FULL) + week(*FULL, start=MONDAY + timedelta(weeks=1)),
            [
                "No time is kept free for missed sessions in the week of 2026-11-30 and 1 later "
                "one: what you miss there waits for another week."
            ],
        ),
        (week(*FULL, start=MONDAY - timedelta(weeks=2)), []),
        (week("IAM lab"), ["The week of 2026-11-30 has no lab for NET."]),
        (
            week("IAM lab") + week("NET lab", start=MONDAY + timedelta(weeks=1)),
            ["The week of 2026-11-30 has no lab for NET; 1 later week lacks one too."],
        ),
        ([], []),
    ],
    ids=["buffer", "few", "tight", "tight-later", "begun", "lab", "labs", "empty"],
)
def test_a_week_says_what_it_lacks(blocks: list[Block], notes: list[str]) -> None:
    assert said(blocks) == notes


def test_a_domain_that_comes_into_another_ones_lab_lacks_none() -> None:
    (lab,) = week("IAM lab")
    combined = replace(lab, also=("NET",))
    assert said([combined]) == []


@pytest.mark.parametrize("bands", ["BBNN", "NNNN", "BNAA", "AAAA"])
@pytest.mark.parametrize("weeks", [2, 5, 12])
def test_a_first_plan_lacks_nothing(bands: str, weeks: int) -> None:
    asked = plans.request(bands, weeks=weeks)
    (plan,) = replan_all([asked])
    assert not {"TIGHT", "LABS"} & {note.code for note in plan.notes}


def test_a_week_of_days_off_is_told_by_what_it_took_from_the_others() -> None:
    first = plans.request("BBNN", weeks=5)
    (before,) = replan_all([first])
    off = tuple((MONDAY + timedelta(days=n)).date() for n in range(6))
    again = replace(
        first,
        hours=replace(first.hours, off=off),
        existing=before.blocks,
        revision=2,
    )
    (after,) = replan_all([again])
    (note,) = [note for note in after.notes if note.code == "TIGHT"]
    assert "No time is kept free for missed sessions in" in written(note)
