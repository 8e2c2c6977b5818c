"""The one frozen state that every screen draws from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from coach.model.answers import (
    Advice,
    ExamDay,
    ExamMoment,
    Head,
    Heatmap,
    ResourceLink,
    Retake,
    Schedule,
    Timeline,
    WhenToSit,
)
from coach.model.exam import Exam, Outline
from coach.model.facts import Facts
from coach.model.forecasts import ForecastAnswer, ForecastBasis, Guess
from coach.model.material import Resources
from coach.model.plan import Reason, WayOn
from coach.policy.dates import midnight
from coach.service.context import World
from coach.service.view import ExamView


class State:
    """All facts at one moment, with the answers about the selected exam.

    Every answer is derived on first use and kept; a new fact or a new moment means a new state.
    Without a tracked exam `code` and all answers are None.
    """

    def __init__(self, world: World, facts: Facts) -> None:
        self._world = world
        self.facts = facts
        known = world.known(facts)
        self.code: str | None = next(
            (code for code in known if facts.tracked[code].selected), next(iter(known), None)
        )

    @property
    def now(self) -> datetime:
        """The moment of this state, in the user's zone."""
        return self._world.now

    @property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return self._world.zone

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
        if self._selected is not None and code == self._selected.code:
            return self._selected
        return ExamView(self._world, self.facts, code)

    @cached_property
    def _selected(self) -> ExamView | None:
        return None if self.code is None else ExamView(self._world, self.facts, self.code)

    @cached_property
    def tracked(self) -> tuple[Head, ...]:
        """Where each tracked exam stands, by code."""
        return tuple(self.view(code).head for code in self._world.known(self.facts))

    @property
    def exam(self) -> Exam | None:
        """The selected exam."""
        return self._selected.exam if self._selected else None

    @property
    def outline(self) -> Outline | None:
        """The outline of the newest report, else the one in force."""
        return self._selected.outline if self._selected else None

    @property
    def head(self) -> Head | None:
        """The line above every screen."""
        return self._selected.head if self._selected else None

    @property
    def retake(self) -> Retake | None:
        """When the selected exam may and should be sat again."""
        return self._selected.retake if self._selected else None

    @property
    def exam_moment(self) -> ExamMoment | None:
        """The appointment of the selected exam that is near, on or without its result."""
        return self._selected.exam_moment if self._selected else None

    @property
    def exam_day(self) -> ExamDay | None:
        """What to do on the day of the next appointment of the selected exam."""
        return self._selected.exam_day if self._selected else None

    @property
    def booked(self) -> date | None:
        """The next appointment of the selected exam, a plain date without a time of day."""
        return self._selected.exam_day.at if self._selected else None

    @property
    def timeline(self) -> Timeline | None:
        """The appointments of the selected exam."""
        return self._selected.timeline if self._selected else None

    @property
    def heatmap(self) -> Heatmap | None:
        """Domains by reports."""
        return self._selected.heatmap if self._selected else None

    @property
    def advice(self) -> Advice | None:
        """What the reports say."""
        return self._selected.advice if self._selected else None

    @property
    def resources(self) -> Resources | None:
        """The official material of the selected exam, with what was worked through."""
        return self._selected.resources if self._selected else None

    @property
    def guess(self) -> tuple[Guess, ForecastBasis] | None:
        """The chance to pass at the date that is planned for, and what it rests on."""
        return self._selected.guess if self._selected else None

    @property
    def when_to_sit(self) -> WhenToSit | None:
        """The first week whose chance to pass is good enough."""
        return self._selected.when_to_sit if self._selected else None

    @property
    def forecast(self) -> ForecastAnswer | None:
        """The chance to pass by date, and how past guesses did."""
        return self._selected.forecast if self._selected else None

    @property
    def plan(self) -> Schedule | None:
        """The plan with its past weeks since the newest report; `why` has the reasons."""
        return self._selected.plan if self._selected else None

    @property
    def ways_on(self) -> tuple[WayOn, ...]:
        """The ways on of the selected exam after a gap, else none."""
        return self._selected.ways_on if self._selected else ()

    def material(self, block_id: str) -> ResourceLink | None:
        """The official material of one block, whichever tracked exam it is for."""
        block = self.facts.blocks.get(block_id)
        return self.view(block.exam).material.get(block_id) if block else None

    def why(self, block_id: str) -> tuple[Reason, ...]:
        """The reasons for one block, whichever tracked exam it is for."""
        block = self.facts.blocks.get(block_id)
        return self.view(block.exam).why(block_id) if block else ()
