"""Use cases around study sessions: tick, skip, pin, move, and what was missed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.exchange.plain import quoted
from coach.model.facts import Facts
from coach.model.plan import Block, Reason
from coach.service.context import Edit, World, by_prefix, exam_edit
from coach.service.exam_facts import ExamFacts, booked_times
from coach.service.input_parser import InputParser
from coach.service.refusal import Problem, Refusal
from coach.wording import capital, counted, day_and_time, duration, phrased

SHORTEST_BLOCK, LONGEST_BLOCK = 5, 480

_BEYOND = (
    "{} is after the plan, which leads to {}; end the session before that, or set a later date "
    "first."
)


def block_done(world: World, facts: Facts, block_id: str, minutes: str = "") -> Edit:
    """Tick a block; a ticked or skipped one becomes planned again. `minutes` were really spent."""
    block = _due(world, facts, block_id)
    edit = ticked(world, facts, block, minutes)
    if edit.facts.blocks[block.id].status != "done":
        return edit
    behind = missed_since_plan(edit.facts, world.now)
    trigger = _behind(world, edit.facts, behind)
    if trigger is None and any(other.makes_up == block.id for other in facts.blocks.values()):
        trigger = Reason(code="late", text=phrased("{} was done after all", _name(block)))
    return replace(edit, trigger=trigger)


def ticked(world: World, facts: Facts, block: Block, minutes: str = "") -> Edit:
    """The same without what the plan makes of it."""
    spent = None
    if minutes.strip():
        reader = InputParser(world.now, world.zone)
        spent = reader.whole("minutes", minutes, 1, LONGEST_BLOCK)
        reader.finish()
    if block.status == "done" and spent is None:
        return _changed(facts, block, f"{_name(block)} is planned again.", status="planned")
    return _changed(facts, block, f"{_name(block)} done.", status="done", spent=spent)


def settle(world: World, facts: Facts, answers: Mapping[str, str]) -> Edit:
    """Tick what was done of the sessions that look missed, in one step: minutes as typed by block,
    none for the whole of it; what is left of one that was done in part waits for a place again."""
    edit = Edit(facts=facts, label=None, message="")
    for block_id, minutes in answers.items():
        block = _due(world, edit.facts, block_id)
        edit = ticked(world, edit.facts, block, minutes or f"{block.minutes}")
    told = f"{counted(len(answers), 'session')} done after all"
    return replace(edit, label=told, message=f"{told}.")


def keep_up(world: World, facts: Facts) -> Edit:
    """Give what was missed since the plan was made another place, within the usual limits."""
    behind = missed_since_plan(facts, world.now)
    codes = {block.exam for block in behind}
    code = codes.pop() if len(codes) == 1 else None
    done = f"{f'{code} ' if code else ''}re-planned after {counted(len(behind), 'missed session')}"
    return Edit(
        facts=facts,
        label=done,
        message=f"{capital(done)}.",
        trigger=_behind(world, facts, behind),
        exam=code,
    )


def missed_since_plan(facts: Facts, now: datetime) -> list[Block]:
    """The sessions of tracked exams that were missed since their plan was made."""
    revisions = sorted(facts.revisions.values(), key=lambda revision: revision.at)
    made = {revision.exam: revision.at for revision in revisions}  # the newest of each exam
    return [
        block
        for block in facts.blocks.values()
        if block.status == "planned"
        and block.start <= now
        and block.domain is not None
        and block.exam in facts.tracked
        and block.exam in made
        and made[block.exam] < block.day_end <= now
    ]


def _behind(world: World, facts: Facts, missed: list[Block]) -> Reason | None:
    """What a plan is made anew for where little was missed; a longer gap is asked about first."""
    from coach.planning.futures import gap_of
    from coach.service.replanning import plan_request

    codes = {block.exam for block in missed}.intersection(world.known(facts))
    for code in codes:
        view = ExamFacts(world, facts, code)
        gap = gap_of(plan_request(view))
        new = tuple(block for block in gap.missed if block in missed)
        if replace(gap, missed=new).asks:
            return None
    return Reason(code="missed", text=phrased("{:session} missed", len(missed))) if codes else None


def block_skip(world: World, facts: Facts, block_id: str) -> Edit:
    """Skip a block; a skipped one becomes planned again."""
    block = _due(world, facts, block_id)
    if block.status == "skipped":
        return _changed(facts, block, f"{_name(block)} is planned again.", status="planned")
    return _changed(facts, block, f"{_name(block)} skipped.", status="skipped", spent=None)


def block_pin(world: World, facts: Facts, block_id: str) -> Edit:
    """Pin a block to its place, or release it."""
    block = _block(facts, block_id)
    verb = "released" if block.pinned else "pinned"
    return _changed(facts, block, f"{_name(block)} {verb}.", pinned=not block.pinned)


def block_move(
    world: World, facts: Facts, block_id: str, when: str = "", minutes: str = ""
) -> Edit:
    """Move a block by hand to another time (a date alone keeps its time of day), or give it
    another length in minutes. A buffer in its way gives up its time."""
    block = _block(facts, block_id)
    if block.status != "planned":
        what = f"{_name(block)} is {block.status}; only a planned session can move."
        raise Refusal(Problem("block", what))
    reader = InputParser(world.now, world.zone)
    start, length = block.start.astimezone(world.zone), block.minutes
    if when.strip() and (moment := reader.moment("when", when)):
        day = moment.at
        start = day if moment.time_known else datetime.combine(day, start.time(), world.zone)
        if start < world.now:
            gone = phrased("{} has passed", start)
            reader.refuse("when", gone, accepted="type a later time")
    if minutes.strip():
        length = reader.whole("minutes", minutes, SHORTEST_BLOCK, LONGEST_BLOCK) or length
    if not when.strip() and not minutes.strip():
        reader.refuse("when", "missing", accepted="type a date, a time, or a length in minutes")
    end = start + timedelta(minutes=length)
    given_up = {other.id: other for other in _in_the_way(reader, facts, block, start, end)}
    target = ExamFacts(world, facts, block.exam).target
    if target is not None and end > target.at:  # the next plan would take the block back
        reader.refuse("when", phrased(_BEYOND, end, target.value))
    reader.finish()
    told = f"moved to {start:%a} {day_and_time(start)}"
    if start == block.start:
        told = f"takes {duration(length)}"
    facts = replace(facts, blocks={**facts.blocks, **given_up})
    said = f"{_name(block)} {told}."
    edit = _changed(facts, block, said, start=start, minutes=length, moved=True)
    also = [f"{code} is booked then." for code in booked_then(world, facts, start, length)]
    if any(low < end and start < high for low, high in facts.hours.busy_spans):
        also.append("Your calendar is busy then.")
    return replace(edit, message=" ".join((said, *also)))


def booked_then(world: World, facts: Facts, start: datetime, minutes: int) -> tuple[str, ...]:
    """The exams with a sitting booked at that time; a session may still be moved there."""
    end = start + timedelta(minutes=minutes)
    times = booked_times(world, facts)
    return tuple(code for code, (low, high) in times if low < end and start < high)


def _in_the_way(
    reader: InputParser, facts: Facts, block: Block, start: datetime, end: datetime
) -> Iterator[Block]:
    """The buffers that give up that time of their own for a block; any other block of that time,
    whatever its exam, is a problem."""
    for other in facts.blocks.values():
        taken = other.start < end and start < other.end
        if other.id == block.id or other.status != "planned" or not taken:
            continue
        if other.activity == "buffer":
            yield replace(other, status="skipped")
        else:
            there = f"{_name(other)} at {other.start.astimezone(start.tzinfo):%H:%M}"
            wrong = phrased("{} overlaps {}", start, there)
            reader.refuse("when", wrong, accepted="type a free time")


def _block(facts: Facts, block_id: str) -> Block:
    return by_prefix(facts.blocks, block_id, "block", "block")


def _due(world: World, facts: Facts, block_id: str) -> Block:
    """A block to tick or skip; the beginning of an id means none of the days to come."""
    text = block_id.strip().casefold()
    today = {
        key: block
        for key, block in facts.blocks.items()
        if block.start.astimezone(world.zone).date() <= world.now.date()
    }
    begins = text not in facts.blocks and any(key.startswith(text) for key in today if text)
    block = by_prefix(today if begins else facts.blocks, text, "block", "block")
    if text != block.id and block.id not in today:
        start = block.start.astimezone(world.zone)
        when = f"{start:%a} {day_and_time(start)}"
        what = f"{quoted(text)} is {_name(block)} of {when}, which is still to come"
        raise Refusal(Problem("block", what, accepted=f"type its whole id, {block.id}"))
    return block


def _name(block: Block) -> str:
    return block.topic or block.domain or block.activity.capitalize()


def _changed(facts: Facts, block: Block, message: str, **fields: object) -> Edit:
    facts = replace(facts, blocks={**facts.blocks, block.id: replace(block, **fields)})
    return exam_edit(facts, block.exam, f"session: {message}", message)
