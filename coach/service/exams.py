"""Use cases around the catalogue: find an exam, show it, add one, match an old outline."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from coach.catalogue import CatalogueError
from coach.dates import Moment, read_when
from coach.exchange.plain import quoted
from coach.model import made_from
from coach.model.attempt import Band
from coach.model.exam import Exam, Outline
from coach.model.facts import Facts
from coach.model.material import (
    DomainDetail,
    ExamDetail,
    ExamRow,
    MappedDomain,
    Mappings,
    OutlineDetail,
    OutlineMap,
)
from coach.model.settings import OutlineMapping
from coach.policy.dates import exam_status
from coach.reading.bands import band_of, observation
from coach.reading.outlines import (
    outline_by_id,
    outline_in_force,
    point_weights,
    study_guide,
)
from coach.reading.priority import mapping_between, suggested
from coach.service.context import Edit, World, entry_edit
from coach.service.drafts import MappingDraft
from coach.service.exam_facts import ExamFacts, opened
from coach.service.input_parser import InputParser
from coach.service.refusal import Problem, Refusal
from coach.service.reports import match_domain
from coach.storage.files import StorageError, replace_file


def find(world: World, query: str = "") -> tuple[ExamRow, ...]:
    """The exams whose code, names or vendor have every word of `query`: codes that begin with it
    first, then titles that hold it as it stands."""
    words = query.casefold().split()
    begin, phrase = _plain("".join(words)), " ".join(words)

    def fits(exam: Exam) -> bool:
        text = " ".join((exam.code, exam.title, exam.vendor, *exam.aliases)).casefold()
        return all(word in text or _plain(word) in _plain(exam.code) for word in words)

    def rank(row: ExamRow) -> tuple[bool, bool, str]:
        title = row.title.casefold()
        return not _plain(row.code).startswith(begin), phrase not in title, row.code

    rows = (
        made_from(ExamRow, exam, status=exam_status(exam, world.policy(exam), world.now))
        for exam in world.catalogue.heads()
        if fits(exam)
    )
    return tuple(sorted(rows, key=rank))


def _plain(code: str) -> str:
    return code.casefold().replace("-", "")


def detail(world: World, code: str, on: date | None = None) -> ExamDetail:
    """One exam in full, the outline in force on `on` (default: today) first."""
    exam = world.exam(code)
    policy = world.policy(exam)
    published = policy.scoring is not None and exam.passing_score in policy.scoring.pass_marks
    scoring = policy.scoring if published else None
    now, _ = outline_in_force(exam, on or world.now.date())
    ordered = sorted(exam.outlines, key=lambda outline: outline is not now)
    return made_from(
        ExamDetail,
        exam,
        status=exam_status(exam, policy, world.now),
        outlines=tuple(_outline(exam, outline) for outline in ordered),
        pass_mark_source=scoring.source if scoring else None,
        pass_mark_as_of=scoring.as_of if scoring else None,
        proctored=policy.proctored,
    )


def outline_for(
    world: World, code: str, at: str = "", outline_id: str = ""
) -> OutlineDetail | None:
    """The outline that a report with these texts would use, None where the exam has none.

    A time that cannot be read counts as today.
    """
    exam = world.exam(code)
    if outline_id:
        found = outline_by_id(exam, outline_id)
    else:
        moment = read_when(at, world.now, world.zone, "back")
        day = moment.at.date() if isinstance(moment, Moment) else world.now.date()
        found, _ = outline_in_force(exam, day)
    return _outline(exam, found) if found else None


def band_for(world: World, code: str, text: str) -> Band | None:
    """The band of a word or bar as typed, None where it is not accepted."""
    exam = world.exam(code)
    seen = observation("", text, exam.policy)
    return band_of(seen, exam.policy) if seen else None


def _outline(exam: Exam, outline: Outline) -> OutlineDetail:
    return made_from(
        OutlineDetail,
        outline,
        study_guide=study_guide(exam, outline),
        weighted=outline.weighted,
        domains=tuple(
            made_from(DomainDetail, domain, weight=float(weight))
            for domain, weight in zip(outline.domains, point_weights(outline), strict=True)
        ),
    )


def add(world: World, folder: Path, path: Path) -> Exam:
    """Check a user's exam file and copy it to the folder of their catalogue, in place of an earlier
    one of that code; raises `Refusal` with what is wrong and where."""
    try:
        exam = world.catalogue.read_new(path)
        replace_file(folder / "exams" / f"{exam.code}.toml", path.read_bytes())
    except (CatalogueError, StorageError) as error:
        raise Refusal(Problem("file", str(error), "")) from error
    return exam


def mappings_of(view: ExamFacts) -> Mappings:
    """The user's mappings onto the outline of the newest report, with what Coach proposes."""
    outline = view.outline
    if outline is None:
        return Mappings(exam=view.code, outline=None, maps=())
    maps = []
    for earlier in _others(view):
        given = mapping_between(view.tracked.mappings, earlier.id, outline.id)
        proposed = suggested(earlier, outline)
        domains = tuple(
            MappedDomain(name=d.name, to=given.get(d.name), suggested=proposed.get(d.name))
            for d in earlier.domains
        )
        maps.append(OutlineMap(earlier=earlier.id, outline=outline.id, domains=domains))
    return Mappings(exam=view.code, outline=outline.id, maps=tuple(maps))


def _others(view: ExamFacts) -> tuple[Outline, ...]:
    """The other outlines that reports are on, in the order of the reports."""
    ids = dict.fromkeys(report.outline for _, report in view.reported)
    found = (outline_by_id(view.exam, one) for one in ids if one is not None)
    return tuple(outline for outline in found if outline and outline != view.outline)


def set_mappings(world: World, facts: Facts, *drafts: MappingDraft) -> Edit:
    """Keep how domains of earlier outlines continue in the outline of the newest report.

    Raises `Refusal` where any of them cannot be kept; none is then.
    """
    edits: list[Edit] = []
    for draft in drafts:
        edits.append(_set_mapping(world, edits[-1].facts if edits else facts, draft))
    texts = dict.fromkeys(edit.message for edit in edits)
    labels = dict.fromkeys(edit.label or "" for edit in edits)
    return replace(edits[-1], label="; ".join(labels), message=" ".join(texts))


def _set_mapping(world: World, facts: Facts, draft: MappingDraft) -> Edit:
    view, reader = opened(world, facts, draft.exam)
    earlier = _earlier(reader, view, draft.earlier.strip())
    reader.finish()
    assert earlier is not None
    assert view.outline is not None
    given = mapping_between(view.tracked.mappings, earlier.id, view.outline.id)
    pairs = {} if draft.clear else dict(given)
    if draft.suggested:
        pairs = suggested(earlier, view.outline) | pairs
    for old_text, new_text in draft.pairs:
        old = match_domain(reader, view.exam, earlier, old_text)
        new = match_domain(reader, view.exam, view.outline, new_text) if new_text.strip() else None
        if old is not None:
            pairs.pop(old, None)
        if old is not None and new is not None:
            pairs[old] = new
    reader.finish()
    ids = earlier.id, view.outline.id
    entry = view.tracked
    kept = tuple(m for m in entry.mappings if (m.earlier, m.outline) != ids)
    if pairs:
        kept += (OutlineMapping(earlier=ids[0], outline=ids[1], domains=pairs),)
    what = f"domains: {len(pairs)} of outline {ids[0]} mapped onto {ids[1]}"
    return entry_edit(view.facts, replace(entry, mappings=kept), what, f"{view.code} {what}.")


def _earlier(reader: InputParser, view: ExamFacts, asked: str) -> Outline | None:
    """The outline to map from: the one asked for, else the only other one in use."""
    others = _others(view)
    if asked:
        found = outline_by_id(view.exam, asked)
        if found is not None and view.outline is not None and found != view.outline:
            return found
        text = f"{quoted(asked)} is not another outline of {view.code}; "
    elif len(others) == 1:
        return others[0]
    else:
        text = "missing; " if others else f"every report of {view.code} is on one "
        text += "" if others else "outline, so there is nothing to map; "
    known = [o.id for o in (others or view.exam.outlines) if o != view.outline]
    reader.refuse("from", f"{text}outlines to map from are {', '.join(known) or 'none'}.")
    return None
