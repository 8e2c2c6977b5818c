"""The one frozen state that every screen draws from."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from coach.model.answers import Head
from coach.model.facts import Facts
from coach.model.plan import Because, Reason, ResourceLink, WayOn
from coach.policy.dates import midnight
from coach.service.context import World
from coach.service.view import ExamView

T = TypeVar("T")


class _Answer(Generic[T]):
    """An answer about the selected exam, None without one."""

    def __init__(self, of: Callable[[ExamView], T]) -> None:
        self._of = of

    def __get__(self, state: "State", _: object) -> T | None:
        return self._of(state.selected) if state.selected else None


class State:
    """All facts at one moment, with the answers about the selected exam.

    Every answer is derived on first use and kept; a new fact or a new moment means a new state.
    Without a tracked exam `code` and all answers are None.
    """

    def __init__(self, world: World, facts: Facts) -> None:
        self.world = world
        self.facts = facts
        known = world.known(facts)
        self.code: str | None = next(
            (code for code in known if facts.tracked[code].selected), next(iter(known), None)
        )

    @property
    def now(self) -> datetime:
        """The moment of this state, in the user's zone."""
        return self.world.now

    @property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return self.world.zone

    @cached_property
    def valid_until(self) -> datetime:
        """The first moment after `now` at which time alone changes an answer: a session begins,
        ends or is missed, a date arrives, a day begins."""
        tomorrow = midnight(self.now.date() + timedelta(days=1), self.zone)
        now = self.now.astimezone(UTC)
        return min(at for at in (tomorrow, *self._moments()) if at.astimezone(UTC) > now)

    def _moments(self) -> Iterator[datetime]:
        """The moments at which something happens; what has a date alone happens at midnight."""
        for block in self.facts.blocks.values():
            if block.status == "planned":
                yield from (block.start, block.end)
                if block.start <= self.now:
                    yield block.day_end
        milestones = self.timeline.milestones if self.timeline else ()
        legal = (self.retake.earliest, self.retake.certain_from) if self.retake else ()
        for at in (*(milestone.at for milestone in milestones), *legal):
            if isinstance(at, datetime):
                yield at
        if self.exam and self.exam_moment and isinstance(self.exam_moment.at, datetime):
            from coach.policy.exam_day import exam_length

            start = self.exam_moment.at.astimezone(UTC)
            yield from (start, start + exam_length(self.exam))

    def view(self, code: str) -> ExamView:
        """The answers about one exam; raises `Refusal` where the catalogue has none."""
        if self.selected is not None and code == self.selected.code:
            return self.selected
        return ExamView(self.world, self.facts, code)

    @cached_property
    def selected(self) -> ExamView | None:
        """The answers about the selected exam."""
        return None if self.code is None else ExamView(self.world, self.facts, self.code)

    @cached_property
    def tracked(self) -> tuple[Head, ...]:
        """Where each tracked exam stands, by code."""
        return tuple(self.view(code).head for code in self.world.known(self.facts))

    exam = _Answer(lambda view: view.exam)
    """The selected exam."""
    outline = _Answer(lambda view: view.outline)
    """The outline of the newest report, else the one in force."""
    head = _Answer(lambda view: view.head)
    """The line above every screen."""
    retake = _Answer(lambda view: view.retake)
    """When the selected exam may and should be sat again."""
    exam_moment = _Answer(lambda view: view.exam_moment)
    """The appointment of the selected exam that is near, on or without its result."""
    exam_day = _Answer(lambda view: view.exam_day)
    """What to do on the day of the next appointment of the selected exam."""

    @property
    def booked(self) -> date | None:
        """The next appointment of the selected exam, a plain date without a time of day."""
        return self.selected.exam_day.at if self.selected else None

    timeline = _Answer(lambda view: view.timeline)
    """The appointments of the selected exam."""
    heatmap = _Answer(lambda view: view.heatmap)
    """Domains by reports."""
    advice = _Answer(lambda view: view.advice)
    """What the reports say."""
    resources = _Answer(lambda view: view.resources)
    """The official material of the selected exam, with what was worked through."""
    guess = _Answer(lambda view: view.guess)
    """The chance to pass at the date that is planned for, and what it rests on."""
    when_to_sit = _Answer(lambda view: view.when_to_sit)
    """The first week whose chance to pass is good enough."""
    forecast = _Answer(lambda view: view.forecast)
    """The chance to pass by date, and how past guesses did."""
    plan = _Answer(lambda view: view.plan)
    """The plan with its past weeks since the newest report; `why` has the reasons."""

    @property
    def ways_on(self) -> tuple[WayOn, ...]:
        """The ways on of the selected exam after a gap, else none."""
        return self.selected.ways_on if self.selected else ()

    def material(self, block_id: str) -> ResourceLink | None:
        """The official material of one block, whichever tracked exam it is for."""
        block = self.facts.blocks.get(block_id)
        return self.view(block.exam).material.get(block_id) if block else None

    def why(self, block_id: str) -> tuple[Because | Reason, ...]:
        """The reasons for one block, whichever tracked exam it is for."""
        block = self.facts.blocks.get(block_id)
        return self.view(block.exam).why(block_id) if block else ()
