"""The plan follows the facts: hours, targets, ticks, several exams, two copies of Coach."""

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.model.plan import Block, Week
from coach.service import exams
from coach.service.attempts import add_attempt
from coach.service.blocks import block_done, block_move, block_pin, block_skip
from coach.service.drafts import AttemptDraft, HoursDraft, PracticeDraft, ReportDraft
from coach.service.outcome import Refused
from coach.service.practice import add_practice
from coach.service.reports import add_report, edit_report
from coach.service.service import Service
from coach.service.settings import replan, select, set_hours, set_target
from coach.wording import reason_of, written
from tests.service.conftest import BERLIN, Clock, az104, done


def planned(service: Service, code: str = "AZ-104") -> list[Block]:
    blocks = [b for b in service.state.facts.blocks.values() if b.exam == code]
    return sorted((b for b in blocks if b.status == "planned"), key=lambda block: block.start)


def test_new_hours_move_the_plan_into_them(service: Service) -> None:
    done(service.act(add_report, az104()))
    done(service.act(set_hours, HoursDraft(windows=(("fri", "06:00-08:00"),), clear=True)))
    later = service.state.now + timedelta(hours=48)
    for block in planned(service):
        local = block.start.astimezone(BERLIN)
        if block.start > later:
            assert local.weekday() == 4
            assert 6 <= local.hour < 8


def test_the_beginning_of_an_id_ticks_and_skips_none_of_the_days_to_come(service: Service) -> None:
    done(service.act(add_report, az104()))
    later = planned(service)[-1]
    for use_case in (block_done, block_skip):
        refused = service.act(use_case, later.id[:7])
        assert isinstance(refused, Refused)
        assert f"still to come; type its whole id, {later.id}." in refused.text
    done(service.act(block_done, later.id))
    assert service.state.facts.blocks[later.id].status == "done"


def test_days_off_stay_free(service: Service) -> None:
    done(service.act(add_report, az104()))
    saved = done(service.act(set_hours, HoursDraft(off=("2026-11-30..2026-12-06",))))
    assert saved.revision == 2
    assert saved.changes
    days = {block.start.astimezone(BERLIN).date().isoformat() for block in planned(service)}
    assert not [day for day in days if "2026-11-30" <= day <= "2026-12-06"]
    assert [day for day in days if day > "2026-12-06"]


def test_a_booking_ends_the_plan(service: Service) -> None:
    done(service.act(add_report, az104()))
    done(
        service.act(
            add_attempt, AttemptDraft(exam="AZ-104", at="2026-12-05 10:00", status="booked")
        )
    )
    assert str(service.view().schedule.target) == "2026-12-05 10:00:00+01:00"
    assert max(b.start for b in planned(service)) < service.view().schedule.target  # type: ignore[operator]


def test_a_report_of_the_day_that_was_planned_for_ends_that_plan(
    service: Service, clock: Clock
) -> None:
    done(service.act(add_report, az104()))
    done(service.act(set_target, "AZ-104", "2026-12-11 10:00"))
    clock.set("2026-12-11T18:00")
    done(service.act(add_report, az104(at="2026-12-11 09:45", bands=("near",) * 5)))
    plan = service.view().schedule
    assert plan is not None
    # No domain is below: two to three weeks from the report, and not before 14 days have passed.
    assert str(plan.target) == "2027-01-01"
    assert planned(service)


def test_an_early_booking_is_stored_with_a_warning(service: Service) -> None:
    done(service.act(add_report, az104()))
    booking = AttemptDraft(exam="AZ-104", at="2026-11-28 10:00", status="booked")
    assert "before the best time" in done(service.act(add_attempt, booking)).message.casefold()


def test_a_booking_before_the_legal_date_is_refused(service: Service) -> None:
    done(service.act(add_report, az104()))
    booking = AttemptDraft(exam="AZ-104", at="2026-11-21 09:59", status="booked")
    refused = service.act(add_attempt, booking)
    assert isinstance(refused, Refused)
    assert "1 minute too early" in refused.text


def test_ticking_counts_the_minutes_of_this_week(service: Service, clock: Clock) -> None:
    done(service.act(add_report, az104()))
    clock.set("2026-11-23T08:00")
    service.refresh()
    first, second = planned(service)[:2]
    assert service.state.head is not None
    whole = service.state.head.planned_minutes
    done(service.act(block_done, first.id, "50"))
    done(service.act(block_skip, second.id))
    assert service.state.head is not None
    assert service.state.head.done_minutes == 50
    assert service.state.head.planned_minutes == whole + 50 - first.minutes - second.minutes
    done(service.act(block_done, first.id))
    assert service.state.head is not None
    assert service.state.head.done_minutes == 0
    assert done(service.undo()).message.endswith("is planned again.")


def test_the_timeline_has_the_study_of_each_week(service: Service, clock: Clock) -> None:
    done(service.act(add_report, az104()))
    first = next(block for block in planned(service) if block.activity != "buffer")
    clock.now = first.end
    done(service.act(block_done, first.id, "50"))
    monday = first.start.astimezone(BERLIN).date()
    monday -= timedelta(days=monday.weekday())
    weeks = service.view("AZ-104").timeline.study
    assert (weeks[0].start, weeks[0].done_minutes) == (monday, 50)
    assert sum(week.done_minutes for week in weeks) == 50
    ahead = [block for block in planned(service) if block.activity != "buffer"]
    assert sum(week.planned_minutes for week in weeks) == sum(block.minutes for block in ahead)


def test_a_missed_week_finds_new_places(service: Service, clock: Clock) -> None:
    done(service.act(add_report, az104()))
    clock.set("2026-11-30T08:00")
    service.refresh()
    schedule = service.view("AZ-104").schedule
    assert schedule.weeks[0].start.isoformat() == "2026-11-30"
    done(service.act(replan, "AZ-104"))
    reasons = {change.reason for change in service.view("AZ-104").schedule.changes}
    assert any("missed" in reason for reason in reasons)


def test_what_was_missed_finds_a_place_when_the_app_is_opened(
    service: Service, clock: Clock
) -> None:
    """Monday has two sessions. The second look has nothing more to say, and undo takes it back."""
    done(service.act(add_report, az104()))
    before = service.state.facts
    clock.set("2026-11-24T03:59")
    assert service.keep_up() is None
    clock.set("2026-11-24T04:00")
    saved = done(service.keep_up())
    assert saved.message == "AZ-104 re-planned after 2 missed sessions."
    assert {change.reason for change in saved.changes} >= {
        "Makes up for the session missed on 23 Nov 19:00.",
        "Makes up for the session missed on 23 Nov 19:45.",
    }
    schedule = service.view("AZ-104").schedule
    assert (schedule.revision, schedule.trigger) == (2, "2 sessions missed")
    frozen = clock.now + timedelta(hours=48)
    for block in before.blocks.values():
        if block.start < frozen:
            assert service.state.facts.blocks[block.id] == block
    assert service.keep_up() is None
    assert done(service.undo()).message == "Undone: AZ-104 re-planned after 2 missed sessions."
    assert service.state.facts == before


def test_a_tick_after_a_missed_day_plans_again_in_the_same_write(
    service: Service, clock: Clock
) -> None:
    done(service.act(add_report, az104()))
    monday, tuesday = (planned(service)[n] for n in (0, 2))
    clock.set("2026-11-23T21:00")
    assert done(service.act(block_done, monday.id)).revision is None
    clock.set("2026-11-24T20:00")
    saved = done(service.act(block_done, tuesday.id))
    assert (saved.revision, service.view("AZ-104").schedule.trigger) == (2, "1 session missed")
    done(service.undo())
    assert service.view("AZ-104").schedule.revision == 1
    assert service.state.facts.blocks[tuesday.id].status == "planned"


def test_what_was_done_after_all_needs_no_other_session(service: Service, clock: Clock) -> None:
    """Both of Monday's have another place on Tuesday; then the first one is ticked."""
    done(service.act(add_report, az104()))
    monday = planned(service)[0]
    clock.set("2026-11-24T08:00")
    done(service.keep_up())
    (again,) = (b for b in planned(service) if b.makes_up == monday.id)
    saved = done(service.act(block_done, monday.id))
    assert service.view("AZ-104").schedule.trigger == f"{monday.topic} was done after all"
    (change,) = saved.changes
    assert (change.block, change.reason) == (again.id, "What it made up for was done after all.")
    assert service.state.facts.blocks[again.id].activity == "buffer"
    assert not [b for b in planned(service) if b.makes_up == monday.id]


def test_a_longer_gap_is_asked_about_and_not_planned_over(service: Service, clock: Clock) -> None:
    """Monday and Tuesday have two sessions each."""
    done(service.act(add_report, az104()))
    wednesday = planned(service)[4]
    clock.set("2026-11-25T08:00")
    assert service.keep_up() is None
    assert done(service.act(block_done, wednesday.id)).revision is None
    done(service.act(replan, "AZ-104", future="fresh"))
    assert service.keep_up() is None
    # Thursday's: what was written off counts no more.
    clock.set("2026-11-27T08:00")
    assert done(service.keep_up()).message == "AZ-104 re-planned after 1 missed session."


def test_each_block_that_is_missed_without_room_is_counted(service: Service, clock: Clock) -> None:
    done(service.act(set_hours, HoursDraft(windows=(("sat", "10:00-11:00"),), clear=True)))
    done(service.act(add_report, az104()))
    for day, told in (("2026-11-30", "2 sessions"), ("2026-12-07", "3 sessions")):
        clock.set(f"{day}T08:00")
        service.refresh()
        done(service.act(replan, "AZ-104"))
        notes = {note.code: note.text for note in service.view("AZ-104").schedule.notes}
        assert notes["MISSED"].startswith(f"{told} you missed")
        number = service.view("AZ-104").schedule.revision
        done(service.act(replan, "AZ-104"))
        assert service.view("AZ-104").schedule.revision == number


def test_a_missed_block_of_an_area_that_is_strong_now_waits_for_nothing(
    service: Service, clock: Clock
) -> None:
    done(service.act(add_report, az104()))
    clock.set("2026-11-23T13:00")
    frozen = next(b for b in planned(service) if b.start > clock.now and b.domain)
    names = [row.domain for row in service.view("AZ-104").schedule.allocation]
    bands = tuple("above" if name == frozen.domain else "near" for name in names)
    done(service.act(add_report, az104(at="2026-11-23 12:00", bands=bands)))
    clock.set("2026-11-30T08:00")
    service.refresh()
    backlog = service.view("AZ-104").schedule.backlog
    assert backlog
    assert frozen.domain not in {block.domain for block in backlog}
    assert "is let go" in {r.code: written(r) for r in service.state.why(frozen.id)}["MISSED"]


def test_a_practice_result_plans_again(service: Service, clock: Clock) -> None:
    """What was missed finds a place, and the topic that turned out weak comes first."""
    done(service.act(add_report, az104()))
    storage = service.view("AZ-104").schedule.allocation[1]
    weak = storage.topics[2]
    clock.set("2026-11-24T08:00")
    quiz = PracticeDraft(exam="AZ-104", domain="2", topic=weak, correct="1", total="10")
    saved = done(service.act(add_practice, quiz))
    assert "Makes up for the session missed on 23 Nov 19:00." in {c.reason for c in saved.changes}
    schedule = service.view("AZ-104").schedule
    assert (schedule.revision, schedule.trigger) == (2, f"practice: 1 of 10 in {weak}")
    assert schedule.allocation[1].topics == (weak, *storage.topics[:2])


def test_two_exams_share_the_calendar_without_overlap(service: Service) -> None:
    done(service.act(add_report, az104()))
    sc300 = ReportDraft(
        exam="SC-300", at="2026-11-19 10:00", score="600",
        observations=tuple((str(n), "below") for n in range(1, 5)),
    )  # fmt: skip
    done(service.act(add_report, sc300))
    assert planned(service, "AZ-104")
    assert planned(service, "SC-300")
    spans = sorted(
        (b.start, b.start + timedelta(minutes=b.minutes))
        for code in ("AZ-104", "SC-300")
        for b in planned(service, code)
    )
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("at", "begins", "ends"),
    [
        # Check-in half an hour before; AZ-104 lasts 100 minutes.
        pytest.param("2026-12-05 10:00", "09:30", "11:40", id="with-its-time"),
        pytest.param("2026-12-05", "00:00", "23:59", id="a-day-alone"),
    ],
)
def test_nothing_is_studied_while_an_exam_is_sat(
    service: Service, at: str, begins: str, ends: str
) -> None:
    done(service.act(add_report, az104()))
    done(service.act(select, "SC-300"))
    assert any(b.start.astimezone(BERLIN).day == 5 for b in planned(service, "SC-300"))
    done(service.act(add_attempt, AttemptDraft(exam="AZ-104", at=at, status="booked")))
    sitting = [datetime.fromisoformat(f"2026-12-05T{t}").replace(tzinfo=BERLIN)
               for t in (begins, ends)]  # fmt: skip
    for block in (*planned(service, "AZ-104"), *planned(service, "SC-300")):
        end = block.start + timedelta(minutes=block.minutes)
        assert end <= sitting[0] or block.start >= sitting[1], block


def test_the_order_of_entry_does_not_change_the_dates(tmp_path: Path, clock: Clock) -> None:
    drafts = [az104(at="2026-10-01 10:00", score="600"), az104(at="2026-11-20 10:00")]
    retakes = []
    for name, order in (("one", drafts), ("two", drafts[::-1])):
        service = Service(tmp_path / name, BERLIN, clock)
        for draft in order:
            done(service.act(add_report, draft))
        retakes.append(service.state.retake)
    assert retakes[0] == retakes[1]


def test_a_second_copy_sees_what_the_first_saved(tmp_path: Path, clock: Clock) -> None:
    one, two = Service(tmp_path, BERLIN, clock), Service(tmp_path, BERLIN, clock)
    done(one.act(add_report, az104()))
    practice = PracticeDraft(exam="AZ-104", domain="2", correct="7", total="10")
    done(two.act(add_practice, practice))
    assert len(one.refresh().facts.practice) == 1
    assert len(two.state.facts.reports) == 1


def test_choosing_the_exam_on_screen_is_not_an_action_to_undo(service: Service) -> None:
    done(service.act(select, "AZ-900"))
    done(service.act(add_report, az104()))
    done(service.act(select, "AZ-900"))
    assert "report" in service.history()[0][1]


def test_a_tracked_exam_whose_file_has_gone_stops_nothing(
    service: Service, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "own.toml"
    domains = "".join(
        f'[[outline.domain]]\nname = "{name}"\nweight_low = 50\nweight_high = 50\n'
        for name in ("One", "Two")
    )
    file.write_text(
        'code = "XY-100"\ntitle = "Own"\n[[outline]]\nid = "2026-01-15"\nas_of = 2026-01-15\n'
        f'source = "me"\nconfidence = "own"\n{domains}',
        encoding="utf-8",
    )
    done(service.extend_catalogue(exams.add, file))
    own = ReportDraft(exam="XY-100", at="2026-11-19 10:00", score="600")
    done(service.act(add_report, own))
    booked = AttemptDraft(exam="XY-100", at="2026-12-10 10:00", status="booked")
    done(service.act(add_attempt, booked))
    for copy in tmp_path.rglob("XY-100.toml"):
        copy.unlink()
    again = Service(tmp_path, BERLIN, clock)
    assert again.state.code is None
    done(again.act(add_report, az104()))
    assert [head.exam for head in again.state.tracked] == ["AZ-104"]


def test_the_plan_on_screen_goes_back_to_the_newest_report(service: Service, clock: Clock) -> None:
    done(service.act(add_report, az104()))
    clock.set("2026-12-01T08:00")
    view = service.refresh().view("AZ-104")
    assert view.schedule.weeks[0].start.isoformat() == "2026-11-30"
    assert view.plan.weeks[0].start.isoformat() == "2026-11-23"
    assert view.plan.weeks[1:] == tuple(without_reasons(week) for week in view.schedule.weeks)


def without_reasons(week: Week) -> Week:
    plain = (replace(block, why=(), resource=None) for block in week.blocks)
    return replace(week, blocks=tuple(plain))


def test_each_reason_can_be_asked_for_by_its_block(service: Service) -> None:
    done(service.act(add_report, az104()))
    view = service.view("AZ-104")
    shown = [block for week in view.schedule.weeks for block in week.blocks]
    assert shown
    why = [tuple(map(reason_of, service.state.why(block.id))) for block in shown]
    assert why == [block.why for block in shown]
    assert service.state.why("none") == ()


def test_a_week_has_the_blocks_of_the_other_exam_beside_its_own(service: Service) -> None:
    done(service.act(add_report, az104()))
    other = ReportDraft(
        exam="AI-103", at="2026-11-20 12:00", score="600", observations=(("1", "below"),)
    )
    done(service.act(add_report, other))
    weeks = service.view("AZ-104").plan.weeks
    beside = [block for week in weeks for block in week.beside]
    assert {block.exam for block in beside} == {"AI-103"}
    assert {block.exam for week in weeks for block in week.blocks} == {"AZ-104"}
    assert {block.id for block in beside} == {block.id for block in planned(service, "AI-103")}
    assert service.state.why(beside[0].id)


def test_a_buffer_gives_up_its_time_to_a_block_that_is_moved_there(service: Service) -> None:
    done(service.act(add_report, az104()))
    blocks = planned(service)
    buffer = next(block for block in blocks if block.activity == "buffer")
    moved = next(
        b for b in blocks if b.start > buffer.start and b.minutes <= buffer.minutes and b.domain
    )
    when = f"{buffer.start.astimezone(BERLIN):%Y-%m-%d %H:%M}"
    done(service.preview(block_move, moved.id, when))
    assert service.state.facts.blocks[moved.id].start == moved.start
    done(service.act(block_move, moved.id, when))
    assert service.state.facts.blocks[moved.id].start == buffer.start
    assert service.state.facts.blocks[buffer.id].status == "skipped"
    done(service.undo())
    assert service.state.facts.blocks[buffer.id].status == "planned"


def test_a_block_moves_up_to_the_date_of_the_exam_and_not_past_it(service: Service) -> None:
    done(service.act(add_report, az104()))
    done(
        service.act(
            add_attempt, AttemptDraft(exam="AZ-104", at="2026-12-16 10:00", status="booked")
        )
    )
    block = planned(service)[-1]
    late = service.act(block_move, block.id, "2026-12-16 09:30", "45")
    assert isinstance(late, Refused)
    assert [(p.field, "2026-12-16 10:00" in p.text) for p in late.problems] == [("when", True)]
    done(service.act(block_move, block.id, "2026-12-16 09:15", "45"))


OLD = az104(at="2026-10-01 10:00", score="600", bands=("below", "near", "above", "near", "below"))
NEW = az104(at="2026-11-20 10:00")


def test_a_report_edited_at_once_leaves_no_trace_of_the_first_plan(
    tmp_path: Path, clock: Clock
) -> None:
    one, two = (Service(tmp_path / name, BERLIN, clock) for name in ("one", "two"))
    wrong = az104(bands=("below", "below", "below", "below", "below"))
    report = done(one.act(add_report, wrong)).report
    assert report is not None
    edited = done(one.act(edit_report, report, az104()))
    assert {change.reason for change in edited.changes} == {
        "Nothing of the earlier plan had begun, so it was made anew from all reports."
    }
    done(two.act(add_report, az104()))
    assert planned(one) == planned(two)


def test_a_plan_that_was_begun_is_not_made_afresh(service: Service, clock: Clock) -> None:
    done(service.act(add_report, OLD))
    begun = planned(service)
    done(service.act(block_pin, begun[5].id))
    done(service.act(add_report, NEW))
    near = [b for b in begun if b.start < service.state.now + timedelta(hours=48)]
    assert [b for b in planned(service) if b.id in {n.id for n in near}] == near


def test_a_plan_of_yesterday_is_not_made_afresh(service: Service, clock: Clock) -> None:
    clock.set("2026-11-21T18:00")
    done(service.act(set_hours, HoursDraft(windows=(("mon", "19:00-20:30"),), clear=True)))
    done(service.act(add_report, OLD))
    first = planned(service)[0]
    clock.set("2026-11-22T18:00")
    done(service.act(add_report, NEW))
    assert planned(service)[0] == first


def test_an_exam_without_an_outline_has_no_weeks_and_says_why(
    service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text('code = "XY-100"\ntitle = "One of my own"\nlevel = "associate"\n')
    done(service.extend_catalogue(exams.add, file))
    done(service.act(add_report, ReportDraft(exam="XY-100", at="2026-11-20", score="600")))
    done(service.act(set_target, "XY-100", "2027-01-10"))
    plan = service.state.view("XY-100").schedule
    assert plan.weeks == ()
    assert "the skill areas of XY-100 are not known" in (plan.reason or "")


def test_a_plan_without_hours_ends_with_its_last_block(service: Service) -> None:
    done(service.act(add_report, az104()))
    done(service.act(block_done, planned(service)[0].id))
    done(service.act(set_hours, HoursDraft(clear=True)))
    plan = service.view().schedule
    assert plan is not None
    assert "No study hours are set" in (plan.reason or "")
    # This week, and the next one with the block that is done: the plan began on its Monday.
    assert [len(week.blocks) for week in plan.weeks] == [0, 1]


def test_a_block_that_keeps_its_time_is_not_said_to_move(service: Service) -> None:
    done(service.act(add_report, az104()))
    first = planned(service)[0]
    assert done(service.act(block_move, first.id, "", "30")).message.endswith(" takes 30 min.")
    assert done(service.undo()).message.endswith(" takes 30 min.")
