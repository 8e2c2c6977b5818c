"""The check-up of a data folder: what is wrong with its records and files, and mending it.

The texts name records, fields and files, never what a person wrote: they can be passed on.
"""

import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec.structs import replace

from coach import __version__
from coach.catalogue import Catalogue
from coach.exchange.time_zones import unreadable_zone
from coach.model.attempt import Report
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.plan import Practice
from coach.service.data_files import double_booked, merge_file, preview_merge
from coach.service.refusal import Refusal
from coach.storage.backups import Backup
from coach.storage.files import (
    DamagedFile,
    StorageError,
    can_write,
    catalogue_folder,
    is_private,
    lock_file,
    log_file,
    move_aside,
    not_mine,
    others_can_write,
    read_file,
)
from coach.storage.integrity_check import Finding, IntegrityReport, check_integrity
from coach.storage.merging import conflict_copies
from coach.storage.repository import Repository
from coach.storage.schema import RECORDS, SCHEMA

LIBRARIES = ("textual", "tinydb", "msgspec")


def diagnostics(
    repository: Repository, now: datetime, examined: IntegrityReport | None
) -> dict[str, str]:
    """Each as a name and a short text; nothing that a person entered."""
    said = {
        "coach": f"{__version__}, file version {SCHEMA}",
        "python": f"{platform.python_version()} on {platform.system()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "terminal": os.environ.get("TERM", "none"),
        "zone": unreadable_zone() or str(now.tzinfo),
        **dict.fromkeys(("file", "records", "backups"), "cannot be read"),
    }
    with suppress(StorageError):
        found = read_file(repository.file)
        link = ", behind a link" if repository.file.is_symlink() else ""
        said["file"] = f"{len(found[0])} bytes{link}" if found else "none"
    with suppress(StorageError):
        facts, actions = (examined.facts, examined.actions) if examined else (None, None)
        if facts is None or actions is None:  # something is wrong: it may be readable all the same
            facts, actions = repository.load(), len(repository.journal())
        counts = [f"{table} {len(getattr(facts, table))}" for table in RECORDS]
        said["records"] = ", ".join([*counts, f"actions to undo {actions}"])
    with suppress(StorageError):
        backups = repository.backups.list()
        age = (now - backups[0].at).total_seconds() / 3600 if backups else 0
        many = f"{len(backups)} of {sum(backup.bytes for backup in backups)} bytes in all"
        said["backups"] = f"{many}, the newest {age:.1f} hours old" if backups else "none"
    return said


def wrong(record: str, text: str, fix: str, field: str | None = None) -> Finding:
    """What is wrong with a record, or with one field of it."""
    return Finding(record=record, field=field, text=text, fix=fix)


def inconsistencies(facts: Facts, catalogue: Catalogue, now: datetime) -> Iterator[Finding]:
    """Everything that a person has to settle, because Coach cannot know what was meant."""
    codes = {*facts.tracked, *(attempt.exam for attempt in facts.attempts.values())}
    codes |= {report.exam for report in facts.reports.values()}
    codes |= {entry.exam for entry in facts.practice.values()}
    exams = {code: catalogue.exam(code) for code in codes}
    for table in ("attempts", "practice", "tracked"):
        for key, record in getattr(facts, table).items():
            field = "id" if table == "tracked" else "exam"
            if exams[getattr(record, field)] is None:
                text = "names an exam that is not in the catalogue."
                fix = "Add its file again with `coach exams add FILE.toml`."
                yield wrong(f"{table}/{key}", text, fix, field)
    yield from _sittings(facts, now)
    for report in facts.reports.values():
        yield from _report(report, facts, exams[report.exam])
    for key, entry in facts.practice.items():
        yield from _practice(f"practice/{key}", entry, exams[entry.exam], now)
    for earlier, later in double_booked(facts, now):
        text = f"takes place at the same time as blocks/{earlier.id}."
        fix = f"`coach replan CODE`, or `coach block move {later.id} WHEN`."
        yield wrong(f"blocks/{later.id}", text, fix, "start")


def _sittings(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Those that cannot have been yet, and two reports of one exam at one moment."""
    sat = ("delivered", "no-show", "interrupted", "revoked", "beta", "pending")
    for key, attempt in facts.attempts.items():
        if attempt.status in sat and attempt.at > now:
            text = f"is still to come, although the attempt is {attempt.status}."
            fix = "Correct its date, or set the clock of this machine."
            yield wrong(f"attempts/{key}", text, fix, "at")
    first: dict[object, str] = {}
    for key, report in sorted(facts.reports.items()):
        attempt = facts.attempts[report.attempt]
        other = first.setdefault((attempt.exam, attempt.at), key)
        if other != key:
            text = f"is of the same sitting as reports/{other}."
            fix = f"Remove one: `coach report remove {key}`."
            yield wrong(f"reports/{key}", text, fix, "attempt")


def _report(report: Report, facts: Facts, exam: Exam | None) -> Iterator[Finding]:
    record = f"reports/{report.id}"
    edit = f"Correct it with `coach report edit {report.id}`."
    if facts.attempts[report.attempt].exam != report.exam:
        yield wrong(record, "is another exam than that of its attempt.", edit, "exam")
    if exam is None:
        return
    low, high = exam.scale
    if report.score is not None and not low <= report.score <= high:
        yield wrong(record, f"is not between {low} and {high}.", edit, "score")
    outlines = {outline.id: outline for outline in exam.outlines}
    if report.outline is None:
        return
    if report.outline not in outlines:
        fix = "Choose one with `coach report edit`, or add its file with `coach exams add`."
        yield wrong(record, "is no outline that the exam has here.", fix, "outline")
        return
    names = {domain.name for domain in outlines[report.outline].domains}
    for number, seen in enumerate(report.observations):
        if seen.domain not in names:
            field = f"observations[{number}].domain"
            yield wrong(record, "is no domain of the outline.", edit, field)


def _practice(record: str, entry: Practice, exam: Exam | None, now: datetime) -> Iterator[Finding]:
    if entry.correct > entry.total:
        fix = "Log it again with the right numbers."
        yield wrong(record, "is more than were asked.", fix, "correct")
    if entry.at > now:
        yield wrong(record, "is still to come.", "Set the clock of this machine.", "at")
    outlines = exam.outlines if exam else ()
    names = {domain.name for outline in outlines for domain in outline.domains}
    if names and entry.domain is not None and entry.domain not in names:
        text = "is no domain of the exam, so the result is counted nowhere."
        yield wrong(record, text, "Log it again under the right domain.", "domain")


FIX = "`coach doctor --fix`"


class Checkup(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the data, and what was mended. `ok`: nothing is wrong any more.

    `backup` is the one made before mending; `about` says what a bug report should: versions,
    sizes and numbers.
    """

    ok: bool
    problems: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    backup: str | None = None
    about: dict[str, str] = {}


class Doctor:
    """Looks at one data folder as it is at the moment `now`."""

    def __init__(self, folder: Path, repository: Repository, now: datetime) -> None:
        self._folder = folder
        self._repository = repository
        self._backups = repository.backups
        self._catalogue = Catalogue(catalogue_folder(folder))
        self._now = now
        # Of the data file when it was looked at last; hopeless where no record can be read.
        self._data: bytes | None = None
        self._examined: IntegrityReport | None = None
        self._hopeless = False

    def checkup(self, *, fix: bool) -> Checkup:
        """Find every problem; with `fix` mend what needs no decision, after a backup."""
        before = after = self._problems()
        backup = None
        if fix and before:
            backup = self._mend()
            after = self._problems()
        left = {*after}
        return Checkup(
            ok=not after,
            problems=after,
            fixed=tuple(finding for finding in before if finding not in left),
            backup=backup.name if backup else None,
            about=diagnostics(self._repository, self._now, self._examined),
        )

    def _problems(self) -> tuple[Finding, ...]:
        return (*self._of_records(), *self._of_files(), *self._of_copies())

    def _of_records(self) -> Iterator[Finding]:
        self._data, self._examined, self._hopeless = None, None, False
        try:
            found = read_file(self._repository.file)
        except StorageError as error:  # the system does not give it, or it is something else
            self._hopeless = isinstance(error, DamagedFile)
            home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
            rights = "Make sure that your user may read and write it."
            fix = self._way_out() if self._hopeless else rights
            yield wrong("coach.json", error.wrong.replace(home, "~"), fix)
            return
        if found is None:
            good = self._backups.newest_good()
            if good is not None:
                fix = f"`coach backup restore {good.name}` brings the newest of them back."
                yield wrong("coach.json", "is not there, although there are backups of it.", fix)
            return
        self._data = found[0]
        self._examined = examined = check_integrity(self._data)
        for finding in examined.findings:
            self._hopeless |= not finding.fix
            yield finding if finding.fix else replace(finding, fix=self._way_out())
        if examined.facts is not None:
            yield from inconsistencies(examined.facts, self._catalogue, self._now)

    def _way_out(self) -> str:
        """What mending does with a file that cannot be repaired record by record."""
        good = self._backups.newest_good()
        then = f"brings back {good.name}, the newest good backup" if good else "begins anew"
        return f"{FIX} keeps the file under another name and {then}."

    def _of_files(self) -> Iterator[Finding]:
        for problem in self._catalogue.problems:
            place = f"line {problem.line}: " if problem.line else ""
            fix = "Correct the file, or take it out of the catalogue folder."
            yield wrong(problem.shown, place + problem.fault, fix)
        for name, folder in (("data folder", self._folder), ("backups", self._backups.folder)):
            if not can_write(folder):
                fix = "Make sure that your user may read and write there."
                yield wrong(name, "cannot be written to, so nothing can be saved there.", fix)
        lock = lock_file(self._repository.file)
        if not_mine(lock):
            text = "belongs to another user or is no file, so nothing can be saved."
            yield wrong(lock.name, text, "Remove it, as it is only a lock.")
        if others_can_write(self._folder):
            text = "can be changed by other users of this machine."
            yield wrong("data folder", text, f"{FIX} takes their rights away.")
        for path in self._open_to_others():
            text = "can be read by other users of this machine."
            yield wrong(path.name, text, f"{FIX} takes their rights away.")

    def _of_copies(self) -> Iterator[Finding]:
        """The copies of a synchroniser by number, because their names may hold a person's."""
        for number, path in enumerate(self._copies(), 1):
            copy = preview_merge(self._repository, self._catalogue, path)
            record = f"conflict copy {number}"
            if copy.problem is not None:
                text = "was left by a file synchroniser and cannot be merged."
                fix = "`coach import` with its name says why."
            else:
                text = "of the data was left by a file synchroniser"
                text += "." if copy.is_new else "; it holds nothing new."
                fix = f"{FIX} merges it, and keeps its file under another name."
            yield wrong(record, text, fix)

    def _copies(self) -> tuple[Path, ...]:
        try:
            return conflict_copies(self._repository.file)
        except StorageError:  # a folder that cannot be listed is found as one
            return ()

    def _open_to_others(self) -> tuple[Path, ...]:
        """What Coach made for its user alone and others may read by now."""
        file = self._repository.file
        own = (
            file,
            *_listed(file.parent, f"{file.name}.*"),
            *_listed(self._backups.folder, "*.gz"),
            log_file(self._folder),
        )
        return tuple(path for path in own if not is_private(path))

    def _mend(self) -> Backup | None:
        backup = self._mend_file()
        for path in self._copies():
            try:
                merge_file(self._repository, self._catalogue, path, self._now)
            except Refusal:  # its finding stays
                continue
            move_aside(path, self._now, "merged")
        for path in self._open_to_others():
            path.chmod(0o600)
        if others_can_write(self._folder):
            self._folder.chmod(0o700)
        return backup

    def _mend_file(self) -> Backup | None:
        """Repair what can be read. Else bring back the newest good backup, or begin anew; the file
        itself is kept either way, and left alone where another program changed it meanwhile."""
        if self._hopeless and self._unchanged():
            good = self._backups.newest_good()
            if good is None:
                self._repository.set_aside(self._now)
            else:
                self._backups.replace_damaged(good.name, self._now)
        elif self._data and self._examined and self._examined.repaired and self._examined.findings:
            return self._repository.repair(self._data, self._examined.repaired, self._now)
        return None

    def _unchanged(self) -> bool:
        try:
            found = read_file(self._repository.file)
        except StorageError:
            return self._data is None
        return found is not None and found[0] == self._data


def _listed(folder: Path, pattern: str) -> tuple[Path, ...]:
    """The files of a folder by name; one that cannot be listed is found as such."""
    try:
        return tuple(folder.glob(pattern))
    except OSError:
        return ()
