"""Backups are made in time, thinned by rule, and restored in a way that can be undone."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.storage.backups import thinned
from coach.storage.files import StorageError

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday


def days(*numbers: float) -> set[datetime]:
    return {NOON - timedelta(days=number) for number in numbers}


@pytest.mark.parametrize(
    ("times", "kept"),
    [
        pytest.param(days(), days(), id="none"),
        pytest.param(days(0, 0.1, 0.2, 1.9), days(0, 0.1, 0.2, 1.9), id="two-days-all"),
        pytest.param(days(2.1, 2.2, 2.3), days(2.1), id="then-newest-of-the-day"),
        pytest.param(days(400), days(400), id="the-only-one-however-old"),
        pytest.param(
            # Every noon from 21 back to 1 November. Days: 21 to 15. Weeks end on Sunday 22, 15,
            # 8 and 1, so their newest are 21, 15, 8 and 1. Month: 21.
            days(*range(21)),
            days(0, 1, 2, 3, 4, 5, 6, 13, 20),
            id="days-then-weeks",
        ),
        pytest.param(
            # The first of each month from March 2025 to November 2026: the 7 newest are days
            # too, the 12 newest (from December 2025) are months.
            {datetime(2025 + n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(2, 23)},
            {datetime(2025 + n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(11, 23)},
            id="twelve-months",
        ),
        pytest.param(days(-3, -1, 0), days(-3, -1, 0), id="a-clock-that-was-ahead"),
    ],
)
def test_thinning(times, kept):
    assert thinned(times, NOON) == kept


TIMES = st.sets(
    st.integers(0, 24 * 500).map(lambda hours: NOON - timedelta(hours=hours)), max_size=80
)


@given(times=TIMES)
def test_thinning_keeps_the_newest_and_few_and_settles(times):
    kept = thinned(times, NOON)

    assert kept <= times
    assert not times or max(times) in kept
    assert len([time for time in kept if time <= NOON - timedelta(days=2)]) <= 7 + 4 + 12
    assert thinned(kept, NOON) == kept


@given(times=TIMES, later=st.integers(1, 24 * 60))
def test_thinning_often_keeps_what_thinning_once_would(times, later):
    then = NOON + timedelta(hours=later)

    assert thinned(thinned(times, NOON), then) >= thinned(times, then)


def reasons(repository) -> list[tuple[str, str]]:
    return [(f"{backup.at:%d %H:%M}", backup.reason) for backup in repository.backups.list()]


def test_a_backup_is_made_every_half_hour_of_change(repository, put, practice):
    for minutes in (0, 10, 29, 39, 40, 69, 70, 300):
        put(repository, practice(f"p{minutes}"), at=NOON + timedelta(minutes=minutes))

    assert reasons(repository) == [
        ("21 17:00", "automatic"),
        ("21 13:10", "automatic"),
        ("21 12:40", "automatic"),
        ("21 12:10", "automatic"),
    ]


def test_a_backup_of_exactly_half_an_hour_ago_is_old_enough(repository, put, practice):
    for minutes in (0, 1, 30, 31):  # the backups are of minute 1 and 31
        put(repository, practice(f"p{minutes}"), at=NOON + timedelta(minutes=minutes))

    assert reasons(repository) == [("21 12:31", "automatic"), ("21 12:01", "automatic")]


@pytest.mark.parametrize(("seconds", "kept"), [(0, 1), (1, 2)])
def test_exactly_two_days_ago_is_not_in_the_last_two_days(seconds, kept):
    old = NOON - timedelta(days=2)
    times = {old + timedelta(seconds=seconds), old + timedelta(hours=1)}

    assert len(thinned(times, NOON)) == kept


def test_a_backup_holds_the_state_before_the_save(repository, put, practice):
    before = put(repository, practice("p1"))
    put(repository, practice("p2"), at=NOON + timedelta(hours=1))
    (backup,) = repository.backups.list()

    repository.restore(backup.name, NOON + timedelta(hours=2))

    assert repository.load() == before


def test_a_clock_that_was_ahead_does_not_stop_backups(repository, put, practice):
    put(repository, practice("p1"))
    put(repository, practice("p2"), at=NOON + timedelta(days=900))
    put(repository, practice("p3"), at=NOON + timedelta(hours=1))
    put(repository, practice("p4"), at=NOON + timedelta(hours=1, minutes=5))

    assert [day for day, _ in reasons(repository)] == ["09 12:00", "21 13:00"]


def test_a_backup_by_hand_is_listed_with_its_reason_and_size(repository, put, practice):
    put(repository, practice("p1"))

    made = repository.backups.make(NOON, "Before import!")
    again = repository.backups.make(NOON, "Before import!")

    assert made.name == "20261121T120000Z-before-import.json.gz"
    assert again.name == "20261121T120000Z-before-import.2.json.gz"
    assert made.reason == again.reason == "before-import"
    assert made.at == NOON
    assert set(repository.backups.list()) == {made, again}
    path = repository.backups.folder / made.name
    assert made.bytes == path.stat().st_size
    assert gzip.decompress(path.read_bytes()) == repository.file.read_bytes()


def test_nothing_to_back_up(repository, folder):
    assert repository.backups.make(NOON, "manual") is None
    assert not folder.exists()


def test_other_files_are_left_alone(repository, put, practice):
    put(repository, practice("p1"))
    repository.backups.make(NOON - timedelta(days=400), "old")
    for name in ("notes.txt", "20261341T120000Z-auto.json.gz", "coach.json"):
        (repository.backups.folder / name).write_text("mine")

    repository.backups.make(NOON, "new")

    assert len(repository.backups.list()) == 2
    assert len(list(repository.backups.folder.iterdir())) == 5


def test_a_restore_is_an_action_to_undo_like_others(repository, put, practice):
    first = put(repository, practice("p1"))
    backup = repository.backups.make(NOON, "manual")
    stored = repository.documents()["practice"]
    second = put(repository, practice("p2"), at=NOON + timedelta(minutes=1))

    repository.restore(backup.name, NOON + timedelta(minutes=2))

    assert repository.load() == first
    assert repository.documents()["practice"] == stored
    assert repository.backups.list()[0].reason == "restore"
    assert repository.journal()[0] == (NOON + timedelta(minutes=2), "a backup restored")
    assert repository.undo(NOON + timedelta(minutes=3)) == "a backup restored"
    assert repository.load() == second
    repository.undo(NOON + timedelta(minutes=4))
    assert repository.load() == first


def test_undo_after_a_restore_of_what_is_there_takes_back_nothing_else(repository, put, practice):
    there = put(repository, practice("p1"))
    backup = repository.backups.make(NOON, "manual")

    repository.restore(backup.name, NOON + timedelta(minutes=1))

    assert repository.undo(NOON + timedelta(minutes=2)) == "a backup restored"
    assert repository.load() == there


def test_a_backup_that_cannot_be_read_is_refused_and_passed_over(repository, put, practice):
    put(repository, practice("p1"))
    good = repository.backups.make(NOON, "good")
    for hour, content in enumerate((b"rubbish", gzip.compress(b"{"), gzip.compress(b"{}")[:-4]), 1):
        bad = repository.backups.folder / f"20261121T{12 + hour}0000Z-bad.json.gz"
        bad.write_bytes(content)
        with pytest.raises(StorageError, match=f"The backup {bad.name} "):
            repository.restore(bad.name, NOON)

    assert repository.backups.newest_good() == good
    assert len(repository.backups.list()) == 4


@pytest.mark.parametrize("name", ["", "../coach.json", "/etc/passwd", "20261121T120000Z-x.json.gz"])
def test_only_a_listed_backup_can_be_restored(repository, put, practice, name):
    put(repository, practice("p1"))

    with pytest.raises(StorageError, match="There is no backup"):
        repository.restore(name, NOON)


def test_old_backups_are_pruned_and_a_failure_is_not_fatal(repository, put, practice, monkeypatch):
    put(repository, practice("p1"))
    for hour in range(3):
        repository.backups.make(NOON - timedelta(days=10, hours=hour), "old")
    assert len(repository.backups.list()) == 3

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert repository.backups.make(NOON, "new").reason == "new"
    assert len(repository.backups.list()) == 4

    repository.backups.make(NOON, "new")
    assert reasons(repository) == [("21 12:00", "new"), ("21 12:00", "new"), ("11 12:00", "old")]


def test_a_save_goes_on_where_its_backup_cannot_be_made(repository, put, practice, folder):
    put(repository, practice("p1"))
    (folder / "backups").write_text("a file in the place of the folder")

    facts = put(repository, practice("p2"))

    assert set(facts.practice) == {"p1", "p2"}
