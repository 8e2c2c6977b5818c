"""The skills of several earlier outlines matched in one go: all of them, or none."""

import pytest

from coach.service.drafts import MappingDraft, ReportDraft
from coach.service.exams import set_mappings
from coach.service.outcome import Refused
from coach.service.reports import add_report
from coach.service.service import Service
from tests.service.conftest import done

EARLIER, LATER, NEWEST = "seed", "2023-10-31", "2026-01-22"


@pytest.fixture
def sat_on_three(service: Service) -> Service:
    """AZ-500 on each of its three outlines."""
    for outline, day in ((EARLIER, "2025-01-10"), (LATER, "2025-06-10"), (NEWEST, "2026-02-10")):
        bands = tuple((str(number), "near") for number in range(1, 5))
        report = ReportDraft(
            exam="AZ-500", at=f"{day} 10:00", score="640", outline=outline, observations=bands
        )
        done(service.act(add_report, report))
    return service


def test_all_matches_are_one_action_to_take_back(sat_on_three: Service) -> None:
    drafts = [MappingDraft(exam="AZ-500", earlier=one, suggested=True) for one in (EARLIER, LATER)]
    outcome = done(sat_on_three.act(set_mappings, *drafts))
    assert {m.earlier for m in outcome.state.facts.tracked["AZ-500"].mappings} == {EARLIER, LATER}
    assert done(sat_on_three.undo()).state.facts.tracked["AZ-500"].mappings == ()


def test_where_one_match_is_refused_none_is_kept(sat_on_three: Service) -> None:
    sound = MappingDraft(exam="AZ-500", earlier=LATER, suggested=True)
    faulty = MappingDraft(exam="AZ-500", earlier=EARLIER, pairs=(("1", "no such skill"),))
    assert isinstance(sat_on_three.act(set_mappings, sound, faulty), Refused)
    assert sat_on_three.state.facts.tracked["AZ-500"].mappings == ()
