"""Runs every command and the app under an audit hook, and prints what they asked the system for.

    python audited.py FOLDER

Everything happens in FOLDER: the data in `data`, files that are named on the command line in
`files`, temporary folders in `temp`. Printed is JSON: `sockets`, the network calls; `written`, the
paths that were written outside; `open`, what others may read; `refused`, commands that failed.
"""

import asyncio
import json
import os
import socket
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coach.cli import run

CODE = "AZ-104"
EXAM = """code = "XY-100"
title = "An exam"
[[outline]]
id = "first"
as_of = 2026-01-05
source = "a test"
confidence = "own"
[[outline.domain]]
name = "One"
weight_low = 40
weight_high = 60
[[outline.domain]]
name = "Two"
weight_low = 40
weight_high = 60
"""
IMPORT = '{"exam": "AZ-104", "at": "2026-11-10T10:00", "score": 600, "domains": {"1": "below"}}'
REPORT = ("report", "add", CODE, "--at", "2026-11-20T10:00", "--score", "640", "--band", "2=below")
COMMANDS = (
    REPORT,
    ("report", "edit", "{report}", "--note", "mine"),
    ("report", "import", "{files}/report.json"),
    ("attempt", "add", CODE, "--at", "2026-12-20T10:00", "--status", "booked"),
    ("attempt", "edit", "{attempt}", "--fee", "165"),
    ("practice", "add", CODE, "--domain", "2", "--correct", "7", "--total", "10"),
    ("exams",), ("exams", "az"), ("exams", "show", CODE), ("exams", "add", "{files}/XY-100.toml"),
    ("exams", "track", CODE), ("exams", "untrack", CODE), ("undo",),
    ("today",), ("completion", "bash"), ("resources",),
    ("retake",), ("timeline",), ("heatmap",), ("advice",), ("schedule",), ("mapping", CODE),
    ("checklist",), ("forecast",),
    ("reflect", "{report}"), ("rate", "--band", "1=near"), ("terms",),
    ("faq",), ("hours", "sun=10:00-11:00"), ("target", "auto"),
    ("strategy", "balanced"), ("replan",), ("replan", "--dry-run"),
    ("block", "pin", "{block}"), ("block", "skip", "{block}"), ("block", "done", "{block}"),
    ("export", "json", "-o", "{files}/x.json"), ("export", "csv", "-o", "{files}/x.csv"),
    ("export", "ics", "-o", "{files}/x.ics"), ("export", "markdown", "-o", "{files}/x.md"),
    ("undo", "--list"), ("undo",), ("redo",), ("import", "{files}/x.json"),
    ("backup", "make"), ("backup", "list"), ("backup", "restore", "{backup}"),
    ("attempt", "remove", "{attempt}"), ("report", "remove", "{report}"),
    ("doctor",), ("doctor", "--fix"), ("locate",), ("demo", "--json"),
)  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename": 1, "os.mkdir": 0, "os.remove": 0, "os.rmdir": 0, "os.link": 1,
           "os.symlink": 1, "os.chmod": 0, "os.truncate": 0, "os.utime": 0}  # fmt: skip


class Audit:
    """Notes what the interpreter asks the system for."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.sockets: list[str] = []
        self.written: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith("socket."):
            # A pair of local sockets wakes the loop of the app; it leads nowhere.
            if event != "socket.__new__" or arguments[1] != socket.AF_UNIX:
                self.sockets.append(f"{event} {arguments[1:]}")
        elif event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
            self._note(arguments[0])
        elif event in CHANGES:
            self._note(arguments[CHANGES[event]])

    def _note(self, path: object) -> None:
        if isinstance(path, str | bytes | os.PathLike):
            place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100
            if not place.startswith((self.folder, "/dev/")):
                self.written.append(place)


def filled(data: Path, command: tuple[str, ...], files: Path) -> list[str]:
    """The command with ids of what is stored, and the folder of its files."""
    file = data / "coach.json"
    tables = json.loads(file.read_bytes()) if file.exists() else {}
    known = {name: next(iter(tables.get(f"{name}s", {})), "") for name in ("report", "attempt")}
    backups = sorted((data / "backups").glob("*")) if data.exists() else []
    blocks = [key for key, block in tables.get("blocks", {}).items() if block["domain"]]
    known |= {"block": blocks[-1] if blocks else "", "files": str(files)}
    known |= {"backup": backups[-1].name if backups else ""}
    return [word.format_map(known) for word in command]


def ran(arguments: list[str]) -> str | None:
    """Run one command line; what it said where it failed."""
    err = StringIO()
    with redirect_stdout(TextIOWrapper(BytesIO(), "utf-8")), redirect_stderr(err):
        code = run(arguments)
    return None if code == 0 else f"{arguments}: {err.getvalue()}"


async def use_app(data: Path) -> None:
    """Open the app, look at every screen and save a quiz."""
    from coach.service.service import Service
    from coach.ui.app import CoachApp

    app = CoachApp(Service(data, ZoneInfo("Europe/Berlin")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("1", "2", "3", "space", "u", "question_mark", "escape", "q")


def main(folder: Path) -> dict[str, object]:
    """Run everything, and say what was asked for."""
    os.umask(0)
    data, files, temp = folder / "data", folder / "files", folder / "temp"
    for made in (files, temp):
        made.mkdir()
    tempfile.tempdir = str(temp)
    (files / "XY-100.toml").write_text(EXAM)
    (files / "report.json").write_text(IMPORT)
    audit = Audit(folder)
    sys.addaudithook(audit)
    common = ["--data-dir", str(data), "--now", "2026-11-21T09:00"]
    refused = [ran([*common, *filled(data, command, files)]) for command in COMMANDS]
    ran([*common, *REPORT])
    asyncio.run(use_app(data))
    made_here = (data, *data.rglob("*"), *files.glob("x.*"))
    return {
        "sockets": audit.sockets,
        "written": audit.written,
        "open": [str(path) for path in made_here if path.stat().st_mode & 0o077],
        "refused": [said for said in refused if said],
        "commands": sorted({command[0] for command in COMMANDS}),
    }


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    print(json.dumps(main(Path(sys.argv[1]).resolve())))
