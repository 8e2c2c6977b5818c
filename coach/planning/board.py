"""The calendar of one exam as the planner sees it: what stays, what is lost, what is free."""

from collections import defaultdict
from datetime import datetime
from typing import Literal

from coach.model.plan import Block
from coach.planning.availability import Span, seconds
from coach.planning.horizon import Horizon
from coach.planning.request import PlanRequest
from coach.planning.slots import Room, Slot, merged, monday, open_slots, overlaps, shortest

Role = Literal["study", "buffer", "assessment", "review"]
# A domain's name; None is mixed practice.
Domain = str | None
# The domain of a study seat that none has yet.
EMPTY = ""


class Seat:
    """One place in the calendar and what happens there.

    `block` is the block that holds the place, None where it is free. `fixed` seats keep their
    content. `fresh` means that the content is to be made; `cause` is the code of the reason.
    """

    __slots__ = ("at", "block", "cause", "day", "domain", "end", "fixed", "fresh", "makes_up",
                 "minutes", "role", "start", "week")  # fmt: skip

    def __init__(self, at: int, minutes: int, day: int, start: datetime) -> None:
        self.at = at
        self.minutes = minutes
        self.end = at + minutes * 60
        self.day = day
        self.week = monday(day)
        self.start = start
        self.block: Block | None = None
        self.fixed = False
        self.role: Role = "study"
        self.domain: Domain = EMPTY
        self.fresh = True
        self.cause = "ROOM"
        self.makes_up: Block | None = None

    @property
    def vacant(self) -> bool:
        """Whether this is a study seat without a domain."""
        return self.role == "study" and self.domain == EMPTY

    def vacate(self, cause: str) -> None:
        """Takes the content away; the place and the block's identity stay."""
        self.role, self.domain, self.fresh, self.cause = "study", EMPTY, True, cause

    def become(self, role: Role, cause: str) -> None:
        """Gives the place to work without a domain."""
        self.role, self.domain, self.fresh, self.cause = role, None, True, cause


def is_held(block: Block) -> bool:
    """Whether the user fixed the block's place."""
    return block.pinned or block.moved


def role_of(block: Block) -> Role:
    """What a block is for; domain None with practice is study of all domains together."""
    if block.domain is None and block.activity in ("buffer", "assessment", "review"):
        return block.activity
    return "study"


class Board:
    """All places of one exam. `seats` are in order of time and do not overlap, except where the
    user moved or pinned blocks onto each other. `first` says that nothing planned ahead stays, so
    that the order is free."""

    def __init__(self, request: PlanRequest) -> None:
        self.request = request
        self.horizon = Horizon(request)
        self.history: list[Block] = []
        self.open: list[Block] = []
        self.lost: list[Block] = []
        self.released: set[str] = set()
        self.seats: list[Seat] = []
        self.first = True
        self._room = Room(request.hours, self.horizon.light)
        self._read()

    def of(self, role: Role) -> list[Seat]:
        """The places of one role, in order of time."""
        return [seat for seat in self.seats if seat.role == role]

    def begun(self) -> list[Block]:
        """History and what is running: all that stays where nothing can be planned any more."""
        ahead = {block.id for block in self.open}
        return [block for block in self.request.existing if block.id not in ahead]

    def past(self, status: str) -> list[Block]:
        """Past, done and skipped blocks of this status since the start of the plan."""
        start = self.horizon.start
        return [
            block
            for block in self.history
            if seconds(block.start) >= start and status_at(block, self.horizon.now) == status
        ]

    def past_by_week(self) -> defaultdict[int, list[Block]]:
        """What is past, done or skipped since the start of the plan, by the week's Monday."""
        weeks: defaultdict[int, list[Block]] = defaultdict(list)
        for block in self.history:
            start = seconds(block.start)
            if start >= self.horizon.start:
                weeks[monday(self.horizon.calendar.day_of(start))].append(block)
        return weeks

    def _read(self) -> None:
        held: list[Block] = []
        loose: list[Block] = []
        hard = [(seconds(a), seconds(b)) for a, b in self.request.busy]
        hard += [self._use(seconds(a), seconds(b)) for a, b in self.request.others]
        for block in sorted(self.request.existing, key=lambda b: (seconds(b.start), b.id)):
            start, end = span(block)
            kind = self._kind(block, start, end)
            if kind in ("history", "held"):
                hard.append(self._use(start, end))
            {"history": self.history, "held": held, "loose": loose, "lost": self.lost}[kind].append(
                block
            )
            if kind != "history" and start >= self.horizon.now:
                self.open.append(block)
        if self.request.afresh:
            loose, self.lost = [], []
        self._keep(held, loose, merged(hard))

    def _kind(self, block: Block, start: int, end: int) -> str:
        if block.status != "planned" or end <= self.horizon.now:
            return "history"
        if start < self.horizon.now:
            return "held"
        if end > self.horizon.limit:
            return "lost"
        return "held" if is_held(block) else "loose"

    def _keep(self, held: list[Block], loose: list[Block], hard: list[Span]) -> None:
        for block in held:
            self._seat(block, fixed=True)
        reached = 0
        for block in loose:
            start, end = span(block)
            if start >= reached and self._legal(block, start, end, hard):
                self._seat(block, fixed=start < self.horizon.frozen)
                reached = self._use(start, end)[1]
            else:
                self.lost.append(block)
        self.first = not self.seats
        loosely = (self._with_break(s.at, s.end) for s in self.seats)
        self._add_free(merged([*hard, *loosely]))
        self.seats.sort(key=lambda seat: (seat.at, seat.block.id if seat.block else ""))

    def _legal(self, block: Block, start: int, end: int, hard: list[Span]) -> bool:
        horizon = self.horizon
        window = horizon.calendar.window_around(start, end)
        if window is None or overlaps(hard, start, end):
            return False
        least = shortest(self.request.hours, window[1] - window[0])
        if not least <= block.minutes <= horizon.sizes.longest:
            return False
        day = horizon.calendar.day_of(start)
        if not self._room.takes(day, block.minutes):
            return False
        if start < horizon.frozen or day not in horizon.light:
            return True
        alone = all(seat.day != day for seat in self.seats)
        return alone and role_of(block) == "review"

    def _use(self, start: int, end: int) -> Span:
        """Counts study towards the caps; returns its time with the breaks around it."""
        if self._room.capped:
            self._room.use(self.horizon.calendar.day_of(start), (end - start) // 60)
        return self._with_break(start, end)

    def _with_break(self, start: int, end: int) -> Span:
        rest = self.horizon.sizes.rest * 60
        return start - rest, end + rest

    def _seat(self, block: Block, *, fixed: bool) -> None:
        at = seconds(block.start)
        seat = Seat(at, block.minutes, self.horizon.calendar.day_of(at), block.start)
        seat.block, seat.fixed, seat.fresh = block, fixed, False
        seat.role, seat.domain = role_of(block), block.domain
        self.seats.append(seat)

    def _add_free(self, taken: list[Span]) -> None:
        """Free slots; a plan of which something stays gets none inside its frozen 48 hours."""
        horizon = self.horizon
        begin = horizon.now if self.first else horizon.frozen
        self._room.full = {seat.day for seat in self.seats} & horizon.light
        self._room.full |= horizon.light & {
            horizon.calendar.day_of(seconds(block.start)) for block in self.history
        }
        free = open_slots(horizon.calendar, begin, horizon.limit, taken, self._room)
        self.seats.extend(seat_of(slot) for slot in free)


def seat_of(slot: Slot) -> Seat:
    """A free place in a slot."""
    return Seat(slot.at, slot.minutes, slot.day, slot.start)


def span(block: Block) -> Span:
    """Start and end of a block in seconds since 1970."""
    start = seconds(block.start)
    return start, start + block.minutes * 60


def status_at(block: Block, now: int) -> str:
    """The status a block has at a moment: planned turns into missed when its end has passed."""
    return "missed" if block.status == "planned" and span(block)[1] <= now else block.status
