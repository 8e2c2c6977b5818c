"""What to do about a data file that cannot be used: say what is wrong, and offer the ways out.

Every way keeps the damaged file under a dated name or in a backup.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from coach.service.care import Care
from coach.service.contents import Contents, contents
from coach.service.refusal import Problem, Refusal
from coach.storage.backups import Backup
from coach.storage.decoding import decode_facts
from coach.storage.errors import Damage, DamagedFile, StorageError
from coach.storage.examination import examine
from coach.storage.files import read_file
from coach.storage.repository import Repository


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Why the data file cannot be used. `damage` is None where the system does not give it.

    `mendable` counts the faults that a repair would take away, 0 where it cannot. `backup` is the
    newest good one and `holds` what is in it.
    """

    text: str
    damage: Damage | None
    mendable: int = 0
    backup: Backup | None = None
    holds: Contents | None = None


class Rescue:
    """The ways out for the data in `folder`. Each raises `Refusal` where it cannot be gone."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self._now = now
        self._care = Care(folder, now)
        self._repository = Repository(folder)

    def trouble(self) -> Trouble | None:
        """What is wrong with the data file as it is at this moment, None where it is sound."""
        found = None
        try:
            found = read_file(self._repository.file)
            if found is not None:
                decode_facts(found[0])
        except DamagedFile as error:
            backup = self._repository.newest_good_backup()
            return Trouble(
                text=str(error),
                damage=error.damage,
                mendable=_mendable(found[0]) if found else 0,
                backup=backup,
                holds=self.contents(backup.name) if backup else None,
            )
        except StorageError as error:
            return Trouble(text=str(error), damage=None)
        return None

    def contents(self, backup: str) -> Contents | None:
        """What a backup holds, None where it cannot be used."""
        try:
            return contents(decode_facts(self._repository.backups.read(backup)))
        except StorageError:
            return None

    def restore(self, backup: str) -> None:
        """Bring a backup back."""
        self._care.restore_backup(backup)

    def repair(self) -> None:
        """Mend the records that break the format, or set them aside within the file."""
        self._care.doctor(fix=True)

    def start_empty(self) -> Path:
        """Move the damaged file to a name with the time, and return that."""
        try:
            return self._repository.set_aside(self._now())
        except StorageError as error:
            raise Refusal(Problem("data", f"data: {error}")) from error


def _mendable(data: bytes) -> int:
    """How many faults a repair takes away, 0 where something would be left."""
    examination = examine(data)
    if examination.repaired is None:
        return 0
    try:
        decode_facts(msgspec.json.encode(examination.repaired))
    except DamagedFile:
        return 0
    return len(examination.findings)
