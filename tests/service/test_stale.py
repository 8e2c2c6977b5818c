"""Two windows on the same records: the second save of the same thing is refused, not lost."""

from pathlib import Path

import msgspec
import pytest

from coach.model.plan import Block
from coach.service import blocks
from coach.service.attempts import add_attempt, attempt_draft, edit_attempt, remove
from coach.service.blocks import block_done, block_move, block_pin
from coach.service.drafts import AttemptDraft, HoursDraft, PracticeDraft, ReportDraft
from coach.service.outcome import Done, Outcome, Refused
from coach.service.practice import add_practice
from coach.service.reports import add_report, edit_report, report_draft
from coach.service.service import Service
from coach.service.settings import select, set_hours, set_strategy, set_target, set_topics
from tests.service.conftest import BERLIN, Clock, az104, done

STORAGE = "Implement and manage storage"


@pytest.fixture
def other(service: Service, tmp_path: Path, clock: Clock) -> Service:
    """A second window, open since the first stored its report."""
    done(service.act(add_report, az104()))
    return Service(tmp_path, BERLIN, clock)


def report_of(service: Service) -> str:
    return next(iter(service.state.facts.reports))


def edited(service: Service, **fields: str) -> ReportDraft:
    return msgspec.structs.replace(service.ask(report_draft, report_of(service)), **fields)


def stale(outcome: Outcome) -> Refused:
    assert isinstance(outcome, Refused), outcome
    assert outcome.stale
    return outcome


def first_block(service: Service) -> Block:
    planned = [b for b in service.state.facts.blocks.values() if b.activity != "buffer"]
    return min(planned, key=lambda block: block.start)


def test_a_stale_report_is_refused_with_all_three_versions(
    service: Service, other: Service
) -> None:
    opened, draft = service.state, edited(service, score="650", note="mine")
    done(other.act(edit_report, report_of(other), edited(other, score="655", place="online")))
    service.refresh()

    refused = stale(service.act_on(opened, edit_report, report_of(service), draft))

    rows = {row.field: (row.seen, row.stored, row.mine) for row in refused.differences}
    assert rows == {"score": ("640", "655", "650"), "place": ("nothing", "online", "nothing")}
    assert refused.text == (
        "report: changed by another Coach since you looked at it; nothing was saved. "
        "score: was 640, is 655 now, and 650 in your version. "
        "place: was nothing, is online now."
    )
    assert service.state.facts == other.state.facts
    assert service.state.facts.reports[report_of(service)].score == 655


def test_the_same_edit_goes_through_once_it_is_made_on_what_is_stored(
    service: Service, other: Service
) -> None:
    opened, draft = service.state, edited(service, score="650")
    done(other.act(edit_report, report_of(other), edited(other, score="655")))
    stale(service.act_on(opened, edit_report, report_of(service), draft))

    done(service.act_on(service.state, edit_report, report_of(service), draft))

    assert service.state.facts.reports[report_of(service)].score == 650


def test_a_domain_is_a_field_of_its_own(service: Service, other: Service) -> None:
    opened, draft = service.state, edited(service, note="mine")
    bands = (*other.ask(report_draft, report_of(other)).observations, ("2", "80"))
    done(other.act(edit_report, report_of(other), edited(other, observations=bands)))

    refused = stale(service.act_on(opened, edit_report, report_of(service), draft))

    (row,) = refused.differences
    assert (row.field, row.seen, row.stored) == (f"domain:{STORAGE}", "below", "80")
    assert [problem.field for problem in refused.problems] == ["report", f"domain:{STORAGE}"]


def test_without_a_form_the_state_on_screen_is_what_was_seen(
    service: Service, other: Service
) -> None:
    block = first_block(service)
    done(other.act(block_done, block.id))

    refused = stale(service.act(block_done, block.id))  # would untick it

    assert refused.text == (
        "block: changed by another Coach since you looked at it; nothing was saved. "
        "status: was planned, is done now."
    )
    assert service.state.facts.blocks[block.id].status == "done"
    done(service.act(block_done, block.id))
    assert service.state.facts.blocks[block.id].status == "planned"


@pytest.mark.parametrize("act", ["block_skip", "block_pin", "block_done", "block_move"])
def test_every_action_on_a_block_looks_at_what_was_seen(
    service: Service, other: Service, act: str
) -> None:
    block, opened = first_block(service), service.state
    moved = done(other.act(block_move, block.id, "2026-11-29 06:00", "20")).state.facts
    service.refresh()
    more = {"minutes": "30"} if act == "block_move" else {}

    refused = stale(service.act_on(opened, getattr(blocks, act), block.id, **more))

    assert {row.field for row in refused.differences} == {"start", "minutes", "moved"}
    assert next(row.stored for row in refused.differences if row.field == "start") == (
        "2026-11-29 06:00"
    )
    assert service.state.facts == moved


def test_a_stale_appointment_is_refused(service: Service, other: Service) -> None:
    booking = AttemptDraft(exam="AZ-104", at="2026-12-14 10:00", status="booked")
    key = done(service.act(add_attempt, booking)).attempt or ""
    opened = service.state
    other.refresh()
    theirs = msgspec.structs.replace(other.ask(attempt_draft, key), at="2026-12-15")
    done(other.act(edit_attempt, key, theirs))

    mine = msgspec.structs.replace(service.ask(attempt_draft, key), fee="165")
    refused = stale(service.act_on(opened, edit_attempt, key, mine))

    (row,) = refused.differences
    assert (row.field, row.seen, row.stored) == ("at", "2026-12-14 10:00", "2026-12-15")


def test_what_was_removed_meanwhile_is_said_to_be(service: Service, other: Service) -> None:
    draft = edited(service, score="650")
    done(other.act(remove, report_of(other)))

    refused = stale(service.act(edit_report, report_of(service), draft))

    assert refused.text == (
        "report: removed by another Coach since you looked at it; nothing was saved."
    )
    assert refused.differences == ()
    assert service.state.facts.reports == {}


def test_a_report_that_was_corrected_meanwhile_is_not_removed(
    service: Service, other: Service
) -> None:
    done(other.act(edit_report, report_of(other), edited(other, score="655")))

    stale(service.act(remove, report_of(service)))

    assert service.state.facts.reports[report_of(service)].score == 655


def test_hours_are_compared_by_weekday(service: Service, other: Service) -> None:
    done(service.act(set_hours, HoursDraft(windows=(("mon", "19:00-20:30"),), clear=True)))
    opened = service.state
    other.refresh()
    late = HoursDraft(windows=(("mon", "22:00-24:00"),), off=("2026-12-24",))
    done(other.act(set_hours, late))
    service.refresh()

    mine = HoursDraft(windows=(("mon", "18:00-19:00"),), clear=True)
    refused = stale(service.act_on(opened, set_hours, mine))

    assert [(row.field, row.seen, row.stored, row.mine) for row in refused.differences] == [
        ("mon", "19:00-20:30", "22:00-24:00", "18:00-19:00"),
        ("off", "nothing", "2026-12-24", "nothing"),
    ]


def test_of_a_tracked_exam_only_the_field_that_is_edited_counts(
    service: Service, other: Service
) -> None:
    done(other.act(set_strategy, "AZ-104", "balanced"))
    done(other.act(set_topics, "AZ-104", STORAGE, ("Azure Files",)))

    assert isinstance(service.act(set_target, "AZ-104", "2026-12-20"), Done)
    entry = service.state.facts.tracked["AZ-104"]
    assert (entry.strategy, entry.topics) == ("balanced", {STORAGE: ("Azure Files",)})

    opened = other.state
    other.refresh()
    refused = stale(other.act_on(opened, set_target, "AZ-104", "2026-12-21"))
    assert [(row.field, row.seen, row.stored[:10]) for row in refused.differences] == [
        ("target", "nothing", "2026-12-20")
    ]


def test_additions_and_another_exam_on_screen_stand_in_nobodys_way(
    service: Service, other: Service
) -> None:
    done(other.act(add_practice, PracticeDraft(exam="", domain="2", correct="7", total="10")))
    done(other.act(select, "AZ-305"))

    done(
        service.act(add_practice, PracticeDraft(exam="AZ-104", domain="2", correct="8", total="10"))
    )
    done(service.act(block_pin, first_block(service).id))
    assert {entry.correct for entry in service.state.facts.practice.values()} == {7, 8}


def test_a_refused_action_shows_what_another_window_saved(service: Service, other: Service) -> None:
    done(other.act(add_practice, PracticeDraft(exam="", domain="2", correct="7", total="10")))

    assert isinstance(service.act(set_strategy, "AZ-104", "none of them"), Refused)

    assert service.state.facts == service.refresh().facts == other.state.facts


def test_undo_takes_back_only_what_was_shown(service: Service, other: Service) -> None:
    (first, *_) = service.history()
    assert first[1] == "AZ-104 report of 2026-11-20 added"
    quiz = PracticeDraft(exam="", domain="2", correct="7", total="10")
    done(other.act(add_practice, quiz))

    refused = service.undo(first)

    assert isinstance(refused, Refused)
    assert (
        refused.text
        == f"Nothing was taken back: AZ-104 practice: 7 of 10 in {STORAGE} was saved meanwhile."
    )
    assert isinstance(service.undo(service.history()[0]), Done)
    assert service.state.facts.practice == {}
    assert isinstance(service.undo(first), Done)
