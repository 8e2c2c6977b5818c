"""Gaps between visits to a topic: they follow from the time left to the exam."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from coach.model.plan import Block
from coach.planning.calendar import seconds
from coach.planning.content import good_days, least_days, mixed_topics, repetitions
from coach.planning.explain import explain
from coach.reading.priority import DomainReading
from tests.planning.plans import NOW, again, readings, replan, request
from tests.planning.test_explain import context

END = seconds(NOW + timedelta(weeks=12))


@pytest.mark.parametrize(
    ("weeks", "good", "least"), [(0, 1, 0), (1, 2, 1), (3, 4, 2), (5, 6, 3), (8, 10, 5)]
)
def test_gap_by_weeks_to_the_exam(weeks: int, good: int, least: int) -> None:
    at = END - weeks * 7 * 86_400
    assert (good_days(at, END), least_days(at, END)) == (good, least)


def test_a_topic_seen_three_days_ago_waits_eight_weeks_before_the_exam() -> None:
    made = request(weeks=8, domains=readings("BAAA"))
    visits = [b for b in replan(made).blocks if b.domain == "IAM"][:5]
    # A good gap is nine days there, four at least, and no topic comes again before all have come.
    assert [(b.start.day, b.topic) for b in visits] == [
        (21, "IAM 1"), (21, "IAM 2"), (21, "IAM 3"), (23, "IAM 4"), (24, "IAM 5"),
    ]  # fmt: skip


def visit(day: int, topic: str) -> Block:
    return Block(id=f"{day} {topic}", exam="AZ-500", start=NOW + timedelta(days=day), minutes=60,
                 domain="IAM", topic=topic, activity="practice")  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "waits"), [({}, "IAM 2"), ({"IAM": "IAM 1"}, None)], ids=["plain", "flagged"]
)
def test_a_topic_that_is_passed_over_is_named(flags: dict[str, str], waits: str | None) -> None:
    """Twelve weeks before the exam a good gap is 14 days, and seven are the least."""
    days = [visit(0, "IAM 1"), visit(3, "IAM 1"), visit(40, "IAM 1")]
    found = repetitions(days, readings("BNNA", **flags), END)
    soon, third = found["3 IAM 1"], found["40 IAM 1"]
    assert (soon.days, soon.good, soon.early, soon.waits) == (3, 14, True, "IAM 2")
    assert (third.days, third.early, third.waits) == (37, False, waits)


def test_two_sessions_of_an_evening_are_about_two_topics() -> None:
    """A report comes to a plan whose kept sessions lie around: each of the three topics of D3 is
    then too soon again on Monday 7 December, one of them on that evening itself."""
    weights = {"D0": 12, "D1": 17, "D2": 17, "D3": 22, "D4": 17}

    def domains(bands: str) -> tuple[DomainReading, ...]:
        return tuple(replace(d, topics=d.topics[:3]) for d in readings(bands, weights))

    now = NOW + timedelta(days=6)
    made = request(domains=domains("UUUUU"), weeks=6, now=now, strategy="auto")
    result = replan(again(made, replan(made), domains=domains("AANBN")))
    monday = [b.topic for b in result.blocks if b.start.date() == date(2026, 12, 7)]
    assert len(set(monday)) == len(monday) == 2


def test_what_was_missed_is_no_visit() -> None:
    made = request(now=NOW - timedelta(days=5))
    first = replan(made)
    missed = first.blocks[0]
    later = again(made, first, now=missed.day_end)
    result = replan(later)
    known = context(later, result)
    second, third, *_ = [b for b in result.blocks if b.topic == missed.topic and b != missed]
    assert "GAP" not in {reason.code for reason in explain(second, known)}
    assert "GAP" in {reason.code for reason in explain(third, known)}


def test_mixed_review_takes_up_what_has_no_session_of_its_own_then_the_oldest() -> None:
    """Five topics each; IAM 5 has its session after the first review."""
    blocks = [visit(0, "IAM 1"), visit(1, "IAM 2"), mixed(2), visit(3, "IAM 5"), mixed(4), mixed(5)]
    found = mixed_topics(blocks, readings("BNNA"))
    assert [[topic for _, topic in found[f"mixed {day}"]] for day in (2, 4, 5)] == [
        ["IAM 3", "NET 1", "IAM 4", "NET 2"],
        ["NET 3", "NET 4", "NET 5", "IAM 1"],
        ["IAM 2", "NET 1", "IAM 3", "NET 2"],
    ]
    assert found["mixed 2"][1] == ("NET", "NET 1")


def mixed(day: int) -> Block:
    return Block(id=f"mixed {day}", exam="AZ-500", start=NOW + timedelta(days=day), minutes=60,
                 domain=None, topic=None, activity="review", also=("IAM", "NET"))  # fmt: skip
