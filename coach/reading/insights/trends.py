"""Trends: what changed in the domains and the score from one report of an exam to the next."""

from collections.abc import Iterable
from itertools import takewhile

from coach.model.answers import DomainRow, Insight, Trend
from coach.model.attempt import Band, Method
from coach.reading.bands import BAND_PHRASE, GAP
from coach.reading.insights.context import InsightContext
from coach.wording import counted, duration, listed

FLAT_POINTS = 20
"""A change of score up to this many points says nothing (own)."""
METHOD_WORDS: dict[Method, str] = {
    "reading": "reading",
    "videos": "videos",
    "labs": "labs",
    "questions": "practice questions",
    "scenarios": "scenarios",
    "course": "a course",
    "study-partner": "a study partner",
}
_CHANGES: dict[str, set[Method]] = {
    "labs instead of reading": {"labs"},
    "a course or study partner instead of studying alone": {"course", "study-partner"},
}
_LAST_RESORT = "scenarios that combine several domains, and another author's material"


def improved(context: InsightContext) -> Insight | None:
    """A domain rose: what was done there worked, so carry it to the rest [MU-02-04]."""
    rows = _rows(context, "improved")
    if not rows:
        return None
    names = [row.name for row in rows]
    behind = [row.name for row in context.heatmap.domains if row.gap and row not in rows]
    ways = _in_words(_methods_used(context, names))
    little = context.little_study
    return context.found(
        "improved",
        names,
        "" if little is None else "little study",
        moves=_moves(rows),
        ways=f": {ways}" if ways else "",
        onto=f" with {listed(behind)}" if behind else "",
        studied=duration(little or 0),
    )


def declined(context: InsightContext) -> Insight | None:
    """A domain fell [MU-05, MU-06]."""
    rows = _rows(context, "declined")
    return context.found("declined", (r.name for r in rows), moves=_moves(rows)) if rows else None


def stuck_near(context: InsightContext) -> Insight | None:
    """A domain is near again: the basics are there, depth is not [MU-07, MU-08]."""
    return _again(context, "stuck-near", _rows(context, "stuck", "near"))


def persistent_weakness(context: InsightContext) -> Insight | None:
    """A domain is below again [MU-16, MU-23]."""
    return _again(context, "persistent-weakness", _rows(context, "stuck", "below"))


def steady_strength(context: InsightContext) -> Insight | None:
    """A domain is above again: upkeep is enough [MU-15]."""
    return _again(context, "steady-strength", _rows(context, "steady"))


def _again(context: InsightContext, code: str, rows: list[DomainRow]) -> Insight | None:
    if not rows:
        return None
    names = [row.name for row in rows]
    count = max(len(row.cells) - len(_known(row)) for row in rows)
    skipped = f" ({counted(count, 'report')} without a band passed over.)" if count else ""
    return context.found(code, names, names=listed(names), skipped=skipped)


def outline_changed(context: InsightContext) -> Insight | None:
    """The outline changed between reports, which cuts the domain trends [MU-20]."""
    note = next((n for n in context.heatmap.notes if n.code == "outline-changed"), None)
    if context.failed is None or note is None:
        return None
    return context.found(note.code, source=note.source, text=note.text)


def _rows(context: InsightContext, trend: Trend, band: Band | None = None) -> list[DomainRow]:
    """The domains with this trend, none after a pass; `band` is the one of the newest report
    that shows the domain."""
    rows = context.heatmap.domains if context.failed else ()
    return [r for r in rows if r.trend == trend and (band is None or _known(r)[-1] == band)]


def _known(row: DomainRow) -> list[Band]:
    return [cell.band for cell in row.cells if cell.band != "unknown"]


def _moves(rows: list[DomainRow]) -> str:
    return listed(
        f"{row.name} {'rose' if GAP[now] < GAP[before] else 'fell'} from {BAND_PHRASE[before]} "
        f"to {BAND_PHRASE[now]}"
        for row in rows
        for before, now in [_known(row)[-2:]]
    )


def score_change(context: InsightContext) -> Insight | None:
    """The newest score against the one before it, on the same exam [MU-09-14, MU-18]."""
    if context.failed is None or len(context.scores) < 2:
        return None
    before, newest = context.scores[-2:]
    if abs(newest - before) <= FLAT_POINTS:
        flat = takewhile(lambda s: abs(s - newest) <= FLAT_POINTS, reversed(context.scores))
        same = [str(score) for score in flat][::-1]
        return context.found(
            "score-flat",
            case="again" if len(same) > 2 else "",
            scores=" to ".join(same),
            points=FLAT_POINTS,
            run=len(same),
            change=_change_of_method(context),
        )
    if newest < before:
        change = _change_of_method(context)
        return context.found("score-down", before=before, newest=newest, change=change)
    little = context.little_study
    case, studied = "" if little is None else "little study", duration(little or 0)
    return context.found("score-up", case=case, before=before, newest=newest, studied=studied)


def same_score(context: InsightContext) -> Insight | None:
    """The same score twice is normal [MU-22]."""
    newest = context.scores[-2:]
    if context.failed is None or len(newest) < 2 or newest[0] != newest[1]:
        return None
    return context.found("same-score", source=context.vendor_says, score=newest[0])


def _methods_used(context: InsightContext, domains: Iterable[str]) -> list[Method]:
    """How these domains were studied before the newest sitting."""
    known = context.latest.methods if context.latest else {}
    used = {method for name in domains for method in known.get(name, ())}
    return [method for method in METHOD_WORDS if method in used]


def _in_words(methods: Iterable[Method]) -> str:
    return listed(METHOD_WORDS[method] for method in methods)


def _change_of_method(context: InsightContext) -> str:
    """What to try instead: the two ways out that the article names, without one that was used
    [MU-14]."""
    used = _methods_used(context, context.latest.methods if context.latest else ())
    options = [text for text, methods in _CHANGES.items() if not methods & set(used)]
    said = f" You have worked with {_in_words(used)}." if used else ""
    return f"Change how you learn: {', or '.join(options) or _LAST_RESORT}.{said}"
