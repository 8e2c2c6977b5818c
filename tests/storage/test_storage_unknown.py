"""What a newer version of Coach added to the file survives this version's saves."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from coach.model.attempt import Attempt, Observation, Report
from coach.model.facts import Facts
from coach.model.settings import Tracked
from coach.storage.repository import Repository
from coach.storage.schema import RECORDS
from tests.storage.test_storage_repository import full_facts

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST = Observation(domain="Storage", origin="bar", value=40)
SECOND = Observation(domain="Compute", origin="band", word="near")
REPORT = Report(id="r1", attempt="a1", exam="AZ-104", outline=None, observations=(FIRST, SECOND))


ATTEMPT = Attempt(id="a1", exam="AZ-104", at=NOON, status="delivered")


def facts_with(report: Report, **others: Any) -> Facts:
    return Facts(attempts={"a1": ATTEMPT}, reports={"r1": report, **others})


def save(repository: Repository, report: Report, **others: Any) -> None:
    with repository.transaction() as transaction:
        transaction.commit(facts_with(report, **others), "save", NOON)


def written(repository: Repository) -> dict[str, Any]:
    return json.loads(repository.file.read_text(encoding="utf-8"))


@pytest.fixture
def newer(repository: Repository) -> Repository:
    """A file with an unknown table, and unknown fields at every depth."""
    save(repository, REPORT)
    tables = written(repository)
    tables["moods"] = {"m1": {"mood": "calm"}}
    tables["meta"]["file"]["written_by"] = "coach 9"
    tables["reports"]["r1"]["weather"] = {"rain": True}
    tables["reports"]["r1"]["observations"][0]["confidence"] = 0.5
    tables["reports"]["r1"]["observations"][1]["confidence"] = 0.9
    repository.file.write_text(json.dumps(tables, indent=2), encoding="utf-8")
    return Repository(repository.file.parent)


def test_unknown_fields_are_read_over(newer):
    assert newer.load() == facts_with(REPORT)


def test_they_survive_a_change_of_another_record(newer):
    before = written(newer)
    save(newer, REPORT, r2=msgspec.structs.replace(REPORT, id="r2"))

    after = written(newer)
    assert after["reports"]["r1"] == before["reports"]["r1"]
    assert after["moods"] == {"m1": {"mood": "calm"}}
    assert after["meta"]["file"]["written_by"] == "coach 9"


def test_they_survive_a_change_of_their_own_record(newer):
    third = Observation(domain="Identity", origin="band", word="below")
    save(newer, msgspec.structs.replace(REPORT, score=640, observations=(third, SECOND)))

    after = written(newer)["reports"]["r1"]
    assert after["score"] == 640
    assert after["weather"] == {"rain": True}
    assert after["observations"] == [
        {"domain": "Identity", "origin": "band", "word": "below", "value": None},
        {"domain": "Compute", "origin": "band", "word": "near", "value": None, "confidence": 0.9},
    ]


def test_equal_entries_of_an_unchanged_list_keep_their_own(repository):
    twice = msgspec.structs.replace(REPORT, observations=(FIRST, FIRST))
    save(repository, twice)
    tables = written(repository)
    for number, observation in enumerate(tables["reports"]["r1"]["observations"]):
        observation["number"] = number
    repository.file.write_text(json.dumps(tables), encoding="utf-8")
    save(repository, msgspec.structs.replace(twice, score=640))

    observations = written(repository)["reports"]["r1"]["observations"]
    assert [observation["number"] for observation in observations] == [0, 1]


def test_they_survive_a_change_and_its_undo(newer):
    before = written(newer)["reports"]["r1"]
    save(newer, msgspec.structs.replace(REPORT, score=640))
    newer.undo(NOON)

    after = written(newer)["reports"]["r1"]
    assert after == {**before, "_changed": "2026-11-21T12:00:02.000000+00:00"}


def test_a_key_taken_out_of_a_known_mapping_stays_out(repository):
    both = Tracked(id="X", topics={"Storage": ("Blobs",), "Compute": ("VMs",)})
    one = Tracked(id="X", topics={"Storage": ("Blobs",)})
    for tracked in (both, one):
        with repository.transaction() as transaction:
            transaction.commit(Facts(tracked={"X": tracked}), "save", NOON)

    assert Repository(repository.file.parent).load().tracked == {"X": one}


EDITS: dict[str, dict[str, Any]] = {
    "tracked": {"lessons": "new"},
    "attempts": {"note": "new"},
    "reports": {"note": "new"},
    "practice": {"source": "new"},
    "blocks": {"minutes": 30},
    "revisions": {"churn": 0.5},
    "settings": {"off": ()},
    "forecasts": {"practice": 3},
    "calendars": {"person": "0f"},
}


def with_unknown(record: Any, document: Any) -> int:
    """Give every object of a document that is a record a field of a newer version; how many."""
    if isinstance(record, tuple):
        return sum(map(with_unknown, record, document))
    if isinstance(record, dict):
        return sum(with_unknown(record[key], document[key]) for key in record)
    if not isinstance(record, msgspec.Struct):
        return 0
    inside = sum(with_unknown(getattr(record, f), document[f]) for f in record.__struct_fields__)
    document["of a newer version"] = {"deep": [1]}
    return inside + 1


def unknown_in(document: Any) -> int:
    """How many of these fields are there."""
    if isinstance(document, list):
        return sum(map(unknown_in, document))
    if not isinstance(document, dict):
        return 0
    return ("of a newer version" in document) + sum(map(unknown_in, document.values()))


@pytest.mark.parametrize("table", EDITS)
def test_they_survive_at_every_depth_of_every_kind_of_record(repository, table):  # INV-41
    facts = full_facts()
    with repository.transaction() as transaction:
        transaction.commit(facts, "fill", NOON)
    ((key, record),) = getattr(facts, table).items()
    tables = written(repository)
    added = with_unknown(record, tables[table][key])
    repository.file.write_text(json.dumps(tables), encoding="utf-8")

    with repository.transaction() as transaction:
        changed = msgspec.structs.replace(record, **EDITS[table])
        facts = msgspec.structs.replace(transaction.facts, **{table: {key: changed}})
        transaction.commit(facts, "edit", NOON)

    assert added >= 1
    assert unknown_in(written(repository)[table][key]) == added
    assert getattr(Repository(repository.file.parent).load(), table) == {key: changed}
    repository.undo(NOON)
    assert unknown_in(written(repository)[table][key]) == added


def test_every_kind_of_record_is_tried():
    assert set(EDITS) == set(RECORDS)
