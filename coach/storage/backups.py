"""Compressed copies of the data file: made, listed, thinned out and brought back."""

import re
import zlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from coach.storage.files import (
    DamagedFile,
    StorageError,
    aside_path,
    free_path,
    locked,
    move_aside,
    read_failed,
    read_file,
    real,
    replace_file,
)
from coach.storage.records import check_sound

AUTOMATIC_EVERY = timedelta(minutes=30)
ALL_OF = timedelta(days=2)
DAYS, WEEKS, MONTHS = 7, 4, 12
_NAME = r"(\d{8}T\d{6}Z)-([a-z0-9-]+)(?:\.\d+)?\.json\.gz"
_TIME = "%Y%m%dT%H%M%SZ"


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """One backup: its file name, when (UTC) and why it was made, its compressed size in bytes."""

    name: str
    at: datetime
    bytes: int
    reason: str


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was brought back, and where the state before is: in a backup, or beside the data file
    where it was damaged; both None where there was none."""

    name: str
    kept: Backup | None
    aside: Path | None


class Backups:
    """The backups of one data file."""

    def __init__(self, file: Path, folder: Path) -> None:
        self._file = file
        self.folder = folder

    def list(self) -> tuple[Backup, ...]:
        """All backups, newest first."""
        try:
            paths = tuple(self.folder.iterdir())
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise read_failed(error, self.folder) from error
        backups = []
        for path in paths:
            if match := re.fullmatch(_NAME, path.name):
                with suppress(OSError, ValueError):  # gone meanwhile, or a name that is no time
                    at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
                    size = path.stat().st_size
                    backups.append(Backup(name=path.name, at=at, bytes=size, reason=match[2]))
        return tuple(sorted(backups, key=lambda backup: (backup.at, backup.name), reverse=True))

    def make(self, now: datetime, reason: str) -> Backup | None:
        """Copy the data file as it is, whole or damaged, and thin out the backups.

        None where there is no data file. StorageError where the copy cannot be written.
        """
        found = read_file(self._file)
        return None if found is None else self.keep(found[0], now, reason)

    def keep(self, data: bytes, now: datetime, reason: str) -> Backup:
        """Keep a data file's content as a backup, and thin out the backups."""
        import gzip

        slug = re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-") or "manual"
        stem = f"{now.astimezone(UTC).strftime(_TIME)}-{slug}"
        path = free_path(self.folder, stem, ".json.gz")
        # Level 1: a copy is made while the user waits, and is a tenth of the file anyway.
        data = gzip.compress(data, 1)
        replace_file(path, data)
        # One backup too many harms nobody, so a failure here is let go.
        with suppress(OSError, StorageError):
            backups = self.list()
            kept = thinned((backup.at for backup in backups), now)
            for backup in backups:
                if backup.at not in kept:
                    (self.folder / backup.name).unlink()
        at = now.astimezone(UTC).replace(microsecond=0)
        return Backup(name=path.name, at=at, bytes=len(data), reason=slug)

    def make_if_due(self, now: datetime) -> None:
        """Make an automatic backup where none is younger than half an hour; never fatal."""
        # The save that asks for it matters more than a further copy.
        with suppress(StorageError):
            # Both ways, because a clock set forward by mistake must not stop all further copies.
            if all(abs(now - backup.at) >= AUTOMATIC_EVERY for backup in self.list()):
                self.make(now, "automatic")

    def read(self, name: str) -> bytes:
        """The data file as it was; StorageError where there is no such backup or it is broken."""
        name = self.named(name)
        found = read_file(self.folder / name)
        import gzip

        try:
            return gzip.decompress(found[0] if found else b"")
        except (OSError, EOFError, zlib.error) as error:
            raise StorageError(f"The backup {name} is damaged: {error}.") from error

    def named(self, text: str) -> str:
        """The name of the one backup that is called `text` or alone begins with it."""
        names = [backup.name for backup in self.list()]
        found = [name for name in names if text and name.startswith(text)]
        if text in found or len(found) == 1:
            return text if text in found else found[0]
        if found:
            raise StorageError(f"{text} fits several backups: {', '.join(sorted(found))}.")
        raise StorageError(f"There is no backup {text}: see `coach backup list`.")

    def read_sound(self, name: str) -> bytes:
        """The data file as it was; StorageError where it could not be used as the data."""
        data = self.read(name)
        try:
            check_sound(data)
        except DamagedFile as error:
            raise StorageError(f"The backup {name} cannot be used. {error}") from error
        return data

    def replace_damaged(self, name: str, now: datetime) -> Restored:
        """Put a backup in the place of a data file that is damaged or gone.

        What is there is kept beside the new one under a dated name. StorageError where the backup
        cannot be used; the data file is then as it was.
        """
        name = self.named(name)
        data = self.read_sound(name)
        with locked(self._file):
            aside, kept = self.keep_present(now)
            replace_file(self._file, data)
        return Restored(name=name, kept=kept, aside=aside)

    def keep_present(self, now: datetime) -> tuple[Path | None, Backup | None]:
        """Keep the data file before another takes its place: a damaged one beside it under a
        dated name, a sound one as a backup; both None where there is none.

        A damaged file is copied, lest a crash leaves no file at all; what cannot be read is moved:
        the file behind a link, or else the link, lest what is no file of the user's own is moved.
        """
        try:
            found = read_file(self._file)
        except StorageError:
            return move_aside(real(self._file) if self._file.is_file() else self._file, now), None
        if found is None:
            return None, None
        try:
            check_sound(found[0])
        except DamagedFile:
            aside = aside_path(real(self._file), now)
            replace_file(aside, found[0])
            return aside, None
        return None, self.keep(found[0], now, "restore")

    def newest_good(self) -> Backup | None:
        """The newest backup that this version can read, None where there is none or no folder
        of them can be read."""
        with suppress(StorageError):
            for backup in self.list():
                with suppress(StorageError):
                    check_sound(self.read(backup.name))
                    return backup
        return None


def thinned(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The times of the backups to keep.

    All of the last two days; and the newest of each of the last 7 days, 4 weeks (from Monday)
    and 12 months that have any, in UTC. What one call keeps, a later one can still choose from.
    """
    newest_first = sorted({time.astimezone(UTC) for time in times}, reverse=True)
    kept = {time for time in newest_first if time > now - ALL_OF}
    for period, count in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, datetime] = {}
        for time in newest_first:
            newest.setdefault(time.strftime(period), time)
        kept.update(list(newest.values())[:count])
    return frozenset(kept)
