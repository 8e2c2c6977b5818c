"""Where the files of one user live."""

import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from coach.storage import paths


class DataFile(msgspec.Struct, frozen=True):
    """The size of the data file in bytes, and when it was saved last (UTC)."""

    bytes: int
    saved: datetime


def data_file(folder: Path) -> DataFile | None:
    """What the system says about the data file, None where there is none or it says nothing."""
    try:
        status = paths.data_file(folder).stat()
    except OSError:
        return None
    return DataFile(status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def data_folder(given: str | None) -> Path:
    """The folder given, else that of COACH_DATA_DIR, else the platform's own."""
    return paths.data_folder(given, os.environ)


def places(folder: Path) -> dict[str, str]:
    """The paths of the data folder, the data file, backups, own exams and policies, and log."""
    return {
        "data": str(folder),
        "file": str(paths.data_file(folder)),
        "backups": str(paths.backup_folder(folder)),
        "config": str(paths.catalogue_folder(folder)),
        "log": str(paths.log_file(folder)),
    }
