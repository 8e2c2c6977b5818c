"""Every action can be undone, across restarts, and what was removed leaves a trace."""

import json
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.facts import Facts
from coach.model.plan import Practice
from coach.model.settings import Tracked
from coach.storage.journal import KEPT, TOMBSTONE_DAYS
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def save(repository: Repository, facts: Facts, label: str = "save", at: datetime = NOON) -> None:
    with repository.transaction() as transaction:
        transaction.commit(facts, label, at)


def documents(repository: Repository) -> dict:
    return json.loads(repository.file.read_text(encoding="utf-8"))


def test_undo_restores_a_changed_an_added_and_a_removed_record(repository, practice, put):
    put(repository, practice("kept"), practice("changed"), practice("removed"))
    before = repository.load()
    after = {
        "kept": practice("kept"),
        "changed": practice("changed", 9),
        "added": practice("added"),
    }
    save(repository, Facts(practice=after), "edit")

    assert repository.undo(NOON) == "edit"
    assert repository.load() == before
    assert repository.undo(NOON) == "put"
    assert repository.load() == Facts()
    assert repository.undo(NOON) is None


def test_undo_works_after_a_restart_and_counts_as_a_change(repository, folder, put, practice):
    put(repository, practice("p1"))
    put(repository, practice("p1", 9))
    later = NOON + timedelta(hours=1)

    assert Repository(folder).undo(later) == "put"

    assert repository.load().practice == {"p1": practice("p1")}
    assert documents(repository)["practice"]["p1"]["_changed"] == "2026-11-21T13:00:00.000000+00:00"


def test_redo_does_again_what_was_undone_last_in_order(repository, folder, put, practice):
    put(repository, practice("p1"))
    put(repository, practice("p1", 9))
    repository.undo(NOON)
    repository.undo(NOON)
    assert repository.journal() == ()

    again = Repository(folder)
    assert again.undo(NOON, redo=True) == "put"
    assert again.load().practice == {"p1": practice("p1")}
    assert again.undo(NOON, redo=True) == "put"
    assert again.load().practice == {"p1": practice("p1", 9)}
    assert again.undo(NOON, redo=True) is None
    assert again.undo(NOON) == "put"
    assert again.load().practice == {"p1": practice("p1")}


def test_a_new_action_ends_what_can_be_redone(repository, put, practice):
    put(repository, practice("p1"))
    repository.undo(NOON)
    put(repository, practice("p2"))

    assert repository.undo(NOON, redo=True) is None
    assert repository.load().practice == {"p2": practice("p2")}


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.data())
def test_undoing_and_redoing_as_often_changes_nothing(amounts, data):
    """INV: n undos followed by n redos give the records of before, and the same list."""
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Path(folder))
        for number, amount in enumerate(amounts):
            kept = {name: Tracked(id=name) for name in "ABC"[: 1 + amount % 3]}
            save(repository, Facts(tracked=kept), f"save {number}")
        before, listed = repository.load(), repository.journal()
        times = data.draw(st.integers(0, len(listed)))
        for redo in (False, True):
            for _ in range(times):
                repository.undo(NOON, redo=redo)
        assert (repository.load(), repository.journal()) == (before, listed)


def test_the_journal_lists_the_last_actions_newest_first(repository, put, practice):
    bergen = timezone(timedelta(hours=1))
    for number in range(KEPT + 3):
        moment = datetime(2026, 11, 21, 13, 0, tzinfo=bergen) + timedelta(minutes=number)
        put(repository, practice("p", number), label=f"action {number}", at=moment)

    listed = Repository(repository.file.parent).journal()

    assert len(listed) == KEPT
    assert listed[0] == (datetime(2026, 11, 21, 13, 52, tzinfo=bergen), "action 52")
    assert listed[-1][1] == "action 3"
    assert listed[0][0].utcoffset() == timedelta(hours=1)
    for number in reversed(range(3, KEPT + 3)):
        assert repository.undo(NOON) == f"action {number}"
    assert repository.undo(NOON) is None
    assert repository.load().practice["p"].correct == 2


def test_what_was_removed_leaves_a_dated_trace_until_it_is_back(repository, put, practice):
    put(repository, practice("p1"))
    save(repository, Facts(), "remove", NOON)
    trace = {"table": "practice", "id": "p1", "was": {}}
    first = {**trace, "at": "2026-11-21T12:00:01.000000+00:00"}
    assert documents(repository)["deleted"] == {"practice/p1": first}

    repository.undo(NOON)
    assert documents(repository)["deleted"] == {}
    repository.undo(NOON)
    second = {**trace, "at": "2026-11-21T12:00:03.000000+00:00"}
    assert documents(repository)["deleted"] == {"practice/p1": second}


def test_traces_go_after_a_year(repository, put, practice):
    put(repository, practice("old"), practice("new"))
    save(repository, Facts(practice={"new": practice("new")}), "one", NOON)
    save(repository, Facts(), "two", NOON + timedelta(days=TOMBSTONE_DAYS, seconds=2))

    assert list(documents(repository)["deleted"]) == ["practice/new"]


def test_a_save_is_numbered(repository, put, practice):
    put(repository, practice("p1"))
    put(repository, practice("p2"))
    repository.undo(NOON)

    assert documents(repository)["meta"] == {"file": {"schema": 2, "revision": 3}}


TABLE_EDITS = st.dictionaries(
    st.sampled_from(["1", "2", "3", "é\u2028"]), st.none() | st.integers(0, 3), max_size=3
)


@settings(max_examples=30, deadline=None)
@given(
    actions=st.lists(
        st.tuples(
            st.fixed_dictionaries({"practice": TABLE_EDITS, "tracked": TABLE_EDITS}), st.booleans()
        ),
        max_size=10,
    )
)
def test_undoing_everything_walks_back_through_every_state(actions):
    with tempfile.TemporaryDirectory() as name:
        repository = Repository(Path(name))
        states = [Facts()]
        for edits, reopen in actions:
            repository = Repository(Path(name)) if reopen else repository
            after = _edited(states[-1], edits)
            save(repository, after, f"action {len(states)}")
            if after != states[-1]:
                states.append(after)
        assert Repository(Path(name)).load() == states[-1]
        for number in reversed(range(1, len(states))):
            assert repository.undo(NOON) == f"action {number}"
            assert repository.load() == Repository(Path(name)).load() == states[number - 1]
        assert repository.undo(NOON) is None


def _edited(facts: Facts, edits: dict[str, dict[str, int | None]]) -> Facts:
    tables = {}
    for table, changes in edits.items():
        records = dict(getattr(facts, table))
        for key, value in changes.items():
            records.pop(key, None)
            if value is not None:
                records[key] = _record(table, key, value)
        tables[table] = records
    return msgspec.structs.replace(facts, **tables)


def _record(table: str, key: str, value: int) -> Practice | Tracked:
    if table == "tracked":
        return Tracked(id=key, lessons="x" * value, topics={"Storage": ("Blobs",) * value})
    return Practice(id=key, exam="AZ-104", domain="Storage", correct=value, total=3, at=NOON)
