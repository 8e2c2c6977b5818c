"""Reports through the service: what is stored, what is kept, what is refused."""

from pathlib import Path

import msgspec
import pytest

from coach.service.attempts import add_attempt, remove
from coach.service.drafts import AttemptDraft, ReportDraft
from coach.service.outcome import Refused
from coach.service.refusal import Refusal
from coach.service.reports import add_report, blank_draft, draft_for, edit_report, report_draft
from coach.service.service import Service
from coach.service.settings import track_successor
from coach.storage.repository import Repository
from tests.service.conftest import BERLIN, Clock, az104, done

STORAGE = "Implement and manage storage"


def test_a_saved_report_is_on_disk_and_in_the_state(service: Service, tmp_path: Path) -> None:
    saved = done(service.act(add_report, az104()))
    assert saved.report in Repository(tmp_path).load().reports
    assert saved.state is service.state
    assert saved.state.code == "AZ-104"
    assert saved.state.head is not None
    assert (saved.state.head.score, saved.state.head.passing_score) == (640, 700)


def test_a_preview_says_the_same_and_stores_nothing(service: Service, tmp_path: Path) -> None:
    preview = done(service.preview(add_report, az104()))
    assert preview.revision == 1
    assert not (tmp_path / "coach.json").exists()
    assert service.state.facts.reports == {}
    saved = done(service.act(add_report, az104()))
    assert saved.changes == preview.changes


def test_a_booking_of_that_day_becomes_the_attempt(service: Service, clock: Clock) -> None:
    booking = AttemptDraft(
        exam="AZ-104", at="2026-11-25 14:30", status="booked", place="centre", fee="165"
    )
    booked = done(service.act(add_attempt, booking))
    clock.set("2026-11-25T18:00")
    saved = done(service.act(add_report, az104(at="2026-11-25")))
    assert saved.attempt == booked.attempt
    attempt = service.state.facts.attempts[saved.attempt or ""]
    assert (attempt.status, attempt.place, attempt.fee) == ("delivered", "centre", 165)
    assert attempt.time_known
    assert f"{attempt.at.astimezone(BERLIN):%H:%M}" == "14:30"


def test_a_date_alone_is_kept_as_a_date(service: Service) -> None:
    done(service.act(add_report, az104(at="2026-11-20")))
    timeline, retake = service.state.timeline, service.state.retake
    assert timeline is not None
    assert retake is not None
    assert str(timeline.attempts[0].at) == "2026-11-20"
    assert f"{retake.earliest:%Y-%m-%d}" == "2026-11-21"
    assert f"{retake.certain_from:%Y-%m-%d}" == "2026-11-22"


def test_a_missing_domain_is_unknown_and_counts_as_near(service: Service) -> None:
    done(service.act(add_report, az104(bands=("near", "below", "", "above", "near"))))
    heatmap = service.state.heatmap
    assert heatmap is not None
    assert heatmap.domains[2].cells[0].band == "unknown"
    assert heatmap.domains[2].gap == 1


def test_inv_38_every_problem_of_a_form_is_named_with_its_field(service: Service) -> None:
    draft = ReportDraft(
        exam="AZ-104",
        at="20.13.2026",
        score="1001",
        observations=(("1", "great"), ("2", "80 %"), ("3", "near")),
        fee="a lot",
        place="at home",
        note="x" * 5001,
    )
    refused = service.act(add_report, draft)
    assert isinstance(refused, Refused)
    assert [problem.field for problem in refused.problems] == [
        "at", "score", "place", "fee", "note", "domain:1", "domain:2",
    ]  # fmt: skip
    assert service.state.facts.attempts == {}


def test_editing_changes_what_was_typed_and_keeps_the_ids(service: Service) -> None:
    saved = done(service.act(add_report, az104()))
    assert saved.report is not None
    draft = service.ask(report_draft, saved.report)
    assert draft.at == "2026-11-20 10:00"
    assert dict(draft.observations)[STORAGE] == "below"
    changed = msgspec.structs.replace(draft, score="655")
    assert done(service.act(edit_report, saved.report, changed)).report == saved.report
    assert [report.score for report in service.state.facts.reports.values()] == [655]


def test_a_report_becomes_one_of_another_exam_with_the_domains_that_both_have(
    service: Service,
) -> None:
    saved = done(service.act(add_report, az104()))
    moved = draft_for(service.state.world, service.ask(report_draft, saved.report), "az900")
    assert (moved.exam, moved.score, moved.observations) == ("AZ-900", "640", ())
    told = done(service.act(edit_report, saved.report, moved))
    assert told.message == "Report of 2026-11-20 is one of AZ-900 now."
    assert service.view("AZ-104").retake.attempts_used == 0
    assert service.view("AZ-900").retake.attempts_used == 1
    done(service.undo())
    assert service.view("AZ-104").retake.attempts_used == 1


def test_a_report_with_an_outline_of_its_own(service: Service) -> None:
    draft = ReportDraft(
        exam="AZ-500", at="2024-05-05", score="612", outline="seed",
        observations=(("Identity", "b"), ("Networking", "Near-Target"), ("4", "near target")),
    )  # fmt: skip
    done(service.act(add_report, draft))
    heatmap = service.state.heatmap
    assert heatmap is not None
    assert heatmap.outline == "seed"
    assert [row.weight for row in heatmap.domains] == [30, 25, 25, 20]


def test_an_old_sitting_uses_the_outline_in_force_then(service: Service) -> None:
    done(service.act(add_report, ReportDraft(exam="AZ-500", at="2024-05-05", score="612")))
    report = next(iter(service.state.facts.reports.values()))
    assert report.outline == "2023-10-31"


def test_removing_a_sitting_takes_its_report_along(service: Service) -> None:
    first = done(service.act(add_report, az104()))
    assert first.attempt is not None
    done(service.act(remove, first.attempt))
    assert service.state.facts.attempts == {}
    assert service.state.facts.reports == {}
    # The exam stays tracked, so what is left is a plan by weight.
    assert {row.band for row in service.view().schedule.allocation} == {"unknown"}


def test_a_retired_exam_hands_its_lessons_to_the_successor(service: Service) -> None:
    draft = ReportDraft(
        exam="AI-102", at="2026-06-20", score="640", observations=(("1", "below"), ("2", "near"))
    )
    done(service.act(add_report, draft))
    assert service.state.retake is not None
    assert service.state.retake.status == "retired"
    tracked = done(service.act(track_successor, "AI-102"))
    assert tracked.state.code == "AI-103"
    lessons = tracked.state.facts.tracked["AI-103"].lessons
    assert "Plan and manage" in lessons
    assert "unknown" not in lessons
    assert "Plan and manage" in (tracked.state.view("AI-103").timeline.lessons or "")
    assert tracked.state.retake is not None
    assert (tracked.state.retake.attempts_used, tracked.state.retake.attempts_left) == (0, 5)


def test_a_retired_exam_without_any_band_claims_no_weakness(service: Service) -> None:
    done(service.act(add_report, ReportDraft(exam="AI-102", at="2026-06-20", score="640")))
    tracked = done(service.act(track_successor, "AI-102"))
    lessons = tracked.state.facts.tracked["AI-103"].lessons
    assert lessons == "From AI-102: no domain was reported with a band."


def test_an_unknown_exam_offers_the_nearest_codes(service: Service) -> None:
    with pytest.raises(Refusal, match="AZ-104"):
        service.view("AZ-14")


def test_a_vendor_without_scores_is_kept_by_its_result(service: Service) -> None:
    draft = ReportDraft(exam="CISSP", at="2026-11-20 10:00", score="", result="fail")
    done(service.act(add_report, draft))
    retake = service.state.retake
    assert retake is not None
    # 30 test-free days lie in between.
    assert f"{retake.earliest:%Y-%m-%d}" == "2026-12-21"
    assert service.ask(report_draft, next(iter(service.state.facts.reports))).result == "fail"


def test_a_result_has_to_fit_the_score(service: Service) -> None:
    """SC-15"""
    draft = msgspec.structs.replace(az104(score="720"), result="fail")
    refused = service.act(add_report, draft)
    assert isinstance(refused, Refused)
    assert [problem.field for problem in refused.problems] == ["result"]


def test_a_new_report_begins_from_the_appointment_that_waits_for_it(
    service: Service, clock: Clock
) -> None:
    booking = AttemptDraft(
        exam="AZ-104", at="2026-11-25 14:30", status="booked", place="centre", fee="165"
    )
    done(service.act(add_attempt, booking))
    assert service.ask(blank_draft, "az104").at == ""
    clock.set("2026-11-25T18:00")
    draft = service.ask(blank_draft, "az104")
    assert (draft.at, draft.place, draft.fee) == ("2026-11-25 14:30", "centre", "165")
    done(service.act(add_report, az104(at=draft.at)))
    assert service.ask(blank_draft, "az104").at == ""


def test_fq_22_the_weeks_count_from_the_day_the_report_came(service: Service) -> None:
    late = msgspec.structs.replace(az104(at="2026-11-10 10:00"), received="2026-11-20")
    saved = done(service.act(add_report, late))
    assert service.ask(report_draft, saved.report or "").received == "2026-11-20"
    recommended = service.view().retake.recommended
    assert recommended is not None
    # One domain below: three to four weeks.
    assert (str(recommended.from_), str(recommended.until)) == ("2026-12-11", "2026-12-18")
    for day in ("2026-11-10", "2026-11-21"):
        # The day of the exam and today are the first and the last that can be.
        edited = service.act(
            edit_report, saved.report or "", msgspec.structs.replace(late, received=day)
        )
        assert done(edited).report == saved.report
    for day in ("2026-11-09", "2026-11-22", "soon"):
        refused = service.act(add_report, msgspec.structs.replace(late, received=day))
        assert isinstance(refused, Refused)
        assert "received" in [problem.field for problem in refused.problems]
