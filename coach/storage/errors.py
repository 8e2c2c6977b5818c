"""What can go wrong with stored data, each as one sentence for the user."""

import errno
from pathlib import Path
from typing import Literal

Damage = Literal["missing", "unreadable", "invalid", "newer"]


class StorageError(Exception):
    """The data could not be read or saved; nothing was changed."""


class DamagedFile(StorageError):
    """The data file cannot be used as it is.

    `damage` is `missing` where it is gone and its backups are there, `unreadable` where it is not
    a JSON document of tables, `invalid` where a record breaks the format, `newer` where a later
    version of Coach wrote it.
    """

    def __init__(self, text: str, damage: Damage) -> None:
        super().__init__(text)
        self.damage = damage


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
    return StorageError(f"{path} could not be read: {reason}.")
