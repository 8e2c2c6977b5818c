"""What every form shares, and a small form about one exam."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual._path import CSSPathType
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from coach.ui import actions, text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheet import KeyRow, Keys
from coach.ui.styles import styles
from coach.ui.widgets.fields import Choice, Field, LineInput, PickList, reading
from coach.wording import counted

if TYPE_CHECKING:
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem
    from coach.service.service import Service
    from coach.service.state import State


AROUND, LEAST = 4, 3
"""Lines of a terminal that are not for the fields, and those that the fields get at least."""
NORMAL, TALL = 28, 36
"""Heights from which there is room for gaps, and for more than one line an entry."""
SYSTEM = "data"
"""The field of a problem that no typing can correct."""


class FieldsArea(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields: up and down go from one to the next, also where not all of them fit."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("form")


class FormScreen(AskingModal):
    """Closes with what was saved, or None. What was typed stays until it is accepted."""

    NAME = "form"
    CSS_PATH: ClassVar[CSSPathType | None] = styles("form")
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (NORMAL, "-normal"), (TALL, "-tall")]  # noqa: RUF012
    HEADING: ClassVar[str] = ""

    seen: State
    """What was stored when the form opened: an edit is saved on that, or refused."""
    _opened_with: object = None
    _refused = False

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as frame:
            frame.border_title = self.HEADING
            with Horizontal(id="form-body"):
                with FieldsArea(id="form-fields"):
                    yield from self.compose_fields()
                yield from self.compose_beside()
            with Horizontal(id="form-foot"):
                yield Static(id="form-status", markup=False)
                yield Button("Save", id="save", compact=True)
                yield Button("Close", id="close", compact=True)
            yield KeyRow(id="form-keys")

    def compose_fields(self) -> ComposeResult:
        """The fields from top to bottom."""
        raise NotImplementedError

    def compose_beside(self) -> ComposeResult:
        """What stands beside the fields where there is room."""
        yield from ()

    def draft(self) -> object:
        """Everything typed, as the service takes it."""
        raise NotImplementedError

    def submit(self) -> Outcome:
        """Hand the draft to the service."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.seen = self.host.service.state
        self._opened_with = self.draft()
        self.show_keys()
        self.call_after_refresh(self._enter_first)

    def on_resize(self, event: events.Resize) -> None:
        """The fields scroll in the lines that frame, foot and keys leave."""
        gap = 0 if event.size.height < NORMAL else 1
        room = max(event.size.height - AROUND - gap, LEAST)
        for name in ("#form-body", "#form-fields"):
            self.query_one(name).styles.max_height = room

    def _enter_first(self) -> None:
        if self.focused is None and self.is_attached:
            self.first_field().enter()

    def first_field(self) -> Field:
        """Where typing begins."""
        return self.query(Field).first()

    def value(self, field: str) -> str:
        """What stands in a field, as a text."""
        return self.query_one(f"#field-{field}", Field).value

    @property
    def changed(self) -> bool:
        return self.draft() != self._opened_with

    def on_input_submitted(self) -> None:
        self.action_next()

    def on_paste(self, event: events.Paste) -> None:
        """Several lines become one in a line of text."""
        if isinstance(self.focused, Input):
            self.focused.insert_text_at_cursor(" ".join(event.text.split()))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_leave()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.show_keys()

    def keys(self, focused: Widget | None) -> Keys:
        """The keys that matter while that widget has the focus."""
        return actions.row(self.NAME)

    def show_keys(self) -> None:
        """Write the key line for what has the focus."""
        self.query_one("#form-keys", KeyRow).show(self.keys(self.focused))

    def status(self, sentence: str, tone: str = "ink") -> None:
        """One line at the foot of the form; `tone` is ink, muted or problem."""
        style = {"ink": "$ink", "muted": "$ink-muted", "problem": "bold $heat-below-ink"}[tone]
        self.query_one("#form-status", Static).update(text.plain(sentence, style), layout=False)

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def action_save(self) -> None:
        """Save and close; where it is refused, show every problem beside its field."""
        self.close_with(self.submit(), self._keep)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._refused = True
        self.complain(problems)
        self._enter_worst(problems)
        self._warn_of_the_system(problems)

    def _keep(self) -> None:
        """Save what was typed over what another window saved."""
        self.seen = self.host.service.state
        self.action_save()

    def complain(self, problems: Sequence[Problem]) -> None:
        """Show the problems beside their fields, and the rest at the foot."""
        rest = self.spread(problems)
        if not problems:
            self.status("")
        elif rest:
            self.status(" ".join(rest), "problem")
        else:
            self.status(f"{counted(len(problems), 'field')} to correct", "problem")

    def spread(self, problems: Sequence[Problem]) -> list[str]:
        """Give every field its problems; the texts of problems without a field."""
        fields = {field.field: field for field in self.query(Field)}
        for name, field in fields.items():
            field.complain(" ".join(p.said for p in problems if p.field == name))
        return [problem.text for problem in problems if problem.field not in fields]

    def _warn_of_the_system(self, problems: Sequence[Problem]) -> None:
        """Tell in full what the system refused: paths are longer than the line at the foot."""
        for problem in problems:
            if problem.field == SYSTEM:
                self.host.warn(problem.text)

    def _enter_worst(self, problems: Sequence[Problem]) -> None:
        wrong = {problem.field for problem in problems}
        for field in self.query(Field):
            if field.field in wrong:
                field.enter()
                return


KEYS: Keys = (("enter", "next"), ("ctrl+s", "save"), ("esc", "close"))


class ExamForm(FormScreen):
    """Asks for something about the exam `code`. Subclasses yield the fields."""

    DEFAULT_CLASSES = "-small"
    PICKED: ClassVar[str] = "choose"
    """What a digit picks in a list of the form."""

    def __init__(self, service: Service, code: str) -> None:
        super().__init__()
        self._service, self._code = service, code

    @property
    def heading(self) -> str:
        """What the form is, before the exam's code."""
        return self.HEADING

    def on_mount(self) -> None:
        title = f"{self.heading} · {self._code}"
        self.query_one("#form").border_title = text.plain(title)

    def keys(self, focused: Widget | None) -> Keys:
        if isinstance(focused, PickList):
            return ((f"1–{focused.most}", self.PICKED), ("↑↓", "choose"), *KEYS)
        if isinstance(focused, Choice):
            return (("← →", "choose"), *KEYS)
        return (("↑↓", "field"), *KEYS)


MOST_TEXT = 1000
"""Characters of one text; the path of a file is long at times."""


class Asked(NamedTuple):
    """One text of the form. `name` is the field that a problem refers to."""

    name: str
    label: str
    value: str
    hint: str
    now: datetime | None = None
    """The moment from which a day or time is read, None for what is neither."""


class ShortForm(AskingModal):
    """Closes with what was done, or None. What was typed stays until it is accepted."""

    NAME = "short_form"
    CSS_PATH = styles("sheet")
    DEFAULT_CLASSES = "sheet-form"

    def __init__(self, title: str, fields: Sequence[Asked], save: Callable[..., Outcome]) -> None:
        super().__init__()
        self._title, self._fields, self._save = title, fields, save

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as frame:
            frame.border_title = self._title
            for field in self._fields:
                yield Static(field.label, classes="field-label", markup=False)
                yield LineInput(
                    field.value,
                    id=f"field-{field.name}",
                    max_length=MOST_TEXT,
                    select_on_focus=True,
                )
                yield Static(classes="problem", id=f"problem-{field.name}", markup=False)
                yield Static(
                    field.hint, classes="field-hint", id=f"hint-{field.name}", markup=False
                )
            yield Static(classes="problem", id="problem-other", markup=False)
            several = (("enter", "next"), ("ctrl+s", "save"))
            forward = several if len(self._fields) > 1 else (("enter", "save"),)
            yield KeyRow((*forward, ("esc", "close")), classes="sheet-keys")

    @property
    def changed(self) -> bool:
        return self._values() != [field.value for field in self._fields]

    def _values(self) -> list[str]:
        return [self.query_one(f"#field-{field.name}", Input).value for field in self._fields]

    def on_input_changed(self) -> None:
        """Say how a day or time is read, while it is typed."""
        for field, typed in zip(self._fields, self._values(), strict=True):
            if field.now is not None and typed != field.value:
                shown = reading(typed, field.now) or field.hint
                self.query_one(f"#hint-{field.name}", Static).update(Content(shown))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field, and save from the last one."""
        if event.input.id == f"field-{self._fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Save and close; where it is refused, say why and keep what was typed."""
        self.close_with(self._save(*self._values()), self.action_save)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        names = [field.name for field in self._fields]
        for name in (*names, "other"):
            found = [
                problem.text
                for problem in problems
                if (problem.field if problem.field in names else "other") == name
            ]
            place = self.query_one(f"#problem-{name}", Static)
            place.update(text.visible(" ".join(found)))
            place.set_class(bool(found), "-shown")
