"""Old revisions of a plan lose their list of changes, so that the file stays small for years."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from coach.model.facts import Facts
from coach.model.plan import Block, Change, Reason, Revision
from coach.storage.merging import export_bytes, read_copy
from coach.storage.repository import Repository
from coach.storage.schema import DETAILED_REVISIONS

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
REASON = Reason(code="SHARE", text="Its share.")
BLOCK = Block(
    id="b", exam="X", start=NOON, minutes=45, domain="D", topic=None, activity="learn"
)  # fmt: skip
CHANGE = Change(kind="added", before=None, after=BLOCK, reason=REASON)


def revision(number: int, exam: str = "X") -> Revision:
    return Revision(
        id=f"{exam}-{number}",
        exam=exam,
        number=number,
        at=NOON,
        strategy="two-tier",
        trigger=REASON,
        target=None,
        study_minutes=60,
        shortfall_minutes=0,
        changes=(CHANGE,),
    )


def add(repository: Repository, *revisions: Revision) -> Facts:
    with repository.transaction() as transaction:
        known = transaction.facts.revisions
        facts = Facts(revisions={**known, **{new.id: new for new in revisions}})
        transaction.commit(facts, "plan", NOON)
    return repository.load()


def detailed(facts: Facts, exam: str = "X") -> list[int]:
    own = (r for r in facts.revisions.values() if r.exam == exam and r.changes)
    return sorted(r.number for r in own)


@pytest.fixture
def full(repository: Repository) -> Repository:
    """As many revisions as keep their changes."""
    for number in range(1, DETAILED_REVISIONS + 1):
        add(repository, revision(number))
    return repository


def test_the_newest_of_each_exam_keep_their_changes(full, folder):
    assert detailed(full.load()) == list(range(1, DETAILED_REVISIONS + 1))

    facts = add(full, revision(DETAILED_REVISIONS + 1), revision(1, "Y"))

    assert detailed(facts) == list(range(2, DETAILED_REVISIONS + 2))
    assert detailed(facts, "Y") == [1]
    assert len(facts.revisions) == DETAILED_REVISIONS + 2
    assert facts == full.load() == Repository(folder).load()


def test_a_shortened_revision_keeps_all_else_and_its_time_of_change(full):
    before = full.documents()["revisions"]["X-1"]
    with full.transaction() as transaction:
        known = transaction.facts.revisions
        new = revision(DETAILED_REVISIONS + 1)
        later = NOON + timedelta(days=1)
        transaction.commit(Facts(revisions={**known, new.id: new}), "plan", later)

    assert full.documents()["revisions"]["X-1"] == {**before, "changes": []}


def test_undo_takes_back_the_plan_and_not_the_shortening(full):
    before = full.load()
    add(full, revision(DETAILED_REVISIONS + 1))

    assert full.undo(NOON) == "plan"

    first = msgspec.structs.replace(before.revisions["X-1"], changes=())
    assert full.load().revisions == {**before.revisions, "X-1": first}
    journal = json.loads(full.file.read_bytes())["journal"]
    open_to_undo = [
        entry["before"]["revisions"] for entry in journal.values() if not entry.get("undone")
    ]
    assert all(list(documents.values()) == [None] for documents in open_to_undo)


def test_a_copy_that_still_has_the_changes_brings_them_not_back(full, tmp_path):
    other = Repository(tmp_path / "other")
    other.merge(read_copy(export_bytes(full.documents(), NOON)), NOON)
    add(full, revision(DETAILED_REVISIONS + 1))
    one = read_copy(export_bytes(full.documents(), NOON))

    full.merge(read_copy(export_bytes(other.documents(), NOON)), NOON)
    assert detailed(full.load()) == list(range(2, DETAILED_REVISIONS + 2))
    other.merge(one, NOON)
    assert other.load() == full.load()
