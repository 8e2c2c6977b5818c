"""Which places are kept for buffers, practice assessments and mixed review."""

from itertools import pairwise

from coach.planning.calendar import DAY, seconds
from coach.planning.draft_plan import DraftPlan, Slot, role_of

# Own settings. Of the last week half is mixed review: more gives nothing in simulation.
REVIEW_EVERY = 2
ASSESSMENT_FROM = 5
ASSESSMENT_SPACING = 28 * DAY


def assign_roles(draft: DraftPlan) -> None:
    """Keeps the roles that still fit, frees those that do not, and fills what is missing."""
    # Another date leaves some in the wrong part of the plan; a new report alone, from which the
    # plan counts too, moves neither an assessment nor a review.
    horizon = draft.horizon
    for slot in draft.slots if horizon.moved else ():
        early = slot.at < horizon.last_week and slot.day not in horizon.light
        unfit = not horizon.assessable(slot.at, slot.end)
        misplaced = (slot.role == "review" and early) or (slot.role == "assessment" and unfit)
        if misplaced and slot.block is not None and not slot.fixed:
            slot.vacate("EXAM")
    for slot in draft.slots:
        if slot.vacant and slot.day in draft.horizon.light:
            slot.become("review", "LAST")
    _assessments(draft)
    _buffers(draft)
    _reviews(draft)


def complete_roles(draft: DraftPlan) -> None:
    """Practice assessments and reviews that found no place before lost blocks took theirs: a
    buffer that has become study may be one, and the next plan would make it one."""
    # What the week before did not need of its catch-up time is study in the week that is on: its
    # latest buffers, but for what the week before needed.
    week = min((slot.week for slot in draft.slots if slot.at >= draft.horizon.now), default=0)
    past, slots = draft.past_by_week(), draft.by_week()[week]
    before = past[week - 7]
    needed = sum(b.minutes for b in before if b.makes_up)
    needed -= sum(b.minutes for b in past[week] if b.makes_up)
    needed -= sum(s.minutes for s in slots if s.catches_up)
    for slot in slots if before else ():
        if slot.role != "buffer" or slot.held:
            continue
        if needed > 0:
            needed -= slot.minutes
        else:
            slot.vacate("UNUSED")
    _assessments(draft)
    _reviews(draft)


def _assessments(draft: DraftPlan) -> None:
    """One whole practice exam for every four weeks of the last third, each in a long slot.

    A new one also lies in the last third of what is still ahead, where that has room.
    """
    if len(draft.slots) + len(draft.history) < ASSESSMENT_FROM:
        return
    sat = [max(slot.at, draft.horizon.last_third) for slot in draft.of("assessment")]
    over = draft.past("done") + draft.past("skipped")
    sat += [seconds(block.start) for block in over if role_of(block) == "assessment"]
    first, last = draft.horizon.last_third, draft.horizon.assessments_end
    count = -(-(last - first) // ASSESSMENT_SPACING)
    ends = (first + (last - first) * n // max(1, count) for n in range(count + 1))
    for low, high in pairwise(ends):
        if any(low <= at < high for at in sat):
            continue
        inside = [slot for slot in draft.slots if low <= slot.at and slot.end <= high]
        late = [slot for slot in inside if slot.at >= draft.horizon.last_third_ahead]
        if chosen := _candidates(late) or _candidates(inside):
            best = min(chosen, key=lambda slot: (-slot.minutes, slot.at))
            best.become("assessment", "ROOM" if best.block is None else "EXAM")


def _candidates(slots: list[Slot]) -> list[Slot]:
    """Free places, or where there are none the study places that may change."""
    free = [slot for slot in slots if slot.vacant]
    return free or [slot for slot in slots if _changeable(slot)]


def _changeable(slot: Slot) -> bool:
    return slot.role == "study" and not slot.fixed and not slot.catches_up


def _buffers(draft: DraftPlan) -> None:
    """A part of every week that has new room, never more than the percent asked for: short places,
    late in the week, on separate days."""
    past = draft.past_by_week()
    for week, slots in draft.by_week().items():
        free = [s for s in slots if s.vacant and (s.block is None or s.cause == "DONE")]
        blocks = past[week] + [slot.block for slot in slots if slot.block]
        total = sum(b.minutes for b in past[week]) + sum(slot.minutes for slot in slots)
        left = total * draft.request.buffer_percent // 100
        # What made up for a missed block has used some.
        left -= sum(b.minutes for b in blocks if b.activity == "buffer" or b.makes_up)
        left += sum(slot.minutes for slot in slots if slot.vacant and slot.cause == "DONE")
        days: set[int] = set()
        while free:
            slot = min(free, key=lambda s: (s.minutes, s.day in days, -s.at))
            if slot.minutes > left:
                break
            slot.become("buffer", slot.cause)
            free.remove(slot)
            days.add(slot.day)
            left -= slot.minutes


def _reviews(draft: DraftPlan) -> None:
    """Its part of the last week's places, the latest ones."""
    begin = draft.horizon.last_week
    past = [block for block in draft.since_start if seconds(block.start) >= begin]
    slots = [slot for slot in draft.slots if slot.at >= begin]
    have = sum(s.role == "review" for s in slots) + sum(role_of(b) == "review" for b in past)
    missing = (len(slots) + len(past)) // REVIEW_EVERY - have
    free = [slot for slot in slots if slot.vacant or _changeable(slot)]
    for slot in sorted(free, key=lambda s: (not s.vacant, -s.at))[: max(0, missing)]:
        slot.become("review", "LAST")
