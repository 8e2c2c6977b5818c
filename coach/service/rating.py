"""The use case of rating oneself before there is a report, and the answer about it."""

from msgspec.structs import replace

from coach.exchange.plain import quoted
from coach.model.answers import RatedName, Rating
from coach.model.attempt import Band, Observation
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import Reason
from coach.model.settings import SelfRating
from coach.reading.bands import ACCEPTED_WORDS, band_of, parse_band
from coach.reading.outlines import known_topic
from coach.reading.priority import carried_over
from coach.service.context import Edit, World, entry_edit
from coach.service.drafts import RatingDraft
from coach.service.exam_facts import ExamFacts, opened
from coach.service.input_parser import InputParser
from coach.service.reports import match_domain
from coach.service.settings import target_edit, with_target
from coach.wording import capital, counted, phrased


def rate(world: World, facts: Facts, draft: RatingDraft) -> Edit:
    """Keep the user's own bands of domains and topics; those not named stay as they were."""
    view, reader = opened(world, facts, draft.exam)
    old = None if draft.clear else view.tracked.rating
    rating = _read(reader, view, draft, old or SelfRating(at=world.now))
    entry, goal = view.tracked, Phrase()
    warnings: tuple[str, ...] = ()
    if draft.target:
        entry, goal, warnings = with_target(reader, view, draft.target)
    reader.finish()
    before = (old.bands, old.topics) if old else ({}, {})
    if goal and not draft.clear and (rating.bands, rating.topics) == before:
        return target_edit(view.facts, entry, goal, warnings)
    message = _kept(view, rating)
    if goal:
        message = Phrase(" ").join((message, phrased("{}.", capital(goal)), *warnings))
    entry = replace(entry, rating=rating if rating.bands or rating.topics else None)
    trigger = Reason(code="self-rating", text=Phrase("your self-rating changed"))
    return entry_edit(view.facts, entry, "self-rating", message, trigger)


def _read(reader: InputParser, view: ExamFacts, draft: RatingDraft, old: SelfRating) -> SelfRating:
    """The old rating with what the draft says."""
    bands, topics, source = dict(old.bands), dict(old.topics), old.from_predecessor
    if draft.from_predecessor:
        source, carried = predecessor_bands(view)
        wrong = f"no exam that {view.code} succeeds has a report here"
        if source is not None:
            wrong = f"no domain of {source} is known to continue in {view.code}"
        if not carried:
            reader.refuse("from-predecessor", f"{wrong}; rate the domains with --band.")
        bands |= carried
    for name, text in draft.bands:
        domain = match_domain(reader, view.exam, view.outline, name, f"domain:{name}")
        _put(bands, domain, _band(reader, view.exam, name, text))
    for name, text in draft.topics:
        topic = known_topic(view.outline, name)
        if topic is None:
            what = f"{quoted(name)} is no topic of the outline; type one of `coach exams show`."
            reader.refuse(f"topic:{name}", what)
        _put(topics, topic, _band(reader, view.exam, name, text))
    return SelfRating(at=view.world.now, bands=bands, topics=topics, from_predecessor=source)


def _kept(view: ExamFacts, rating: SelfRating) -> str:
    """What is kept of a rating, in words."""
    counts = ((len(rating.bands), "domain"), (len(rating.topics), "topic"))
    said = " and ".join(counted(n, noun) for n, noun in counts if n)
    if not said:
        return f"{view.code}: no self-rating is kept."
    waits = " The newest report stands before it." if view.latest and rating.bands else ""
    return f"{view.code} self-rating kept: {said}.{waits}"


def _put(rated: dict[str, Band], name: str | None, band: Band | None) -> None:
    """Note a band; unknown takes back what was rated."""
    if name is not None and band is not None:
        rated.pop(name, None)
        if band != "unknown":
            rated[name] = band


def _band(reader: InputParser, exam: Exam, name: str, text: str) -> Band | None:
    parsed = parse_band(text, exam.policy)
    if parsed is None:
        wrong = f"{quoted(text)} for {quoted(name)} is no band" if text else "missing"
        accepted = f"type one of {', '.join(ACCEPTED_WORDS[:4])}"
        reader.refuse(f"domain:{name}", wrong, "band", accepted=accepted)
        return None
    return band_of(Observation(domain=name, origin=parsed[0], word=parsed[1]), exam.policy)


def predecessor_bands(view: ExamFacts) -> tuple[str | None, dict[str, Band]]:
    """The exam that this one succeeds and has a report of, and the bands its newest report
    suggests."""
    for code in sorted({report.exam for report in view.facts.reports.values()}):
        exam = view.world.catalogue.exam(code)
        if exam is None or exam.successor != view.code or view.outline is None:
            continue
        newest = ExamFacts(view.world, view.facts, code).latest
        if newest is not None:
            return code, carried_over(exam, newest, view.outline)
    return None, {}


def rating_of(view: ExamFacts) -> Rating:
    """The self-rating as it stands, and what the predecessor's report would suggest."""
    kept = view.tracked.rating
    rating = kept or SelfRating(at=view.world.now)
    predecessor, offered = predecessor_bands(view)
    names = [domain.name for domain in view.outline.domains] if view.outline else []
    domains = ((name, rating.bands.get(name, "unknown")) for name in names)
    return Rating(
        exam=view.code,
        at=view.local(kept.at) if kept else None,
        domains=tuple(RatedName(name=name, band=band) for name, band in domains),
        topics=tuple(RatedName(name=name, band=band) for name, band in rating.topics.items()),
        from_predecessor=rating.from_predecessor,
        predecessor=predecessor,
        offered=tuple(RatedName(name=name, band=band) for name, band in offered.items()),
        basis=view.basis,
    )
