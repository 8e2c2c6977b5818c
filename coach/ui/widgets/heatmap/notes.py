"""The lines below the heatmap: the marked cell in words, the legend, and notes on the reports."""

from coach.model.attempt import Band
from coach.model.documents import DomainRow, Heatmap
from coach.ui import text
from coach.ui.widgets.heatmap.columns import ReportHead
from coach.ui.widgets.rows import Row, Seg, cut, row_width, wrap
from coach.wording import listed

BANDS: tuple[Band, ...] = ("below", "near", "above", "unknown")


def cell_words(domain: DomainRow, head: ReportHead | None) -> Row:
    """What the marked cell says: the report, what it showed, and the band read from it."""
    weight = Seg(f"{text.number(domain.weight)} of 100 points by weight", "muted")
    cell = next((c for c in domain.cells if head and c.report == head.report), None)
    if head is None:
        return (weight,)
    day = text.day(head.at) if head.at else "no date"
    if cell is None:
        return (Seg(f"{day}: on other skills  ·  ", "muted"), weight)
    if isinstance(cell.value, int):
        shown = f"{'bar' if cell.origin == 'bar' else 'result'} {cell.value}, read as "
    elif cell.value:
        shown = f"“{text.visible(cell.value)}”, read as "
    else:
        shown = ""
    told = (Seg(f"{day}: {shown}", "muted"), Seg(text.BAND_WORD[cell.band], f"{cell.band} strong"))
    if cell.mapped:
        return (*told, Seg(f"  ·  from {listed(cell.mapped)}", "muted"))
    return (*told, Seg("  ·  ", "faint"), weight)


def legend(width: int) -> list[Row]:
    """The four bands with their colours and letters, and whose reading they are."""
    chips: list[Seg] = []
    for band in BANDS:
        chips += [Seg(f" {text.BAND_LETTER[band]} ", f"cell-{band}"), Seg(f" {band}  ", "muted")]
    for said in ("Bands are your own reading of the report.", "Bands are your own reading."):
        if row_width(chips) + len(said) <= width:
            return [(*chips, Seg(said, "faint"))]
    return [tuple(chips), (Seg(text.clip(said, width), "faint"),)]


def foot_rows(
    heatmap: Heatmap, domain: DomainRow | None, head: ReportHead | None, width: int
) -> list[Row]:
    """All lines below the grid in `width` cells."""
    rows: list[Row] = []
    if domain is not None:
        rows.append(cut(cell_words(domain, head), width))
    if heatmap.domains:
        rows += legend(width)
    else:
        words = (
            f"No outline of {text.visible(heatmap.exam)} is known: there are no domains to show."
        )
        rows += [(Seg(line, "muted"),) for line in wrap(words, width, 3)]
    for note in heatmap.notes:
        rows += [(Seg(line, "faint"),) for line in wrap(text.told(note.text), width, 2)]
    return rows
