"""Appointments: recorded, read back, corrected and removed."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from coach.model.attempt import Attempt
from coach.service.attempts import add_attempt, attempt_draft, edit_attempt
from coach.service.drafts import AttemptDraft, ReportDraft
from coach.service.outcome import Outcome, Refused
from coach.service.refusal import Refusal
from coach.service.reports import add_report, edit_report
from coach.service.service import Service
from tests.service.conftest import Clock, az104, done


def draft(at: str = "2026-12-05 10:00", status: str = "booked", **texts: str) -> AttemptDraft:
    return AttemptDraft(exam="AZ-104", at=at, status=status, **texts)


def stored(service: Service) -> list[Attempt]:
    return list(service.state.facts.attempts.values())


def edit(service: Service, record: str | None, **texts: object) -> Outcome:
    """What editing a stored attempt gives; only what is named changes."""
    assert record is not None
    old = service.ask(attempt_draft, record)
    return service.act(edit_attempt, record, msgspec.structs.replace(old, **texts))


def fields(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Refused), outcome
    return [problem.field for problem in outcome.problems]


def test_a_stored_attempt_reads_back_as_it_was_typed(service: Service) -> None:
    typed = draft("2026-11-20 10:00", "interrupted", place="online", fee="82.50", case_number="77",
                  reason="internet", note="the line broke")  # fmt: skip
    typed = msgspec.structs.replace(typed, waiver_granted=True)
    saved = done(service.act(add_attempt, typed))
    assert service.ask(attempt_draft, saved.attempt or "") == typed
    assert service.ask(attempt_draft, (saved.attempt or "")[:5]) == typed


@pytest.mark.parametrize(
    "at",
    ["2026-10-20", "2026-10-20 10:00:30", "2026-10-25 02:30", "2026-10-25 02:30+01:00"],
    ids=["day", "seconds", "first-of-two", "second-of-two"],
)
def test_a_time_survives_being_read_back(service: Service, at: str) -> None:
    saved = done(service.act(add_attempt, draft(at, "no-show")))
    before = stored(service)
    done(edit(service, saved.attempt, note="read back"))
    after = stored(service)
    assert service.ask(attempt_draft, saved.attempt or "").at == at
    assert [(a.at, a.time_known) for a in after] == [(a.at, a.time_known) for a in before]


def test_an_edit_keeps_the_id_and_replans(service: Service) -> None:
    done(service.act(add_report, az104()))
    booked = done(service.act(add_attempt, draft("2026-12-15 10:00")))
    moved = done(edit(service, booked.attempt, at="2026-12-19 09:00", place="centre"))
    assert (moved.attempt, moved.report) == (booked.attempt, None)
    assert str(service.view().schedule.target) == "2026-12-19 09:00:00+01:00"
    assert len(stored(service)) == 2
    assert "corrected" in moved.message


def test_an_edit_can_be_undone(service: Service) -> None:
    booked = done(service.act(add_attempt, draft(fee="165")))
    done(edit(service, booked.attempt, fee=""))
    assert stored(service)[0].fee is None
    done(service.undo())
    assert stored(service)[0].fee == 165


def test_a_moved_booking_is_checked_without_its_old_self(service: Service) -> None:
    """RT-06: what forbids a new booking forbids a moved one; its old date is no second booking."""
    done(service.act(add_report, az104()))
    booked = done(service.act(add_attempt, draft("2026-12-15 10:00")))
    moved = done(edit(service, booked.attempt, at="2026-12-16 10:00"))
    assert "Another appointment" not in moved.message
    refused = edit(service, booked.attempt, at="2026-11-21 09:59")
    assert fields(refused) == ["at"]
    assert "1 minute too early" in refused.text  # type: ignore[union-attr]


def test_a_booking_whose_day_has_passed_can_still_get_a_note(
    service: Service, clock: Clock
) -> None:
    booked = done(service.act(add_attempt, draft()))
    clock.set("2026-12-07T09:00")
    done(edit(service, booked.attempt, note="ask about the result"))
    assert stored(service)[0].note == "ask about the result"
    assert fields(edit(service, booked.attempt, at="2026-12-06 10:00")) == ["at"]
    done(edit(service, booked.attempt, status="no-show"))
    assert stored(service)[0].status == "no-show"


def test_an_outcome_cannot_lie_ahead(service: Service) -> None:
    booked = done(service.act(add_attempt, draft()))
    assert fields(edit(service, booked.attempt, status="no-show")) == ["at"]
    assert stored(service)[0].status == "booked"


def test_rw_08_a_waiver_is_added_to_a_sitting_that_has_a_report(service: Service) -> None:
    report = done(service.act(add_report, az104()))
    changed = done(
        edit(service, report.report, case_number="4711", reason="internet", waiver_granted=True)
    )
    assert (changed.report, changed.attempt) == (report.report, report.attempt)
    retake = service.state.retake
    assert retake is not None
    assert retake.rule == "waived"
    assert any("4711" in note.text for note in retake.notes)


def test_a_sitting_with_a_report_stays_one_of_its_exam(service: Service) -> None:
    report = done(service.act(add_report, az104()))
    assert fields(edit(service, report.attempt, status="no-show")) == ["status"]
    assert fields(edit(service, report.attempt, exam="AZ-305")) == ["exam"]
    done(edit(service, report.attempt, status="revoked"))
    assert stored(service)[0].status == "revoked"


@pytest.mark.parametrize(
    ("exam", "reason", "field"),
    [
        pytest.param("AZ-104", "other", "reason", id="RW-03"),
        pytest.param("AZ-104", "", "reason", id="RW-01"),
        pytest.param("CISSP", "internet", "waiver", id="a-vendor-without-waivers"),
    ],
)
def test_only_the_reasons_of_the_policy_waive_a_wait(
    service: Service, exam: str, reason: str, field: str
) -> None:
    typed = AttemptDraft(
        exam=exam, at="2026-11-20 10:00", status="delivered", reason=reason, waiver_granted=True
    )
    assert fields(service.act(add_attempt, typed)) == [field]


def test_an_unknown_id_is_refused(service: Service) -> None:
    with pytest.raises(Refusal, match="no report or attempt"):
        service.ask(attempt_draft, "ffff")
    assert fields(service.act(edit_attempt, "ffff", draft())) == ["id"]


@pytest.mark.parametrize("status", ["no-show", "interrupted", "pending", "delivered", "beta"])
def test_what_came_of_a_booking_takes_its_place(
    service: Service, clock: Clock, status: str
) -> None:
    """RF-02: one appointment, one fee."""
    booked = done(service.act(add_attempt, draft(fee="165", place="centre")))
    clock.set("2026-12-05T18:00")
    outcome = done(service.act(add_attempt, draft("2026-12-05", status)))
    assert outcome.attempt == booked.attempt
    (attempt,) = stored(service)
    assert (attempt.status, attempt.fee, attempt.place) == (status, 165, "centre")
    assert service.ask(attempt_draft, attempt.id).at == "2026-12-05 10:00"
    assert "in place of the booking" in outcome.message


def test_what_is_typed_with_an_outcome_wins_over_the_booking(
    service: Service, clock: Clock
) -> None:
    done(service.act(add_attempt, draft(fee="165", place="centre", note="seat 4")))
    clock.set("2026-12-05T18:00")
    done(
        service.act(
            add_attempt, draft("2026-12-05 10:25", "interrupted", case_number="4711", fee="0")
        )
    )
    (attempt,) = stored(service)
    assert service.ask(attempt_draft, attempt.id) == draft(
        "2026-12-05 10:25", "interrupted", case_number="4711", fee="0", place="centre",
        note="seat 4",
    )  # fmt: skip


def test_an_outcome_of_another_day_or_exam_is_an_appointment_of_its_own(
    service: Service, clock: Clock
) -> None:
    done(service.act(add_attempt, draft()))
    clock.set("2026-12-07T18:00")
    done(service.act(add_attempt, draft("2026-12-06 10:00", "no-show")))
    other = AttemptDraft(exam="AZ-305", at="2026-12-05 10:00", status="no-show")
    done(service.act(add_attempt, other))
    assert sorted(attempt.status for attempt in stored(service)) == ["booked", "no-show", "no-show"]


@pytest.mark.parametrize(
    ("at", "now", "status"),
    [
        pytest.param("2026-12-05 10:00", "2026-12-04T10:00", "cancelled", id="RF-07"),
        pytest.param("2026-12-05 10:00", "2026-12-04T10:01", "late-cancelled", id="RF-08"),
        pytest.param("2026-12-05 10:00", "2026-12-04T11:00", "late-cancelled", id="RF-08-hour"),
        pytest.param("2026-12-05 10:00", "2026-12-06T11:00", "cancelled", id="said-afterwards"),
        # Without a time of day the appointment may be as late as midnight.
        pytest.param("2026-12-05", "2026-12-04T20:00", "cancelled", id="RF-08-day"),
        pytest.param("2026-12-05", "2026-12-05T00:01", "late-cancelled", id="RF-08-same-day"),
    ],
)
@pytest.mark.parametrize("way", ["add", "edit"])
def test_a_booking_cancelled_after_its_deadline_loses_the_fee(
    service: Service, clock: Clock, at: str, now: str, status: str, way: str
) -> None:
    booked = done(service.act(add_attempt, draft(at, fee="165")))
    clock.set(now)
    if way == "add":
        saved = done(service.act(add_attempt, draft(at, "cancelled")))
    else:
        saved = done(edit(service, booked.attempt, status="cancelled"))
    assert [attempt.status for attempt in stored(service)] == [status]
    assert service.state.timeline is not None
    assert service.state.timeline.cost == (0 if status == "cancelled" else 165)
    assert ("the fee is lost" in saved.message) == (status == "late-cancelled")
    done(edit(service, booked.attempt, status="cancelled"))
    assert stored(service)[0].status == "cancelled"


def test_rf_06_a_booking_shows_the_cost_so_far(service: Service) -> None:
    report = msgspec.structs.replace(az104(), fee="165")
    done(service.act(add_report, report))
    assert "165" in done(service.act(add_attempt, draft("2026-12-22 10:00"))).message


def test_tl_17_the_result_of_a_beta_sitting_leaves_it_one(service: Service) -> None:
    beta = done(service.act(add_attempt, draft("2026-09-01 10:00", "beta")))
    report = done(service.act(add_report, az104(at="2026-09-01 10:00")))
    assert report.attempt == beta.attempt
    assert service.state.retake is not None
    assert (service.state.retake.attempts_used, service.state.retake.rule) == (0, "no-wait")
    done(service.act(edit_report, report.report or "", az104("705", "2026-09-01 10:00")))
    assert [attempt.status for attempt in stored(service)] == ["beta"]
    assert service.state.retake is not None
    assert service.state.retake.status == "passed"


def test_rt_30_a_report_of_an_interrupted_sitting_says_that_it_was_delivered(
    service: Service,
) -> None:
    broken = done(
        service.act(add_attempt, draft("2026-11-19 10:00", "interrupted", case_number="4711"))
    )
    assert done(service.act(add_report, az104(at="2026-11-19 15:00"))).attempt != broken.attempt
    done(service.undo())
    report = done(service.act(add_report, az104(at="2026-11-19 10:00")))
    assert report.attempt == broken.attempt
    (attempt,) = stored(service)
    assert (attempt.status, attempt.case_number) == ("delivered", "4711")


def test_correcting_a_report_leaves_a_revoked_sitting_revoked(service: Service) -> None:
    report = done(service.act(add_report, az104()))
    done(edit(service, report.attempt, status="revoked"))
    done(service.act(edit_report, report.report or "", az104("650")))
    assert [attempt.status for attempt in stored(service)] == ["revoked"]


def test_a_day_stays_that_day_after_a_move_to_another_zone(
    service: Service, clock: Clock, tmp_path: Path
) -> None:
    """RT-25: only the day was typed, so it is no moment that another zone could shift."""
    done(service.act(add_report, az104(at="2026-11-20")))
    abroad = Service(tmp_path, ZoneInfo("America/New_York"), clock).view()
    assert str(abroad.timeline.attempts[0].at) == "2026-11-20"
    assert f"{abroad.retake.earliest:%Y-%m-%d %H:%M}" == "2026-11-21 00:00"


def test_ret_05_east_of_the_vendor_the_last_hours_are_on_the_day_after(
    tmp_path: Path, clock: Clock
) -> None:
    """AI-102 ends on 2026-06-30 at 23:59 US Central: 14:59 on the next day in Sydney."""
    clock.now = datetime.fromisoformat("2026-06-30T13:00+10:00")
    service = Service(tmp_path, ZoneInfo("Australia/Sydney"), clock)
    report = ReportDraft(exam="AI-102", at="2026-06-30 12:00", score="640")
    done(service.act(add_report, report))
    retake = service.view().retake
    assert retake.recommended is not None
    assert str(retake.recommended.until) == "2026-07-01"
    note = next(note for note in retake.notes if note.code == "retires-in-window")
    assert note.text.endswith("2026-07-01.")
    booking = AttemptDraft(exam="AI-102", at="2026-07-01 14:59", status="booked")
    assert "fits is 2026-07-01" in done(service.act(add_attempt, booking)).message
    late = msgspec.structs.replace(booking, at="2026-07-01 15:00")
    assert "AI-103" in service.act(add_attempt, late).text  # type: ignore[union-attr]
