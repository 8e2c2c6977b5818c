"""The skills of earlier outlines, each with the one of the newest outline that continues it."""

from collections.abc import Sequence

from coach.model.documents import OutlineMap
from coach.ui import text
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, wrap

NONE = "nothing"


class Matches(RowList):
    """A list of pairs; `matched` holds what each earlier skill continues as, None for nothing."""

    def __init__(self, maps: Sequence[OutlineMap], names: Sequence[str]) -> None:
        super().__init__(id="matches")
        self._names = names
        self._places = [(m.earlier, d.name) for m in maps for d in m.domains]
        self._suggested = [d.suggested for m in maps for d in m.domains]
        self.matched = [d.to for m in maps for d in m.domains]

    def pairs(self, earlier: str) -> tuple[tuple[str, str], ...]:
        """What continues as what from that outline, without those that nothing continues."""
        both = zip(self._places, self.matched, strict=True)
        return tuple((name, to) for (outline, name), to in both if outline == earlier and to)

    def turn(self, step: int) -> None:
        """Offer the next skill, or the one before, for the entry under the cursor."""
        options = [None, *self._names]
        here = options.index(self.matched[self.cursor])
        self.matched[self.cursor] = options[(here + step) % len(options)]
        self.rearrange()

    def suggest(self) -> None:
        """Take what is proposed wherever nothing is matched."""
        both = zip(self.matched, self._suggested, strict=True)
        self.matched = [to or suggested for to, suggested in both]
        self.rearrange()

    def clear(self) -> None:
        """Match nothing."""
        self.matched = [None for _ in self.matched]
        self.rearrange()

    def lay_out(self, width: int, height: int) -> Listing:
        entries: list[list[Row]] = []
        before = ""
        for (outline, name), to in zip(self._places, self.matched, strict=True):
            head: list[Row] = []
            if outline != before:
                head = [(Seg(text.clip(f"Skills of {outline}", width), "heading strong"),)]
            entries.append([*head, *_pair(name, to, width)])
            before = outline
        return Listing([], entries)


def _pair(name: str, to: str | None, width: int) -> list[Row]:
    lines = wrap(text.visible(name), width - 1, 3)
    shown = text.clip(to, width - 4) if to else NONE
    return [
        *((Seg(line, "ink"),) for line in lines),
        (Seg("  → ", "muted"), Seg(shown, "above" if to else "faint")),
    ]
