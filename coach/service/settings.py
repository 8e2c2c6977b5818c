"""Use cases around what the user sets: hours, target, strategy, topic order, terms."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from coach.exchange.plain import quoted
from coach.model import made_from
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import FUTURES, STRATEGY_SETTINGS, Reason
from coach.model.policy import Notice, Policy, Terms
from coach.model.settings import (
    BusyTimes,
    Hours,
    Tracked,
    Weekday,
    Window,
    overlapping,
)
from coach.service.availability import busy_minutes_a_week, remark_text
from coach.service.context import Edit, World, entry_edit, exam_edit, tracked_code, tracking
from coach.service.drafts import HoursDraft, TermsDraft
from coach.service.exam_facts import ExamFacts, opened
from coach.service.input_parser import InputParser, notice_text
from coach.service.refusal import Problem, Refusal
from coach.wording import counted, duration, listed, phrased


def set_target(world: World, facts: Facts, code: str, when: str) -> Edit:
    """Set the date to plan for, or let it follow the booking and the report (`auto`).

    Refused where no sitting is legal at that time.
    """
    view, reader = opened(world, facts, code)
    return target_edit(view.facts, *with_target(reader, view, when))


def target_edit(facts: Facts, entry: Tracked, text: Phrase, warnings: tuple[str, ...]) -> Edit:
    """The edit of a date to plan for, from what `with_target` says."""
    message = Phrase(" ").join((phrased("{}: {}.", entry.id, text), *warnings))
    return entry_edit(facts, entry, text, message, Reason(code="target", text=text))


def with_target(
    reader: InputParser, view: ExamFacts, when: str
) -> tuple[Tracked, Phrase, tuple[str, ...]]:
    """What is set for the exam with that date to plan for, what changed, and what speaks against
    the date. Raises `Refusal` with all that the reader has found so far."""
    if when.strip().casefold() == "auto":
        entry = replace(view.tracked, target=None, target_time_known=True)
        return entry, Phrase("target follows the report"), ()
    moment = reader.moment("target", when)
    warnings = reader.allowed("target", view.booking_findings(moment)) if moment else ()
    reader.finish()
    assert moment is not None
    entry = replace(view.tracked, target=moment.at, target_time_known=moment.time_known)
    return entry, phrased("target {}", moment.at.date()), warnings


def set_strategy(world: World, facts: Facts, code: str, name: str) -> Edit:
    """Choose how the study time is split; without a code in every tracked exam."""
    every = not code and len(facts.tracked) > 1
    codes = sorted(facts.tracked) if every else [world.exam_meant(facts, code).code]
    reader = InputParser(world.now, world.zone)
    strategy = reader.choice("strategy", name, STRATEGY_SETTINGS, needed=True)
    reader.finish()
    facts = facts if every else tracking(facts, codes[0])
    entries = {each: replace(facts.tracked[each], strategy=strategy) for each in codes}
    names = listed(codes)
    return Edit(
        facts=replace(facts, tracked={**facts.tracked, **entries}),
        label=f"{names} strategy {strategy}",
        message=f"{names} {'are' if every else 'is'} planned with {strategy}.",
        trigger=Reason(code="strategy", text=phrased("strategy {}", strategy)),
        exam=None if every else codes[0],
    )


def select(world: World, facts: Facts, code: str) -> Edit:
    """Put an exam on screen, tracking it where it was not."""
    exam = world.exam(code)
    new = exam.code not in facts.tracked
    said = phrased("{} is {}", exam.code, "tracked" if new else "on screen")
    return Edit(
        facts=tracking(facts, exam.code),
        label=f"{said}." if new else None,
        message=f"{said}.",
        trigger=Reason(code="tracked", text=said) if new else None,
        exam=exam.code,
    )


def untrack(world: World, facts: Facts, code: str) -> Edit:
    """Follow an exam no longer: its settings and its plan go, its history stays. Studied sessions
    belong to the history."""
    code = world.exam(code).code
    _refuse_untracked(facts, code)
    tracked = {key: entry for key, entry in facts.tracked.items() if key != code}
    blocks = {key: b for key, b in facts.blocks.items() if b.exam != code or b.status == "done"}
    revisions = {key: r for key, r in facts.revisions.items() if r.exam != code}
    facts = replace(facts, tracked=tracked, blocks=blocks, revisions=revisions)
    if tracked and not any(entry.selected for entry in tracked.values()):
        facts = tracking(facts, min(tracked))
    what = "is tracked no longer"
    trigger = Reason(code="untracked", text=phrased("{} {}", code, what))
    message = f"{code} {what}; its sittings and results are kept."
    return exam_edit(facts, code, what, message, trigger)


def _refuse_untracked(facts: Facts, code: str) -> None:
    if code not in facts.tracked:
        known = ", ".join(sorted(facts.tracked)) or "none"
        raise Refusal(Problem("exam", f"{quoted(code)} is not tracked; tracked are {known}."))


def track_successor(world: World, facts: Facts, code: str) -> Edit:
    """Track the successor of a retired exam with its own attempt limit, its lessons as a note."""
    exam = world.exam(code)
    if exam.successor is None:
        raise Refusal(Problem("exam", f"no successor of {exam.code} is known."))
    view, _ = opened(world, facts, exam.successor)
    entry = view.tracked
    if not entry.lessons:
        entry = replace(entry, lessons=ExamFacts(world, facts, exam.code).lessons)
    said = phrased("{} is tracked", view.code)
    trigger = Reason(code="tracked", text=said)
    message = f"{said}, with its own attempt limit."
    return entry_edit(view.facts, entry, "tracked", message, trigger)


def set_topics(world: World, facts: Facts, code: str, domain: str, topics: tuple[str, ...]) -> Edit:
    """Keep the user's own order of the topics of one domain."""
    view, _ = opened(world, facts, code)
    entry = replace(view.tracked, topics={**view.tracked.topics, domain: topics})
    what, message = f"topics of {domain} reordered", f"Topic order of {domain} saved."
    trigger = Reason(code="topics", text=phrased("topic order of {} changed", domain))
    return entry_edit(view.facts, entry, what, message, trigger)


def replan(world: World, facts: Facts, code: str | None = None, *, future: str = "") -> Edit:
    """Ask for a new plan from the facts as they are; missed blocks find a new place. `future` is
    the way on after a gap."""
    code = tracked_code(facts, code)
    _refuse_untracked(facts, code)
    if future:
        return _way_on(world, facts, code, future)
    trigger = Reason(code="replan", text=Phrase("you asked for a new plan"))
    return exam_edit(facts, code, "re-planned", f"{code} re-planned.", trigger)


def _way_on(world: World, facts: Facts, code: str, future: str) -> Edit:
    """A new plan after a gap; what was missed is written off and named, or the date moves."""
    from coach.planning.futures import gap_of, on_the_way
    from coach.service.replanning import plan_request

    reader = InputParser(world.now, world.zone)
    kind = reader.choice("future", future, FUTURES)
    reader.finish()
    view = ExamFacts(world, facts, code)
    asked = plan_request(view)
    gap = gap_of(asked)
    if kind == "later":
        return set_target(world, facts, code, f"{on_the_way(asked, kind).end:%Y-%m-%d}")
    way = "fresh start" if kind == "fresh" else "fresh start with fewer topics"
    lost = f"{counted(len(gap.missed), 'missed session')} ({duration(gap.minutes)}) written off"
    text = phrased("{}, {}", way, lost if gap.missed else "nothing to write off")
    trigger = Reason(code="fresh", text=text)
    return exam_edit(facts, code, way, f"{code}: {text}.", trigger, future=kind)


# The lengths in minutes by the field of the draft: what they are of the hours, and their limits.
# A day takes no more than it has, a week neither; a block of 30 to 180.
LENGTHS = {
    "block": ("block_minutes", 30, 180),
    "breaks": ("break_minutes", 0, 60),
    "daily": ("daily_minutes", 20, 24 * 60),
    "weekly": ("weekly_minutes", 20, 7 * 24 * 60),
    "spare": ("spare_minutes", 0, 20 * 60),
}
CAPS = ("daily", "weekly")
NO_CAP = "none"
# How far ahead events are read; plans are shorter than that.
AHEAD = timedelta(days=400)


def set_hours(world: World, facts: Facts, draft: HoursDraft) -> Edit:
    """Change the hours for study; the plans of all tracked exams follow."""
    reader = InputParser(world.now, world.zone)
    old = facts.hours
    calendars, told = _calendars(reader, world, old, draft)
    days = set() if draft.clear else set(old.off)
    for text in draft.off:
        days.update(reader.days("off", text))
    named = any(text for _, text in draft.windows)
    anew = draft.clear or (named and not facts.hours_named)
    hours = Hours(
        windows=_windows(reader, {} if anew else dict(old.windows), draft),
        named=named or old.named,
        off=tuple(sorted(days)),
        calendars=calendars,
        **_lengths(reader, old, draft),
    )
    reader.finish()
    first = not facts.hours_named and (named or hours.windows != old.windows)
    return Edit(
        facts=replace(facts, settings={**facts.settings, hours.id: hours}),
        label="weekly hours changed",
        message=Phrase(" ").join(("Weekly hours saved.", *told)),
        trigger=Reason(
            code="first-hours" if first else "hours", text=Phrase("weekly hours changed")
        ),
    )


def _windows(
    reader: InputParser, windows: dict[Weekday, tuple[Window, ...]], draft: HoursDraft
) -> dict[Weekday, tuple[Window, ...]]:
    for weekday, text in draft.windows:
        day = reader.windows(weekday, text)
        if day is not None:
            windows[day[0]] = day[1]
    if clash := overlapping(windows):
        rule = "spans must not overlap, nor begin before one of the evening before is over"
        reader.refuse(clash, f"{rule}; join them into one.")
    return {day: spans for day, spans in windows.items() if spans}


def _lengths(reader: InputParser, old: Hours, draft: HoursDraft) -> dict[str, Any]:
    """What the draft sets in minutes, and what stays; a cap may be lifted."""
    lengths = {}
    for field, (name, low, high) in LENGTHS.items():
        text = getattr(draft, field).strip()
        lengths[name] = getattr(old, name)
        if field in CAPS and text.casefold() == NO_CAP:
            lengths[name] = None
        elif text:
            lengths[name] = reader.whole(field, text, low, high)
    return lengths


def _calendars(
    reader: InputParser, world: World, old: Hours, draft: HoursDraft
) -> tuple[tuple[BusyTimes, ...], tuple[str, ...]]:
    """The calendars from now on, and what to tell about a file that was read."""
    named = draft.busy_name.strip()
    kept = {calendar.name.casefold(): calendar for calendar in old.every_calendar}
    if draft.no_busy and named and named.casefold() not in kept:
        known = ", ".join(quoted(calendar.name) for calendar in kept.values()) or "none"
        reader.refuse("busy", f"no calendar {quoted(named)} was read; read are {known}.")
    elif draft.no_busy:
        kept = {key: kept[key] for key in kept if named and key != named.casefold()}
    elif (named or draft.all_day) and not draft.busy.strip():
        reader.refuse("busy", "missing; name the .ics file to read.")
    whole_days = reader.choice("all-day", draft.all_day, ("busy", "free"))
    path = Path(draft.busy.strip()).expanduser()
    name = named or path.name
    before = kept.get(name.casefold())
    choice = before is None or before.whole_days if whole_days is None else whole_days == "busy"
    read = _read_calendar(reader, world, path, name, choice) if draft.busy.strip() else None
    if read is None:
        return tuple(kept.values()), ()
    week = duration(busy_minutes_a_week(read))
    told = (
        phrased(
            "{:busy time} until {} read from {}, {} a week.",
            len(read.spans),
            read.until.astimezone(world.zone).date(),
            quoted(name),
            week,
        ),
        *(remark_text(remark, world.zone) for remark in read.remarks),
    )
    return tuple({**kept, name.casefold(): read}.values()), told


def _read_calendar(
    reader: InputParser, world: World, path: Path, name: str, whole_days: bool
) -> BusyTimes | None:
    """The busy times of an .ics file, None where it cannot be read."""
    # Imported late: reading calendars costs 100 ms, and only this needs it.
    from coach.exchange.calendar_in import LARGEST_FILE, busy_times

    try:
        if not (path.is_file() or path.is_dir()) and path.exists():  # it could be read for ever
            raise ValueError("it is no ordinary file")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        until = world.now + AHEAD
        found = busy_times(data, world.zone, world.now, until, whole_days=whole_days)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        wrong = f"{quoted(str(path))}: {reason}; name an .ics file that can be read."
        reader.refuse("busy", wrong)
        return None
    return made_from(BusyTimes, found, name=name, read=world.now, whole_days=whole_days)


LONGEST_NOTICE = {"hours": 24 * 90, "business-days": 60}
_NOTICE = r"(\d{1,4})\s*(h|hours?|bd|business[ -]days?)"


def terms_draft(world: World, facts: Facts, code: str | None = None) -> TermsDraft:
    """The stored terms of an exam as texts to edit."""
    code = world.exam_meant(facts, code).code
    terms = facts.tracked.get(code, Tracked(id=code)).terms
    texts = {name: str(value or "") for name, value in msgspec.structs.asdict(terms).items()}
    notice = notice_text(terms.change_notice) if terms.change_notice else ""
    return TermsDraft(**{**texts, "change_notice": notice})


def terms_fields(world: World, facts: Facts, code: str) -> tuple[str, ...]:
    """The names of the terms to ask for: those on which a date depends, and those that are
    stored all the same, so that they can be taken back."""
    exam = world.exam(code)
    idle = _without_effect(exam, world.policy(exam))
    stored = terms_draft(world, facts, code)
    return tuple(
        name for name in stored.__struct_fields__ if name not in idle or getattr(stored, name)
    )


def set_terms(world: World, facts: Facts, code: str, draft: TermsDraft) -> Edit:
    """Replace the terms of an exam, and plan again. A term on which no date of its vendor's
    policy depends is refused, so that none is kept in vain."""
    view, reader = opened(world, facts, code)
    terms = Terms(
        purchased=reader.day("purchased", draft.purchased, "back"),
        voucher_expires=reader.day("voucher_expires", draft.voucher_expires),
        change_notice=_notice(reader, draft.change_notice),
        accommodations=reader.day("accommodations", draft.accommodations, "back"),
        eligible_from=reader.day("eligible_from", draft.eligible_from, "back"),
        renewed_until=reader.day("renewed_until", draft.renewed_until),
    )
    for field, text in _without_effect(view.exam, view.policy).items():
        if getattr(terms, field):
            reader.refuse(field, f"{text}; leave it empty.")
    reader.finish()
    entry = replace(view.tracked, terms=terms)
    trigger = Reason(code="terms", text=Phrase("terms of the exam changed"))
    message = f"Terms of {view.code} saved."
    return entry_edit(view.facts, entry, "terms changed", message, trigger)


def _notice(reader: InputParser, text: str) -> Notice | None:
    if not text.strip():
        return None
    match = re.fullmatch(_NOTICE, text.strip().casefold())
    if match:
        amount, unit = int(match[1]), "hours" if match[2].startswith("h") else "business-days"
        if amount <= LONGEST_NOTICE[unit]:
            return Notice(amount=amount, unit=unit)  # type: ignore[arg-type]
    reader.refuse(
        "change_notice",
        f"{quoted(text)} is not a notice",
        accepted="type for example 72 hours or 6 business days",
    )
    return None


def _without_effect(exam: Exam, policy: Policy) -> dict[str, str]:
    """The terms that no rule of the policy looks at, and why."""
    found: dict[str, str] = {}
    if policy.included_retake_months is None:
        found["purchased"] = f"nothing of {policy.name} counts from the purchase"
    if policy.accommodation_days is None:
        found["accommodations"] = f"how long {policy.name} take to answer is not known"
    if policy.cap is None or policy.cap.anchor != "eligibility":
        found["eligible_from"] = f"{policy.name} do not count from an approval"
    if (exam.level or "") not in policy.validity_months:
        found["renewed_until"] = f"a certificate of {exam.code} does not expire"
    return found
