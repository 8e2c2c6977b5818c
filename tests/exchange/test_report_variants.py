"""One report as people really paste it: every variant gives the same exam, time and bands."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach.model import made_from
from coach.service.drafts import ReportDraft
from coach.service.importing import review
from coach.service.outcome import Done
from coach.service.reports import add_report
from coach.service.service import Service
from tests.service.conftest import Clock

DOMAINS = (
    "Manage Azure identities and governance",
    "Implement and manage storage",
    "Deploy and manage Azure compute resources",
    "Implement and manage virtual networking",
    "Monitor and maintain Azure resources",
)
PLAIN = """\
Exam: AZ-104 Microsoft Azure Administrator
Exam date: 20 November 2026 10:00
Your score: 640
Manage Azure identities and governance: Near Target
Implement and manage storage: Below Target
Deploy and manage Azure compute resources: Near Target
Implement and manage virtual networking: Above Target
Monitor and maintain Azure resources: Above Target
"""
VARIANTS = {
    "windows-line-ends": PLAIN.replace("\n", "\r\n"),
    "no-break-spaces": PLAIN.replace(" ", "\N{NO-BREAK SPACE}"),
    "bullets": PLAIN.replace("Manage Azure", "• Manage Azure").replace("Implement", "- Implement"),
    "percentages": PLAIN.replace("Near Target", "62%")
    .replace("Below Target", "31 %")
    .replace("Above Target", "80%"),
    "date-in-words": PLAIN.replace("20 November 2026 10", "Friday, November 20th, 2026 10"),
    "date-with-dots": PLAIN.replace("20 November 2026", "20.11.2026"),
    "value-on-the-next-line": PLAIN.replace(": Near", "\nNear")
    .replace(": Below", "\nBelow")
    .replace(": Above", "\nAbove"),
    "columns": PLAIN.replace(": ", "      "),
    "capitals": PLAIN.upper(),
    "weights": PLAIN.replace("storage:", "storage (15–20%):")
    .replace("networking:", "networking (15-20 %) —"),
    "markdown-table": PLAIN.replace(": ", " | "),
    "names-broken-over-lines": PLAIN.replace("Azure compute", "Azure\ncompute"),
    "prose-around": f"Dear Jane,\nthank you for taking the exam.\n\n{PLAIN}\nSee you soon!\n",
}  # fmt: skip


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_a_variant_is_read_like_the_plain_text(tmp_path: Path, text: str) -> None:
    service = Service(tmp_path, ZoneInfo("Europe/Berlin"), Clock("2026-11-21T09:00"))
    (found,), problems = review(service, text.encode(), "")
    assert (found.problems, problems) == ((), ())
    outcome = service.act(add_report, made_from(ReportDraft, found))
    assert isinstance(outcome, Done)
    (report,) = outcome.state.facts.reports.values()
    heatmap = outcome.state.heatmap
    assert heatmap is not None
    assert report.score == 640
    assert f"{outcome.state.facts.attempts[report.attempt].at:%Y-%m-%d %H:%M}" == "2026-11-20 10:00"
    assert [row.name for row in heatmap.domains] == [*DOMAINS]
    bands = [row.cells[-1].band for row in heatmap.domains]
    assert bands == ["near", "below", "near", "above", "above"]
