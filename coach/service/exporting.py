"""Use cases that take everything out: JSON to merge, CSV, a calendar, a week sheet."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import msgspec

from coach.exchange.calendar_out import Event, calendar_bytes
from coach.exchange.export import unseen_escaped
from coach.model.attempt import Attempt
from coach.model.plan import Block, ResourceLink
from coach.model.settings import CalendarExport, ExportedEvent
from coach.reading.bands import band_of
from coach.service.refusal import Problem, Refusal
from coach.service.schedule import monday, schedule
from coach.service.state import State
from coach.storage.files import StorageError, is_own, real, replace_file
from coach.storage.journal import Tombstone, read_tombstone
from coach.storage.merging import export_bytes
from coach.storage.records import day_of
from coach.storage.schema import CHANGED, Stored, parse_moment

Kind = Literal["json", "csv", "ics", "markdown"]
# An event's number is the seconds from here to its last change: it rises with every change,
# because changes of one record are a second apart at least, and fits 31 bits until 2068.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
LAST_SEQUENCE = 2**31 - 1
RECENT = timedelta(weeks=4)
AHEAD = ("booked", "pending")
CANCELLED = ("cancelled", "late-cancelled")


def export(kind: Kind, state: State, stored: Stored) -> bytes:
    """The file of one kind but a calendar. `stored` are the documents behind the state."""
    if kind == "json":
        return f"{unseen_escaped(export_bytes(stored, state.now).decode())}\n".encode()
    if kind == "csv":
        from coach.exchange.spreadsheet import csv_bytes

        bands = {}
        for report in state.facts.reports.values():
            exam = state.world.catalogue.exam(report.exam)
            for seen in report.observations:
                bands[report.id, seen.domain] = band_of(seen, exam.policy if exam else "microsoft")
        return csv_bytes(state.facts, bands, state.zone)
    from coach.exchange.week_sheet import week_sheet

    today = state.now.date()
    codes = state.world.known(state.facts)
    schedules = [schedule(state.view(code), today, 1) for code in codes]
    return week_sheet(schedules, monday(today), state.now).encode()


def calendar(state: State, stored: Stored, alarm: int | None) -> tuple[bytes, CalendarExport]:
    """The plan as a calendar file, and what is to be remembered of it; `alarm` asks for a
    reminder that many minutes before each event.

    An event is new to a calendar that never had it: what was cancelled before its first export
    is left out, and its number rises only where it says something else. Raises `Refusal` for a
    calendar without events.
    """
    known = state.facts.calendars.get("ics") or CalendarExport(person=os.urandom(6).hex())
    events: list[Event] = []
    exported: dict[str, ExportedEvent] = {}
    for event in _events(state, stored):
        before = known.events.get(event.uid)
        if before is None and event.cancelled:
            continue
        said = msgspec.structs.replace(event, sequence=0, changed=EPOCH)
        digest = blake2b(repr(said).encode(), digest_size=6).hexdigest()
        sequence = event.sequence
        if before is not None:
            same = before.digest == digest
            sequence = before.sequence if same else max(sequence, before.sequence + 1)
        exported[event.uid] = ExportedEvent(sequence=sequence, digest=digest)
        events.append(
            msgspec.structs.replace(
                event,
                uid=f"{event.uid}-{known.person}@coach",
                sequence=sequence,
                changed=EPOCH + timedelta(seconds=sequence),
            )
        )
    if not events:  # a calendar without events is no valid file
        raise Refusal(Problem("ics", "nothing is planned yet, so there are no events."))
    remembered = msgspec.structs.replace(known, events=exported)
    return calendar_bytes(events, alarm), remembered


def write(folder: Path, path: Path, data: bytes, *, force: bool = False) -> None:
    """Write an export whole or not at all, never over what is Coach's own in `folder`, and over
    another file with `force` only; raises `Refusal` where it cannot be written."""
    try:
        reason = _obstacle(folder, path, force)
        if reason is None:
            replace_file(path, data)
    except (StorageError, ValueError) as error:
        reason = str(error)
    except OSError as error:
        reason = f"{path} could not be written: {error.strerror}."
    if reason is not None:
        raise Refusal(Problem("output", f"{reason}"))


def _obstacle(folder: Path, path: Path, force: bool) -> str | None:
    target = real(path)
    if is_own(target, folder):
        return f"{path} belongs to Coach's own data; name another file."
    if target.is_dir():
        return f"{path} is a folder; name a file in it."
    if target.exists() and not target.is_file():
        return f"{path} is no ordinary file; name another, or leave -o out."
    if not target.parent.is_dir():
        return f"{target.parent} is no folder; name a file in one that is there."
    if target.exists() and not force:
        return f"{path} is there already; name another file, or replace it with --force."
    return None


def _events(state: State, stored: Stored) -> Iterator[Event]:
    """The blocks and appointments of the last four weeks and of all that is ahead, and of both
    what was removed, named by the id of their record. What is older stands in a calendar as it
    was."""
    since = state.now - RECENT
    views = map(state.view, state.world.known(state.facts))
    uses = {name: use for view in views for name, use in view.material.items()}
    for block in sorted(state.facts.blocks.values(), key=lambda block: (block.start, block.id)):
        if block.start >= since:
            yield _of_block(block, uses.get(block.id), stored["blocks"][block.id].get(CHANGED))
    for attempt in sorted(state.facts.attempts.values(), key=lambda attempt: attempt.at):
        if attempt.status in AHEAD + CANCELLED and attempt.at >= since:
            yield _of_attempt(state, attempt, stored["attempts"][attempt.id].get(CHANGED))
    for name, document in sorted(stored.get("deleted", {}).items()):
        event = _of_removed(state, read_tombstone(name, document), since)
        if event is not None:
            yield event


def _version(changed: object) -> dict[str, Any]:
    at = parse_moment(changed) or EPOCH
    sequence = (at - EPOCH) // timedelta(seconds=1)
    return {"changed": at, "sequence": min(max(sequence, 0), LAST_SEQUENCE)}


def _of_block(block: Block, use: ResourceLink | None, changed: object) -> Event:
    what = block.topic or block.domain or block.activity.capitalize()
    lines = [block.domain, *block.also, f"{block.activity.capitalize()}, {block.minutes} min."]
    lines += [use.title] if use else []
    return Event(
        uid=block.id,
        start=block.start.astimezone(UTC),
        end=block.end,
        summary=f"{block.exam}: {what}" + (", done" if block.status == "done" else ""),
        description="\n".join(line for line in lines if line),
        url=use.url if use else "",
        categories=(block.exam, block.activity),
        cancelled=block.status == "skipped",
        free=block.activity == "buffer",
        **_version(changed),
    )


def _of_attempt(state: State, attempt: Attempt, changed: object) -> Event:
    exam = state.world.catalogue.exam(attempt.exam)
    at = attempt.at.astimezone(state.zone)
    minutes = exam.duration_minutes if exam else None
    length = timedelta(minutes=minutes) if minutes and attempt.time_known else None
    return Event(
        uid=attempt.id,
        start=at if attempt.time_known else at.date(),
        end=at.astimezone(UTC) + length if length else None,
        summary=f"{attempt.exam}: exam",
        description="\n".join(filter(None, (exam.title if exam else "", attempt.place))),
        categories=(attempt.exam, "exam"),
        cancelled=attempt.status in CANCELLED,
        **_version(changed),
    )


def _of_removed(state: State, trace: Tombstone | None, since: datetime) -> Event | None:
    """The cancelled event of a removed record, None where it never was one or is long over."""
    if trace is None:
        return None
    was = trace.was
    at = was.start or was.at
    if at is None or at < since or was.status not in (None, *AHEAD, *CANCELLED):
        return None
    length = timedelta(minutes=was.minutes) if was.minutes and was.time_known else None
    return Event(
        uid=trace.id,
        start=at if was.time_known else day_of(at),
        end=at.astimezone(UTC) + length if length else None,
        summary=f"{was.exam}: removed",
        cancelled=True,
        **_version(trace.at),
    )
