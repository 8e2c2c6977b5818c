"""Files that hold a copy of the records: read with care, looked at, and taken in."""

from datetime import datetime
from pathlib import Path

import msgspec

from coach.catalogue import Catalogue
from coach.exchange.plain import quoted
from coach.service.refusal import Problem, Refusal
from coach.storage.copies import LARGEST_BYTES, read_copy
from coach.storage.errors import StorageError
from coach.storage.merging import Merged, counted, merging
from coach.storage.repository import Repository
from coach.storage.tables import Tables


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of the data that a file synchroniser left beside it.

    `name` is that of its file. It would bring in, change and remove so many records; `problem`
    says why it cannot, with the numbers 0.
    """

    name: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    problem: str | None = None

    @property
    def is_new(self) -> bool:
        """Whether it holds anything that is not here already."""
        return bool(self.added or self.changed or self.removed)


def looked_at(repository: Repository, catalogue: Catalogue, path: Path) -> Copy:
    """What a merge with that file would do; nothing is stored."""
    try:
        stored = repository.documents()
        count = counted(merging(stored, _tables(catalogue, path)), stored)
    except StorageError as error:
        return Copy(name=path.name, problem=str(error))
    except Refusal as refusal:
        return Copy(name=path.name, problem=refusal.problems[0].text.removeprefix("file: "))
    return Copy(name=path.name, added=count.added, changed=count.changed, removed=count.removed)


def taken_in(repository: Repository, catalogue: Catalogue, path: Path, now: datetime) -> Merged:
    """Merge the records of that file into the stored ones; raises `Refusal`."""
    tables = _tables(catalogue, path)
    try:
        return repository.merge(tables, now)
    except StorageError as error:
        raise Refusal(Problem("data", f"data: {error}")) from error


def _tables(catalogue: Catalogue, path: Path) -> Tables:
    """The records of a copy, which track no exam that is unknown here."""
    try:
        tables = read_copy(_bytes(path))
    except StorageError as error:
        raise Refusal(Problem("file", f"file: {path.name}: {error}")) from error
    for code in sorted(tables.get("tracked", {})):
        if catalogue.exam(code) is None:
            text = (
                f"file: {path.name} tracks {quoted(code)}, which is not in the catalogue here; "
                "add that exam first with `coach exams add FILE.toml`."
            )
            raise Refusal(Problem("file", text))
    return tables


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file, one more than accepted at the most."""
    try:
        if not path.is_file():
            reason = "is no file" if path.exists() else "is not there"
            raise Refusal(Problem("file", f"file: {path} {reason}."))
        with path.open("rb") as stream:
            return stream.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(Problem("file", f"file: {path} could not be read: {reason}.")) from error
