"""When an answer is no longer true: by an outside change, or by time alone."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.service.attempts import add_attempt
from coach.service.drafts import AttemptDraft, PracticeDraft
from coach.service.practice import add_practice
from coach.service.reports import add_report
from coach.service.service import Service
from tests.service.conftest import BERLIN, Clock, az104, done


@pytest.fixture
def reported(service: Service) -> Service:
    done(service.act(add_report, az104()))
    return service


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_nothing_happened_and_nothing_is_due(reported: Service) -> None:
    assert not reported.outdated()


def test_what_another_copy_saved_is_noticed(
    reported: Service, tmp_path: Path, clock: Clock
) -> None:
    other = Service(tmp_path, BERLIN, clock)
    draft = PracticeDraft(exam="AZ-104", domain="1", correct="1", total="2")
    done(other.act(add_practice, draft))
    assert reported.outdated()
    reported.refresh()
    assert not reported.outdated()


def test_a_file_that_cannot_be_asked_for_is_noticed(reported: Service) -> None:
    file = reported.folder / "coach.json"
    file.unlink()
    file.symlink_to(file)  # a link to itself: the system refuses to say anything about it
    assert reported.outdated()


def test_an_empty_folder_is_due_at_midnight(service: Service, clock: Clock) -> None:
    day = clock.now.date()
    assert service.state.valid_until == moment(f"{day + timedelta(days=1)}T00:00")


def test_the_first_moment_of_a_session_is_the_next_one_due(reported: Service, clock: Clock) -> None:
    blocks = sorted(reported.state.facts.blocks.values(), key=lambda block: block.start)
    first = next(block for block in blocks if block.start > clock.now)
    clock.now = first.start - timedelta(minutes=1)
    assert reported.refresh().valid_until == first.start
    assert not reported.outdated()
    clock.now = first.start
    assert reported.outdated()
    assert reported.refresh().valid_until == first.end


def test_a_session_is_missed_when_its_study_day_is_over(reported: Service, clock: Clock) -> None:
    clock.set("2026-11-24T00:30")
    assert reported.refresh().valid_until == moment("2026-11-24T04:00")


def test_the_earliest_date_is_due_when_it_arrives(reported: Service, clock: Clock) -> None:
    earliest = reported.state.retake.earliest if reported.state.retake else None
    assert earliest is not None
    clock.now = earliest - timedelta(minutes=1)
    assert reported.refresh().valid_until <= earliest
    clock.now = earliest
    assert reported.outdated()


def test_a_booked_exam_is_ahead_then_near_then_on_then_over(service: Service, clock: Clock) -> None:
    assert (service.state.booked, service.state.exam_moment) == (None, None)
    done(
        service.act(
            add_attempt, AttemptDraft(exam="AZ-104", at="2026-12-05 10:00", status="booked")
        )
    )
    start = moment("2026-12-05T10:00")
    assert (service.state.booked, service.state.exam_moment) == (start, None)
    clock.set("2026-12-05T09:00")
    near = service.refresh().exam_moment
    assert near is not None
    assert (near.phase, near.at) == ("exam-day", start)
    assert service.state.valid_until <= start
    clock.now = start
    state = service.refresh()
    assert state.exam is not None
    assert state.exam_moment is not None
    assert state.exam_moment.phase == "sitting"
    over = start + timedelta(minutes=state.exam.duration_minutes or 120)
    assert state.valid_until == over
    clock.now = over
    after = service.refresh().exam_moment
    assert after is not None
    assert after.phase == "after"
