"""Re-planning: what stays, what moves and why, and that nothing moves without a fact."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.model.plan import Block, Change
from coach.model.settings import DEFAULT_HOURS, WEEKDAYS, Hours, Weekday, Window
from coach.planning.apportion import sainte_lague
from coach.planning.replan import replan
from coach.planning.request import PlanRequest, PlanResult
from coach.reading.priority import DomainReading
from tests.planning.plans import (
    BERLIN,
    NOW,
    again,
    any_domains,
    any_request,
    end_of,
    hours,
    named,
    readings,
    request,
    study,
)
from tests.planning.test_slots import inside


def planned(bands: str = "BNNA", **facts: object) -> tuple[PlanRequest, PlanResult]:
    made = request(bands, **facts)  # type: ignore[arg-type]
    return made, replan(made)


def edited(result: PlanResult, index: int, **values: object) -> tuple[Block, ...]:
    blocks = list(result.blocks)
    blocks[index] = msgspec.structs.replace(blocks[index], **values)
    return tuple(blocks)


def counts(blocks: tuple[Block, ...]) -> Counter[str]:
    return Counter(str(block.domain) for block in study(blocks))


def by_id(result: PlanResult) -> dict[str, Block]:
    return {block.id: block for block in result.blocks}


def patched(before: tuple[Block, ...], changes: tuple[Change, ...]) -> dict[str, Block]:
    """The blocks that the changes lead to."""
    blocks = {block.id: block for block in before}
    for change in changes:
        if change.before is not None:
            assert blocks.pop(change.before.id) == change.before
        if change.after is not None:
            blocks[change.after.id] = change.after
    return blocks


def test_a_new_report_moves_blocks_to_the_domain_that_fell() -> None:  # SP-11, UI-05
    made, first = planned("NNNA")
    second = replan(again(made, first, domains=readings("NNBA")))
    assert second.changes
    gained = [c for c in second.changes if c.after and c.after.domain == "CSD"]
    assert len(gained) == counts(second.blocks)["CSD"] - counts(first.blocks)["CSD"] > 1
    assert gained[0].reason.code == "SHARE"
    assert gained[0].reason.text == f"CSD fell from near to below: {len(gained)} more blocks."


def test_a_domain_that_rose_gives_its_blocks_away() -> None:
    made, first = planned("BNNA")
    second = replan(again(made, first, domains=readings("BNAA")))
    far = [b for b in second.blocks if b.start >= NOW + timedelta(hours=48)]
    assert all(block.activity == "review" for block in far if block.domain == "CSD")
    texts = {c.reason.text for c in second.changes if c.before and c.before.domain == "CSD"}
    assert any(text.startswith("CSD rose from near to above; ") for text in texts)


def test_a_missed_block_goes_to_the_next_buffer_once() -> None:
    made, first = planned(now=NOW - timedelta(days=5), hours=DEFAULT_HOURS)
    missed = first.blocks[0]
    later = replan(again(made, first, now=end_of(missed)))
    (change,) = later.changes
    assert (change.kind, change.reason.code) == ("changed", "MISSED")
    assert change.before is not None
    assert change.before.activity == "buffer"
    assert change.after is not None
    assert (change.after.domain, change.after.topic, change.after.makes_up) == (
        missed.domain, missed.topic, missed.id,
    )  # fmt: skip
    assert (
        change.before.id
        == min((b for b in first.blocks if b.activity == "buffer"), key=lambda b: b.start).id
    )
    once_more = replan(again(made, later, now=end_of(missed)))
    assert once_more.changes == ()


def test_missed_blocks_without_room_are_named() -> None:
    made, first = planned(weeks=2)
    late = NOW + timedelta(days=10)
    result = replan(again(made, first, now=late))
    (note,) = [note for note in result.notes if note.code == "MISSED"]
    assert "found no room" in note.text


def test_day_off_moves_its_blocks_and_nothing_else() -> None:
    made, first = planned()
    off = Hours(windows=DEFAULT_HOURS.windows, off=(date(2026, 12, 1),))
    result = replan(again(made, first, hours=off))
    lost = {block.id for block in first.blocks if block.start.date() == date(2026, 12, 1)}
    taken = {c.before.id for c in result.changes if c.kind == "removed" and c.before} - lost
    assert {c.before.id for c in result.changes if c.before} == lost | taken
    assert all(by_id(first)[name].activity == "buffer" for name in taken)
    assert {c.reason.code for c in result.changes if c.kind == "moved"} == {"MOVED"}


def test_other_hours_move_blocks_week_by_week() -> None:
    made, first = planned()
    mornings = hours(mon="19:00-20:30", tue="07:00-08:30", wed="07:00-08:30", thu="07:00-08:30",
                     sat="09:00-13:00")  # fmt: skip
    result = replan(again(made, first, hours=mornings))
    for change in result.changes:
        if change.kind == "moved" and change.before and change.after:
            assert change.before.start.isocalendar()[1] == change.after.start.isocalendar()[1]
            assert change.before.domain == change.after.domain
    assert counts(result.blocks) == counts(first.blocks)


@pytest.mark.parametrize("flag", ["pinned", "moved"])
def test_held_blocks_stay_even_outside_the_hours(flag: str) -> None:
    made, first = planned()
    sunday = datetime(2026, 11, 29, 15, 0, tzinfo=BERLIN)
    blocks = edited(first, 20, start=sunday, **{flag: True})
    result = replan(again(made, first, existing=blocks, domains=readings("ABNN")))
    assert by_id(result)[first.blocks[20].id] == blocks[20]


def test_a_pinned_block_after_the_exam_is_placed_again() -> None:
    made, first = planned()
    last = len(first.blocks) - 2
    blocks = edited(first, last, pinned=True)
    result = replan(again(made, first, existing=blocks, end=NOW + timedelta(weeks=3)))
    assert all(end_of(block) <= NOW + timedelta(weeks=3) for block in result.blocks)


def test_longer_plan_adds_blocks_and_keeps_the_rest() -> None:
    made, first = planned()
    result = replan(again(made, first, end=NOW + timedelta(weeks=6)))
    assert {c.kind for c in result.changes} <= {"added", "changed"}
    assert {b.id for b in first.blocks} <= set(by_id(result))
    changed = [c.before.activity for c in result.changes if c.before]
    assert set(changed) <= {"review", "assessment"}


def test_study_done_before_the_report_does_not_count() -> None:
    made, first = planned()
    done = tuple(msgspec.structs.replace(b, status="done") for b in first.blocks[:12])
    later = NOW + timedelta(days=14)
    facts = {"existing": done, "now": later, "end": later + timedelta(weeks=3)}
    counted = replan(again(made, first, **facts))
    fresh = replan(again(made, first, start=later, **facts))
    assert counted.study_minutes - fresh.study_minutes == sum(b.minutes for b in study(done))


def test_closing_the_exam_removes_open_blocks_and_keeps_history() -> None:
    made, first = planned()
    blocks = edited(first, 0, status="done")
    result = replan(again(made, first, existing=blocks, closed="Passed on 1 December."))
    assert result.blocks == (blocks[0],)
    assert result.reason == "Passed on 1 December."
    assert result.churn == 1.0


@st.composite
def any_plan(draw: st.DrawFn) -> tuple[PlanRequest, PlanResult]:
    """A plan some days later, with blocks ticked, skipped, missed, pinned or moved."""
    made = draw(any_request())
    first = replan(made)
    now = made.now + timedelta(hours=draw(st.integers(0, 24 * 10)))
    assume(now < made.end - timedelta(days=1))
    blocks = []
    for block in first.blocks:
        mark = draw(st.sampled_from(["", "", "", "done", "skipped", "pinned", "moved"]))
        if mark == "moved" and block.start > now:
            block = moved(block, draw(st.integers(-8, 8)))
        elif mark == "pinned":
            block = msgspec.structs.replace(block, pinned=True)
        elif mark in ("done", "skipped") and block.start < now + timedelta(days=1):
            block = msgspec.structs.replace(block, status=mark)
        blocks.append(block)
    return msgspec.structs.replace(made, now=now), msgspec.structs.replace(
        first, blocks=tuple(blocks)
    )


def moved(block: Block, quarters: int) -> Block:
    start = block.start + timedelta(minutes=15 * quarters)
    return msgspec.structs.replace(block, start=start, moved=True)


ANY = settings(max_examples=120, deadline=None)


@ANY
@given(any_plan(), any_domains())
def test_invariant_22_same_facts_no_change(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...]
) -> None:
    made, first = plan
    once = replan(again(made, first, domains=domains))
    twice = replan(again(made, once, domains=domains, revision=7))
    assert twice.changes == ()
    assert twice.blocks == once.blocks
    assert twice.churn == 0.0


@ANY
@given(any_request("BNAU"), st.integers(0, 40))
def test_invariant_22_a_plan_that_is_followed_stays(made: PlanRequest, days: int) -> None:
    first = replan(made)
    now = min(made.now + timedelta(days=days), made.end - timedelta(hours=1))
    ticked = [
        msgspec.structs.replace(b, status="done") if end_of(b) <= now else b for b in first.blocks
    ]
    assert replan(again(made, first, now=now, existing=tuple(ticked))).changes == ()


@ANY
@given(any_plan(), st.randoms())
def test_invariant_23_the_order_of_blocks_does_not_matter(
    plan: tuple[PlanRequest, PlanResult], random: object
) -> None:
    made, first = plan
    shuffled = list(first.blocks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    left = replan(again(made, first))
    right = replan(again(made, first, existing=tuple(shuffled)))
    assert msgspec.json.encode(left) == msgspec.json.encode(right)


@ANY
@given(any_plan(), any_domains())
def test_invariants_24_and_25_history_pins_and_the_next_48_hours_stay(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...]
) -> None:
    made, first = plan
    after = by_id(replan(again(made, first, domains=domains)))
    frozen = made.now + timedelta(hours=48)
    held = [
        block
        for block in first.blocks
        if (block.pinned or block.moved) and end_of(block) <= made.end
    ]
    for block in first.blocks:
        past = block.status != "planned" or block.start < made.now
        if past or block in held:
            assert after[block.id] == block
        elif block.start < frozen and not any(clash(block, other) for other in held):
            assert after.get(block.id) == block or block.activity == "buffer"


def clash(block: Block, other: Block) -> bool:
    return block.start < end_of(other) and other.start < end_of(block)


@ANY
@given(any_request(), any_domains())
def test_invariant_26_churn_is_the_bound(
    made: PlanRequest, domains: tuple[DomainReading, ...]
) -> None:
    """No block changes hands that does not have to: sum of max(0, new - old)."""
    first = replan(made)
    second = replan(again(made, first, domains=domains))
    old, new = counts(first.blocks), counts(second.blocks)
    mixed = sum(b.domain is None and b.activity == "practice" for b in second.blocks)
    before = sum(b.domain is None and b.activity == "practice" for b in first.blocks)
    bound = sum((new - old).values()) + max(0, mixed - before)
    pairs = [(c, c.before, c.after) for c in second.changes]
    hands = [c for c, a, b in pairs if a and b and a.domain != b.domain]
    assert len(hands) == bound
    assert {c.reason.code for c in second.changes if c not in hands} <= {"BAND"}
    scratch = replan(msgspec.structs.replace(made, domains=domains))
    fresh = {b.start: b.domain for b in scratch.blocks}
    assert bound <= len([b for b in first.blocks if fresh[b.start] != b.domain]) + len(domains)


@ANY
@given(any_domains(), st.sets(st.sampled_from(WEEKDAYS), min_size=2), st.integers(2, 40))
def test_invariant_27_a_lost_day_changes_only_its_blocks_and_their_new_homes(
    domains: tuple[DomainReading, ...], days: set[Weekday], distance: int
) -> None:
    evening = Window(start=time(19), end=time(20))
    windows = dict.fromkeys(sorted(days), (evening,))
    made = request(weeks=6, domains=domains, hours=Hours(windows=windows))
    first = replan(made)
    off = NOW.date() + timedelta(days=distance)
    lost = {b.id for b in first.blocks if b.start.date() == off}
    second = replan(again(made, first, hours=Hours(windows=windows, off=(off,))))
    touched = {c.before.id for c in second.changes if c.before}
    assert lost <= touched
    assert len(touched) <= 2 * len(lost)


@ANY
@given(any_request(), st.integers(0, 5))
def test_invariant_28_a_small_gain_moves_nothing(made: PlanRequest, at: int) -> None:
    first = replan(made)
    weights = [int(d.weight * 1000) for d in made.domains]
    weights[at % len(weights)] += 50
    letters = {"below": "B", "near": "N", "above": "A"}
    tilted = named("".join(letters[d.band] for d in made.domains), weights)
    assume([d.tier for d in tilted] == [d.tier for d in made.domains])
    assert replan(again(made, first, domains=tilted)).changes == ()


@ANY
@given(any_plan(), any_domains(), st.integers(-20, 20))
def test_invariants_31_and_32_the_changes_lead_to_the_new_plan(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...], days: int
) -> None:
    made, first = plan
    end = max(made.now, made.end + timedelta(days=days))
    booked = end if made.exam_start else None
    second = replan(again(made, first, domains=domains, end=end, exam_start=booked))
    assert patched(first.blocks, second.changes) == by_id(second)
    assert all(change.reason.code and change.reason.text for change in second.changes)
    done = [block for block in first.blocks if block.status == "done"]
    assert all(by_id(second)[block.id] == block for block in done)
    for block in second.blocks:
        if block.status == "planned" and block.start >= made.now:
            assert end_of(block).astimezone(UTC) <= end.astimezone(UTC)


@ANY
@given(any_plan(), any_domains(), st.integers(-20, 20))
def test_invariants_01_to_03_hold_after_replanning(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...], days: int
) -> None:
    made, first = plan
    end = max(made.now, made.end + timedelta(days=days))
    booked = end if made.exam_start else None
    result = replan(again(made, first, domains=domains, end=end, exam_start=booked))
    old = by_id(first)
    open_ = [b for b in result.blocks if b.status == "planned" and b.start >= made.now]
    for block in open_:
        if not (block.pinned or block.moved):
            inside(block, made.hours)  # type: ignore[arg-type]
            others = [other for other in result.blocks if other.id != block.id]
            assert not any(clash(block, b) for b in others if b.start >= made.now)
        elif block != old.get(block.id):
            inside(block, made.hours)  # type: ignore[arg-type]


EVENING = (Window(start=time(18), end=time(20)),)
WHOLE_HOURS = Hours(windows={"mon": EVENING, "wed": EVENING, "sat": EVENING})


@ANY
@given(any_domains(), st.integers(2, 8), st.sampled_from(["tue", "thu", "sun"]))
def test_invariant_33_more_time_takes_nothing_away(
    domains: tuple[DomainReading, ...], weeks: int, day: str
) -> None:
    made = request(weeks=weeks, domains=domains, hours=WHOLE_HOURS, strategy="priority")
    first = replan(made)
    more = Hours(windows={**WHOLE_HOURS.windows, day: EVENING})  # type: ignore[dict-item]
    second = replan(again(made, first, hours=more))
    before = {row.domain: row.minutes for row in first.allocation}
    assert all(row.minutes >= before[row.domain] for row in second.allocation)


@ANY
@given(any_domains(), st.integers(1, 8))
def test_invariant_10_counts_are_the_fair_ones(
    domains: tuple[DomainReading, ...], weeks: int
) -> None:
    """With blocks of equal length a first plan is exactly the Sainte-Lague split."""
    made = request(weeks=weeks, domains=domains, hours=WHOLE_HOURS, strategy="priority")
    result = replan(made)
    parts = [d.priority if any(d.gap for d in domains) else d.weight for d in domains]
    shares = [part / sum(parts) for part in parts]
    expected = sainte_lague(shares, len(study(result.blocks)))
    assert [counts(result.blocks)[d.name] for d in domains] == list(expected)
