"""One insight explained: what it says, what to do, what the plan does, and what it is based on."""

from coach.model.documents import Heatmap, Insight
from coach.ui import text
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.facts_rows import fact, heading, paragraph
from coach.ui.widgets.heatmap.insight_list import SEVERITY_MARK
from coach.ui.widgets.rows import Row, Seg

_KIND = {
    "red-flag": "warning sign",
    "trend": "trend between reports",
    "readiness": "readiness",
    "rule": "rule",
    "tip": "tip",
}


def insight_rows(insight: Insight, heatmap: Heatmap | None, width: int) -> list[Row]:
    """The rows of the detail view, at most `width` cells each."""
    mark = f"{SEVERITY_MARK[insight.severity]} {insight.severity}"
    rows: list[Row] = [
        (Seg(mark, f"{insight.severity} strong"), Seg(f"  {_KIND[insight.kind]}", "muted")),
        (),
    ]
    rows += paragraph(text.told(insight.text), width, "strong")
    if insight.action:
        rows += [(), heading("What to do"), *paragraph(text.told(insight.action), width)]
    if insight.plan:
        rows += [
            (),
            heading("What the plan does about it"),
            *paragraph(text.told(insight.plan), width),
        ]
    if insight.domains:
        rows += [(), heading("Which domains")]
        for name in insight.domains:
            rows += _domain(name, heatmap, width)
    if insight.facts:
        rows += [(), heading("Which facts")]
        for triggered in insight.facts:
            rows += paragraph(text.told(triggered), width)
    rows += [(), heading("Where this comes from")]
    rows += fact("Rule", insight.rule or insight.code, width)
    rows += fact("Source", SOURCE_WORD[insight.source], width)
    return rows


def _domain(name: str, heatmap: Heatmap | None, width: int) -> list[Row]:
    row = next((row for row in heatmap.domains if row.name == name), None) if heatmap else None
    if row is None:
        return paragraph(name, width)
    cells: list[Seg] = []
    for cell in row.cells[-6:]:
        cells += [Seg(f" {text.BAND_LETTER[cell.band]} ", f"cell-{cell.band}"), Seg(" ")]
    room = width - 4 * len(cells) // 2
    return [(Seg(text.fit(name, room)), *cells)]
