"""How the domains of an earlier outline continue in the newest one: what is mapped, and mapping."""

from collections.abc import Sequence

import msgspec

from coach.exchange.plain import quoted
from coach.model.documents import MappedDomain, Mappings, OutlineMap
from coach.model.exam import Outline
from coach.model.facts import Facts
from coach.model.settings import OutlineMapping
from coach.reading.mapping import mapping_between, suggested
from coach.reading.outlines import outline_by_id
from coach.service.drafts import MappingDraft
from coach.service.exam_facts import ExamFacts
from coach.service.reader import Reader
from coach.service.report_texts import match_domain
from coach.service.world import Edit, World, tracked_code, tracking, with_entry


def mappings_of(view: ExamFacts) -> Mappings:
    """The user's mappings onto the outline of the newest report, with what Coach proposes."""
    outline = view.outline
    maps = tuple(_map(view, earlier, outline) for earlier in _others(view)) if outline else ()
    return Mappings(exam=view.code, outline=outline.id if outline else None, maps=maps)


def _map(view: ExamFacts, earlier: Outline, outline: Outline) -> OutlineMap:
    given = mapping_between(view.tracked.mappings, earlier.id, outline.id)
    proposed = suggested(earlier, outline)
    return OutlineMap(
        earlier=earlier.id,
        outline=outline.id,
        domains=tuple(
            MappedDomain(name=d.name, to=given.get(d.name), suggested=proposed.get(d.name))
            for d in earlier.domains
        ),
    )


def _others(view: ExamFacts) -> tuple[Outline, ...]:
    """The other outlines that reports are on, in the order of the reports."""
    ids = dict.fromkeys(report.outline for _, report in view.reported)
    found = (outline_by_id(view.exam, one) for one in ids if one is not None)
    return tuple(outline for outline in found if outline and outline != view.outline)


def set_mappings(world: World, facts: Facts, drafts: Sequence[MappingDraft]) -> Edit:
    """Keep how domains of earlier outlines continue in the outline of the newest report.

    Raises `Refusal` where any of them cannot be kept; none is then.
    """
    edits: list[Edit] = []
    for draft in drafts:
        edits.append(_set_mapping(world, edits[-1].facts if edits else facts, draft))
    texts = dict.fromkeys(edit.message for edit in edits)
    labels = dict.fromkeys(edit.label or "" for edit in edits)
    return msgspec.structs.replace(edits[-1], label="; ".join(labels), message=" ".join(texts))


def _set_mapping(world: World, facts: Facts, draft: MappingDraft) -> Edit:
    exam = world.exam(tracked_code(facts, draft.exam))
    facts = tracking(facts, exam.code)
    view = ExamFacts(world, facts, exam.code)
    reader = Reader(world.zone)
    earlier = _earlier(reader, view, draft.earlier.strip())
    reader.finish()
    assert earlier is not None
    assert view.outline is not None
    given = mapping_between(view.tracked.mappings, earlier.id, view.outline.id)
    pairs = {} if draft.clear else dict(given)
    if draft.suggested:
        pairs = suggested(earlier, view.outline) | pairs
    for old_text, new_text in draft.pairs:
        old = match_domain(reader, exam, earlier, old_text)
        new = match_domain(reader, exam, view.outline, new_text) if new_text.strip() else None
        if old is not None:
            pairs.pop(old, None)
        if old is not None and new is not None:
            pairs[old] = new
    reader.finish()
    mapping = OutlineMapping(earlier=earlier.id, outline=view.outline.id, domains=pairs)
    return _edit(facts, view, mapping)


def _earlier(reader: Reader, view: ExamFacts, asked: str) -> Outline | None:
    """The outline to map from: the one asked for, else the only other one in use."""
    others = _others(view)
    if asked:
        found = outline_by_id(view.exam, asked)
        if found is not None and view.outline is not None and found != view.outline:
            return found
        text = f"from: {quoted(asked)} is not another outline of {view.code}; "
    elif len(others) == 1:
        return others[0]
    else:
        text = "from: missing; " if others else f"from: every report of {view.code} is on one "
        text += "" if others else "outline, so there is nothing to map; "
    known = [o.id for o in (others or view.exam.outlines) if o != view.outline]
    reader.refuse("from", f"{text}outlines to map from are {', '.join(known) or 'none'}.")
    return None


def _edit(facts: Facts, view: ExamFacts, mapping: OutlineMapping) -> Edit:
    entry = view.tracked
    others = tuple(
        m for m in entry.mappings if (m.earlier, m.outline) != (mapping.earlier, mapping.outline)
    )
    kept = (*others, mapping) if mapping.domains else others
    entry = msgspec.structs.replace(entry, mappings=kept)
    count = len(mapping.domains)
    text = f"{count} of outline {mapping.earlier} mapped onto {mapping.outline}"
    return Edit(
        facts=with_entry(facts, entry),
        label=f"{view.code} domains: {text}",
        message=f"{view.code} domains: {text}.",
        exam=view.code,
    )
