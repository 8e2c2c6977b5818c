"""The files of one user: where they live, what they hold, copies of them, preferences."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from coach.catalogue import Catalogue
from coach.exchange.plain import quoted
from coach.model import made_from
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import Block, Reason
from coach.service.context import Edit, World
from coach.service.refusal import Problem, Refusal, refusing
from coach.storage import files
from coach.storage.files import StorageError, preferences_file, read_file, replace_file
from coach.storage.merging import LARGEST_BYTES, Merged, counted, merge_edits, read_copy
from coach.storage.repository import Repository
from coach.storage.schema import Tables


class DataFile(msgspec.Struct, frozen=True):
    """The size of the data file in bytes, and when it was saved last (UTC)."""

    bytes: int
    saved: datetime


def data_file(folder: Path) -> DataFile | None:
    """What the system says about the data file, None where there is none or it says nothing."""
    try:
        status = files.data_file(folder).stat()
    except OSError:
        return None
    return DataFile(status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def data_folder(given: str | None) -> Path:
    """The folder given, else that of COACH_DATA_DIR, else the platform's own."""
    return files.data_folder(given, os.environ)


def locations(folder: Path) -> dict[str, str]:
    """The paths of the data folder, the data file, backups, own exams and policies, and log."""
    return {
        "data": str(folder),
        "file": str(files.data_file(folder)),
        "backups": str(files.backup_folder(folder)),
        "config": str(files.catalogue_folder(folder)),
        "log": str(files.log_file(folder)),
    }


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """The tracked exams by code, and how many reports, appointments without a report, practice
    results and finished sessions there are."""

    exams: tuple[str, ...]
    reports: int
    appointments: int
    practice: int
    done: int


def contents(facts: Facts) -> Contents:
    """What these records hold."""
    reported = {report.attempt for report in facts.reports.values()}
    return Contents(
        exams=tuple(sorted(facts.tracked)),
        reports=len(facts.reports),
        appointments=sum(key not in reported for key in facts.attempts),
        practice=len(facts.practice),
        done=sum(block.status == "done" for block in facts.blocks.values()),
    )


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


def preview_merge(repository: Repository, catalogue: Catalogue, path: Path) -> Copy:
    """What a merge with that file would do; nothing is stored."""
    try:
        stored = repository.documents()
        tables = _tables(catalogue, path)
        count = counted(merge_edits(stored, tables), stored, tables)
    except StorageError as error:
        return Copy(name=path.name, problem=str(error))
    except Refusal as refusal:
        return Copy(name=path.name, problem=refusal.problems[0].said)
    return made_from(Copy, count, name=path.name)


def merge_file(repository: Repository, catalogue: Catalogue, path: Path, now: datetime) -> Merged:
    """Merge the records of that file into the stored ones, as one action; raises `Refusal`.

    Two copies plan on their own: where that leaves two sessions at one time, one gives way and its
    work is planned again.
    """
    tables = _tables(catalogue, path)
    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    settle = partial(_without_overlaps, World(catalogue, now, zone))
    with refusing("data"):
        return repository.merge(tables, now, settle)


def double_booked(facts: Facts, now: datetime) -> Iterator[tuple[Block, Block]]:
    """Planned sessions that are not over and take place at once: the earlier, and the later."""
    ahead = [b for b in facts.blocks.values() if b.status == "planned" and b.end > now]
    latest: Block | None = None
    for earlier, later in pairwise(sorted(ahead, key=lambda block: (block.start, block.id))):
        if latest is None or earlier.end > latest.end:
            latest = earlier
        if later.start < latest.end:
            yield latest, later


def _without_overlaps(world: World, facts: Facts) -> Facts:
    from coach.service.replanning import replanned

    loose = set()
    for pair in double_booked(facts, world.now):
        # The later one gives way, unless it was put there by hand and the other was not.
        movable = [block for block in pair[::-1] if not (block.pinned or block.moved)]
        loose |= {block.id for block in movable[:1]}
    if not loose:
        return facts
    kept = {key: block for key, block in facts.blocks.items() if key not in loose}
    trigger = Reason(code="import", text=Phrase("records of another copy came in"))
    edit = Edit(facts=replace(facts, blocks=kept), label=None, message="", trigger=trigger)
    return replanned(world, edit).facts


def _tables(catalogue: Catalogue, path: Path) -> Tables:
    """The records of a copy, which track no exam that is unknown here."""
    try:
        tables = read_copy(read_given(path, LARGEST_BYTES))
    except StorageError as error:
        raise Refusal(Problem("file", f"{path.name}: {error}")) from error
    for code in sorted(tables.get("tracked", {})):
        if catalogue.exam(code) is None:
            text = (
                f"{path.name} tracks {quoted(code)}, which is not in the catalogue here; "
                "add that exam first with `coach exams add FILE.toml`."
            )
            raise Refusal(Problem("file", text))
    return tables


def read_given(path: Path, most: int) -> bytes:
    """The bytes of a file that a person named, one more than `most` where it has more.

    Raises `Refusal` where it is not there, or a pipe or device, which could be read for ever.
    """
    try:
        if not path.is_file():
            reason = "is no ordinary file" if path.exists() else "is not there"
            raise Refusal(Problem("file", f"{path} {reason}."))
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(Problem("file", f"{path} could not be read: {reason}.")) from error


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """`theme` is the name of a theme, empty for the product's own."""

    theme: str = ""


def preferences(folder: Path) -> Preferences:
    """What was chosen; the defaults where nothing was, or where the file cannot be read."""
    try:
        found = read_file(preferences_file(folder))
        return msgspec.json.decode(found[0], type=Preferences) if found else Preferences()
    except (StorageError, msgspec.DecodeError, UnicodeDecodeError):
        return Preferences()


def keep_preferences(folder: Path, chosen: Preferences) -> None:
    """Remember a choice; a folder that cannot be written to forgets it, and nothing else."""
    with suppress(StorageError):
        replace_file(preferences_file(folder), msgspec.json.encode(chosen))
