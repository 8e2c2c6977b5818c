"""Use cases around what the user sets: target, strategy, topic order, exam on screen."""

import msgspec

from coach.exchange.plain import quoted
from coach.model.facts import Facts
from coach.model.plan import STRATEGIES, Reason
from coach.service.exam_facts import ExamFacts
from coach.service.reader import Reader
from coach.service.refusal import Problem, Refusal
from coach.service.world import Edit, World, tracked_code, tracking, with_entry


def set_target(world: World, facts: Facts, code: str, when: str) -> Edit:
    """Set the date to plan for, or let it follow the booking and the report (`auto`).

    Refused where no sitting is legal at that time.
    """
    exam = world.exam(tracked_code(facts, code))
    facts = tracking(facts, exam.code)
    entry = facts.tracked[exam.code]
    if when.strip().casefold() == "auto":
        entry = msgspec.structs.replace(entry, target=None, target_time_known=True)
        text = "target follows the report"
        warnings: tuple[str, ...] = ()
    else:
        reader = Reader(world.zone)
        moment = reader.moment("target", when)
        reader.finish()
        assert moment is not None
        findings = ExamFacts(world, facts, exam.code).booking_findings(moment)
        warnings = reader.allowed("target", findings)
        reader.finish()
        entry = msgspec.structs.replace(
            entry, target=moment.at, target_time_known=moment.time_known
        )
        text = f"target {moment.at:%Y-%m-%d}"
    return Edit(
        facts=with_entry(facts, entry),
        label=f"{exam.code} {text}",
        message=" ".join((f"{exam.code}: {text}.", *warnings)),
        trigger=Reason(code="target", text=text),
        exam=exam.code,
    )


def set_strategy(world: World, facts: Facts, code: str, name: str) -> Edit:
    """Choose how the study time is split; without a code in every tracked exam."""
    every = not code and len(facts.tracked) > 1
    codes = sorted(facts.tracked) if every else [world.exam(tracked_code(facts, code)).code]
    reader = Reader(world.zone)
    strategy = reader.choice("strategy", name, STRATEGIES)
    if strategy is None and not reader.problems:
        reader.refuse("strategy", f"strategy: missing; type one of {', '.join(STRATEGIES)}.")
    reader.finish()
    facts = facts if every else tracking(facts, codes[0])
    entries = {
        each: msgspec.structs.replace(facts.tracked[each], strategy=strategy) for each in codes
    }
    names = " and ".join(codes)
    return Edit(
        facts=msgspec.structs.replace(facts, tracked={**facts.tracked, **entries}),
        label=f"{names} strategy {strategy}",
        message=f"{names} {'are' if every else 'is'} planned with {strategy}.",
        trigger=Reason(code="strategy", text=f"strategy {strategy}"),
        exam=None if every else codes[0],
    )


def select(world: World, facts: Facts, code: str) -> Edit:
    """Put an exam on screen, tracking it where it was not."""
    exam = world.exam(code)
    new = exam.code not in facts.tracked
    message = f"{exam.code} is tracked." if new else f"{exam.code} is on screen."
    return Edit(
        facts=tracking(facts, exam.code),
        label=message if new else None,
        message=message,
        exam=exam.code,
    )


def track_successor(world: World, facts: Facts, code: str) -> Edit:
    """Track the successor of a retired exam with a fresh count, its lessons as a note."""
    exam = world.exam(code)
    if exam.successor is None:
        raise Refusal(Problem("exam", f"exam: no successor of {exam.code} is known."))
    successor = world.exam(exam.successor)
    tracked = tracking(facts, successor.code)
    entry = tracked.tracked[successor.code]
    if not entry.lessons:
        lessons = ExamFacts(world, facts, exam.code).lessons
        entry = msgspec.structs.replace(entry, lessons=lessons)
    return Edit(
        facts=with_entry(tracked, entry),
        label=f"{successor.code} tracked",
        message=f"{successor.code} is tracked, with a fresh count of attempts.",
        exam=successor.code,
    )


def set_topics(world: World, facts: Facts, code: str, domain: str, topics: tuple[str, ...]) -> Edit:
    """Keep the user's own order of the topics of one domain."""
    exam = world.exam(code)
    facts = tracking(facts, exam.code)
    entry = facts.tracked[exam.code]
    entry = msgspec.structs.replace(entry, topics={**entry.topics, domain: topics})
    return Edit(
        facts=with_entry(facts, entry),
        label=f"{exam.code} topics of {domain} reordered",
        message=f"Topic order of {domain} saved.",
        trigger=Reason(code="topics", text=f"topic order of {domain} changed"),
        exam=exam.code,
    )


def replan(world: World, facts: Facts, code: str | None, *, preview: bool = False) -> Edit:
    """Ask for a new plan from the facts as they are; missed blocks find a new place.

    With `preview` the message says that nothing is saved.
    """
    code = tracked_code(facts, code)
    if code not in facts.tracked:
        known = ", ".join(sorted(facts.tracked)) or "none"
        raise Refusal(Problem("exam", f"exam: {quoted(code)} is not tracked; tracked are {known}."))
    return Edit(
        facts=facts,
        label=f"{code} re-planned",
        message=f"{code}: a preview, nothing is saved." if preview else f"{code} re-planned.",
        trigger=Reason(code="replan", text="you asked for a new plan"),
        exam=code,
    )
