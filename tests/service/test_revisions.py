"""Any two kept revisions of a plan side by side."""

import pytest

from coach.model.plan import RevisionComparison
from coach.service.drafts import HoursDraft
from coach.service.refusal import Refusal
from coach.service.reports import add_report
from coach.service.schedule import compare_revisions
from coach.service.service import Service
from coach.service.settings import set_hours, set_strategy, set_target
from tests.service.conftest import az104, done


@pytest.fixture
def revised(service: Service) -> Service:
    """Revision 1 by a report, 2 by a later date, 3 by a strategy, 4 by the first date again."""
    done(service.act(add_report, az104()))
    done(service.act(set_target, "AZ-104", "2027-01-20"))
    done(service.act(set_strategy, "AZ-104", "priority"))
    done(service.act(set_hours, HoursDraft(off=("2026-12-05",))))
    return service


def led(compared: RevisionComparison, before: set[str]) -> set[str]:
    """The ids of the blocks after the changes."""
    for row in compared.changes:
        if row.kind == "added":
            before = before | {row.block}
        if row.kind == "removed":
            before = before - {row.block}
    return before


def test_neighbours_are_the_changes_of_the_later_one(revised: Service) -> None:
    compared = compare_revisions(revised.view(), 3, 4)
    assert compared.changes == revised.view("AZ-104").schedule.changes
    assert [row.number for row in compared.between] == [4]
    assert (compared.from_.trigger, compared.to.trigger) == (
        "strategy priority", "weekly hours changed",
    )  # fmt: skip


def test_any_two_lead_from_one_plan_to_the_other(revised: Service) -> None:
    facts = revised.state.facts
    first = {c.after.id for c in facts.revisions["AZ-104-1"].changes if c.after}
    assert led(compare_revisions(revised.view(), 1, 4), first) == set(facts.blocks)
    step = led(compare_revisions(revised.view(), 1, 2), first)
    assert led(compare_revisions(revised.view(), 2, 4), step) == set(facts.blocks)


def test_a_block_that_changed_twice_is_one_row(revised: Service) -> None:
    rows = [row.block for row in compare_revisions(revised.view(), 1, 4).changes]
    steps = [
        row.block
        for pair in ((1, 2), (2, 3), (3, 4))
        for row in compare_revisions(revised.view(), *pair).changes
    ]
    assert len(rows) == len(set(rows)) < len(steps)


def test_the_order_of_the_two_does_not_matter(revised: Service) -> None:
    assert compare_revisions(revised.view(), 4, 1) == compare_revisions(revised.view(), 1, 4)


def test_an_unknown_revision_is_refused(revised: Service) -> None:
    with pytest.raises(Refusal, match="9 is no version of the plan of AZ-104; kept are 1 to 4"):
        compare_revisions(revised.view(), 1, 9)


def test_what_has_only_a_summary_left_is_refused(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reader in ("coach.storage.journal", "coach.service.schedule"):
        monkeypatch.setattr(f"{reader}.DETAILED_REVISIONS", 3)
    done(service.act(add_report, az104()))
    for number in range(5):
        strategy = ("priority", "two-tier")[number % 2]
        done(service.act(set_strategy, "AZ-104", strategy))
    # Six revisions, of which the newest three keep their changes: 4 to 6.
    assert compare_revisions(service.view(), 3, 6).to.number == 6
    with pytest.raises(Refusal, match="version 2 has only its summary left; type 3 or a later"):
        compare_revisions(service.view(), 2, 6)
