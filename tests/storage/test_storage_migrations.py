"""Files of older versions are brought up to date, after a backup, and never by reading."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest

from coach.model.phrase import Phrase
from coach.storage import records
from coach.storage import repository as repository_module
from coach.storage import schema as layout
from coach.storage.files import DamagedFile, StorageError
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SAMPLES = Path(__file__).with_name("samples")


def rename_source(tables):
    """A step of the next version: all practice has a source."""
    for document in tables["practice"].values():
        document["source"] = document["source"] or "unknown"
    tables["journal"] = {}
    return tables


@pytest.fixture
def next_version(monkeypatch):
    """Coach as it will be after one more step."""

    def migrate(tables, schema):
        steps = MappingProxyType({**layout.STEPS, layout.SCHEMA: rename_source})
        return layout.migrate(tables, schema, steps=steps, newest=layout.SCHEMA + 1)

    for module in (records, repository_module):
        monkeypatch.setattr(module, "SCHEMA", layout.SCHEMA + 1)
        monkeypatch.setattr(module, "migrate", migrate)


def sample(folder: Path, schema: int) -> Repository:
    folder.mkdir()
    repository = Repository(folder)
    repository.file.write_bytes((SAMPLES / f"schema-{schema}.json").read_bytes())
    return repository


def test_there_is_a_sample_and_a_step_for_every_older_version():
    assert sorted(layout.STEPS) == list(range(1, layout.SCHEMA))
    assert [path.name for path in sorted(SAMPLES.iterdir())] == [
        f"schema-{number}.json" for number in range(1, layout.SCHEMA + 1)
    ]


@pytest.mark.parametrize("schema", range(1, layout.SCHEMA + 1))
def test_the_sample_of_each_version_reads(folder, schema):
    facts = sample(folder, schema).load()

    assert {table: list(getattr(facts, table)) for table in facts.__struct_fields__} == {
        "tracked": ["AZ-104"],
        "attempts": ["a1"],
        "reports": ["r1"],
        "practice": ["p1"],
        "blocks": ["b1"],
        "revisions": ["v1"],
        "settings": ["hours"],
        "forecasts": [],
        "calendars": [],
    }
    assert facts.reports["r1"].observations[0].value == 40
    assert facts.blocks["b1"].start == datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_reading_an_older_file_leaves_it(folder, next_version):
    repository = sample(folder, 1)
    before = repository.file.read_bytes()

    assert repository.load().practice["p1"].source == "unknown"
    assert repository.file.read_bytes() == before
    assert repository.backups.list() == ()


def test_the_first_save_migrates_after_a_backup(folder, next_version):
    repository = sample(folder, 1)
    before = repository.file.read_bytes()
    with repository.transaction() as transaction:
        facts = msgspec.structs.replace(transaction.facts, blocks={})
        transaction.commit(facts, "remove", NOON)

    tables = json.loads(repository.file.read_bytes())
    (backup,) = repository.backups.list()
    assert backup.reason == "migration"
    assert repository.backups.read(backup.name) == before
    assert tables["meta"]["file"]["schema"] == layout.SCHEMA + 1
    assert tables["practice"]["p1"]["source"] == "unknown"
    assert Repository(folder).load() == repository.load() == facts
    assert repository.undo(NOON) == "remove"
    assert set(repository.load().blocks) == {"b1"}
    assert repository.undo(NOON) is None


def test_a_change_without_the_lock_is_not_overwritten_by_the_migration(folder):
    repository = sample(folder, 1)
    with repository.transaction() as transaction:
        edited = repository.file.read_bytes().replace(b'"value": 40', b'"value": 45')
        repository.file.write_bytes(edited)
        with pytest.raises(StorageError, match="Another program changed"):
            transaction.commit(msgspec.structs.replace(transaction.facts, blocks={}), "late", NOON)

    assert repository.file.read_bytes() == edited


def test_no_migration_without_its_backup(folder, next_version, put, practice):
    repository = sample(folder, 1)
    before = repository.file.read_bytes()
    (folder / "backups").write_text("a file in the place of the folder")

    with pytest.raises(StorageError):
        put(repository, practice("p2"))

    assert repository.file.read_bytes() == before
    assert set(repository.load().practice) == {"p1"}


def test_a_backup_of_an_older_version_can_be_restored(folder, next_version, put, practice):
    repository = sample(folder, 1)
    put(repository, practice("p2"))
    (backup,) = repository.backups.list()

    repository.restore(backup.name, NOON)

    assert set(repository.load().practice) == {"p1"}
    assert repository.load().practice["p1"].source == "unknown"


def test_the_days_of_a_phrase_are_stored_as_values(folder):
    facts = sample(folder, layout.SCHEMA).load()
    day = date(2026, 11, 21)

    text = facts.revisions["v1"].trigger.text
    assert text == "report of 2026-11-21, score 640"
    assert text.parts == ("report of ", day, ", score 640")


def test_a_plain_text_of_an_older_version_is_read_as_it_is(folder):
    text = sample(folder, 1).load().revisions["v1"].trigger.text

    assert (text, text.parts) == ("A new report.", ("A new report.",))


@pytest.mark.parametrize("stored", [7, [7], [{}], [{"day": "soon"}], [{"day": 7}], None])
def test_a_phrase_that_is_none_is_named_as_damage(folder, stored):
    repository = sample(folder, layout.SCHEMA)
    tables = json.loads(repository.file.read_bytes())
    tables["revisions"]["v1"]["trigger"]["text"] = stored
    repository.file.write_text(json.dumps(tables))

    with pytest.raises(DamagedFile, match=r"revisions v1: .*trigger\.text"):
        repository.load()


def test_an_undone_action_is_named_with_its_days_as_values(folder):
    repository = sample(folder, layout.SCHEMA)
    label = Phrase("report of ", date(2026, 11, 21), " added")
    with repository.transaction() as transaction:
        transaction.commit(msgspec.structs.replace(transaction.facts, blocks={}), label, NOON)

    ((_, stored),) = Repository(folder).journal()[:1]
    assert (stored, stored.parts) == (label, label.parts)
