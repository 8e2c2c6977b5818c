"""What every form shares, and a small form about one exam."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from textual import events
from textual._path import CSSPathType
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Input, Static

from coach.model.phrase import Phrase
from coach.service.outcome import Outcome
from coach.service.refusal import Problem
from coach.service.service import Service
from coach.ui import actions, text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheet import KeyRow, Keys
from coach.ui.styles import styles
from coach.ui.widgets.fields import Choice, Field, LineInput, reading
from coach.wording import counted

AROUND, LEAST = 4, 3
"""Lines of a terminal that are not for the fields, and those that the fields get at least."""
NORMAL, TALL = 28, 36
"""Heights from which there is room for gaps, and for more than one line an entry."""
PAUSE = 0.15
"""Seconds without a change before what is typed is looked at again."""
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
    KEYS: ClassVar[Mapping[type, Keys]] = {}
    """The keys that matter while such a widget has the focus."""
    OTHER_KEYS: ClassVar[Keys] = ()
    """Those that matter else, where they are not those of the registry."""

    heading = ""
    hint = ""
    """What stands at the foot at first."""
    _refused = False
    _due: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as frame:
            frame.border_title = text.plain(self.heading)
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

    def on_mount(self) -> None:
        self.show_keys()
        if self.hint:
            self.status(self.hint, "muted")
        self.call_after_refresh(self.enter_first)

    def on_resize(self, event: events.Resize) -> None:
        """The fields scroll in the lines that frame, foot and keys leave."""
        gap = 0 if event.size.height < NORMAL else 1
        room = max(event.size.height - AROUND - gap, LEAST)
        for name in ("#form-body", "#form-fields"):
            self.query_one(name).styles.max_height = room

    def enter_first(self) -> None:
        """Begin to type in the first field."""
        if self.focused is None and self.is_attached:
            self.first_field().enter()

    def first_field(self) -> Field:
        """Where typing begins."""
        return self.query(Field).first()

    def value(self, field: str) -> str:
        """What stands in a field, as a text."""
        return self.query_one(f"#field-{field}", Field).value

    def values(self, *fields: str) -> dict[str, str]:
        """What stands in these fields, by their names."""
        return {field: self.value(field) for field in fields}

    def soon(self, look: Callable[[], object]) -> None:
        """Look at what is typed once the typing pauses."""
        if self._due is not None:
            self._due.stop()
        self._due = self.set_timer(PAUSE, look)

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

    def keys(self) -> Keys:
        """The keys that matter for what has the focus."""
        return self.KEYS.get(type(self.focused)) or self.OTHER_KEYS or actions.row(self.NAME)

    def show_keys(self) -> None:
        """Write the key line for what has the focus."""
        self.query_one("#form-keys", KeyRow).show(self.keys())

    def status(self, sentence: str, tone: str = "ink") -> None:
        """One line at the foot of the form; `tone` is ink, muted or problem."""
        style = {"ink": "$ink", "muted": "$ink-muted", "problem": "bold $heat-below-ink"}[tone]
        shown = text.plain(text.shown(sentence), style)
        self.query_one("#form-status", Static).update(shown, layout=False)

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show every problem beside its field, and go to the first field that has one."""
        self._refused = True
        self.complain(problems)
        wrong = {problem.field for problem in problems}
        if field := next((field for field in self.query(Field) if field.field in wrong), None):
            field.enter()
        for problem in problems:
            if problem.field == SYSTEM:
                # Paths are longer than the line at the foot.
                self.host.warn(problem.text)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Show the problems beside their fields, and the rest at the foot."""
        fields = {field.field: field for field in self.query(Field)}
        for name, field in fields.items():
            field.complain(Phrase(" ").join(p.said for p in problems if p.field == name))
        rest = Phrase(" ").join(p.text for p in problems if p.field not in fields)
        wrong = f"{counted(len(problems), 'field')} to correct" if problems else ""
        self.status(rest or wrong, "problem")


SAVE_CLOSE: Keys = (("ctrl+s", "save"), ("esc", "close"))
NEXT: Keys = (("enter", "next"), *SAVE_CLOSE)


class ExamForm(FormScreen):
    """Asks for something about the exam `code`. Subclasses yield the fields."""

    DEFAULT_CLASSES = "-small"
    KEYS: ClassVar[Mapping[type, Keys]] = {Choice: (("← →", "choose"), *NEXT)}
    OTHER_KEYS = (("↑↓", "field"), *NEXT)

    def __init__(self, service: Service, code: str, heading: str) -> None:
        super().__init__()
        self._service, self._code = service, code
        self.heading = f"{heading} · {code}"


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

    def draft(self) -> list[str]:
        return [self.query_one(f"#field-{field.name}", Input).value for field in self._fields]

    def on_input_changed(self) -> None:
        """Say how a day or time is read, while it is typed."""
        for field, typed in zip(self._fields, self.draft(), strict=True):
            if field.now is not None and typed != field.value:
                shown = reading(typed, field.now) or field.hint
                self.query_one(f"#hint-{field.name}", Static).update(Content(shown))

    def submit(self) -> Outcome:
        return self._save(*self.draft())

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        names = [field.name for field in self._fields]
        for name in (*names, "other"):
            found = [
                problem.text
                for problem in problems
                if (problem.field if problem.field in names else "other") == name
            ]
            place = self.query_one(f"#problem-{name}", Static)
            place.update(text.shown(Phrase(" ").join(found)))
            place.set_class(bool(found), "-shown")
