"""A first plan: what the seeds ask of it, and the invariants of a valid schedule."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import groupby

import msgspec
import pytest

from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS, Hours
from coach.planning.draft_plan import PlanResult
from coach.planning.explain import explain
from coach.wording import written
from tests.planning.plans import (
    BERLIN,
    NOW,
    end_of,
    hours,
    in_labs,
    readings,
    replan,
    request,
    study,
    week_of,
)
from tests.planning.test_explain import context


def plan(bands: str = "BNNA", **facts: object) -> PlanResult:
    return replan(request(bands, **facts))  # type: ignore[arg-type]


def activities(result: PlanResult, domain: str) -> set[str]:
    return {block.activity for block in result.blocks if block.domain == domain}


def codes(result: PlanResult) -> list[str]:
    return [note.code for note in result.notes]


@pytest.mark.parametrize(
    ("bands", "heaviest"),
    [pytest.param("BNNA", "IAM", id="SP-10"), pytest.param("NBAN", "NET", id="RS-03"),
     pytest.param("BBNN", "IAM", id="SP-10-tier-2-has-the-largest-share"),
     pytest.param("AAAB", "OPS", id="FQ-08")],
)  # fmt: skip
def test_week_one_starts_with_the_heaviest_weak_domain(bands: str, heaviest: str) -> None:
    assert plan(bands).blocks[0].domain == heaviest


@pytest.mark.parametrize("bands", ["BNNA", "BBNN", "BBBB", "NBAN"])
def test_every_weak_domain_has_a_lab_each_week(bands: str) -> None:  # SP-07, RS-06
    weeks = in_labs(plan(bands, now=NOW - timedelta(days=5), weeks=6))
    weak = {d.name for d in readings(bands) if d.gap}
    assert len(weeks) == 6
    assert all(labs >= weak for labs in weeks.values())


def test_ten_weak_domains_share_the_labs_of_a_week_and_each_learns() -> None:  # SP-07, RS-05
    weights = {f"Area {number}": 10 for number in range(10)}
    result = plan(now=NOW - timedelta(days=5), weeks=6, domains=readings("B" * 10, weights))
    weeks = in_labs(result)
    assert len(weeks) == 6
    assert all(labs == set(weights) for labs in weeks.values())
    assert all("learn" in activities(result, name) for name in weights)


def test_strong_domain_has_no_task_while_tier_two_has_some() -> None:  # TR-05, SP-12
    assert {row.domain: row.minutes for row in plan().allocation}["OPS"] == 0
    assert all(block.domain != "OPS" for block in plan().blocks)


def test_spare_time_reviews_a_strong_domain_and_says_that_it_is_optional() -> None:  # TR-06
    """Two hours of 510 minutes of study a week."""
    week = msgspec.structs.replace(DEFAULT_HOURS, spare_minutes=120)
    made = request("BNNA", hours=week)
    result = replan(made)
    row = result.allocation[3]
    assert (row.domain, row.optional, row.share) == ("OPS", True, pytest.approx(120 / 510))
    assert abs(row.minutes - result.study_minutes * 120 / 510) <= 60
    assert activities(result, "OPS") == {"review"}
    assert not any(other.optional for other in result.allocation[:3])
    assert "MAINTENANCE" not in codes(result)
    block = next(b for b in result.blocks if b.domain == "OPS")
    assert ("SPARE", "Optional: you set 2h of a week aside for strong areas, after the rest.") in {
        (reason.code, written(reason)) for reason in explain(block, context(made, result))
    }


def test_strong_domains_get_light_review_only() -> None:  # FQ-06
    assert activities(plan("AAAB"), "IAM") == {"review"}


def test_each_weak_area_learns_and_has_labs() -> None:  # RS-04, RS-05, RS-06
    for bands in ("BNNA", "BBNN", "NNNN"):
        for domain in readings(bands):
            if domain.gap:
                assert activities(plan(bands), domain.name) >= {"learn", "lab"}


@pytest.mark.parametrize("bands", ["BNNA", "BBNN", "NNNN", "AAAB", "BAAN"])
def test_all_six_kinds_appear(bands: str) -> None:  # RS-11
    kinds = {block.activity for block in plan(bands).blocks}
    assert kinds == {"learn", "lab", "practice", "scenario", "review", "assessment", "buffer"}


def test_all_near_works_on_combinations() -> None:  # FQ-04, FQ-05
    found = [block for block in plan("NNNN").blocks if block.activity == "scenario"]
    assert len(found) > len([b for b in plan("NNNN").blocks if b.activity == "learn"])
    assert all(block.also for block in found)


@pytest.mark.parametrize("bands", ["UUUU", "NUUU"])
def test_what_nobody_knows_is_learnt_before_it_is_shown(bands: str) -> None:
    """Unknown counts as near; that all is near, and so known in parts, only a report says."""
    seen: set[tuple[str | None, str | None]] = set()
    for block in plan(bands).blocks:
        if block.activity in ("practice", "scenario") and block.domain:
            assert (block.domain, block.topic) in seen
        seen.add((block.domain, block.topic))


def test_three_topics_come_first_and_the_flagged_one_leads() -> None:  # SP-05, NI-01, NI-04
    result = plan(domains=readings("BNNA", IAM="Conditional Access"))
    assert result.allocation[0].topics == ("Conditional Access", "IAM 1", "IAM 2")
    assert result.allocation[3].topics == ()
    visited = [block.topic for block in result.blocks if block.domain == "IAM"]
    assert visited[:3] == ["Conditional Access", "IAM 1", "IAM 2"]


def test_without_flags_the_outline_order_holds() -> None:  # NI-06, SP-13
    visited = [block.topic for block in plan().blocks if block.domain == "NET"]
    assert visited[:6] == ["NET 1", "NET 2", "NET 3", "NET 4", "NET 5", "NET 1"]


def test_a_flag_in_a_strong_area_is_one_light_task() -> None:  # NI-08
    result = plan("ANNN", domains=readings("ANNN", IAM="Conditional Access"))
    tasks = [block for block in result.blocks if block.topic == "Conditional Access"]
    assert [(b.activity, b.domain, b.also) for b in tasks] == [("review", None, ("IAM",))]


def test_practice_assessment_in_the_last_third() -> None:  # RS-07
    (one,) = [block for block in plan().blocks if block.activity == "assessment"]
    end = NOW + timedelta(weeks=4)
    assert NOW + (end - NOW) * 2 / 3 <= one.start
    assert end_of(one) <= end - timedelta(hours=48)


def test_a_late_report_has_its_assessment_in_the_last_third_of_what_is_ahead() -> None:
    # Reported on 7 November for 5 December: of the 14 days ahead the last third begins on
    # 30 November at 17:00, of the 28 since the report on 25 November at 17:00.
    result = plan(start=NOW - timedelta(weeks=2), end=NOW + timedelta(weeks=2))
    (one,) = [block for block in result.blocks if block.activity == "assessment"]
    assert one.start >= datetime(2026, 11, 30, 17, 0, tzinfo=BERLIN)


def test_the_last_week_leans_to_review() -> None:
    last = [b for b in plan().blocks if b.start >= NOW + timedelta(weeks=3)]
    assert 3 * len([b for b in last if b.activity == "review"]) >= len(last) - 2


def test_eve_of_a_booked_exam_is_light() -> None:
    exam = datetime(2026, 12, 16, 19, 45, tzinfo=BERLIN)
    result = plan(end=exam, exam_start=exam)
    late = [b for b in result.blocks if b.start.date() >= (exam - timedelta(days=1)).date()]
    assert [(f"{b.start:%d %H:%M}", b.activity) for b in late] == [
        ("15 19:00", "review"),
        ("16 19:00", "review"),
    ]


def test_a_part_of_every_week_is_buffer() -> None:
    weeks = Counter(week_of(b) for b in plan().blocks if b.activity == "buffer")
    assert [weeks[2026, week] for week in (48, 49, 50)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        pytest.param("BBNN", "INVERSION", id="TR-10"),
        pytest.param("NNNN", "ALL-NEAR", id="FQ-03"),
        pytest.param("AAAA", "CHECK", id="TR-15"),
        pytest.param("BBBA", "MAINTENANCE", id="TR-13"),
        pytest.param("BNNA", "AIM", id="TR-17"),
        pytest.param("BNNA", "OWN-WORK", id="RS-09"),
    ],
)
def test_notes(bands: str, code: str) -> None:
    assert code in codes(plan(bands))


def test_inversion_names_both_domains_and_the_way_out() -> None:  # TR-10
    (note,) = [n for n in plan("BBNN").notes if n.code == "INVERSION"]
    assert "OPS (priority 20.0)" in written(note)
    assert "CSD (priority 25.0)" in written(note)
    assert "priority strategy" in written(note)


def test_a_strong_area_with_more_time_than_weak_ones_is_admitted() -> None:
    """Of ten hours OPS has 2.5, NET and CSD 50 of 160 points of 7.5, which is 2.34 each."""
    (note,) = [n for n in plan("BBBA").notes if n.code == "MAINTENANCE"]
    assert written(note) == (
        "A quarter of the time keeps strong areas fresh, so OPS gets more of it than NET (priority "
        "50.0) and CSD (priority 50.0). The priority strategy avoids this."
    )
    assert "MAINTENANCE" not in codes(plan("BAAN"))


def test_all_above_is_mixed_practice_by_weight() -> None:  # TR-15
    result = plan("AAAA")
    assert [row.share for row in result.allocation] == [0.3, 0.25, 0.25, 0.2]
    assert {b.activity for b in study(result.blocks)} == {"practice", "scenario"}


def test_a_quarter_is_mixed_practice_without_any_strong_area() -> None:
    result = plan("BBBB")
    mixed = sum(b.minutes for b in result.blocks if b.domain is None and b.activity == "practice")
    assert sum(row.share for row in result.allocation) == pytest.approx(1)
    assert abs(mixed - result.study_minutes / 3) <= 60


def test_shares_and_minutes_of_the_contract() -> None:
    result = plan()
    assert result.study_minutes == sum(b.minutes for b in study(result.blocks))
    assert [row.share for row in result.allocation] == [
        pytest.approx(0.7 * 60 / 85), pytest.approx(0.7 * 25 / 85), 0.3, 0.0,
    ]  # fmt: skip
    for row in result.allocation:
        assert row.minutes == sum(b.minutes for b in result.blocks if b.domain == row.domain)
        assert abs(row.minutes - row.share * result.study_minutes) <= 60


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"domains": ()}, "report", id="RS-01"),
        pytest.param({"closed": "Passed."}, "Passed.", id="TR-18"),
        pytest.param({"hours": Hours(windows={})}, "hours", id="no-hours"),
        pytest.param({"end": NOW}, "passed", id="date-is-over"),
        pytest.param({"end": NOW + timedelta(minutes=30)}, "free time", id="no-room"),
    ],
)
def test_no_plan_says_why(facts: dict[str, object], words: str) -> None:
    result = plan(**facts)
    assert result.blocks == ()
    assert result.reason is not None
    assert words in written(result.reason)


def test_shortfall_is_the_rest_of_the_need() -> None:
    result = plan(weeks=1)
    # 60 + 25 + 25 points at 10 minutes each.
    assert result.shortfall_minutes == 1100 - result.study_minutes > 0
    assert "SHORT" in codes(result)
    assert plan(weeks=6).shortfall_minutes == 0


def test_the_shortfall_comes_with_three_ways_out() -> None:
    (note,) = [note for note in plan(weeks=1).notes if note.code == "SHORT"]
    minutes = {row.domain: row.minutes for row in plan(weeks=1).allocation}
    assert written(note).startswith(
        "By Coach's own estimate this needs 18h 20m, and there is room for"
    )
    assert "move the date by" in written(note)
    assert "a week, or accept less time for " in written(note)
    # NET needs 25 points at 10 minutes each.
    hours, rest = divmod(250 - minutes["NET"], 60)
    assert f"NET ({hours}h {rest:02d}m less)" in written(note)
    assert "OPS" not in written(note)


def test_a_way_out_counts_weeks_of_the_usual_hours() -> None:
    """An exam in two days has no pace of its own; all needs 1100 minutes."""
    exam = NOW + timedelta(days=2)
    (note,) = [n for n in plan(end=exam, exam_start=exam).notes if n.code == "SHORT"]
    study = plan(end=exam, exam_start=exam).study_minutes
    short = 1100 - study
    # 600 minutes a week, 85 % of them study.
    assert f"move the date by {-(-short // 510)} weeks, " in written(note)
    assert f"add {short // 60}h {short % 60:02d}m before then, " in written(note)


def test_without_any_room_the_ways_out_stand_beside_the_reason() -> None:
    """An exam on the Sunday with hours on Mondays; all needs 1100 minutes, 255 of 300 a week."""
    exam = NOW + timedelta(days=1)
    result = plan(end=exam, exam_start=exam, hours=hours(mon="18:00-23:00"))
    assert written(result.reason) == "There is no free time before the date of the exam."
    (note,) = result.notes
    assert note.code == "SHORT"
    assert written(note).startswith(
        "By Coach's own estimate this needs 18h 20m, and there is no room: "
    )
    assert "move the date by 5 weeks, add 18h 20m before then, " in written(note)
    assert plan(end=exam, exam_start=exam, hours=Hours(windows={})).notes == ()


def test_a_weak_domain_has_three_topics_even_where_the_outline_names_fewer() -> None:  # SP-05
    bare = [msgspec.structs.replace(d, topics=d.topics[:n]) for n, d in enumerate(readings("BNNA"))]
    rows = plan(domains=tuple(bare)).allocation
    assert rows[0].topics == (
        "IAM: main tasks", "IAM: hands-on work", "IAM: choosing between services",
    )  # fmt: skip
    assert rows[1].topics == ("NET 1", "NET: main tasks", "NET: hands-on work")
    assert rows[2].topics == ("CSD 1", "CSD 2", "CSD: main tasks")
    assert rows[3].topics == ()
    visited = {b.topic for b in plan(domains=tuple(bare)).blocks if b.domain == "IAM"}
    assert visited == set(rows[0].topics)


def test_block_ids_follow_from_exam_revision_and_number() -> None:
    # CRC-32 of "AZ-500|1|1".
    assert plan().blocks[0].id == "9ee92b1a"


def runs(blocks: list[Block]) -> list[tuple[str | None, int]]:
    return [(name, len(list(row))) for name, row in groupby(b.domain for b in blocks)]


def test_a_short_first_place_makes_no_row_of_three() -> None:
    """8 of 11 blocks in one domain: the three others leave four rows, two blocks each."""
    early = datetime(2026, 10, 30, 18, 15, tzinfo=BERLIN)
    week = hours(mon="18:00-19:00", tue="18:00-19:00", wed="18:00-19:00", thu="18:00-19:00",
                 fri="18:00-21:00", sat="18:00-19:00")  # fmt: skip
    two = readings("AA", {"D1": 5, "D2": 12})
    end = early + timedelta(weeks=2, hours=1)
    made = request(now=early, start=early, end=end, domains=two, hours=week)
    rows = runs(study(replan(made).blocks))
    assert max(length for _, length in rows[:-1]) == 2
