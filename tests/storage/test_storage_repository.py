"""Records come back as they were saved, in one write, whoever else writes."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from coach.model.attempt import Attempt, Observation, Report
from coach.model.facts import Facts
from coach.model.plan import Allocation, Block, Change, Forecast, Practice, Reason, Revision
from coach.model.settings import CalendarExport, ExportedEvent, Hours, Tracked, Window
from coach.storage import files
from coach.storage.files import StorageError
from coach.storage.repository import Repository
from coach.storage.schema import RECORDS

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")


def full_facts() -> Facts:
    """One record of every kind with every field filled."""
    block = Block(
        id="b1",
        exam="AZ-104",
        start=datetime(2026, 11, 23, 19, 0, tzinfo=OSLO),
        minutes=60,
        domain="Storage",
        topic="Blobs [/x]",
        activity="lab",
        also=("Networking",),
        status="done",
        pinned=True,
        moved=True,
        spent=45,
    )
    return Facts(
        tracked={
            "AZ-104": Tracked(
                id="AZ-104", target=NOON, strategy="balanced", topics={"Storage": ("Blobs",)}
            )
        },
        attempts={
            "a1": Attempt(
                id="a1", exam="AZ-104", at=NOON, status="delivered", place="online", fee=165.5
            )
        },
        reports={
            "r1": Report(
                id="r1",
                attempt="a1",
                exam="AZ-104",
                outline="2026-04",
                score=640,
                observations=(Observation(domain="Storage", origin="bar", value=40),),
                flags=("Blobs",),
                received=date(2026, 11, 22),
                note="naïve “quotes” \u0000 \x1b[31m 日本",
            )
        },
        practice={
            "p1": Practice(id="p1", exam="AZ-104", domain="Storage", correct=3, total=9, at=NOON)
        },
        blocks={"b1": block},
        revisions={
            "v1": Revision(
                id="v1",
                exam="AZ-104",
                number=1,
                at=NOON,
                strategy="two-tier",
                trigger=Reason(code="REPORT", text="A new report."),
                target=None,
                study_minutes=600,
                shortfall_minutes=0,
                allocation=(
                    Allocation(
                        domain="Storage",
                        band="below",
                        weight=17.5,
                        gap=2,
                        priority=35.0,
                        tier=1,
                        share=0.7,
                        minutes=420,
                    ),
                ),
                changes=(
                    Change(
                        kind="added",
                        before=None,
                        after=block,
                        reason=Reason(code="SHARE", text="Its share."),
                    ),
                ),
                churn=0.25,
            )
        },
        settings={
            "hours": Hours(
                windows={"mon": (Window(start=time(19, 0), end=time(20, 30)),)},
                off=(date(2026, 12, 24),),
            )
        },
        calendars={
            "ics": CalendarExport(
                person="0badcafe0bad", events={"b1": ExportedEvent(sequence=7, digest="0f0f")}
            )
        },
        forecasts={
            "f1": Forecast(
                id="f1",
                exam="AZ-104",
                target=NOON,
                made=NOON,
                model="1",
                p=0.5,
                low=0.2,
                high=0.8,
                reports=1,
                practice=1,
                planned_minutes=600,
            )
        },
    )


def save(repository: Repository, facts: Facts, label: str = "save", at: datetime = NOON) -> None:
    with repository.transaction() as transaction:
        transaction.commit(facts, label, at)


def documents(repository: Repository) -> dict:
    return json.loads(repository.file.read_text(encoding="utf-8"))


def test_every_kind_of_record_comes_back(folder):
    save(Repository(folder), full_facts())

    assert Repository(folder).load() == full_facts()


def test_inv_39_what_was_loaded_is_saved_byte_for_byte(folder, tmp_path):
    """Every kind of record, and the same once more from what that gave."""
    first = Repository(folder)
    first.begin(full_facts(), NOON)
    copies = [Repository(tmp_path / name) for name in ("second", "third")]
    for earlier, later in pairwise([first, *copies]):
        later.begin(Repository(earlier.file.parent).load(), NOON)
        assert later.file.read_bytes() == first.file.read_bytes()


def test_the_tables_are_those_of_the_facts():
    hints = msgspec.structs.fields(Facts)

    assert {field.name: dict[str, RECORDS[field.name]] for field in hints} == {
        field.name: field.type for field in hints
    }
    assert list(RECORDS) == [field.name for field in hints]


def test_reading_creates_nothing(repository, folder):
    assert repository.load() == Facts()
    assert repository.journal() == ()
    assert repository.changed() is False
    assert repository.backups.list() == ()
    assert repository.backups.newest_good() is None
    assert not folder.exists()


def test_reading_imports_neither_tinydb_nor_the_lock(repository, folder, put, practice):
    put(repository, practice("p1"))
    script = (
        "import sys; from pathlib import Path; from coach.storage.repository import Repository;"
        f"Repository(Path({str(folder)!r})).load();"
        "print([name for name in ('tinydb', 'filelock', 'platformdirs') if name in sys.modules])"
    )

    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


def test_files_and_folders_belong_to_their_owner_alone(repository, folder, put, practice):
    before = os.umask(0)
    try:
        put(repository, practice("p1"))
        put(repository, practice("p2"))
    finally:
        os.umask(before)

    modes = {
        path.relative_to(folder): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")
    }
    backup = Path("backups") / "20261121T120000Z-automatic.json.gz"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == {
        Path("coach.json"): 0o600,
        Path(".coach.json.lock"): 0o600,
        Path("backups"): 0o700,
        backup: 0o600,
    }


def test_one_action_is_one_write(repository, monkeypatch):
    written = []
    replace = files.replace_file
    monkeypatch.setattr(
        "coach.storage.database.replace_file",
        lambda path, data: (written.append(path), replace(path, data))[1],
    )

    save(repository, full_facts())

    assert written == [repository.file]


def test_only_what_differs_is_stamped(repository, put, practice):
    put(repository, practice("p1"), practice("p2"))
    put(repository, practice("p1", 5), practice("p2"), at=NOON + timedelta(minutes=1))

    stored = documents(repository)["practice"]
    assert stored["p1"]["_changed"] == "2026-11-21T12:01:00.000000+00:00"
    assert stored["p2"]["_changed"] == "2026-11-21T12:00:00.000000+00:00"


def test_a_change_that_changes_nothing_is_not_saved(repository, put, practice):
    put(repository, practice("p1"))
    before = repository.file.stat()

    put(repository, practice("p1"), label="again")

    assert repository.file.stat() == before
    assert [label for _, label in repository.journal()] == ["put"]


def test_two_commits_of_one_transaction_are_two_actions(repository, practice):
    with repository.transaction() as transaction:
        transaction.commit(Facts(practice={"p1": practice("p1")}), "one", NOON)
        transaction.commit(Facts(practice={"p2": practice("p2")}), "two", NOON)

    assert [label for _, label in repository.journal()] == ["two", "one"]
    assert repository.load().practice == {"p2": practice("p2")}


def test_an_exception_in_a_transaction_saves_nothing_and_frees_the_lock(repository, put, practice):
    with pytest.raises(KeyError), repository.transaction():
        raise KeyError

    assert put(repository, practice("p1")).practice == {"p1": practice("p1")}


def test_a_change_from_outside_is_noticed_and_kept(folder, put, practice):
    first, second = Repository(folder), Repository(folder)
    put(first, practice("p1"))
    assert second.changed() is True
    put(second, practice("p2"))
    assert first.changed() is True

    put(first, practice("p3"))

    assert set(Repository(folder).load().practice) == {"p1", "p2", "p3"}
    assert first.changed() is False
    assert second.load() == first.load()


def test_a_change_without_the_lock_during_a_transaction_is_not_overwritten(
    repository, put, practice
):
    put(repository, practice("p1"))
    edited = repository.file.read_bytes().replace(b'"correct":1', b'"correct":7')

    with repository.transaction() as transaction:
        facts = Facts(practice={"p2": practice("p2")})
        repository.file.write_bytes(edited)
        with pytest.raises(StorageError, match="Another program changed"):
            transaction.commit(facts, "late", NOON)

    assert repository.file.read_bytes() == edited
    assert repository.load().practice == {"p1": practice("p1", 7)}


def test_a_change_while_a_backup_is_made_is_not_overwritten(repository, put, practice, monkeypatch):
    put(repository, practice("p1"))
    edited = repository.file.read_bytes().replace(b'"correct":1', b'"correct":7')
    monkeypatch.setattr(
        repository.backups, "make_if_due", lambda at: repository.file.write_bytes(edited)
    )

    with pytest.raises(StorageError, match="Another program changed"):
        put(repository, practice("p2"))
    with pytest.raises(StorageError, match="Another program changed"):
        repository.undo(NOON)

    assert repository.file.read_bytes() == edited


def test_a_busy_lock_is_named_and_nothing_changes(folder, put, practice, monkeypatch):
    monkeypatch.setattr("coach.storage.repository.LOCK_SECONDS", 0.05)
    first, second = Repository(folder), Repository(folder)
    with first.transaction(), pytest.raises(StorageError, match="Another Coach is writing in"):
        put(second, practice("p1"))

    assert Repository(folder).load() == Facts()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"minutes": "sixty"}, "Expected `int`, got `str` - at `$.minutes`"),
        ({"status": "lost"}, "Invalid enum value 'lost'"),
        ({"topic": "\udc80"}, "surrogates not allowed"),
    ],
)
def test_what_the_next_start_would_refuse_is_not_saved(repository, change, fault):
    save(repository, full_facts())
    before = repository.file.read_bytes()
    block = msgspec.structs.replace(full_facts().blocks["b1"], **change)

    with pytest.raises(StorageError) as caught:
        save(repository, msgspec.structs.replace(full_facts(), blocks={"b1": block}))

    assert str(caught.value).startswith("This cannot be saved in blocks: ")
    assert fault in str(caught.value)
    assert repository.file.read_bytes() == before
    assert repository.load() == full_facts()
