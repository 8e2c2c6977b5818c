"""How the app should look, kept beside the data: no fact, so nothing of it is planned or undone."""

from contextlib import suppress
from pathlib import Path

import msgspec

from coach.storage.errors import StorageError
from coach.storage.files import replace_file
from coach.storage.paths import preferences_file


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """`theme` is the name of a theme, empty for the product's own."""

    theme: str = ""


def preferences(folder: Path) -> Preferences:
    """What was chosen; the defaults where nothing was, or where the file cannot be read."""
    try:
        return msgspec.json.decode(preferences_file(folder).read_bytes(), type=Preferences)
    except (OSError, msgspec.DecodeError):
        return Preferences()


def keep_preferences(folder: Path, chosen: Preferences) -> None:
    """Remember a choice; a folder that cannot be written to forgets it, and nothing else."""
    with suppress(StorageError):
        replace_file(preferences_file(folder), msgspec.json.encode(chosen))
