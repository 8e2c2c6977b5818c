"""The use cases behind one door: every change goes through `Service`, one write each.

A use case runs on fresh facts under the storage lock, is re-planned, saved in one atomic write
and answered with one new frozen state. It is refused with every problem found, or done.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.catalogue import Catalogue
from coach.model.answers import (
    ExamDetail,
    ExamRow,
    Faq,
    OutlineDetail,
    RevisionComparison,
)
from coach.model.attempt import Band, Report
from coach.model.exam import Exam, Resource, ResourceKind
from coach.model.material import OutlineCheck, OutlineDraft, Resources
from coach.model.plan import Activity
from coach.service import attempts, exams, reports, settings, study
from coach.service.context import tracked_code
from coach.service.drafts import (
    AttemptDraft,
    HoursDraft,
    MappingDraft,
    PracticeDraft,
    PracticeTestDraft,
    RatingDraft,
    ReflectionDraft,
    ReportDraft,
    TermsDraft,
)
from coach.service.outcome import Done, Outcome, Refused
from coach.service.refusal import Problem, Refusal
from coach.service.state import State
from coach.service.transactions import Transactions, UseCase
from coach.service.view import ExamView, guidance_for
from coach.storage.files import StorageError, catalogue_folder

if TYPE_CHECKING:
    from coach.service.exporting import Kind


class Service(Transactions):
    """Everything a person can do, for the command line and the app alike.

    `folder` holds the data; `clock` is asked once per action. Raises `UnreadableData` where the
    data cannot be read.

    An edit of something stored takes the state it was made on as `seen`, by default the one after
    the last action or refresh. Where another copy of Coach changed the record since, it is
    `Refused` as stale, with both versions.
    """

    def view(self, code: str | None = None) -> ExamView:
        """The answers about an exam, tracked or not; without a code the only one tracked.

        Raises `Refusal` where the code is unknown, or missing and not clear.
        """
        return self._state.view(tracked_code(self._state.facts, code))

    def find_exams(self, query: str = "") -> tuple[ExamRow, ...]:
        """The catalogue's exams whose code, names or vendor have every word of `query`."""
        return exams.find(self._world(), query)

    def exam_detail(self, code: str, on: date | None = None) -> ExamDetail:
        """An exam in full, the outline in force on `on` (default: today) first.

        Raises `Refusal` where the catalogue has no such exam.
        """
        return exams.detail(self._world(), code, on)

    def outline_for(self, code: str, at: str = "", outline: str = "") -> OutlineDetail | None:
        """The outline that a report with these texts would use, None where the exam has none."""
        return exams.outline_for(self._world(), code, at, outline)

    def band_for(self, code: str, text: str) -> Band | None:
        """The band of a word or bar as typed, None where it is not accepted."""
        return exams.band_for(self._world(), code, text)

    def guidance(self, topic: str, activity: Activity) -> str:
        """How to study a topic of the selected exam with that activity."""
        return guidance_for(self._state.exam, self._state.outline, topic, activity)

    def resources(
        self,
        code: str | None = None,
        domain: str = "",
        topic: str = "",
        kind: ResourceKind | None = None,
    ) -> Resources:
        """The study material of an exam; raises `Refusal` where a name is unknown."""
        from coach.service.resources import resources_for

        facts = self._state.facts
        return resources_for(self._world(), facts, tracked_code(facts, code), domain, topic, kind)

    def resource(self, resource_id: str) -> Resource:
        """Study material of a tracked exam; raises `Refusal` where the id is unknown."""
        from coach.service.resources import find_resource

        return find_resource(self._world(), self._state.facts, resource_id)[1]

    def mark_resource(self, resource_id: str, done: bool = True) -> Outcome:
        """Mark study material as worked through, or take the mark back."""
        from coach.service.resources import mark_resource

        return self._act(partial(mark_resource, text=resource_id, done=done))

    def check_outline(self, text: str, code: str | None = None) -> OutlineCheck:
        """A pasted outline beside the stored one; raises `Refusal` where it cannot be read."""
        from coach.service.outline_import import check

        return check(self._world(), text, code)

    def read_outline(self, text: str) -> OutlineDraft:
        """What a pasted outline says; nothing is kept."""
        from coach.exchange.outline_text import read_outline

        return read_outline(text)

    def import_outline(
        self, text: str, code: str | None, vendor: str | None, policy: str | None
    ) -> Outcome:
        """Keep a pasted outline as an exam of the user's own."""
        from coach.service.outline_import import save

        folder = catalogue_folder(self.folder)
        return self._added(lambda: save(self._world(), folder, text, code, vendor, policy))

    def add_exam(self, path: Path) -> Outcome:
        """Add or override an exam from a TOML file of the user's own."""
        folder = catalogue_folder(self.folder)
        return self._added(lambda: exams.add(self._catalogue, path, folder))

    def _added(self, add: Callable[[], Exam]) -> Outcome:
        try:
            exam = add()
        except Refusal as refusal:
            return Refused(refusal.problems)
        self._catalogue = Catalogue(catalogue_folder(self.folder))
        self._state = State(self._world(), self._state.facts)
        message = f"{exam.code} {exam.title} added to the catalogue."
        return Done(state=self._state, message=message, exam=exam.code)

    def add_report(self, draft: ReportDraft) -> Outcome:
        """Record a delivered attempt with its report, and re-plan."""
        return self._act(partial(reports.add_report, draft=draft))

    def add_reports(self, addition: UseCase) -> Outcome:
        """Record several reports in one save, and re-plan once."""
        return self._act(addition)

    def preview_reports(self, addition: UseCase) -> Outcome:
        """What that would change; nothing is stored."""
        return self._preview(addition)

    def preview_report(self, draft: ReportDraft, report_id: str | None = None) -> Outcome:
        """What saving a new or an edited report would change; nothing is stored."""
        if report_id is None:
            return self._preview(partial(reports.add_report, draft=draft))
        return self._preview(partial(reports.edit_report, report_id=report_id, draft=draft))

    def edit_report(self, report_id: str, draft: ReportDraft, seen: State | None = None) -> Outcome:
        """Replace what a report says, and re-plan."""
        return self._act(partial(reports.edit_report, report_id=report_id, draft=draft), seen)

    def report_draft(self, report_id: str, exam: str | None = None) -> ReportDraft:
        """A stored report as texts to edit, as one of another exam where one is named; raises
        `Refusal` where the id or the exam is unknown."""
        draft = reports.report_draft(self._state.facts, report_id, self.zone)
        return draft if exam is None else reports.draft_for(self._world(), draft, exam)

    def new_report_draft(self, code: str) -> ReportDraft:
        """An empty report to fill in, begun from an appointment that waits for its result."""
        world = self._world()
        exam = world.exam(code)
        return reports.blank_draft(self._state.facts, exam.code, world.now, self.zone)

    def remove(self, record_id: str, seen: State | None = None) -> Outcome:
        """Remove a sitting by the id of its report or attempt, and re-plan."""
        return self._act(partial(attempts.remove, record_id=record_id), seen)

    def add_attempt(self, draft: AttemptDraft) -> Outcome:
        """Record an appointment without a report, and re-plan."""
        return self._act(partial(attempts.add_attempt, draft=draft))

    def edit_attempt(
        self, attempt_id: str, draft: AttemptDraft, seen: State | None = None
    ) -> Outcome:
        """Replace what an attempt says, and re-plan."""
        use_case = partial(attempts.edit_attempt, attempt_id=attempt_id, draft=draft)
        return self._act(use_case, seen)

    def attempt_draft(self, attempt_id: str) -> AttemptDraft:
        """A stored attempt as texts to edit; raises `Refusal` where the id is unknown."""
        return attempts.attempt_draft(self._state.facts, attempt_id, self.zone)

    def add_practice(self, draft: PracticeDraft) -> Outcome:
        """Log a quiz or lab result, and re-plan."""
        return self._act(partial(study.add_practice, draft=draft))

    def add_practice_test(self, draft: PracticeTestDraft) -> Outcome:
        """Log one whole practice test, and re-plan."""
        return self._act(partial(study.add_practice_test, draft=draft))

    def read_results(self, code: str, text: str) -> tuple[PracticeTestDraft, tuple[str, ...]]:
        """The results of a practice test in a pasted list, and what was not understood of it."""
        return study.read_results(self.view(code), text)

    def set_hours(self, draft: HoursDraft, seen: State | None = None) -> Outcome:
        """Change weekly hours and days off, and re-plan every tracked exam."""
        return self._act(partial(settings.set_hours, draft=draft), seen)

    def set_target(self, code: str, when: str, seen: State | None = None) -> Outcome:
        """Set the date to plan for, or `auto`, and re-plan."""
        return self._act(partial(settings.set_target, code=code, when=when), seen)

    def set_strategy(self, code: str, name: str, seen: State | None = None) -> Outcome:
        """Choose how the study time is split, and re-plan."""
        return self._act(partial(settings.set_strategy, code=code, name=name), seen)

    def set_topics(self, code: str, domain: str, topics: tuple[str, ...]) -> Outcome:
        """Keep the user's own order of a domain's topics, and re-plan."""
        return self._act(partial(settings.set_topics, code=code, domain=domain, topics=topics))

    def faq(self, query: str = "") -> Faq:
        """What people ask about scores and reports, narrowed down by the words of `query`."""
        from coach.catalogue.texts import questions
        from coach.reading.guidance import answers

        return Faq(questions=answers(questions(), query))

    def reflect(self, draft: ReflectionDraft, seen: State | None = None) -> Outcome:
        """Keep a person's own view of a sitting: what felt hard, what was missing, how they
        studied."""
        from coach.service import reflection

        return self._act(partial(reflection.reflect, draft=draft), seen)

    def reflected_report(self, which: str) -> Report:
        """The report that an id or an exam's code means; raises `Refusal` where it means none."""
        from coach.service.reflection import reflected_report

        return reflected_report(self._world(), self._state.facts, which)

    def set_mappings(self, *drafts: MappingDraft) -> Outcome:
        """Say how domains of earlier outlines continue, so that the heatmap can share rows."""
        return self._act(partial(exams.set_mappings, drafts=drafts))

    def set_terms(self, code: str, draft: TermsDraft, seen: State | None = None) -> Outcome:
        """Keep what was agreed with the vendor of an exam, and re-plan."""
        return self._act(partial(settings.set_terms, code=code, draft=draft), seen)

    def terms_draft(self, code: str | None = None) -> TermsDraft:
        """The terms of an exam as texts to edit; raises `Refusal` where the code is unknown."""
        exam = self._world().exam(tracked_code(self._state.facts, code))
        return settings.terms_draft(self._state.facts, exam.code)

    def terms_fields(self, code: str) -> tuple[str, ...]:
        """The names of the terms on which a date of the exam depends; raises `Refusal` where the
        code is unknown."""
        return settings.terms_fields(self._world(), self._state.facts, code)

    def select(self, code: str) -> Outcome:
        """Put an exam on screen, tracking it where it was not."""
        return self._act(partial(settings.select, code=code))

    def untrack(self, code: str, seen: State | None = None) -> Outcome:
        """Follow an exam no longer; its history stays."""
        return self._act(partial(settings.untrack, code=code), seen)

    def rate(self, draft: RatingDraft, seen: State | None = None) -> Outcome:
        """Keep the user's own bands of an exam's domains and topics, and re-plan."""
        from coach.service.rating import rate

        return self._act(partial(rate, draft=draft), seen)

    def track_successor(self, code: str) -> Outcome:
        """Track the successor of a retired exam with its own attempt limit."""
        return self._act(partial(settings.track_successor, code=code))

    def block_done(self, block_id: str, minutes: str = "", seen: State | None = None) -> Outcome:
        """Tick a block, or untick it; `minutes` were really spent."""
        return self._act(partial(study.block_done, block_id=block_id, minutes=minutes), seen)

    def settle(self, answers: Mapping[str, str]) -> Outcome:
        """Tick the missed blocks that were done after all, with the minutes of a part."""
        return self._act(partial(study.settle, answers=answers))

    def block_skip(self, block_id: str, seen: State | None = None) -> Outcome:
        """Skip a block, or plan a skipped one again."""
        return self._act(partial(study.block_skip, block_id=block_id), seen)

    def block_pin(self, block_id: str, seen: State | None = None) -> Outcome:
        """Pin a block to its place, or release it."""
        return self._act(partial(study.block_pin, block_id=block_id), seen)

    def block_move(
        self, block_id: str, when: str = "", minutes: str = "", seen: State | None = None
    ) -> Outcome:
        """Move a block by hand, or give it another length."""
        use_case = partial(study.block_move, block_id=block_id, when=when, minutes=minutes)
        return self._act(use_case, seen)

    def preview_move(self, block_id: str, when: str, minutes: str = "") -> Outcome:
        """What moving a block would do, or why it cannot go there; nothing is stored."""
        use_case = partial(study.block_move, block_id=block_id, when=when, minutes=minutes)
        return self._preview(use_case)

    def replan(
        self, code: str | None = None, *, future: str = "", dry_run: bool = False
    ) -> Outcome:
        """Re-plan one tracked exam; `future` answers a gap (fresh, later or fewer), with `dry_run`
        it only says what would change."""
        use_case = partial(settings.replan, code=code, future=future, preview=dry_run)
        return self._preview(use_case) if dry_run else self._act(use_case)

    def keep_up(self) -> Outcome | None:
        """Re-plan where a session was missed since the plan was made, None where that changes
        nothing: a gap is asked about first."""
        if not study.missed_since_plan(self._state.facts, self._clock(self.zone)):
            return None
        seen = self._state
        outcome = self._act(study.keep_up)
        if isinstance(outcome, Done) and outcome.saved:
            return outcome
        self._state = seen  # another one as good would have every screen drawn again
        return None

    def compare_revisions(
        self, one: int, other: int, code: str | None = None
    ) -> RevisionComparison:
        """What led from one kept revision of the plan to another; raises `Refusal` where one of
        them is unknown or has only its summary left."""
        from coach.service.schedule import compare_revisions

        return compare_revisions(self.view(code), one, other)

    def load_sample(self) -> State:
        """Fill an empty folder with sample data as of this moment, in one write."""
        from coach.service.demo import sample_facts

        world = self._world()
        facts = sample_facts(world)
        self._repository.begin(facts, world.now)
        self._state = State(world, facts)
        return self._state

    def export(self, kind: "Kind", alarm: int | None = None) -> bytes:
        """Everything as JSON or CSV, the plan as a calendar, or this week as a sheet."""
        from coach.service import exporting

        if kind == "ics":
            return self._export_calendar(alarm)
        return exporting.export(kind, self.refresh(), self._repository.documents())

    def _export_calendar(self, alarm: int | None) -> bytes:
        """The plan as a calendar; what it holds is remembered, as no action to undo."""
        from coach.service import exporting

        state = self.refresh()
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
