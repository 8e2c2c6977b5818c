"""Whole files, atomically: a reader sees the old content or the new one, never a mixture.

The order is what makes it safe: write a temporary file beside the target, flush it to the disk,
rename it over the target, flush the folder.
"""

import errno
import os
import stat
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.storage.errors import DamagedFile, StorageError, read_failed, save_failed

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMP_PREFIX = ".coach-"
LITTER_SECONDS = 60
LOCK_SECONDS = 5.0
WINDOWS = os.name == "nt"
_RENAME_TRIES = 25
_FOLDER_SYNC_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF)


class Stamp(NamedTuple):
    """Tells one state of a file from another without reading it."""

    inode: int
    size: int
    modified_ns: int


def stamp(path: Path) -> Stamp | None:
    """The present state of a file, None where there is none."""
    status = _status(path)
    return None if status is None else _stamp_of(status)


def read_file(path: Path) -> tuple[bytes, Stamp] | None:
    """The content with the stamp that belongs to it, None where there is no file."""
    status = _status(path)
    if status is None:
        return None
    if not stat.S_ISREG(status.st_mode):  # a pipe or a device could be read for ever
        raise DamagedFile(f"{path} is no ordinary file.", "unreadable")
    try:
        with path.open("rb") as file:
            return file.read(), _stamp_of(os.fstat(file.fileno()))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise read_failed(error, path) from error


def _status(path: Path) -> os.stat_result | None:
    """What the system knows of a file, None where there is none.

    A link into a folder that is not there is an error: the drive behind it may only be away, and
    to begin anew there would hide what it holds.
    """
    try:
        return path.stat()
    except FileNotFoundError:
        if _leads_nowhere(path):
            fault = f"a link to {real(path)}, whose folder is not there: is its drive connected?"
            raise StorageError(f"{path} is {fault}") from None
        return None
    except OSError as error:
        raise read_failed(error, path) from error


def replace_file(path: Path, data: bytes) -> Stamp:
    """Give `path` a new content, readable by its owner only; StorageError where that fails.

    A symbolic link stays one: the file it points to is replaced.
    """
    target = real(path)
    temporary = target.with_name(TEMP_PREFIX + os.urandom(8).hex())
    try:
        make_folder(target.parent)
        _write_synced(temporary, data)
        written = _stamp_of(temporary.stat())
        _rename(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise save_failed(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    return written


def _leads_nowhere(path: Path) -> bool:
    # These calls of os.path answer an error of the system with False.
    return os.path.islink(path) and not os.path.isdir(real(path).parent)  # noqa: PTH112, PTH114


def make_folder(folder: Path) -> None:
    """Create a folder that only its owner can enter; one that exists stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def real(path: Path) -> Path:
    """The file behind any symbolic links."""
    return Path(os.path.realpath(path))


def free_path(folder: Path, stem: str, suffix: str = "") -> Path:
    """The path of that name in the folder, numbered from 2 where one is there already."""
    free = folder / f"{stem}{suffix}"
    number = 2
    while os.path.lexists(free):
        free = folder / f"{stem}.{number}{suffix}"
        number += 1
    return free


def aside_path(file: Path, now: datetime, why: str = "damaged") -> Path:
    """A free name beside a file to keep it under, with the time; `now` is in the user's zone."""
    return free_path(file.parent, f"{file.name}.{why}-{now:%Y%m%d-%H%M%S}")


def move_aside(file: Path, now: datetime, why: str = "damaged") -> Path:
    """Give a file a name with the time, and return that; none is overwritten."""
    aside = aside_path(file, now, why)
    try:
        file.rename(aside)
    except OSError as error:
        raise save_failed(error, aside) from error
    return aside


def is_private(path: Path) -> bool:
    """Whether only the owner may read a file; one that is not there is. Windows keeps the rights
    elsewhere."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return True
    return WINDOWS or not stat.S_ISREG(mode) or not mode & 0o077


def can_write(folder: Path) -> bool:
    """Whether files can be made in a folder, or in the one that it would be made in."""
    while not os.path.lexists(folder):
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed writer left more than a minute ago."""
    limit = time.time_ns() - LITTER_SECONDS * 1_000_000_000
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(TEMP_PREFIX) and path.stat().st_mtime_ns < limit:
                with suppress(OSError):  # what stays is met again at the next start
                    path.unlink()


@contextmanager
def locked(path: Path) -> "Iterator[None]":
    """Keep other writers of `path` out; StorageError if it stays busy for five seconds."""
    # Imported here because reading needs no lock, and a reading command should start fast.
    import filelock

    target = path if _leads_nowhere(path) else real(path)
    try:
        make_folder(target.parent)
        lock = filelock.FileLock(target.with_name(f".{target.name}.lock"), mode=0o600)
        lock.acquire(timeout=LOCK_SECONDS, poll_interval=0.01)
    except filelock.Timeout as error:
        text = f"Another Coach is writing in {target.parent}: try again in a moment."
        raise StorageError(text) from error
    except OSError as error:
        raise save_failed(error, target) from error
    try:
        yield
    finally:
        lock.release()


def _stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def _write_synced(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        _sync(descriptor)
    finally:
        os.close(descriptor)
    # The kernel stamps files in steps of some milliseconds and reuses inodes at once, so two
    # quick saves of equal size could look alike; the clock's nanoseconds tell them apart.
    now = time.time_ns()
    os.utime(path, ns=(now, now))


def _sync(descriptor: int) -> None:
    try:
        import fcntl

        # macOS: fsync leaves the data in the drive's cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
    except (ImportError, AttributeError, OSError):
        os.fsync(descriptor)


def _rename(source: Path, target: Path) -> None:
    for _ in range(_RENAME_TRIES if WINDOWS else 0):
        # Windows refuses while another program, such as a virus scanner, has the target open.
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(0.02)
        else:
            return
    source.replace(target)


def _sync_folder(folder: Path) -> None:
    if WINDOWS:  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)
