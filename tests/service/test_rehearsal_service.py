"""The rehearsal of an exam: every split until two dates, from what the planner would plan."""

from datetime import date

from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import select
from tests.service.conftest import az104, done


def test_every_split_until_two_dates(service: Service) -> None:
    done(service.act(add_report, az104()))
    found = service.view().rehearsal
    assert [(row.strategy, row.at) for row in found.plans[:3]] == [
        (strategy, found.plans[0].at) for strategy in ("two-tier", "priority", "balanced")
    ]
    assert [(row.at - found.plans[0].at).days for row in found.plans] == [0, 0, 0, 14, 14, 14]
    assert all(0 < row.p < 1 and row.hours > 0 for row in found.plans)
    assert service.view().rehearsal == found


def test_nothing_to_rehearse_says_why(service: Service) -> None:
    done(service.act(add_report, az104(score="720")))
    found = service.view().rehearsal
    assert found.plans == ()
    assert found.reason is not None


def test_no_date_lies_behind_the_end_of_an_exam(service: Service) -> None:
    # MS-102 ends on 30 November 2026.
    done(service.act(select, "MS-102"))
    assert all(row.at <= date(2026, 11, 30) for row in service.view("MS-102").rehearsal.plans)
