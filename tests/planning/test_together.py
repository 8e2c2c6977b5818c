"""Several exams on one calendar."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec

from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS, Hours
from coach.planning.draft_plan import PlanResult
from coach.planning.replan import pace, replan_all
from tests.planning.plans import again, end_of, followed, moment, readings, replan, request

NEAR = request("BNNA", weeks=4, exam="AZ-500")
FAR = request("NNAA", weeks=8, exam="AZ-104")


def blocks_of(results: tuple[PlanResult, ...]) -> list[Block]:
    return sorted((b for result in results for b in result.blocks), key=moment)


def apart(results: tuple[PlanResult, ...]) -> bool:
    return all(end_of(a) <= b.start for a, b in pairwise(blocks_of(results)))


def test_pace_is_the_need_over_the_weeks() -> None:
    # 110 points at 10 minutes over 4 weeks; 55 points over 8.
    assert (pace(NEAR), pace(FAR)) == (275, 68)


def test_nearest_and_weakest_gets_more_while_both_are_ahead() -> None:
    near, far = replan_all([NEAR, FAR])
    cut = NEAR.end
    first = sum(b.minutes for b in near.blocks if b.start < cut)
    second = sum(b.minutes for b in far.blocks if b.start < cut)
    assert 3 < first / second < 6
    assert apart((near, far))


def test_the_far_exam_has_the_calendar_to_itself_afterwards() -> None:
    _, far = replan_all([NEAR, FAR])
    week = NEAR.end.date() + timedelta(days=9)
    later = [b for b in far.blocks if week <= b.start.date() < week + timedelta(days=7)]
    assert sum(block.minutes for block in later) == 600


def test_a_new_exam_gets_its_share_and_the_old_plan_says_why() -> None:
    (alone,) = replan_all([FAR])
    near, far = replan_all([NEAR, again(FAR, alone)])
    assert near.study_minutes > 0
    assert apart((near, far))
    assert {c.reason.code for c in far.changes if c.kind == "removed"} == {"SHARED"}


def test_an_exam_without_a_plan_leaves_the_calendar_to_the_others() -> None:
    closed = msgspec.structs.replace(NEAR, closed="Passed.")
    assert replan_all([closed, FAR])[1].blocks == replan(FAR).blocks


def test_an_exam_that_is_passed_leaves_its_time_to_the_others_at_once() -> None:
    near, far = replan_all([NEAR, FAR])
    alone, _ = replan_all([again(NEAR, near), again(FAR, far, closed="Passed.")])
    week = [b for b in alone.blocks if b.start.isocalendar()[:2] == (2026, 49)]
    assert sum(b.minutes for b in week) == 600
    assert followed([NEAR], [alone])[0].changes == ()


def test_the_order_of_requests_changes_nothing() -> None:
    near, far = replan_all([NEAR, FAR])
    assert replan_all([FAR, NEAR]) == (far, near)


def test_ids_differ_between_exams() -> None:
    blocks = blocks_of(replan_all([NEAR, FAR]))
    assert len({block.id for block in blocks}) == len(blocks)


def test_a_day_off_touches_no_other_exam() -> None:
    near, far = replan_all([NEAR, FAR])
    off = Hours(windows=DEFAULT_HOURS.windows, off=(date(2027, 1, 7),))
    requests = [again(NEAR, near, hours=off), again(FAR, far, hours=off)]
    assert replan_all(requests)[0].changes == ()


def test_readings_of_two_exams_stay_apart() -> None:
    near, far = replan_all([NEAR, FAR])
    assert [row.share for row in near.allocation] == [r.share for r in replan(NEAR).allocation]
    assert far.allocation[2].band == readings("NNAA")[2].band
