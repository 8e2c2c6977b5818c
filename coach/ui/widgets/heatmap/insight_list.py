"""What the reports say: insights, most severe first, with what to do about each."""

from collections.abc import Sequence

from coach.model.documents import Insight, Severity
from coach.ui import text
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, wrap

SEVERITY_MARK: dict[Severity, str] = {"high": "▲", "medium": "◆", "low": "·"}
_LINES = 6
_HEAD: Row = (Seg("What these reports say", "strong"),)
_NOTHING: list[Row] = [
    (Seg("Nothing yet.", "muted"),),
    (Seg("n", "accent strong"), Seg(" enters a score report.", "muted")),
]


def insight_listing(insights: Sequence[Insight], width: int) -> Listing:
    """Each insight in `width` cells: its text, then what to do, then a blank line."""
    if not insights:
        return Listing([_HEAD, (), *_NOTHING], [])
    return Listing(
        [_HEAD, ()],
        [_entry(insight, width) for insight in insights],
    )


def _entry(insight: Insight, width: int) -> list[Row]:
    mark = Seg(f"{SEVERITY_MARK[insight.severity]} ", f"{insight.severity} strong")
    said = wrap(text.told(insight.text), width - 3, _LINES)
    advised = wrap(text.told(insight.action), width - 3, _LINES) if insight.action else ()
    rows: list[Row] = [(mark, Seg(said[0]))]
    rows += [(Seg("  "), Seg(line)) for line in said[1:]]
    rows += [(Seg("  "), Seg(line, "muted")) for line in advised]
    return [*rows, ()]


class InsightList(RowList):
    """The insights; `insight` is the one under the cursor."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._insights: Sequence[Insight] = ()

    def show(self, insights: Sequence[Insight]) -> None:
        """Draw these insights."""
        self._insights = insights
        self.rearrange()

    @property
    def insight(self) -> Insight | None:
        """The insight under the cursor."""
        return self._insights[self.cursor] if self.cursor < len(self._insights) else None

    def lay_out(self, width: int, height: int) -> Listing:
        return insight_listing(self._insights, width)
