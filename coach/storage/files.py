"""Whole files, atomically: where they live, and what can go wrong with them.

A reader sees the old content or the new one, never a mixture. The order is what makes it safe:
write a temporary file beside the target, flush it to the disk, rename it over the target, flush
the folder. The rename is what saves: up to it every failure is an error and nothing is changed,
after it a failure is a warning at most.
"""

import errno
import os
import stat
import time
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


Damage = Literal["missing", "unreadable", "invalid", "newer"]


class StorageError(Exception):
    """The data could not be read or saved; nothing was changed. `wrong` is the text, without its
    subject where that is the file that was asked for."""

    def __init__(self, text: str, wrong: str = "") -> None:
        super().__init__(text)
        self.wrong = wrong or text


DATA_FILE = "The data file"


class DamagedFile(StorageError):
    """The data file cannot be used as it is.

    `fault` says what is `wrong` with a `part` of it, `reason` is the end of that, which says what
    is broken; the text may add the path and what to do about it. `damage` is `missing` where the
    file is gone and its backups are there, `unreadable` where it is not a JSON document of tables,
    `invalid` where a record breaks the format, `newer` where a later version of Coach wrote it.
    """

    def __init__(self, wrong: str, damage: Damage, part: str = DATA_FILE, reason: str = "") -> None:
        self.fault = f"{part} {wrong}"
        super().__init__(self.fault, wrong)
        self.part = part
        self.reason = reason
        self.damage = damage


def damaged(reason: str, damage: Damage = "invalid") -> DamagedFile:
    """The error for a data file that is broken, by the end of its sentence."""
    return DamagedFile(f"is damaged: {reason}.", damage, reason=f"{reason}.")


def save_failed(error: OSError, path: Path) -> StorageError:
    """The error for a write that the system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(f"The disk is full: nothing was saved in {path.parent}.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageError(f"Coach may not write in {path.parent}: nothing was saved.")
    reason = error.strerror or type(error).__name__
    return StorageError(f"{path} could not be saved: {reason}.")


def read_failed(error: OSError, path: Path) -> StorageError:
    """The error for a file that the system would not give."""
    reason = error.strerror or type(error).__name__
    wrong = f"could not be read: {reason}."
    return StorageError(f"{path} {wrong}", wrong)


ENVIRONMENT = "COACH_DATA_DIR"


def data_folder(override: str | None, env: Mapping[str, str]) -> Path:
    """The data folder: `override` (`--data-dir`), else COACH_DATA_DIR, else the platform's own."""
    chosen = override or env.get(ENVIRONMENT)
    if chosen:
        return Path(chosen).expanduser().absolute()
    # Imported here because a folder that is given needs none of it.
    import platformdirs

    return platformdirs.user_data_path("coach", appauthor=False)


def data_file(folder: Path) -> Path:
    """The file with every record."""
    return folder / "coach.json"


def backup_folder(folder: Path) -> Path:
    """The folder of the compressed copies of the data file."""
    return folder / "backups"


def catalogue_folder(folder: Path) -> Path:
    """The folder of the user's own exam outlines (TOML)."""
    return folder / "catalogue"


def log_file(folder: Path) -> Path:
    """The file for what went wrong, for the user to pass on."""
    return folder / "coach.log"


def preferences_file(folder: Path) -> Path:
    """The file with how the app should look."""
    return folder / "preferences.json"


TEMP_PREFIX = ".coach-"
LITTER_SECONDS = 60
LOCK_SECONDS = 5.0
# Two saves at once take milliseconds; a person is told of a wait that they notice.
WAIT_UNTOLD_SECONDS = 0.25
WINDOWS = os.name == "nt"
_RENAME_TRIES = 25
# What a file system says that has no such call at all: network, FUSE and other odd ones.
_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTTY)
_NO_LOCKS = (*_UNSUPPORTED, errno.ENOLCK, errno.EBADF)
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class Written(Struct, frozen=True):
    """The state of a file that was saved; `warning` is what failed after that, if anything."""

    stamp: "Stamp"
    warning: str | None = None


class Stamp(Struct, frozen=True):
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
        raise DamagedFile("is no ordinary file.", "unreadable", part=str(path))
    try:
        with path.open("rb") as file:
            return file.read(), _stamp_of(os.fstat(file.fileno()))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise read_failed(error, path) from error


def _status(path: Path) -> os.stat_result | None:
    """What the system knows of a file, None where there is none.

    A link that leads nowhere is an error: the drive behind it may only be away, and to begin anew
    there would hide what it holds.
    """
    try:
        return path.stat()
    except FileNotFoundError:
        refuse_dangling(path)
        return None
    except OSError as error:
        raise read_failed(error, path) from error


def refuse_dangling(path: Path) -> None:
    """StorageError where a link on the way to `path` leads nowhere."""
    for part in (path, *path.parents):
        # These calls of os.path answer an error of the system with False.
        if os.path.islink(part) and not os.path.exists(part):  # noqa: PTH110, PTH114
            target = real(part)
            lost = (
                "whose folder is not there" if not target.parent.is_dir() else "which is not there"
            )
            raise StorageError(f"{part} is a link to {target}, {lost}: is its drive connected?")


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> Written:
    """Give `path` a new content, readable by its owner only; StorageError where that fails.

    A symbolic link stays one: the file it points to is replaced. What need not outlive a power cut
    is not `lasting`, and nobody waits for the disk.
    """
    refuse_dangling(path)
    target = real(path)
    temporary = target.with_name(TEMP_PREFIX + os.urandom(8).hex())
    try:
        make_folder(target.parent)
        _write_new(temporary, data, lasting=lasting)
        written = _stamp_of(temporary.stat())
        _rename(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise save_failed(error, path) from error
        raise
    return Written(written, _flush_folder(target.parent) if lasting else None)


def make_folder(folder: Path) -> None:
    """Create a folder that only its owner can enter, and those above it that are not there; one
    that exists stays as it is."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:  # another Coach was faster
        if not folder.is_dir():
            raise


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


def is_own(target: Path, folder: Path) -> bool:
    """Whether a file without links on its way is, or could become, one of Coach's own in a data
    folder: its data, lock, log and preferences, what lies in its own folders, or litter."""
    file, home = real(data_file(folder)), real(folder)
    own = (file, lock_file(file), lock_file(home / file.name), log_file(home))
    for path in (*own, preferences_file(home)):
        if target == path or (target.exists() and path.exists() and target.samefile(path)):
            return True
    if target.parent in (home, file.parent) and target.name.startswith((TEMP_PREFIX, file.name)):
        return True
    return not {real(backup_folder(folder)), real(catalogue_folder(folder))}.isdisjoint(
        target.parents
    )


def is_private(path: Path) -> bool:
    """Whether only the owner may read a file; one that is not there is. Windows keeps the rights
    elsewhere."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return True
    return WINDOWS or not stat.S_ISREG(mode) or not mode & 0o077


def others_can_write(folder: Path) -> bool:
    """Whether other users may put files into a folder, and take its own away."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return not WINDOWS and stat.S_ISDIR(mode) and bool(mode & 0o022)


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
def locked(
    path: Path, waiting: "Callable[[], None] | None" = None, seconds: float = LOCK_SECONDS
) -> "Iterator[None]":
    """Keep other writers of `path` out; StorageError if it stays busy for so many seconds.

    `waiting` is called once where that takes long enough to be noticed. Where the file system
    knows no locks the save goes on: a file that another program changed is noticed anyway.
    """
    refuse_dangling(path.parent)
    lock = lock_file(path)
    try:
        make_folder(lock.parent)
        descriptor = _taken(lock, waiting, seconds)
    except TimeoutError as error:
        text = f"Another Coach is writing in {lock.parent}: nothing was saved, try again."
        raise StorageError(text) from error
    except OSError as error:
        if not_mine(lock):
            text = f"The lock {lock} belongs to another user: nothing was saved. Remove that file."
            raise StorageError(text) from error
        raise save_failed(error, path) from error
    try:
        yield
    finally:
        # Nothing of a save fails by this: the system unlocks what we leave.
        if not WINDOWS:
            import fcntl

            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_UN)
        with suppress(OSError):
            os.close(descriptor)


def lock_file(path: Path) -> Path:
    """The file whose lock keeps other writers of `path` out: beside it, or beside what it links
    to where that is there."""
    target = real(path) if os.path.exists(path) else path  # noqa: PTH110
    return target.with_name(f".{target.name}.lock")


def not_mine(lock: Path) -> bool:
    """Whether a lock file is one that this user cannot take."""
    return os.path.lexists(lock) and not (
        os.path.isfile(lock) and os.access(lock, os.R_OK | os.W_OK)  # noqa: PTH113
    )


def _taken(lock: Path, waiting: "Callable[[], None] | None", seconds: float) -> int:
    """The descriptor of a lock that is held; TimeoutError where another holds it."""
    begin = time.monotonic()
    while True:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(lock, flags, 0o600)
        try:
            # The file may have been removed while we waited: its lock then keeps nobody out.
            if _try_lock(descriptor) and os.path.samestat(os.fstat(descriptor), os.lstat(lock)):
                return descriptor
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        waited = time.monotonic() - begin
        if waited >= seconds:
            raise TimeoutError
        if waiting and waited >= WAIT_UNTOLD_SECONDS:
            waiting()
            waiting = None
        time.sleep(0.01)


def _try_lock(descriptor: int) -> bool:
    """Lock an open file, without waiting; whether that is so, or cannot be on its file system."""
    try:
        if WINDOWS:
            import msvcrt

            # Far behind the end, since Windows lets nobody read what is locked.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (*_HELD, *_NO_LOCKS):
            raise
        return error.errno in _NO_LOCKS
    return True


def _stamp_of(status: os.stat_result) -> Stamp:
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def _write_new(path: Path, data: bytes, *, lasting: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if lasting:
            _sync(descriptor)
    finally:
        os.close(descriptor)
    # The kernel stamps files in steps of some milliseconds and reuses inodes at once, so two
    # quick saves of equal size could look alike; the clock's nanoseconds tell them apart. Where
    # the file system refuses, the kernel's own stamp has to do.
    now = time.time_ns()
    with suppress(OSError):
        os.utime(path, ns=(now, now))


def _sync(descriptor: int) -> None:
    try:
        import fcntl

        # macOS: fsync leaves the data in the drive's cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
    except (ImportError, AttributeError, OSError):
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise


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


def _flush_folder(folder: Path) -> str | None:
    """Flush the names in a folder to the disk; what to say where that fails."""
    if WINDOWS:  # folders cannot be opened there
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            reason = error.strerror or type(error).__name__
            return f"It is saved, but {folder} could not be flushed to the disk: {reason}."
    return None
