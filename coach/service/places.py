"""Where the files of one user live."""

import os
from pathlib import Path

from coach.storage import paths


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
