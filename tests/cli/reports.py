"""A report to import, and what the import tests ask of the answer."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Coach, Ran

AZ104 = (
    "Manage Azure identities and governance",
    "Implement and manage storage",
    "Deploy and manage Azure compute resources",
    "Implement and manage virtual networking",
    "Monitor and maintain Azure resources",
)
PASTED = """\
Exam AZ-104: Microsoft Azure Administrator
Candidate: Jane Doe
Registration ID: 4711-0815
Exam date: November 20, 2026 10:00 AM
Required score: 700
Your score: 640
Result: Fail
Manage Azure identities and governance ... near target
Implement and manage storage: BELOW TARGET
Deploy and manage Azure compute resources (20-25%)  Near-Target
Implement and manage virtual networking
Above Target
Monitor and maintain Azure resources   Near Target
Topics needing improvement: Conditional Access
"""
BANDS = ["near", "below", "near", "above", "near"]

Load = Callable[..., Ran]


def loader(coach: Coach, folder: Path) -> Load:
    """`load("report.txt", text)`: import a file with this content and answer in JSON."""

    def load(name: str, content: str | bytes, now: str = "2026-11-21T09:00") -> Ran:
        file = folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return coach("report", "import", str(file), "--json", now=now)

    return load


def bands(coach: Coach, exam: str = "AZ-104") -> list[str]:
    """The bands of the newest report of an exam, in outline order."""
    heatmap = coach("heatmap", exam, "--json", now="2026-12-30T09:00").json
    return [row["cells"][-1]["band"] for row in heatmap["domains"]]


def fields(ran: Ran) -> list[tuple[int | None, str]]:
    """Line and field of each problem."""
    return [(problem["line"], problem["field"]) for problem in ran.json["problems"]]
