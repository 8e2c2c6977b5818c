"""Why this block: coded reasons from facts."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings

from coach.model.plan import Block, Strategy
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.explain import Context, explain
from coach.wording import written
from tests.planning.any_plans import any_request
from tests.planning.plans import NOW, again, readings, replan, request


def context(made: PlanRequest, result: PlanResult, *, reported: bool = True) -> Context:
    return Context(
        domains=made.domains,
        strategy=made.strategy,
        hours=made.hours,
        buffer_percent=made.buffer_percent,
        blocks=result.blocks,
        start=made.start,
        reported=reported,
        now=made.now,
        end=made.end,
        studied=[row.domain for row in result.allocation if row.share],
        changes=result.changes,
    )


def why(made: PlanRequest, result: PlanResult, block: Block) -> dict[str, str]:
    return {reason.code: written(reason) for reason in explain(block, context(made, result))}


def one(result: PlanResult, activity: str, domain: str | None = None) -> Block:
    return next(b for b in result.blocks if b.activity == activity and b.domain == domain)


def test_share_names_band_weight_and_place() -> None:
    made = request()
    result = replan(made)
    own = sum(1 for b in result.blocks if b.domain == "IAM")
    assert why(made, result, result.blocks[0])["SHARE"] == (
        f"IAM is below target and 30 % of the exam: session 1 of {own} on this domain."
    )


def test_a_first_attempt_is_not_sent_to_a_report() -> None:
    made = request("UUUU")
    result = replan(made)
    first = result.blocks[0]
    assert "FIRST" in {each.code for each in explain(first, context(made, result))}
    reasons = explain(first, context(made, result, reported=False))
    assert len(reasons) >= 2
    assert not any("your report" in written(each) for each in (*reasons, *result.notes))


@pytest.mark.parametrize(
    ("bands", "domain", "strategy", "code", "words"),
    [
        ("BNNA", "IAM", "two-tier", "TIER", "Tier 1, because it is below target."),
        ("BNNA", "NET", "two-tier", "TIER", "because it is the heaviest of those near target."),
        ("BNNA", "CSD", "two-tier", "TIER", "Tier 2"),
        ("BNNA", "IAM", "priority", "PRIORITY", "Its priority is 60.0"),
        ("AAAB", "IAM", "two-tier", "FLOOR", "light review"),
        ("UNNA", "IAM", "two-tier", "SHARE", "not known, so read as near target"),
    ],
)
def test_reasons_of_the_split(
    bands: str, domain: str, strategy: Strategy, code: str, words: str
) -> None:
    made = request(bands, strategy=strategy)
    result = replan(made)
    block = next(b for b in result.blocks if b.domain == domain)
    assert words in why(made, result, block)[code]


@pytest.mark.parametrize(
    ("activity", "domain", "code"),
    [
        ("lab", "IAM", "SLOT"),
        ("scenario", "IAM", "COMBINE"),
        ("buffer", None, "BUFFER"),
        ("assessment", None, "EXAM"),
        ("review", None, "LAST"),
    ],
)
def test_reasons_of_the_activity(activity: str, domain: str | None, code: str) -> None:
    made = request()
    result = replan(made)
    assert code in why(made, result, one(result, activity, domain))


def test_a_flag_is_named_as_a_core_task() -> None:  # NI-05, NI-09
    made = request(domains=readings("BNNA", IAM="Conditional Access"))
    result = replan(made)
    assert why(made, result, result.blocks[0])["FLAG"] == (
        "Conditional Access was marked as needing improvement: it is a core task of the role."
    )


def test_the_first_block_starts_from_the_report() -> None:  # RS-02
    made = request()
    result = replan(made)
    assert "report" in why(made, result, result.blocks[0])["FIRST"]
    assert "FIRST" not in why(made, result, result.blocks[1])


def test_gap_counts_the_days_since_the_topic_was_seen() -> None:
    made = request()
    result = replan(made)
    same = [b for b in result.blocks if b.topic == "IAM 1"]
    days = (same[1].start.date() - same[0].start.date()).days
    text = why(made, result, same[1])["GAP"]
    assert text.startswith(f"IAM 1 was last studied {days} day")
    assert "GAP" not in why(made, result, same[0])


def test_a_missed_block_says_what_becomes_of_it() -> None:
    made = request(now=NOW - timedelta(days=5))
    first = replan(made)
    later = again(made, first, now=made.end)
    assert "gives it catch-up time" in why(later, first, first.blocks[0])["MISSED"]
    assert "areas together is let go" in why(later, first, one(first, "review"))["MISSED"]
    assert "MISSED" not in why(later, first, one(first, "buffer"))
    assert first.blocks[0].domain == "IAM"
    risen = replan(again(made, first, domains=readings("ANNA"), now=first.blocks[0].day_end))
    text = why(msgspec.structs.replace(made, now=made.end), risen, first.blocks[0])["MISSED"]
    assert text == "Missed; IAM gets no time any more, so it is let go."


def test_missed_pinned_and_changed_blocks_say_so() -> None:
    made = request(now=NOW - timedelta(days=5))
    first = replan(made)
    pinned = msgspec.structs.replace(first.blocks[9], pinned=True)
    blocks = (*first.blocks[:9], pinned, *first.blocks[10:])
    later = again(made, first, existing=blocks, now=first.blocks[0].day_end)
    result = replan(later)
    made_up = next(b for b in result.blocks if b.makes_up)
    assert why(later, result, made_up)["MISSED"] == (
        f"Makes up for the session missed on {first.blocks[0].start:%d %b %H:%M}."
    )
    assert why(later, result, pinned)["KEPT"] == "You pinned it: re-planning leaves it here."
    assert why(later, result, first.blocks[0])["MISSED"] == (
        f"Missed; the session on {made_up.start:%d %b %H:%M} makes up for it."
    )
    other = again(made, first, domains=readings("NBNA"))
    moved = replan(other)
    changed = next(c for c in moved.changes if c.after)
    assert changed.after is not None
    assert why(other, moved, changed.after)["SHARE"]
    assert changed.reason in explain(changed.after, context(other, moved))


@settings(max_examples=100, deadline=None)
@given(any_request("BNAU"))
def test_every_block_has_two_reasons_or_more(made: PlanRequest) -> None:
    result = replan(made)
    known = context(made, result)
    for block in result.blocks:
        reasons = explain(block, known)
        assert len(reasons) >= 2
        assert all(written(r).endswith(".") for r in reasons)
