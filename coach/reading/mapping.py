"""Reading a report on one outline as if it were on another, by the user's own mapping."""

from collections.abc import Sequence
from fractions import Fraction

from coach.model.attempt import Band, Report
from coach.model.exam import Exam, Outline
from coach.model.settings import OutlineMapping
from coach.reading.bands import GAP
from coach.reading.outlines import outline_by_id, point_weights
from coach.reading.priority import band_in
from coach.reading.subjects import folded, subjects_of

_BAND: dict[int, Band] = {2: "below", 1: "near", 0: "above"}


def mapping_between(
    mappings: Sequence[OutlineMapping], earlier: str | None, outline: str
) -> dict[str, str]:
    """The pairs that lead from one outline to another, {} where the user gave none."""
    for mapping in mappings:
        if (mapping.earlier, mapping.outline) == (earlier, outline):
            return mapping.domains
    return {}


def suggested(earlier: Outline, outline: Outline) -> dict[str, str]:
    """Pairs to propose: domains of the same name, else the only two on the same subject (own)."""
    same = {folded(domain.name): domain.name for domain in outline.domains}
    pairs = {d.name: same[folded(d.name)] for d in earlier.domains if folded(d.name) in same}
    old = [d.name for d in earlier.domains if d.name not in pairs]
    new = [d.name for d in outline.domains if d.name not in pairs.values()]
    for name in old:
        subject = subjects_of(name)[:1]
        rivals = [other for other in old if subjects_of(other)[:1] == subject]
        fits = [other for other in new if subject and subject[0] in subjects_of(other)]
        if len(fits) == len(rivals) == 1:
            pairs[name] = fits[0]
    return {d.name: pairs[d.name] for d in earlier.domains if d.name in pairs}


def combined_band(exam: Exam, report: Report, names: Sequence[str]) -> Band:
    """One band for several domains of a report: their gaps by weight, halves to the worse; unknown
    where one of them is (own)."""
    outline = outline_by_id(exam, report.outline)
    if outline is None:
        return "unknown"
    weights = dict(_weights(outline))
    gaps = whole = Fraction(0)
    for name in names:
        band = band_in(outline, report, name, exam.policy)
        weight = weights.get(folded(name))
        if band == "unknown" or weight is None:
            return "unknown"
        gaps, whole = gaps + GAP[band] * weight, whole + weight
    return _BAND[int(gaps / whole + Fraction(1, 2))]


def _weights(outline: Outline) -> list[tuple[str, Fraction]]:
    names = [folded(domain.name) for domain in outline.domains]
    return list(zip(names, point_weights(outline), strict=True))
