"""Where everything opens from: the modes, and one table from a name to what opens over them.

A route is a function that builds a screen from the app and what it was asked with; its name is what
`Host.open` takes, and an action of the registry with that name opens it. What a screen needs is
imported when it opens, because the first paint does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual.screen import ModalScreen, Screen

from coach.service import attempts, settings

if TYPE_CHECKING:
    from coach.model.answers import Advice, DomainRow, Insight, TimelineAttempt
    from coach.model.material import Mappings
    from coach.model.plan import FutureKind, Schedule, StrategySetting
    from coach.service.data_files import Copy
    from coach.service.doctor import Checkup
    from coach.service.drafts import ReportDraft
    from coach.service.outcome import Done, Outcome
    from coach.ui.host import Host
    from coach.ui.widgets.heatmap.layout import ReportHead
    from coach.ui.widgets.schedule.plan_view import Entry, PlanView
    from coach.ui.widgets.timeline.next_steps import Step

Build = Callable[..., ModalScreen[Any] | None]
Then = Callable[["Host", Any], object]


class Route(Struct, frozen=True):
    """How something opens. `build` may say that there is nothing to open, and give None.

    `question` asks for an exam first where none is on screen; its code is the first argument then.
    `then` takes what it closed with. Without it an outcome is applied, and the name of an action
    runs that.
    """

    build: Build
    question: str = ""
    then: Then | None = None


ROUTES: dict[str, Route] = {}


def route(*, question: str = "", then: Then | None = None) -> Callable[[Build], Build]:
    """Put a function into the table under its own name."""

    def put(build: Build) -> Build:
        ROUTES[build.__name__] = Route(build, question, then)
        return build

    return put


# Modes ----------------------------------------------------------------------------------------


def timeline() -> Screen[Any]:
    """The timeline."""
    from coach.ui.screens.timeline import TimelineScreen

    return TimelineScreen()


def heatmap() -> Screen[Any]:
    """The heatmap."""
    from coach.ui.screens.heatmap import HeatmapScreen

    return HeatmapScreen()


def schedule() -> Screen[Any]:
    """The schedule."""
    from coach.ui.screens.schedule import ScheduleScreen

    return ScheduleScreen()


def welcome() -> Screen[Any]:
    """The welcome."""
    from coach.ui.screens.welcome import WelcomeScreen

    return WelcomeScreen()


MODES: dict[str, Callable[[], Screen[Any]]] = {
    "welcome": welcome,
    "timeline": timeline,
    "heatmap": heatmap,
    "schedule": schedule,
}


# What is done with what something closed with -----------------------------------------------------


def show_domains(host: Host, outcome: Done) -> None:
    """After a new report its domains come into view, since they say more than the score; after a
    fail it is offered to say what no report tells."""
    failed = outcome.state.head is not None and outcome.state.head.passed is False
    offer = "o keeps how a sitting felt, R which topics are weak."
    host.apply_outcome(outcome, offer=offer if failed else "")
    host.open("heatmap")


def select_exam(host: Host, code: str) -> None:
    """Put that exam on screen; one tracked anew without a report is asked what its plan lacks."""
    if code != host.state.code:
        view = host.service.view(code)
        ahead = code not in host.state.facts.tracked and view.retake.status != "retired"
        tracked = host.apply_outcome(host.service.act(settings.select, code), undoable=False)
        if tracked and ahead and view.basis == "weights" and view.rating.domains:
            host.open("first_rating", code)


def remove(host: Host, attempt_id: str) -> None:
    """Take a sitting out."""
    host.edit(partial(host.service.act, attempts.remove, attempt_id))


def use_strategy(host: Host, strategy: StrategySetting) -> None:
    """Split the hours in another way."""
    plan = host.state.plan
    if plan and strategy != plan.strategy_setting:
        host.edit(partial(host.service.act, settings.set_strategy, plan.exam, strategy))


def replan_now(host: Host, chosen: bool | FutureKind | PlanView) -> None:
    """Plan again: as the preview showed it, on the way that was chosen, or after a preview."""
    plan = host.state.plan
    if plan is None:
        return
    if isinstance(chosen, str):
        host.apply_outcome(host.service.act(settings.replan, plan.exam, future=chosen))
    elif isinstance(chosen, bool):
        host.apply_outcome(host.service.act(settings.replan, plan.exam))
    else:
        host.open("fewest_changes", plan, chosen)


def show_merged(host: Host, outcome: Outcome) -> None:
    """Show what came in; where nothing did, there is nothing to undo."""
    before = host.state.facts
    host.apply_outcome(outcome, undoable=host.service.state.facts is not before)


def merge_copy(host: Host, name: str) -> None:
    """Merge a copy that a synchroniser left beside the data."""
    from coach.ui.screens import your_data

    show_merged(host, your_data.merge_copy(host.service, name))


def mend(host: Host, answer: str) -> None:
    """Mend what the check-up found and needs no decision."""
    from coach.ui.screens import your_data

    your_data.mend(host)


# Forms ----------------------------------------------------------------------------------------


@route(question="Which exam did you sit?", then=show_domains)
def report(host: Host, code: str, draft: ReportDraft | None = None) -> ModalScreen[Any]:
    """A new score report, begun from a draft where there is one."""
    from coach.ui.screens.report_form import ReportForm

    return ReportForm(host.service, code, draft=draft)


@route()
def edit_report(host: Host, report_id: str) -> ModalScreen[Any]:
    """A stored report to correct."""
    from coach.ui.screens.report_form import ReportForm

    return ReportForm(host.service, host.state.code, report_id)


@route(then=show_domains)
def paste(host: Host, pasted: str = "") -> ModalScreen[Any]:
    """Reports from a pasted text or a file."""
    from coach.ui.screens.paste_form import PasteForm

    return PasteForm(host.service, pasted)


@route(question="Which exam did you practise for?")
def practice(host: Host, code: str, domain: str | None = None) -> ModalScreen[Any]:
    """What a quiz or a practice test came to; typing begins in `domain`."""
    from coach.ui.screens.exam_forms import PracticeForm

    return PracticeForm(host.service, code, domain)


@route(question="Which exam is it for?")
def booking(host: Host, code: str) -> ModalScreen[Any]:
    """An appointment without a report."""
    from coach.ui.screens.exam_forms import AttemptForm

    return AttemptForm(host.service, code)


@route()
def edit_attempt(host: Host, attempt_id: str) -> ModalScreen[Any]:
    """A stored appointment to correct."""
    from coach.ui.screens.exam_forms import AttemptForm

    return AttemptForm(host.service, host.state.code or "", attempt_id)


@route(question="Which exam is it for?")
def target(host: Host, code: str) -> ModalScreen[Any]:
    """The date to plan for."""
    from coach.ui.screens.exam_forms import target_form

    return target_form(host.service, code)


@route(question="Which exam is it for?")
def rate(host: Host, code: str) -> ModalScreen[Any] | None:
    """The person's own level in each domain."""
    from coach.ui.screens.exam_forms import RatingForm

    if not host.service.view(code).rating.domains:
        host.warn(f"No skill areas of {code} are known, so there is nothing to rate.")
        return None
    return RatingForm(host.service, code)


@route()
def first_rating(host: Host, code: str) -> ModalScreen[Any]:
    """The goal date, and the person's own level in each domain."""
    from coach.ui.screens.exam_forms import RatingForm

    return RatingForm(host.service, code, first=True)


@route(question="Which exam is it for?")
def terms(host: Host, code: str) -> ModalScreen[Any]:
    """What was agreed with the vendor."""
    from coach.ui.screens.exam_forms import TermsForm

    return TermsForm(host.service, code)


@route()
def own_view(host: Host, report_id: str | None = None) -> ModalScreen[Any] | None:
    """The person's own view of a sitting, else of the newest."""
    from coach.ui.screens.exam_forms import OwnViewForm

    if host.state.code is None:
        host.warn("There is no sitting yet; n enters the report of one.")
        return None
    return OwnViewForm(host.service, report_id or host.state.code)


@route(then=select_exam)
def exam(host: Host, title: str = "Exams") -> ModalScreen[Any]:
    """One exam of all."""
    from coach.ui.screens.exams import ExamPicker

    return ExamPicker(title)


@route()
def outline(host: Host, code: str) -> ModalScreen[Any]:
    """An exam that the catalogue lacks, from the pasted outline of its vendor."""
    from coach.ui.screens.paste_form import OutlineForm

    return OutlineForm(host.service, code)


@route(question="Which exam?")
def card(host: Host, code: str) -> ModalScreen[Any]:
    """What an exam asks for, and what to do on its day."""
    from coach.service.exams import detail
    from coach.ui.screens.exams import ExamCard

    view = host.service.view(code)
    return ExamCard(detail(view.world, code), view.exam_day, view.resources, view.age_line)


# Help and the care of the data --------------------------------------------------------------------


@route()
def help(host: Host) -> ModalScreen[Any]:  # noqa: A001 - the name of the action
    """All keys, those of the screen first, and what the words mean."""
    from coach.ui.screens.help import HelpScreen

    return HelpScreen(host.current_mode, host.service.folder)


@route()
def questions(host: Host) -> ModalScreen[Any]:
    """What people ask about scores and reports."""
    from coach.ui.screens.help import Questions

    return Questions()


@route()
def history(host: Host) -> ModalScreen[Any]:
    """What was done when."""
    from coach.ui.screens.your_data import UndoList

    return UndoList()


@route()
def data(host: Host) -> ModalScreen[Any]:
    """The data file, its backups and how it is."""
    from coach.ui.screens.your_data import YourData

    return YourData()


@route(then=mend)
def checkup(host: Host, found: Checkup) -> ModalScreen[Any]:
    """What a check-up found."""
    from coach.ui.screens.your_data import CheckupSheet

    return CheckupSheet(found)


@route(then=merge_copy)
def copies(host: Host, found: Sequence[Copy]) -> ModalScreen[Any] | None:
    """Copies of the data that lie beside it, to merge."""
    from coach.ui.screens.your_data import CopiesSheet

    if not found:
        host.say("There is no other copy of your data beside it.")
        return None
    return CopiesSheet(found)


@route(then=show_merged)
def export_file(host: Host) -> ModalScreen[Any]:
    """All records, to a file."""
    from coach.ui.screens.your_data import export_form

    return export_form(host.service)


@route(then=show_merged)
def merge_file(host: Host) -> ModalScreen[Any]:
    """An export or another copy of the data, to merge in."""
    from coach.ui.screens.your_data import merge_form

    return merge_form(host.service)


# Timeline -------------------------------------------------------------------------------------


@route()
def attempt(host: Host, sitting: TimelineAttempt) -> ModalScreen[Any]:
    """Everything about one appointment."""
    from coach.ui.screens.timeline_sheets import AttemptDetail

    return AttemptDetail(sitting, host.state)


@route(then=remove)
def removal(host: Host, sitting: TimelineAttempt) -> ModalScreen[Any]:
    """The question before a sitting is removed."""
    from coach.ui.screens.timeline_sheets import AttemptRemoval

    return AttemptRemoval(sitting, host.state)


@route()
def step(host: Host, shown: Step) -> ModalScreen[Any]:
    """One thing that happens next."""
    from coach.ui.screens.timeline_sheets import StepDetail

    return StepDetail(shown)


@route()
def forecast(host: Host) -> ModalScreen[Any] | None:
    """The chance to pass week by week, where anything is ahead."""
    from coach.ui.screens.timeline_sheets import ForecastDetail

    found = host.state.forecast
    return ForecastDetail(found, host.state.now.date()) if found else None


# Heatmap --------------------------------------------------------------------------------------


@route()
def domain(host: Host, row: DomainRow, heads: Sequence[ReportHead]) -> ModalScreen[Any]:
    """One domain with its topics."""
    from coach.ui.screens.heatmap_sheets import DomainDetail

    return DomainDetail(row, heads, host.state)


@route()
def advice(host: Host, shown: Advice) -> ModalScreen[Any]:
    """Everything that the reports say."""
    from coach.ui.screens.heatmap_sheets import AdviceSheet

    return AdviceSheet(shown, host.state.heatmap)


@route()
def insight(host: Host, shown: Insight) -> ModalScreen[Any]:
    """One thing that the reports say."""
    from coach.ui.screens.heatmap_sheets import InsightDetail

    return InsightDetail(shown, host.state.heatmap)


@route()
def match(host: Host, mappings: Mappings) -> ModalScreen[Any]:
    """The skills of earlier outlines beside those of the newest."""
    from coach.ui.screens.heatmap_sheets import SkillMatching

    return SkillMatching(host.service, mappings)


# Schedule -------------------------------------------------------------------------------------


@route()
def hours(host: Host) -> ModalScreen[Any]:
    """The hours for study."""
    from coach.ui.screens.hours_editor import HoursEditor

    state = host.state
    return HoursEditor(state.facts.hours, state.now)


@route()
def block(host: Host, entry: Entry, plan: Schedule, view: PlanView) -> ModalScreen[Any]:
    """One block, and why it is there."""
    from coach.ui.screens.schedule_sheets import BlockDetail

    return BlockDetail(host, entry, plan, view)


@route()
def done_minutes(host: Host, entry: Entry) -> ModalScreen[Any]:
    """The minutes that a block really took."""
    from coach.ui.screens.move import minutes_form

    return minutes_form(entry, host.service)


@route()
def move(host: Host, entry: Entry, view: PlanView) -> ModalScreen[Any]:
    """Another time for a block."""
    from coach.ui.screens.move import MoveSheet

    return MoveSheet(entry, view, host.service)


@route()
def move_typed(host: Host, entry: Entry) -> ModalScreen[Any]:
    """Another time for a block, typed."""
    from coach.ui.screens.move import move_form

    return move_form(entry, host.service)


@route()
def done_after_all(host: Host, view: PlanView) -> ModalScreen[Any]:
    """Which of the sessions that look missed were done."""
    from coach.ui.screens.schedule_sheets import DoneAfterAll

    return DoneAfterAll(view, host.service)


@route(then=replan_now)
def replan(host: Host, plan: Schedule, view: PlanView) -> ModalScreen[Any]:
    """The ways on after a gap."""
    from coach.ui.screens.schedule_sheets import WaysOn

    return WaysOn(host.state.ways_on, view)


@route(then=replan_now)
def fewest_changes(host: Host, plan: Schedule, view: PlanView) -> ModalScreen[Any] | None:
    """What a new plan would change."""
    from coach.service.outcome import Refused
    from coach.ui.screens.schedule_sheets import ReplanPreview

    outcome = host.service.preview(settings.replan, plan.exam)
    if isinstance(outcome, Refused):
        host.warn(outcome.text)
        return None
    return ReplanPreview(outcome, plan.exam, view)


@route()
def changes(host: Host, plan: Schedule, view: PlanView) -> ModalScreen[Any]:
    """What each plan changed."""
    from coach.ui.screens.schedule_sheets import ChangesSheet

    return ChangesSheet(host, plan, view)


@route()
def plan(host: Host, shown: Schedule, view: PlanView, week: int) -> ModalScreen[Any]:
    """The plan as a whole."""
    from coach.ui.screens.schedule_sheets import PlanSheet

    return PlanSheet(shown, view, week)


@route(then=use_strategy)
def strategy(host: Host, plan: Schedule, view: PlanView) -> ModalScreen[Any]:
    """The ways to split the hours, side by side."""
    from coach.ui.screens.schedule_sheets import StrategySheet

    exam = host.service.view(plan.exam)
    return StrategySheet(exam.strategies, view, lambda: exam.rehearsal)
