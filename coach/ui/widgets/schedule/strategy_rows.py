"""The strategies side by side: what each gives to every domain, as one stacked bar each."""

from collections.abc import Sequence

from coach.model.documents import StrategySplit
from coach.model.plan import Strategy
from coach.ui import text
from coach.ui.widgets.rows import Page, Row, Seg, cut, pad, wrap
from coach.ui.widgets.schedule.view import PlanView
from coach.wording import duration

MEANING: dict[Strategy, str] = {
    "two-tier": "70 % to every below and the heaviest near, 30 % to the other nears.",
    "priority": "Weight times gap: a heavy near may get more than a light below.",
    "balanced": "Weight times gap, evened out the more hours there are; strong domains stay warm.",
}


def strategy_page(splits: Sequence[StrategySplit], marked: int, view: PlanView, width: int) -> Page:
    """The rows for all splits, with a span for each; the one at index `marked` has a pointer."""
    rows: list[Row] = []
    spans: dict[str, tuple[int, int]] = {}
    used = next((dict(split.minutes) for split in splits if split.chosen), {})
    for index, split in enumerate(splits):
        first = len(rows)
        given = dict(split.minutes)
        rows += _heading(split, index == marked, width)
        rows += [_bar(given, view, width - 2), *_legend(given, used, view, width)]
        rows += [*_warnings(split, width), ()]
        spans[split.strategy] = (first, len(rows))
    rows += [(Seg(line, "muted"),) for line in wrap(_spread(splits, view), width, 3)]
    return Page((), tuple(rows), spans)


def _heading(split: StrategySplit, marked: bool, width: int) -> list[Row]:
    pointer = Seg("▸ " if marked else "  ", "accent")
    name = Seg(split.strategy, "accent" if marked else "heading")
    tag = Seg("  in use" if split.chosen else "", "muted")
    words = wrap(MEANING[split.strategy], width - 2, 2)
    return [(pointer, name, tag), *((Seg("  "), Seg(line, "muted")) for line in words)]


def _warnings(split: StrategySplit, width: int) -> list[Row]:
    return [
        (Seg("  ! " if not index else "    ", "warn"), Seg(line, "warn"))
        for warning in split.warnings
        for index, line in enumerate(wrap(text.told(warning.text), width - 4, 4))
    ]


def _bar(given: dict[str, int], view: PlanView, width: int) -> Row:
    total = sum(given.values())
    cells: list[Seg] = [Seg("  ")]
    end = drawn = 0
    for domain in view.domains:
        end += given.get(domain.name, 0)
        upto = round(end / total * width) if total else 0
        if upto > drawn:
            label = f" {domain.letter}" if upto - drawn > 2 else ""
            cells.append(Seg(text.fit(label, upto - drawn), f"fill-{domain.tone}"))
        drawn = upto
    return pad(tuple(cells), width + 2, "track")


def _legend(given: dict[str, int], used: dict[str, int], view: PlanView, width: int) -> list[Row]:
    rows: list[list[Seg]] = [[Seg("  ")]]
    for domain in view.domains:
        minutes = _rounded(given.get(domain.name, 0))
        change = minutes - _rounded(used.get(domain.name, 0)) if used else 0
        item = [
            Seg(f"{domain.letter} ", f"tone-{domain.tone} strong"),
            Seg(duration(minutes) if minutes else "–", "ink"),
            Seg(f" {_signed(change)}" if change else "", "warn"),
            Seg("   "),
        ]
        if sum(len(seg.text) for seg in (*rows[-1], *item)) > width:
            rows.append([Seg("  ")])
        rows[-1] += item
    return [cut(tuple(row), width) for row in rows]


def _rounded(minutes: int) -> int:
    """To five minutes, as blocks are: a share of hours is no more exact than that."""
    return round(minutes / 5) * 5


def _signed(minutes: int) -> str:
    return f"{'+' if minutes > 0 else '−'}{duration(abs(minutes))}"


def _spread(splits: Sequence[StrategySplit], view: PlanView) -> str:
    """How far the strategies lie apart, in the domain where they differ most."""
    worst, apart = "", 0
    for domain in view.domains:
        given = [dict(split.minutes).get(domain.name, 0) for split in splits]
        if given and max(given) - min(given) > apart:
            worst, apart = domain.name, max(given) - min(given)
    if not apart:
        return "All of them give the same here."
    return f"They differ most in {text.visible(worst)}: by {duration(apart)} in all."
