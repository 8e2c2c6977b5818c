"""Copies of the records that went separate ways become one, in whatever order they meet."""

import copy
import itertools
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.attempt import Attempt, Report
from coach.model.facts import Facts
from coach.model.plan import Block, Practice
from coach.storage.files import StorageError
from coach.storage.merging import export_bytes, merge_edits, read_copy
from coach.storage.repository import Repository
from coach.storage.schema import Tables

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEYS = ("a", "b", "c")


def practice(key: str, correct: int) -> Practice:
    return Practice(id=key, exam="X", domain="D", correct=correct, total=9, at=NOON)


def block(key: str, minutes: int) -> Block:
    return Block(
        id=key, exam="X", start=NOON, minutes=minutes, domain=None, topic=None, activity="review"
    )


def put(repository: Repository, table: str, key: str, value: int | None, at: datetime) -> None:
    """Set or remove one record as one action."""
    if table == "sittings":
        put_sitting(repository, key, value, at)
        return
    with repository.transaction() as transaction:
        records = {**getattr(transaction.facts, table)}
        records.pop(key, None)
        if value is not None:
            records[key] = (practice if table == "practice" else block)(key, value)
        facts = msgspec.structs.replace(transaction.facts, **{table: records})
        transaction.commit(facts, "edit", at)


def put_sitting(repository: Repository, key: str, value: int | None, at: datetime) -> None:
    """Report a sitting, correct its score, or its fee alone where that is 1, or remove both."""
    with repository.transaction() as transaction:
        facts = transaction.facts
        attempts, reports = {**facts.attempts}, {**facts.reports}
        if value is None:
            attempts.pop(key, None)
            reports.pop(f"r{key}", None)
        elif value == 1 and key in attempts:
            attempts[key] = msgspec.structs.replace(attempts[key], fee=at.timestamp() % 100)
        else:
            attempts.setdefault(key, Attempt(id=key, exam="X", at=NOON, status="delivered"))
            reports[f"r{key}"] = Report(
                id=f"r{key}", attempt=key, exam="X", outline=None, score=value
            )
        facts = msgspec.structs.replace(facts, attempts=attempts, reports=reports)
        transaction.commit(facts, "edit", at)


def exported(repository: Repository) -> bytes:
    return export_bytes(repository.documents(), NOON)


def shared(repository: Repository) -> Tables:
    return read_copy(exported(repository))


def joined(one: Tables, other: Tables) -> Tables:
    result = copy.deepcopy(one)
    for table, documents in merge_edits(one, other).items():
        for key, document in documents.items():
            result.setdefault(table, {}).pop(key, None)
            if document is not None:
                result[table][key] = document
    return result


# Who acts (0-2), what on, with which value (None removes), or from whom to take everything in, or
# an undo, a backup, a restore of the oldest one; and when: the clocks differ by up to a day.
ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(
            st.tuples(
                st.just("put"),
                st.sampled_from(["practice", "blocks", "sittings"]),
                st.sampled_from(KEYS),
                st.none() | st.integers(1, 3),
            ),
            st.tuples(st.just("take"), st.integers(0, 2)),
            st.tuples(st.sampled_from(["undo", "undo", "backup", "restore"])),
        ),
        st.integers(0, 5) | st.integers(-86_400, 86_400),
    ),
    max_size=14,
)


def played(acts, folder: Path) -> list[Repository]:
    copies = [Repository(folder / str(number)) for number in range(3)]
    for who, (act, *arguments), seconds in acts:
        at = NOON + timedelta(seconds=seconds)
        if act == "put":
            put(copies[who], *arguments, at)
        elif act == "take":
            copies[who].merge(shared(copies[arguments[0]]), at)
        elif act == "undo":
            copies[who].undo(at)
        elif act == "backup":
            copies[who].backups.make(at, "manual")
        elif made := copies[who].backups.list():
            copies[who].restore(made[-1].name, at)
    return copies


@settings(max_examples=150, deadline=None)
@given(acts=ACTS)
def test_merging_is_commutative_associative_and_idempotent(acts):
    with tempfile.TemporaryDirectory() as name:
        a, b, c = (shared(repository) for repository in played(acts, Path(name)))

    assert all(
        t["attempts"].keys() >= {r["attempt"] for r in t["reports"].values()} for t in (a, b, c)
    )
    assert joined(a, a) == a
    assert joined(a, b) == joined(b, a)
    assert joined(joined(a, b), c) == joined(a, joined(b, c))
    assert merge_edits(joined(a, b), b) == {}
    orders = [joined(joined(x, y), z) for x, y, z in itertools.permutations((a, b, c))]
    assert all(order == orders[0] for order in orders)


@settings(max_examples=25, deadline=None)
@given(acts=ACTS)
def test_copies_that_exchange_exports_end_up_equal(acts):  # INV-41
    with tempfile.TemporaryDirectory() as name:
        copies = played(acts, Path(name))
        files = [exported(repository) for repository in copies]
        for first, repository in enumerate(copies):
            for step in (1, 2):
                repository.merge(read_copy(files[(first + step) % 3]), NOON)
        reread = [Repository(repository.file.parent).load() for repository in copies]

        assert reread[0] == reread[1] == reread[2]
        assert shared(copies[0]) == shared(copies[1]) == shared(copies[2])


@settings(max_examples=25, deadline=None)
@given(acts=ACTS, other=ACTS)
def test_one_undo_takes_a_merge_back_without_a_trace(acts, other):
    with tempfile.TemporaryDirectory() as name:
        mine = played(acts, Path(name) / "mine")[0]
        theirs = shared(played(other, Path(name) / "theirs")[0])
        before, facts = shared(mine), mine.load()
        if merge_edits(before, theirs):
            mine.merge(theirs, NOON + timedelta(minutes=1))
            assert mine.undo(NOON + timedelta(minutes=2)) == "records imported"

        assert shared(mine) == before
        assert mine.load() == Repository(mine.file.parent).load() == facts


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Repository, Repository]:
    return Repository(tmp_path / "one"), Repository(tmp_path / "two")


def test_the_later_change_wins_whoever_asks(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON)
    two.merge(shared(one), NOON)
    put(one, "practice", "a", 2, NOON + timedelta(minutes=1))
    put(two, "practice", "a", 3, NOON + timedelta(minutes=2))

    count = one.merge(shared(two), NOON + timedelta(minutes=3))
    assert (count.added, count.changed, count.removed) == (0, 1, 0)
    none = two.merge(shared(one), NOON + timedelta(minutes=3))
    assert (none.added, none.changed, none.removed, none.backup) == (0, 0, 0, None)

    assert one.load() == two.load() == Facts(practice={"a": practice("a", 3)})


def test_a_removal_is_passed_on_and_an_old_copy_does_not_bring_the_record_back(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON)
    old = shared(one)
    two.merge(old, NOON)
    put(one, "practice", "a", None, NOON)  # in the same second

    assert two.merge(shared(one), NOON).removed == 1
    two.merge(old, NOON)

    assert two.load() == Facts()


def test_what_a_restore_took_back_comes_again_from_a_copy_that_has_it(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON)
    backup = one.backups.make(NOON, "manual")
    put(one, "practice", "a", 2, NOON + timedelta(minutes=1))
    two.merge(shared(one), NOON)
    one.restore(backup.name, NOON + timedelta(minutes=2))
    assert one.load().practice == {"a": practice("a", 1)}

    assert two.merge(shared(one), NOON).changed == 0
    assert one.merge(shared(two), NOON).changed == 1
    assert one.load() == two.load() == Facts(practice={"a": practice("a", 2)})


def test_a_clock_that_runs_behind_still_changes_what_it_saw(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON + timedelta(days=400))
    two.merge(shared(one), NOON)
    put(two, "practice", "a", 2, NOON)

    one.merge(shared(two), NOON)

    assert one.load().practice == {"a": practice("a", 2)}


def test_undoing_a_merge_does_not_remove_the_records_from_where_they_came(pair):
    one, two = pair
    put(two, "practice", "a", 1, NOON)
    one.merge(shared(two), NOON)
    one.undo(NOON + timedelta(minutes=1))

    two.merge(shared(one), NOON)
    assert set(two.load().practice) == {"a"}
    assert one.merge(shared(two), NOON).added == 1


def test_undoing_a_merge_leaves_every_time_of_change_as_it_was(pair):
    one, two = pair
    for key in ("changed", "removed"):
        put(one, "practice", key, 1, NOON)
    two.merge(shared(one), NOON)
    put(two, "practice", "changed", 2, NOON + timedelta(minutes=1))
    put(two, "practice", "removed", None, NOON + timedelta(minutes=1))
    before = shared(one)

    count = one.merge(shared(two), NOON + timedelta(minutes=2))
    assert (count.added, count.changed, count.removed) == (0, 1, 1)
    one.undo(NOON + timedelta(minutes=3))

    assert shared(one) == before


@pytest.mark.parametrize("score", [610, None], ids=["a correction wins", "a removal wins"])
def test_a_sitting_and_its_report_are_one_fact(pair, score):
    """One copy removes both, the other corrects the report: the later of the two wins whole."""
    one, two = pair
    attempt = Attempt(id="t", exam="X", at=NOON, status="delivered")
    report = Report(id="r", attempt="t", exam="X", outline=None, score=600)
    both = Facts(attempts={"t": attempt}, reports={"r": report})
    save(one, both, NOON)
    two.merge(shared(one), NOON)
    save(one, Facts(), NOON + timedelta(minutes=1 if score else 3))
    corrected = {"r": msgspec.structs.replace(report, score=610)}
    expected = msgspec.structs.replace(both, reports=corrected)
    save(two, expected, NOON + timedelta(minutes=2))

    one.merge(shared(two), NOON)
    two.merge(shared(one), NOON)

    assert one.load() == two.load() == (expected if score else Facts())


def test_a_report_added_to_a_sitting_that_was_removed_later_goes_with_it(pair):
    one, two = pair
    booked = Facts(attempts={"t": Attempt(id="t", exam="X", at=NOON, status="booked")})
    save(one, booked, NOON)
    two.merge(shared(one), NOON)
    report = Report(id="r", attempt="t", exam="X", outline=None, score=600)
    save(two, msgspec.structs.replace(booked, reports={"r": report}), NOON + timedelta(minutes=1))
    save(one, Facts(), NOON + timedelta(minutes=9))

    two.merge(shared(one), NOON)
    one.merge(shared(two), NOON)

    assert one.load() == two.load() == Facts()
    assert shared(one)["reports"] == shared(two)["reports"] == {}


def save(repository: Repository, facts: Facts, at: datetime) -> None:
    with repository.transaction() as transaction:
        transaction.commit(facts, "save", at)


def test_a_backup_is_made_before_a_merge_however_young_the_last_is(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON)
    one.backups.make(NOON, "manual")
    before = one.file.read_bytes()
    put(two, "practice", "b", 1, NOON)

    backup = one.merge(shared(two), NOON).backup

    assert backup is not None
    assert backup.reason == "import"
    assert one.backups.read(backup.name) == before


def test_no_merge_without_its_backup(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON)
    put(two, "practice", "b", 1, NOON)
    before = one.file.read_bytes()
    (one.file.parent / "backups").write_text("a file in the place of the folder")

    with pytest.raises(StorageError):
        one.merge(shared(two), NOON)

    assert one.file.read_bytes() == before


def test_inv_41_what_a_newer_version_added_survives_the_way_through_an_export(pair):
    one, two = pair
    put(one, "practice", "a", 1, NOON)
    tables = json.loads(one.file.read_bytes())
    tables["practice"]["a"]["mood"] = {"calm": True}
    tables["moods"] = {"m": {"mood": "calm"}}
    one.file.write_text(json.dumps(tables), encoding="utf-8")

    two.merge(shared(one), NOON)

    assert two.documents()["practice"] == tables["practice"]
    assert two.documents()["moods"] == tables["moods"]
    assert shared(two) == shared(one)


def test_a_data_file_is_a_copy_like_an_export(pair):
    one, _ = pair
    put(one, "practice", "a", 1, NOON)
    put(one, "practice", "b", 1, NOON)
    put(one, "practice", "b", None, NOON)

    assert {k: v for k, v in shared(one).items() if v} == {
        k: v for k, v in read_copy(one.file.read_bytes()).items() if v
    }


RECORD = {"id": "a", "exam": "X", "domain": "D", "correct": 1, "total": 2, "at": NOON.isoformat()}
EXPORT = {"format": "coach-export", "version": 1, "schema": 1}


def with_practice(**fields: object) -> dict:
    return {**EXPORT, "practice": {"a": {**RECORD, **fields}}}


HOSTILE = {
    "empty": (b"", "no export"),
    "text": (b"hello", "no export"),
    "not utf-8": (b'{"format": "\xff"}', "no export"),
    "deep": (b'{"x":' * 5000, "no export"),
    "list": ([], "no export"),
    "other json": ({"name": "x"}, "neither an export"),
    "too large": (b" " * (60 * 1024 * 1024 + 1), "larger than 60 MB"),
    "newer format": ({**EXPORT, "version": 2}, "newer Coach"),
    "newer schema": ({**EXPORT, "schema": 99}, "newer Coach"),
    "version in words": ({**EXPORT, "version": "one"}, "version"),
    "version true": ({**EXPORT, "version": True}, "version"),
    "table that is a list": ({**EXPORT, "practice": []}, "it is damaged"),
    "record that is a number": ({**EXPORT, "practice": {"a": 7}}, "it is damaged"),
    "wrong type": (with_practice(correct="many"), "practice a: Expected `int`"),
    "missing field": ({**EXPORT, "practice": {"a": {"id": "a"}}}, "missing required field"),
    "other id": ({**EXPORT, "practice": {"b": RECORD}}, "practice b carries the id a"),
    "no offset": (with_practice(at="2026-11-21T12:00:00"), "without an offset"),
    "end of time": (with_practice(at="9999-12-31T23:59:59Z"), "between the years"),
    "nothing asked": (with_practice(total=0), "total is not between 1"),
    "huge number": (with_practice(total=10**30), "total is not between 1"),
    "bad stamp": (with_practice(_changed="yesterday"), "time of change"),
    "local stamp": (with_practice(_changed="2026-11-21T12:00:00+01:00"), "time of change"),
    "stamp that is a number": (with_practice(_changed=5), "time of change"),
    "trace without a time": ({**EXPORT, "deleted": {"practice/a": {}}}, "does not name a record"),
    "trace of the journal": (
        {**EXPORT, "deleted": {"meta/file": {"table": "meta", "id": "file", "at": "x"}}},
        "does not name a record",
    ),
    "newer data file": ({"meta": {"file": {"schema": 99}}}, "update Coach"),
    "damaged data file": ({"meta": {"file": {}}}, "which version"),
    "meta that is a list": ({"meta": []}, "damaged"),
}


@pytest.mark.parametrize(("content", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_sound_copy_is_refused_in_one_sentence(content, sentence):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()

    with pytest.raises(StorageError, match=sentence) as caught:
        read_copy(data)

    assert "\n" not in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(
    tables=st.dictionaries(
        st.sampled_from(["practice", "tracked", "settings", "deleted", "meta", "moods"]),
        st.dictionaries(st.sampled_from(["a", "hours", "file"]), JSON, max_size=2) | JSON,
        max_size=3,
    ),
    fields=st.dictionaries(st.sampled_from([*RECORD, "_changed", "source"]), JSON, max_size=3),
    head=st.sampled_from([EXPORT, {}]),
)
def test_any_json_is_either_refused_or_can_be_merged_and_read(tables, fields, head):
    document = {**head, "practice": {"a": {**RECORD, **fields}}, **tables}
    with tempfile.TemporaryDirectory() as name:
        repository = Repository(Path(name))
        put(repository, "practice", "z", 1, NOON)
        before = repository.file.read_bytes()
        try:
            repository.merge(read_copy(json.dumps(document).encode()), NOON)
        except StorageError:
            assert repository.file.read_bytes() == before
        assert "z" in Repository(Path(name)).load().practice
