"""What now means in the very minute in which a session or a deadline begins or ends."""

import pytest

from coach.service.attempts import add_attempt
from coach.service.blocks import block_move
from coach.service.drafts import AttemptDraft
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.today import today
from tests.service.conftest import Clock, az104, done


@pytest.fixture
def failed(service: Service) -> Service:
    """With two sessions on Monday, from 19:00 and from 19:45."""
    done(service.act(add_report, az104()))
    return service


def test_one_session_is_on_in_the_minute_that_ends_the_one_before(
    failed: Service, clock: Clock
) -> None:
    clock.set("2026-11-23T19:45")
    now = today(failed.refresh())
    assert [f"{block.start:%H:%M}" for block in now.unticked] == ["19:00"]
    assert now.exams[0].text.startswith("on now, 45 min")


def test_the_next_deadline_is_one_that_can_still_be_kept(failed: Service, clock: Clock) -> None:
    draft = AttemptDraft(exam="AZ-104", at="2026-12-10T10:00", status="booked")
    done(failed.act(add_attempt, draft))
    told = []
    for minute in ("2026-12-09T09:59", "2026-12-09T10:00"):
        clock.set(minute)
        deadline = today(failed.refresh()).deadline
        assert deadline is not None
        told.append(f"{deadline.at:%d %H:%M}")
    assert told == ["09 10:00", "10 10:00"]


def test_a_session_may_move_to_this_minute_and_up_to_the_next_one(
    failed: Service, clock: Clock
) -> None:
    clock.set("2026-11-23T18:15")
    monday = [b for b in failed.state.facts.blocks.values() if f"{b.start:%d %H:%M}" == "23 19:45"]
    moved = done(failed.act(block_move, monday[0].id, "2026-11-23 18:15"))
    assert "moved to Mon 23 Nov 18:15" in moved.message
