"""One action, end to end: fresh facts, a use case, the plan, one write, one frozen state."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.catalogue import Catalogue
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.plan import Activity
from coach.service.conflicts import edit_unless_stale
from coach.service.context import Edit, World, tracked_code
from coach.service.outcome import Done, Outcome, Refused, done, refused
from coach.service.refusal import Problem, Refusal, refusing
from coach.service.state import State
from coach.service.view import ExamView, guidance_for
from coach.storage.files import WAIT_UNTOLD_SECONDS, StorageError, catalogue_folder
from coach.storage.repository import Repository
from coach.wording import phrased

if TYPE_CHECKING:
    from coach.service.exporting import Kind
    from coach.service.maintenance import Maintenance

UNCHANGED = "Nothing changed: it is stored like that already."
UnreadableData = StorageError
Clock = Callable[[ZoneInfo], datetime]
Answer = TypeVar("Answer")
Typed = ParamSpec("Typed")
UseCase = Callable[Concatenate[World, Facts, Typed], Edit]


def system_clock(zone: ZoneInfo) -> datetime:
    """The present moment in `zone`, to the second: the only place that asks the system."""
    return datetime.now(zone).replace(microsecond=0)


class Service:
    """Runs the use cases on the data in `folder`, for the command line and the app alike, and holds
    the state that came of the last one.

    A use case is a function of this package: it takes the surroundings, the facts and what was
    typed, and gives an `Edit` or raises a `Refusal` with every problem found; a question takes the
    same and gives an answer. `clock` is asked once per action, `waiting` called
    where another writer lets a save wait for long enough to be noticed. Raises `UnreadableData`
    where the data cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        zone: ZoneInfo,
        clock: Clock = system_clock,
        *,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self.folder = folder
        self.zone = zone
        self._clock = clock
        self._catalogue = Catalogue(catalogue_folder(folder))
        self._repository = Repository(folder, zone, waiting)
        self._state = State(self._world(), self._repository.load())
        self._told_lost: set[str] = set()

    @property
    def state(self) -> State:
        """The state after the last action or refresh."""
        return self._state

    def view(self, code: str | None = None) -> ExamView:
        """The answers about an exam, tracked or not; without a code the only one tracked.

        Raises `Refusal` where the code is unknown, or missing and not clear.
        """
        return self._state.view(tracked_code(self._state.facts, code))

    def guidance(self, topic: str, activity: Activity) -> str:
        """How to study a topic of the selected exam with that activity."""
        return guidance_for(self._state.exam, self._state.outline, topic, activity)

    def ask(
        self,
        question: Callable[Concatenate[World, Facts, Typed], Answer],
        *typed: Typed.args,
        **named: Typed.kwargs,
    ) -> Answer:
        """What a question finds in the present state; raises `Refusal` where it cannot be asked."""
        return question(self._world(), self._state.facts, *typed, **named)

    def act(self, use_case: UseCase[Typed], *typed: Typed.args, **named: Typed.kwargs) -> Outcome:
        """Run a use case, plan anew what it touches, and save both in one write."""
        return self.act_on(self._state, use_case, *typed, **named)

    def act_on(
        self, seen: State, use_case: UseCase[Typed], *typed: Typed.args, **named: Typed.kwargs
    ) -> Outcome:
        """The same for an edit that was made on the state `seen`. Where another copy of Coach
        changed the records since, it is `Refused` as stale, with both versions."""
        # Answers need no planner, so only an action pays for its import.
        from coach.service.replanning import replanned

        world = self._world()
        try:
            with self._repository.transaction() as transaction:
                before = self._look(world).facts
                edit = edit_unless_stale(
                    lambda facts: use_case(world, facts, *typed, **named),
                    seen.facts,
                    before,
                    self.zone,
                )
                edit = replanned(world, edit)
                # Made before the save: what fails by then refuses it, and after it nothing does.
                outcome = done(State(world, edit.facts), before, edit)
                saved = transaction.commit(edit.facts, edit.label, world.now)
                if transaction.facts is not edit.facts:
                    outcome = replace(outcome, state=State(world, transaction.facts))
                self._state = outcome.state
        except (Refusal, StorageError) as error:
            return refused(error)
        message = edit.message if saved or edit.label is None else UNCHANGED
        return replace(outcome, saved=saved, message=message)

    def preview(
        self, use_case: UseCase[Typed], *typed: Typed.args, **named: Typed.kwargs
    ) -> Outcome:
        """What a use case would change, or why it is refused; nothing is stored."""
        from coach.service.replanning import replanned

        world = self._world()
        try:
            facts = self._look(world).facts
            edit = replanned(world, use_case(world, facts, *typed, **named))
        except (Refusal, StorageError) as error:
            return refused(error)
        return done(State(world, edit.facts), facts, edit)

    def keep_up(self) -> Outcome | None:
        """Re-plan where a session was missed since the plan was made, None where that changes
        nothing: a gap is asked about first."""
        from coach.service import blocks

        if not blocks.missed_since_plan(self._state.facts, self._clock(self.zone)):
            return None
        seen = self._state
        outcome = self.act(blocks.keep_up)
        if isinstance(outcome, Done) and outcome.saved:
            return outcome
        if self._state.facts == seen.facts:  # as good: no screen is drawn again for it
            self._state = seen
        return None

    def extend_catalogue(
        self,
        add: Callable[Concatenate[World, Path, Typed], Exam],
        *typed: Typed.args,
        **named: Typed.kwargs,
    ) -> Outcome:
        """Keep an exam of the user's own in the catalogue, by a function that puts its file into
        the folder it is given."""
        folder = catalogue_folder(self.folder)
        try:
            exam = add(self._world(), folder, *typed, **named)
        except Refusal as refusal:
            return refused(refusal)
        self._catalogue = Catalogue(folder)
        self._state = State(self._world(), self._state.facts)
        message = f"{exam.code} {exam.title} added to the catalogue."
        return Done(state=self._state, message=message, exam=exam.code)

    def refresh(self) -> State:
        """The state at this moment, with what other copies of Coach have saved meanwhile."""
        return self._look(self._world())

    def outdated(self) -> bool:
        """Whether `refresh` would give another answer: cheap enough to ask again and again."""
        try:
            changed = self._repository.changed()
        except StorageError:
            return True
        return changed or self._clock(self.zone) >= self._state.valid_until

    def hurry(self) -> None:
        """From now on refuse a save that another writer holds up for longer than goes unnoticed,
        because a caller that waits could answer no keys."""
        self._repository.patience = WAIT_UNTOLD_SECONDS

    def history(self) -> tuple[tuple[datetime, str], ...]:
        """The actions that can be taken back, as time and label, newest first."""
        return tuple((at.astimezone(self.zone), label) for at, label in self._repository.journal())

    def undoes_report(self) -> bool:
        """Whether the next undo takes a whole report away."""
        return self._repository.undo_removes("reports")

    def undo(self, expected: tuple[datetime, str] | None = None, *, redo: bool = False) -> Outcome:
        """Take back the last action that is not taken back yet, or `redo` the one taken back last.

        Refused where that is another one than `expected`, the first of a history that was shown.
        """
        try:
            world = self._world()
            label = self._repository.undo(world.now, expected, redo=redo)
        except StorageError as error:
            return refused(error)
        if label is None:
            name = "redo" if redo else "undo"
            return Refused((Problem(name, f"Nothing to {name}.", ""),))
        self._state = State(world, self._repository.facts)
        end = "" if label.endswith(".") else "."
        message = phrased("{}: {}{}", "Redone" if redo else "Undone", label, end)
        return Done(state=self._state, message=message, exam=self._state.code, saved=True)

    def put_back(self) -> Path | None:
        """Write the records of the present state in place of a file that cannot be used any more.

        Returns the name that the file is kept under, None where it is gone. The list of actions
        to undo is not among the records. Raises `Refusal` where it cannot be written.
        """
        with refusing("data"):
            return self._repository.set_aside(self._clock(self.zone), self._state.facts)

    def take_notices(self) -> tuple[str, ...]:
        """What happened to the data besides and was not said yet, each one sentence."""
        tracked = self._state.facts.tracked
        lost = {code for code in tracked if self._catalogue.exam(code) is None} - self._told_lost
        self._told_lost |= lost
        gone = "is tracked, but its exam file is gone; its data is kept"
        said = (f"{code} {gone}, `coach exams add FILE.toml` brings it back." for code in lost)
        return (*self._repository.take_notices(), *sorted(said))

    def maintenance(self) -> "Maintenance":
        """What looks after the same data: backups, check-up, other copies, a damaged file."""
        from coach.service.maintenance import Maintenance

        return Maintenance(self.folder, partial(self._clock, self.zone), self._repository)

    def copies(self) -> tuple[str, ...]:
        """The names of the copies of the data that a file synchroniser left beside it."""
        from coach.storage.merging import conflict_copies

        try:
            return tuple(path.name for path in conflict_copies(self._repository.file))
        except StorageError:  # a folder that cannot be listed hides nothing that could be merged
            return ()

    def load_sample(self) -> State:
        """Fill an empty folder with sample data as of this moment, in one write."""
        from coach.service.demo import sample_facts

        world = self._world()
        facts = sample_facts(world)
        self._repository.begin(facts, world.now)
        self._state = State(world, facts)
        return self._state

    def export(self, kind: "Kind", alarm: int | None = None) -> bytes:
        """Everything as JSON or CSV, the plan as a calendar, or this week as a sheet. What a
        calendar holds is remembered, as no action to undo."""
        from coach.service import exporting

        state = self.refresh()
        if kind != "ics":
            return exporting.export(kind, state, self._repository.documents())
        data, exported = exporting.calendar(state, self._repository.documents(), alarm)
        if state.facts.calendars.get(exported.id) == exported:
            return data
        world = self._world()
        try:
            with self._repository.transaction() as transaction:
                facts = self._look(world).facts
                known = {**facts.calendars, exported.id: exported}
                facts = replace(facts, calendars=known)
                transaction.commit(facts, None, world.now)
                self._state = State(world, transaction.facts)
        except StorageError as error:
            text = f"what is exported could not be remembered: {error}"
            raise Refusal(Problem("ics", text)) from error
        return data

    def _world(self) -> World:
        return World(self._catalogue, self._clock(self.zone), self.zone)

    def _look(self, world: World) -> State:
        """The state of what is stored, the present one where nothing of it would differ."""
        facts = self._repository.load()
        minutes = (at.replace(second=0, microsecond=0) for at in (world.now, self._state.now))
        if facts is not self._state.facts or len(set(minutes)) > 1:
            self._state = State(world, facts)
        return self._state
