"""A file that cannot be used is named in one sentence, never overwritten, and can be replaced."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from coach.model.facts import Facts
from coach.storage.files import DamagedFile
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
META = '"meta": {"file": {"schema": 2, "revision": 1}}'
PRACTICE = (
    '{"id": "p1", "exam": "X", "domain": "D", "correct": 1, "total": 2,'
    ' "at": "2026-11-21T12:00:00Z"}'
)


def table(text: str) -> bytes:
    return f'{{"practice": {text}, {META}}}'.encode()


DAMAGE = {
    "empty": (b"", "unreadable", "it is empty"),
    "zeros": (b"\0" * 64, "unreadable", "it holds nothing but zeros"),
    "not text": (b'{"practice": {"\xff": {}}}', "unreadable", "utf-8"),
    "rubbish": (b"hello", "unreadable", "JSON is malformed"),
    "rubbish after the end": (table("{}") + b'"}}', "unreadable", "trailing characters"),
    "cut off": (table("{}")[:-9], "unreadable", "truncated"),
    "too deep": (b'{"x":' * 5000, "unreadable", "it is nested too deeply"),
    "a list": (b"[]", "unreadable", "Expected `object`, got `array`"),
    "a table that is a list": (table("[]"), "unreadable", "Expected `object`, got `array`"),
    "no version": (b'{"practice": {}}', "invalid", "it does not say which version it has"),
    "version in words": (
        b'{"meta": {"file": {"schema": "one"}}}',
        "invalid",
        "it does not say which version it has",
    ),
    "newer": (
        b'{"meta": {"file": {"schema": 3}}}',
        "newer",
        "has version 3, this Coach reads up to 2",
    ),
    "wrong type": (
        table(f'{{"p1": {PRACTICE.replace("1,", "true,", 1)}}}'),
        "invalid",
        "practice p1: Expected `int`, got `bool` - at `$.correct`",
    ),
    "missing field": (
        table('{"p1": {"id": "p1"}}'),
        "invalid",
        "practice p1: Object missing required field `exam`",
    ),
    "record that is a number": (
        table('{"p1": 7}'),
        "unreadable",
        "Expected `object`, got `int`",
    ),
    "the same id twice": (
        table(f'{{"p1": {PRACTICE}, "p1": {PRACTICE}}}'),
        "invalid",
        "practice p1 is there twice",
    ),
    "another id inside": (
        table(f'{{"p2": {PRACTICE}}}'),
        "invalid",
        "practice p2 carries the id p1",
    ),
}


@pytest.fixture(params=DAMAGE, ids=str)
def damaged(request, repository, put, practice):
    """A repository whose file got damaged after two good saves with a backup."""
    put(repository, practice("p1"))
    put(repository, practice("p2"), at=NOON + timedelta(hours=1))
    content, damage, fault = DAMAGE[request.param]
    repository.file.write_bytes(content)
    return Repository(repository.file.parent), content, damage, fault


def test_damage_is_named(damaged):
    repository, _, damage, fault = damaged

    with pytest.raises(DamagedFile) as caught:
        repository.load()

    assert caught.value.damage == damage
    assert fault in str(caught.value)
    assert str(caught.value).startswith("The data file ")
    assert "\n" not in str(caught.value)


def test_a_damaged_file_is_not_written_to(damaged, put, practice):
    repository, content, _, _ = damaged

    with pytest.raises(DamagedFile):
        put(repository, practice("p3"))
    with pytest.raises(DamagedFile):
        repository.undo(NOON)

    assert repository.file.read_bytes() == content


def test_a_damaged_file_is_set_aside_and_the_newest_good_backup_restored(damaged, practice):
    repository, content, _, _ = damaged
    repository.backups.make(NOON + timedelta(hours=2), "of damage")
    good = repository.backups.newest_good()

    aside = repository.set_aside(datetime(2026, 11, 22, 9, 5, 7, tzinfo=UTC))
    repository.restore(good.name, NOON + timedelta(hours=3))

    assert aside == repository.file.with_name("coach.json.damaged-20261122-090507")
    assert aside.read_bytes() == content
    assert repository.load() == Facts(practice={"p1": practice("p1")})


def test_setting_aside_never_overwrites(repository, put, practice):
    names = []
    for content in (b"one", b"two", b"three"):
        put(repository, practice("p1"))
        repository.file.write_bytes(content)
        names.append(repository.set_aside(NOON))

    assert [name.name for name in names] == [
        "coach.json.damaged-20261121-120000",
        "coach.json.damaged-20261121-120000.2",
        "coach.json.damaged-20261121-120000.3",
    ]
    assert [name.read_bytes() for name in names] == [b"one", b"two", b"three"]
    assert repository.load() == Facts()


def test_a_folder_in_the_place_of_the_file_is_an_error_in_words(repository):
    repository.file.mkdir(parents=True)

    with pytest.raises(DamagedFile, match="no ordinary file"):
        repository.load()


def test_a_damaged_journal_stops_undo_but_not_saving(repository, put, practice):
    put(repository, practice("p1"))
    tables = json.loads(repository.file.read_bytes())
    tables["journal"] = {"1": {"at": "yesterday"}, "x": {}}
    repository.file.write_text(json.dumps(tables), encoding="utf-8")

    with pytest.raises(DamagedFile, match="The journal is damaged"):
        repository.undo(NOON)
    with pytest.raises(DamagedFile, match="The journal is damaged"):
        repository.journal()
    assert set(put(repository, practice("p2")).practice) == {"p1", "p2"}
