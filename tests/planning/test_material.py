"""The material of a session: the fitting one that is not done, worked through in order of time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.exam import Fit, Resource
from coach.model.plan import Block
from coach.planning.material import material_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def block(day: int, activity: str = "lab", topic: str | None = "Blobs", **changes: object) -> Block:
    fields = {
        "id": f"b{day}",
        "exam": "AZ-104",
        "start": NOON + timedelta(days=day),
        "minutes": 60,
        "domain": "Storage",
        "topic": topic,
        "activity": activity,
    }
    return Block(**{**fields, **changes})


def resource(name: str, kind: str = "lab", minutes: int | None = 45, **changes: object) -> Resource:
    fields = {
        "id": name,
        "kind": kind,
        "title": name,
        "url": f"https://example.com/{name}",
        "source": "test",
        "minutes": minutes,
        "domain": "Storage",
        "topic": "Blobs",
    }
    return Resource(**{**fields, **changes})


def used(
    blocks: list[Block], resources: list[Resource], *done: str, now: datetime = NOON
) -> dict[str, tuple]:
    uses = material_of(blocks, resources, done, now)
    return {name: (use.resource.id, use.part, use.parts) for name, use in uses.items()}


def test_the_topic_comes_before_the_domain_and_that_before_other_topics():
    files = resource("files", topic="Files")
    whole = resource("whole", topic=None)
    blobs = resource("blobs")
    plan = [block(day) for day in range(4)]
    assert used(plan, [files, whole, blobs]) == {
        "b0": ("blobs", 1, 1),
        "b1": ("whole", 1, 1),
        "b2": ("files", 1, 1),
    }


def test_what_a_missed_session_would_have_used_the_next_one_uses():
    path = resource("path", "learn", 180, topic=None)
    plan = [block(day, "learn") for day in range(4)]
    missed_two = NOON + timedelta(days=2)
    assert used(plan, [path], now=missed_two) == {
        "b0": ("path", 1, 3),
        "b1": ("path", 1, 3),
        "b2": ("path", 1, 3),
        "b3": ("path", 2, 3),
    }


def test_a_path_of_unknown_length_lasts_for_the_sessions_there_are():
    path, lab = resource("path", "learn", None, topic=None), resource("lab", "lab", None)
    plan = [block(0, "learn"), block(1), block(2, "learn", "Files"), block(3)]
    assert used(plan, [path, lab]) == {
        "b0": ("path", 1, 2),
        "b1": ("lab", 1, 1),
        "b2": ("path", 2, 2),
    }


def test_a_long_one_spans_sessions_and_says_which_part():
    path = resource("path", "learn", 200)
    plan = [block(day, "learn") for day in range(5)]
    assert used(plan, [path]) == {
        "b0": ("path", 1, 4),
        "b1": ("path", 2, 4),
        "b2": ("path", 3, 4),
        "b3": ("path", 4, 4),
    }


@pytest.mark.parametrize(("minutes", "parts"), [(70, 1), (75, 1), (76, 2)])
def test_an_hour_holds_a_quarter_more_than_an_hour(minutes: int, parts: int):
    assert used([block(0)], [resource("lab", minutes=minutes)]) == {"b0": ("lab", 1, parts)}


def test_what_is_marked_done_is_offered_no_more_and_stays_with_the_session_that_did_it():
    labs = [resource("one"), resource("two")]
    plan = [block(0, status="done"), block(1), block(2)]
    assert used(plan, labs, "one") == {"b0": ("one", 1, 1), "b1": ("two", 1, 1)}


def test_a_tick_taken_back_gives_the_lab_back():
    labs = [resource("one"), resource("two")]
    skipped = [block(0, status="skipped"), block(1)]
    assert used(skipped, labs) == {"b1": ("one", 1, 1)}


def test_quizzes_and_assessments_use_the_practice_assessment_again_and_again():
    test = resource("test", "assessment", None, domain=None, topic=None)
    plan = [block(0, "practice"), block(1, "assessment", None, domain=None), block(2, "scenario")]
    assert used(plan, [test]) == {"b0": ("test", 1, 1), "b1": ("test", 1, 1)}


def test_an_exercise_on_paper_comes_last_and_a_second_purpose_counts():
    paper = resource("paper", case_study=True)
    other = resource(
        "other", domain="Networking", topic=None, also=(Fit(domain="Storage", topic="Blobs"),)
    )
    assert used([block(0), block(1)], [paper, other]) == {
        "b0": ("other", 1, 1),
        "b1": ("paper", 1, 1),
    }


@pytest.mark.parametrize("activity", ["review", "buffer", "scenario"])
def test_other_work_names_no_material(activity):
    assert used([block(0, activity)], [resource("lab"), resource("path", "learn")]) == {}


@given(
    st.lists(st.tuples(st.sampled_from(["lab", "learn"]), st.integers(15, 120)), max_size=12),
    st.lists(st.tuples(st.sampled_from(["lab", "learn"]), st.integers(10, 400)), max_size=6),
    st.randoms(use_true_random=False),
)
def test_parts_count_up_to_their_end_whatever_order_the_blocks_come_in(work, material, random):
    """Every part up to the last one named follows the one before it, and no kind is mixed."""
    plan = [block(day, kind, minutes=length) for day, (kind, length) in enumerate(work)]
    things = [resource(f"r{n}", kind, length) for n, (kind, length) in enumerate(material)]
    uses = material_of(plan, things, (), NOON)
    assert uses == material_of(random.sample(plan, len(plan)), things, (), NOON)
    seen: dict[str, int] = {}
    for one in plan:
        if one.id in uses:
            use = uses[one.id]
            assert use.resource.kind == one.activity
            assert use.part == seen.get(use.resource.id, 0) + 1 <= use.parts
            seen[use.resource.id] = use.part
