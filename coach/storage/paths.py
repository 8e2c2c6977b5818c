"""Where things live on disk. Nothing here creates a file or a folder."""

from collections.abc import Mapping
from pathlib import Path

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
