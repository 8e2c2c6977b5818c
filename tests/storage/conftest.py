"""A repository in a fresh folder, and short ways to fill it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from coach.model.facts import Facts
from coach.model.plan import Practice
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    return NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The path of a data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def repository(folder: Path) -> Repository:
    return Repository(folder)


@pytest.fixture
def practice() -> Callable[..., Practice]:
    """Make a practice record from its id and what matters."""

    def make(key: str, correct: int = 1, source: str = "") -> Practice:
        return Practice(
            id=key,
            exam="AZ-104",
            domain="Storage",
            correct=correct,
            total=10,
            at=NOON,
            source=source,
        )

    return make


@pytest.fixture
def put() -> Callable[..., Facts]:
    """Save practice records as one action, and return all facts."""

    def save(
        repository: Repository, *records: Practice, label: str = "put", at: datetime = NOON
    ) -> Facts:
        with repository.transaction() as transaction:
            known = transaction.facts.practice
            changed = {**known, **{record.id: record for record in records}}
            facts = msgspec.structs.replace(transaction.facts, practice=changed)
            transaction.commit(facts, label, at)
        return repository.load()

    return save
