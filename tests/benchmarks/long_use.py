"""How Coach fares after ten years of use: run me, I assert nothing.

    python tests/benchmarks/long_use.py

50 attempts with reports, 6,000 blocks (the newest of them planned), 4,000 practice entries and 500
plan revisions. Times are milliseconds, median (best) of several runs, `re-plan` with all that
belongs to an action: lock, planner, journal, backup if due, flush to the disk. A screen's time is
that from its key until the app is idle again, and so holds the 5 ms or so of a key without effect.
"""

import asyncio
import resource
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach.model.attempt import Attempt, Observation, Report
from coach.model.facts import Facts
from coach.model.plan import Block, Change, Practice, Reason, Revision
from coach.service.blocks import block_done
from coach.service.drafts import PracticeDraft, ReportDraft
from coach.service.maintenance import Maintenance
from coach.service.practice import add_practice
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import replan
from coach.storage.merging import export_bytes, read_copy
from coach.storage.repository import Repository

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
DOMAINS = (
    "Manage Azure identities and governance",
    "Implement and manage storage",
    "Deploy and manage Azure compute resources",
    "Implement and manage virtual networking",
    "Monitor and maintain Azure resources",
)
BANDS = ("below", "near", "near", "above", "near")
ATTEMPTS, BLOCKS, PRACTICE, REVISIONS = 50, 6000, 4000, 500
DAYS = 3650


def _ago(number: int, count: int) -> datetime:
    """The time of one of `count` records spread over ten years, the last of them yesterday."""
    return NOW - timedelta(days=1) - timedelta(days=DAYS) * (count - 1 - number) / count


def _block(i: int) -> Block:
    return Block(
        id=f"b{i:07}",
        exam="AZ-104",
        start=_ago(i, BLOCKS),
        minutes=45,
        domain=DOMAINS[i % 5],
        topic="Configure and manage virtual networks in Azure",
        activity="lab",
        status="done" if i % 5 else "skipped",
    )


def _revision(i: int) -> Revision:
    reason = Reason(code="MOVED", text="Its earlier time is no longer free, so it moved.")
    blocks = [_block(i * 12 + n) for n in range(12)]
    changes = tuple(Change(kind="moved", before=b, after=b, reason=reason) for b in blocks)
    return Revision(
        id=f"AZ-104-{i + 1}",
        exam="AZ-104",
        number=i + 1,
        at=_ago(i, REVISIONS),
        strategy="two-tier",
        trigger=Reason(code="practice", text="practice: 7 of 10"),
        target=None,
        study_minutes=2400,
        shortfall_minutes=0,
        changes=changes,
    )


def history() -> Facts:
    """Ten years of records."""
    attempts, reports = {}, {}
    for i in range(ATTEMPTS):
        at = _ago(i, ATTEMPTS)
        attempts[f"a{i}"] = Attempt(id=f"a{i}", exam="AZ-104", at=at, status="delivered", fee=165)
        seen = tuple(
            Observation(domain=domain, origin="band", word=BANDS[(n + i) % 5])
            for n, domain in enumerate(DOMAINS)
        )
        reports[f"r{i}"] = Report(
            id=f"r{i}",
            attempt=f"a{i}",
            exam="AZ-104",
            outline="2026-04-17",
            score=500 + i * 3,
            observations=seen,
        )
    practice = {
        f"p{i}": Practice(
            id=f"p{i}",
            exam="AZ-104",
            domain=DOMAINS[i % 5],
            correct=i % 11,
            total=10 + i % 5,
            at=_ago(i, PRACTICE),
            source="Practice Assessment",
        )
        for i in range(PRACTICE)
    }
    revisions = {revision.id: revision for revision in map(_revision, range(REVISIONS))}
    return Facts(
        attempts=attempts,
        reports=reports,
        practice=practice,
        blocks={block.id: block for block in map(_block, range(BLOCKS))},
        revisions=revisions,
    )


def _timed(action: Callable[[], object], runs: int = 9) -> str:
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    return f"{statistics.median(times):8.2f} ({min(times):.2f})"


class Clock:
    """A minute later each time, so that no action is the same as the last."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self, zone: ZoneInfo) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now.astimezone(zone)


def _practise(service: Service) -> None:
    draft = PracticeDraft(exam="AZ-104", domain="2", correct="7", total="10")
    outcome = service.act(add_practice, draft)
    assert hasattr(outcome, "state"), outcome


def _report(service: Service) -> None:
    seen = tuple((str(n), band) for n, band in enumerate(BANDS, 1))
    draft = ReportDraft(exam="AZ-104", at="2026-11-21T08:00", score="640", observations=seen)
    outcome = service.act(add_report, draft)
    assert hasattr(outcome, "state"), outcome


def _screens(service: Service) -> None:
    service.refresh()
    view = service.view("AZ-104")
    fresh = type(view)(view.world, view.facts, view.code)
    for name in ("retake", "timeline", "heatmap", "advice", "schedule", "head"):
        getattr(fresh, name)


def _tick(service: Service) -> None:
    block = next(b for b in service.view("AZ-104").blocks if b.start > NOW)
    service.act(block_done, block.id)


KEYS = {
    "timeline": "1", "heatmap": "2", "schedule": "3", "week before": "left", "move down": "down",
    "no effect": "f12",
}  # fmt: skip


async def _app(service: Service) -> None:
    """Print how long the app takes to open and to answer its keys."""
    from coach.ui.app import CoachApp

    begin = time.perf_counter()
    app = CoachApp(service)
    async with app.run_test(size=(120, 40)) as pilot:
        print(f"app, first screen     {(time.perf_counter() - begin) * 1000:8.2f}")
        for name, key in KEYS.items():
            times = []
            for _ in range(9):
                if name in ("timeline", "heatmap", "schedule"):
                    await pilot.press("2" if key != "2" else "1")
                begin = time.perf_counter()
                await pilot.press(key)
                times.append((time.perf_counter() - begin) * 1000)
            print(f"key, {name:<17}{statistics.median(times):8.2f} ({min(times):.2f})")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        repository = Repository(folder)
        with repository.transaction() as transaction:
            transaction.commit(history(), "ten years", NOW)
        kilobytes = repository.file.stat().st_size / 1024
        full = len(msgspec.json.encode(history())) / 1024
        print(f"file                  {kilobytes:8.0f} KB (all changes kept: {full:.0f} KB)")
        print(f"load                  {_timed(lambda: Repository(folder).load())}")
        service = Service(folder, ZONE, Clock())
        _report(service)
        print(f"log a quiz, re-plan   {_timed(lambda: _practise(service))}")
        print(f"re-plan asked for     {_timed(lambda: service.act(replan, 'AZ-104'))}")
        print(f"tick a block          {_timed(lambda: _tick(service))}")
        print(f"undo                  {_timed(service.undo)}")
        print(f"all screens' answers  {_timed(lambda: _screens(service))}")
        print(f"check-up              {_timed(Maintenance(service.folder, lambda: NOW).doctor, 3)}")
        for kind in ("json", "csv", "ics", "markdown"):
            print(f"export {kind:<14} {_timed(lambda k=kind: service.export(k), 3)}")
        data = export_bytes(repository.documents(), NOW)
        print(f"read an export        {_timed(lambda: read_copy(data), 3)}")
        copy = read_copy(data)
        print(f"merge nothing new     {_timed(lambda: repository.merge(copy, NOW), 3)}")
        other = Repository(folder / "other")
        print(f"merge all of it       {_timed(lambda: other.merge(copy, NOW), 1)}")
        print(f"file with journal     {repository.file.stat().st_size / 1024:8.0f} KB")
        backups = sum(backup.bytes for backup in repository.backups.list()) / 1024
        print(f"backups               {backups:8.0f} KB in {len(repository.backups.list())}")
        tracemalloc.start()
        kept = Repository(folder)
        kept.load()
        print(f"memory of the records {tracemalloc.get_traced_memory()[0] / 2**20:8.1f} MB")
        tracemalloc.stop()
        asyncio.run(_app(service))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of all    {peak:8.0f} MB")


if __name__ == "__main__":
    main()
