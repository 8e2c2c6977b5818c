"""Every action a person can take, once: keys, label, help, where it works, where it is shown.

Bindings, the key bar, the help screen, the command palette and the key table of the README all
come from here. A mode screen handles `action_<id>` for its own entries, the app for the rest.
"""

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType

EVERYWHERE = "everywhere"
WELCOME = "welcome"
SCREENS = ("timeline", "heatmap", "schedule")


class Action(Struct, frozen=True):
    """One action. `bound` are Textual key names with commas between them, `written` the key as
    people know it where that is not the first of them.

    `screens` names where it works (`everywhere`, `welcome` or mode screens). `bar` orders the entry
    in the key bar, lowest first and last to be dropped when there is no room; None leaves it out.
    `edits` marks what changes a record as it stands on screen, whatever another window did since.
    """

    id: str
    bound: str
    label: str
    help: str
    written: str = ""
    screens: tuple[str, ...] = ()
    bar: int | None = None
    edits: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The Textual names of its keys."""
        return tuple(self.bound.split(","))

    @property
    def shown(self) -> str:
        """Its key as it is written for people."""
        return self.written or self.keys[0]


def _working_on(screen: str, *actions: Action) -> tuple[Action, ...]:
    """The actions of one screen; those that name their screens keep them."""
    return tuple(each if each.screens else replace(each, screens=(screen,)) for each in actions)


ANYWHERE_ACTIONS = _working_on(
    EVERYWHERE,
    Action(
        "timeline",
        "1",
        "Timeline",
        "When you may and should sit it, what happened, how likely a pass is.",
    ),
    Action("heatmap", "2", "Heatmap", "Which domains cost you the exam, across all your reports."),
    Action("schedule", "3", "Schedule", "What to study this week, on which day, and why."),
    Action("report", "n", "New report", "Enter a score report; the plan follows it.", bar=20),
    Action(
        "paste",
        "v",
        "Paste report",
        "Paste the text of a report, or read it from a file: PDF, text, JSON or CSV.",
        screens=(WELCOME, "timeline", "heatmap"),
    ),
    Action("practice", "p", "Practice", "Log what a quiz, a lab or a whole practice test came to."),
    Action(
        "booking", "b", "Booking", "Record an appointment: booked, missed, cancelled, interrupted."
    ),
    Action(
        "own_view",
        "o",
        "How it felt",
        "Say what felt hard at a sitting, what was missing, and how you studied.",
    ),
    Action(
        "rate",
        "R",
        "Own level",
        "Rate your own level in each domain; the plan follows it until there is a report.",
    ),
    Action("exam", "e", "Exam", "Switch to another exam, or track a new one.", bar=40),
    Action(
        "card",
        "E",
        "This exam",
        "Whom it is made for, its pass mark and shares, and what to do on its day.",
    ),
    Action("undo", "u", "Undo", "Take back the last thing that was saved.", edits=True),
    Action("redo", "ctrl+r", "Redo", "Do again what u took back last.", edits=True),
    Action("history", "U", "History", "What was saved when; u there takes it back."),
    Action("data", "B", "Your data", "Backups, check-up, other copies, export, import."),
    Action(
        "help", "question_mark,f1", "Help", "All keys, and what the words mean.", written="?", bar=1
    ),
    Action(
        "questions",
        "Q",
        "Questions",
        "What people ask about scores and reports, and what Coach answers.",
    ),
    Action("palette", "ctrl+p", "Palette", "Find any action by name."),
    Action(
        "suspend_process",
        "ctrl+z",
        "To the shell",
        "Back to the shell for a while; fg there brings the app back.",
    ),
    Action("quit", "q,ctrl+q", "Quit", "Leave. Everything is saved already.", bar=30),
    Action(
        "open",
        "enter",
        "Details",
        "Show everything about the selected entry.",
        bar=3,
        screens=SCREENS,
    ),
    Action(
        "edit",
        "c",
        "Change",
        "Correct the selected report, or an appointment without one.",
        bar=5,
        screens=("timeline", "heatmap"),
    ),
)


HEATMAP_ACTIONS = _working_on(
    "heatmap",
    Action("older", "left,h", "Older", "Mark the report before.", written="←"),
    Action("newer", "right,l", "Newer", "Mark the next report.", written="→"),
    Action("advice", "i", "Advice", "What the reports say and what to do about it.", bar=6),
    Action(
        "order",
        "O",
        "Order",
        "Domains by what they cost you, or in the order of the outline.",
        bar=8,
    ),
    Action(
        "match",
        "m",
        "Match skills",
        "Say which skills of an earlier edition continue as which of the newest.",
    ),
)


SCHEDULE_ACTIONS = _working_on(
    "schedule",
    Action(
        "done",
        "space",
        "Done",
        "Tick the selected session; again to take the tick back.",
        bar=2,
        edits=True,
    ),
    Action(
        "done_minutes",
        "D",
        "Log actual time",
        "Tick the selected session with the minutes it really took.",
    ),
    Action(
        "skip",
        "x",
        "Skip",
        "Give the selected session up; its time goes back to the plan.",
        bar=4,
        edits=True,
    ),
    Action(
        "pin", "P", "Pin", "Fix the selected session where it is; again to let it go.", edits=True
    ),
    Action("move", "m", "Move", "Move the selected session to another time.", bar=5),
    Action("hours", "a", "Hours", "Set your weekly hours and days off.", bar=6),
    Action(
        "longer",
        "plus,equals_sign",
        "Longer",
        "Give the selected session a quarter of an hour more.",
        written="+",
        edits=True,
    ),
    Action(
        "shorter",
        "minus",
        "Shorter",
        "Take a quarter of an hour from the selected session.",
        written="-",
        edits=True,
    ),
    Action(
        "week_before",
        "left_square_bracket,pageup",
        "Week before",
        "Show the week before.",
        written="[",
    ),
    Action(
        "week_after",
        "right_square_bracket,pagedown",
        "Week after",
        "Show the week after.",
        written="]",
    ),
    Action("today", "t", "Today", "Go back to today and the next session.", bar=9),
    Action("target", "g", "Goal date", "Set the date to plan for.", screens=SCREENS),
    Action(
        "strategy", "s", "Strategy", "Choose how the hours are split, with the splits side by side."
    ),
    Action(
        "replan", "r", "Re-plan", "Plan again from today, after showing what would change.", bar=7
    ),
    Action(
        "plan",
        "i",
        "This plan",
        "Show what the plan warns of, the ways out, hours per domain and the backlog.",
    ),
    Action(
        "changes",
        "v",
        "Changes",
        "What each plan changed, from which session to which, and why.",
        bar=8,
    ),
)


TIMELINE_ACTIONS = _working_on(
    "timeline",
    Action(
        "forecast",
        "f",
        "Chance",
        "When to sit: the chance to pass week by week, and what it rests on.",
        bar=4,
    ),
    Action(
        "remove",
        "d,delete",
        "Remove",
        "Remove the selected report or appointment, after asking.",
        bar=6,
    ),
    Action(
        "zoom_in",
        "plus,equals_sign",
        "Closer",
        "Show half the time, around the selected sitting.",
        written="+",
        bar=25,
    ),
    Action(
        "zoom_out",
        "minus,underscore",
        "Wider",
        "Show twice the time, around the selected sitting.",
        written="-",
    ),
    Action("zoom_fit", "0", "Whole history", "Show all sittings and what follows."),
    Action("earlier", "left,h", "Earlier", "Move the chart back in time.", written="←"),
    Action("later", "right,l", "Later", "Move the chart on in time.", written="→"),
    Action(
        "successor",
        "s",
        "Successor",
        "Track the successor of a retired exam, with its own attempt limit.",
    ),
    Action(
        "terms",
        "t",
        "Terms",
        "What you agreed with the vendor: voucher, notice of a change, accommodations.",
    ),
)


WELCOME_ACTIONS = _working_on(
    WELCOME,
    Action("sample", "d", "Look around", "Open sample data; nothing of it is kept."),
)


class SheetKey(Struct, frozen=True):
    """One key of a sheet or a form. `keys` are Textual key names with commas between them, `shown`
    and `label` stand in the row of keys where there is a label, `action` is a method of it."""

    keys: str
    action: str
    shown: str = ""
    label: str = ""
    priority: bool = False


_ADDRESS = (
    SheetKey("o", "browse", "o", "open"),
    SheetKey("y", "copy", "y", "copy address"),
)
_CLOSE = SheetKey("escape,q", "close", "esc", "close")
_CHOOSE = SheetKey("", "", "↑↓", "choose")
PASTED = (
    SheetKey("pagedown", "scroll(5)", "pgdn", "scroll", priority=True),
    SheetKey("pageup", "scroll(-5)", priority=True),
    SheetKey("ctrl+s", "save", "ctrl+s", "save"),
    SheetKey("escape,ctrl+w", "leave", "esc", "close"),
)
SHEETS: dict[str, tuple[SheetKey, ...]] = {
    "sheet": (
        _CLOSE,
        SheetKey("up,k", "scroll(-1)"),
        SheetKey("down,j", "scroll(1)"),
        SheetKey("pageup", "scroll(-10)"),
        SheetKey("pagedown", "scroll(10)"),
        SheetKey("home,g", "scroll(-1000000)"),
        SheetKey("end,G", "scroll(1000000)"),
    ),
    "list": (SheetKey("enter", "take"), SheetKey("slash", "filter")),
    "confirm": (
        SheetKey("y", "answer(True)", "y", "yes"),
        SheetKey("n", "answer(False)", "n", "no"),
        SheetKey("escape,q", "answer(False)", "esc", "close"),
    ),
    "versions": (
        _CHOOSE,
        SheetKey("enter", "take", "enter", "select"),
        SheetKey("t", "answer('theirs')"),
        SheetKey("m", "answer('mine')"),
        _CLOSE,
    ),
    "block": (
        *_ADDRESS,
        SheetKey("space", "ask('done')", "space", "done"),
        SheetKey("x", "ask('skip')", "x", "skip"),
        SheetKey("m", "ask('move')", "m", "move"),
        SheetKey("P", "ask('pin')", "P", "pin"),
        SheetKey("D", "ask('done_minutes')"),
        _CLOSE,
    ),
    "changes": (
        SheetKey("left,h", "turn(-1)", "←", "earlier"),
        SheetKey("right,l", "turn(1)", "→", "later"),
        SheetKey("c", "compare", "c", "compare from here"),
        SheetKey("v", "close"),
        _CLOSE,
    ),
    "preview": (
        SheetKey("enter", "accept", "enter", "accept"),
        SheetKey("escape,q", "close", "esc", "close"),
    ),
    "done_after_all": (
        SheetKey("space", "answer", "space", "did it"),
        SheetKey("p", "answer(' ')", "p", "part"),
        SheetKey("enter", "save", "enter", "rest not"),
        SheetKey("up,k", "choose(-1)"),
        SheetKey("down,j", "choose(1)"),
        SheetKey("backspace", "type('')"),
        *(SheetKey(str(digit), f"type('{digit}')") for digit in range(10)),
        _CLOSE,
    ),
    "ways_on": (
        _CHOOSE,
        SheetKey("up,left,k", "choose(-1)"),
        SheetKey("down,right,j", "choose(1)"),
        SheetKey("enter", "take", "enter", "select"),
        SheetKey("c", "preview", "c", "fewest changes"),
        SheetKey("f", "take('fresh')"),
        SheetKey("l", "take('later')"),
        SheetKey("w", "take('fewer')"),
        SheetKey("escape,q", "close", "esc", "close"),
    ),
    "plan": (
        SheetKey("r", "ask('replan')", "r", "re-plan"),
        SheetKey("g", "ask('target')", "g", "goal"),
        SheetKey("a", "ask('hours')", "a", "hours"),
        SheetKey("s", "ask('strategy')", "s", "strategy"),
        SheetKey("i", "close"),
        _CLOSE,
    ),
    "strategy": (
        _CHOOSE,
        SheetKey("up,left,k,h", "choose(-1)"),
        SheetKey("down,right,j,l", "choose(1)"),
        SheetKey("enter", "take", "enter", "use it"),
        SheetKey("s", "close"),
        _CLOSE,
    ),
    "move": (
        SheetKey("left", "shift(-1, 0, 0)", "←→", "day"),
        SheetKey("right", "shift(1, 0, 0)"),
        SheetKey("left_square_bracket", "shift(-7, 0, 0)"),
        SheetKey("right_square_bracket", "shift(7, 0, 0)"),
        SheetKey("up", "shift(0, -15, 0)", "↑↓", "time"),
        SheetKey("down", "shift(0, 15, 0)"),
        SheetKey("pageup", "shift(0, -60, 0)"),
        SheetKey("pagedown", "shift(0, 60, 0)"),
        SheetKey("plus,equals_sign", "shift(0, 0, 15)", "+ -", "length"),
        SheetKey("minus", "shift(0, 0, -15)"),
        SheetKey("f", "free", "f", "next free"),
        SheetKey("t", "type", "t", "type"),
        SheetKey("enter", "move", "enter", "move"),
        SheetKey("m", "close"),
        _CLOSE,
    ),
    "step": (SheetKey("question_mark", "close"), _CLOSE),
    "attempt": (
        SheetKey("o", "ask('own_view')", "o", "how it felt"),
        SheetKey("c", "ask('edit')", "c", "change"),
        SheetKey("d,delete", "ask('remove')", "d", "remove"),
        _CLOSE,
    ),
    "removal": (
        SheetKey("y", "ask", "y", "remove it with its report"),
        SheetKey("n", "close", "n", "keep it"),
        _CLOSE,
    ),
    "domain": (
        SheetKey("f", "flag", "f", "flag"),
        SheetKey("J,shift+down", "shift(1)", "J", "move topic down"),
        SheetKey("K,shift+up", "shift(-1)", "K", "up"),
        SheetKey("p", "ask('practice')", "p", "log practice"),
        SheetKey("space", "tick", "space", "done"),
        *_ADDRESS,
        SheetKey("left,h", "scroll(-1)"),
        SheetKey("right,l", "scroll(1)"),
        _CLOSE,
    ),
    "advice": (_CHOOSE, SheetKey("enter", "take", "enter", "explain"), _CLOSE),
    "match": (
        SheetKey("left,h", "turn(-1)", "←", "before"),
        SheetKey("right,l,space", "turn(1)", "→", "next"),
        SheetKey("s", "suggest", "s", "take what fits"),
        SheetKey("x", "clear", "x", "none"),
        SheetKey("enter,ctrl+s", "save", "enter", "save"),
        SheetKey("escape,q", "leave", "esc", "close"),
    ),
    "card": (*_ADDRESS, SheetKey("E", "close"), _CLOSE),
    "data": (
        SheetKey("enter", "take", "enter", "restore"),
        SheetKey("m", "make", "m", "back up"),
        SheetKey("k", "check", "k", "check", priority=True),
        SheetKey("c", "copies"),
        SheetKey("x", "export", "x", "export"),
        SheetKey("i", "import", "i", "import"),
        SheetKey("B", "close"),
        _CLOSE,
    ),
    "checkup": (
        SheetKey("f", "fix", "f", "mend what needs no decision"),
        SheetKey("k", "close"),
        _CLOSE,
    ),
    "copies": (_CHOOSE, SheetKey("enter", "take", "enter", "merge it"), _CLOSE),
    "history": (
        SheetKey("u", "undo", "u", "take the newest back"),
        SheetKey("slash", "filter", "/", "filter"),
        SheetKey("U", "close"),
        _CLOSE,
    ),
    "help": (
        SheetKey("slash", "filter", "/", "search"),
        SheetKey("enter", "take", "enter", "do it"),
        SheetKey("question_mark,f1", "close"),
        _CLOSE,
    ),
    "questions": (
        SheetKey("", "", "↑↓", "open an answer"),
        SheetKey("escape", "close", "esc", "close"),
    ),
    "broken": (
        _CHOOSE,
        SheetKey("enter", "take", "enter", "select"),
        SheetKey("p", "go('put_back')"),
        SheetKey("m", "go('repair')"),
        SheetKey("r", "go('restore')"),
        SheetKey("s", "go('start_empty')"),
        SheetKey("l", "go('look')"),
        SheetKey("escape,q", "close", "esc", "close Coach"),
    ),
    "picker": (
        _CHOOSE,
        SheetKey("enter", "", "enter", "select"),
        SheetKey("escape,ctrl+w", "close", "esc", "close"),
        SheetKey("down", "step('cursor_down')"),
        SheetKey("up", "step('cursor_up')"),
        SheetKey("pagedown", "step('page_down')"),
        SheetKey("pageup", "step('page_up')"),
    ),
    "form": (
        SheetKey("down", "next", "↑↓", "field"),
        SheetKey("up", "previous"),
        SheetKey("ctrl+s", "save", "ctrl+s", "save"),
        SheetKey("escape,ctrl+w", "leave", "esc", "close"),
    ),
    "report": (SheetKey("ctrl+r", "look"),),
    "pasted": PASTED,
    "paste": (SheetKey("ctrl+o", "complete", "ctrl+o", "open in the form"), *PASTED),
    "outline": PASTED,
    "short_form": (
        SheetKey("down", "app.focus_next"),
        SheetKey("up", "app.focus_previous"),
        SheetKey("", "", "enter", "next"),
        SheetKey("ctrl+s", "save", "ctrl+s", "save"),
        SheetKey("escape,ctrl+w", "leave", "esc", "close"),
    ),
    "hours": (
        SheetKey("enter,down", "app.focus_next"),
        SheetKey("up", "app.focus_previous"),
        SheetKey("ctrl+s", "save", "ctrl+s", "save"),
        SheetKey("escape,q,ctrl+w", "leave", "esc", "close"),
    ),
}
"""The keys of everything that opens over a screen, by its name, in the order of its row."""


def row(name: str) -> tuple[tuple[str, str], ...]:
    """The keys of that sheet as they are shown, each with what it does."""
    return tuple((key.shown, key.label) for key in SHEETS[name] if key.label)


def sheet_bindings(name: str) -> list[BindingType]:
    """What Textual needs to bind the keys of that sheet."""
    return [
        Binding(key.keys, key.action, show=False, priority=key.priority)
        for key in SHEETS[name]
        if key.keys and key.action
    ]


_STEPS = {"up,k": "step(-1)", "down,j": "step(1)"}
_ENDS = {"home": "step(-1000000)", "end": "step(1000000)"}
_NEXT = {"enter": "screen.next"}
_EXPLAIN = {"question_mark": "screen.open"}
_WAYS = {"up": "0, -1", "down": "0, 1", "left": "-1, 0", "right": "1, 0"}
WIDGETS: dict[str, dict[str, str]] = {
    "schedule": {**_STEPS, **_ENDS, "left,h": "sideways(-1)", "right,l": "sideways(1)"},
    "ways": {"up,k": "move(-1)", "down,j": "move(1)", "enter,space": "take"},
    "list": {**_STEPS, **_ENDS, "pageup": "page(-1)", "pagedown": "page(1)"},
    "answers": {
        "left,h,up,k": "step(-1)",
        "right,l": "step(1)",
        "down,j": "below",
        **_EXPLAIN,
    },
    "next": _EXPLAIN,
    "form": {"pageup": "page_up", "pagedown": "page_down"},
    "exam": {"enter,space": "pick"},
    "choice": {"left": "turn(-1)", "right,space": "turn(1)", **_NEXT},
    "pick": {"space": "turn", **_NEXT},
    "ticks": {"left": "move(-1)", "right": "move(1)", "space": "tick", **_NEXT},
    "band": {
        "left": "turn(-1)",
        "right": "turn(1)",
        "backspace": "back",
        "delete,minus": "clear",
        "f": "topics",
        **_NEXT,
    },
    "topic": {"space,f": "flag", **_NEXT},
    "hours": {
        **{key: f"move({way})" for key, way in _WAYS.items()},
        **{f"shift+{key}": f"move({way}, True)" for key, way in _WAYS.items()},
        "pageup": "move(0, -4)",
        "pagedown": "move(0, 4)",
        "space": "paint",
        "b": "brush",
        "c": "copy",
        **{str(number): f"preset({number})" for number in range(4)},
    },
}
"""The keys of what stands on a screen, in a sheet or in a form, each with an action of its own."""


def widget_bindings(name: str) -> list[BindingType]:
    """What Textual needs to bind the keys of that widget."""
    return [Binding(keys, action, show=False) for keys, action in WIDGETS[name].items()]


LEAVE = "ctrl+q"
"""The one key that works over forms too."""
QUIT = "quit"
"""The one action that needs no data."""
ACTIONS: tuple[Action, ...] = (
    *ANYWHERE_ACTIONS,
    *WELCOME_ACTIONS,
    *TIMELINE_ACTIONS,
    *HEATMAP_ACTIONS,
    *SCHEDULE_ACTIONS,
)

_BY_ID = {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The action with that id; KeyError where there is none."""
    return _BY_ID[action_id]


def named(name: str) -> Action | None:
    """The action that a Textual action such as `screen.help` or `help` runs, None for others: one
    with arguments is a widget's own."""
    return _BY_ID.get(name.rpartition(".")[2])


def on(screen: str) -> tuple[Action, ...]:
    """The actions of that screen (or `everywhere`) alone, in the order of the registry."""
    return tuple(entry for entry in ACTIONS if screen in entry.screens)


def bindings(screen: str) -> list[Binding]:
    """What Textual needs to bind the actions of that screen (or `everywhere`)."""
    return [
        Binding(
            key,
            entry.id,
            entry.label,
            show=False,
            priority=key == LEAVE,
            id=f"{screen}.{entry.id}.{index}",
        )
        for entry in on(screen)
        for index, key in enumerate(entry.keys)
    ]


def key_bar(screen: str) -> tuple[Action, ...]:
    """What the key bar of that screen offers, most wanted first."""
    offered = [entry for entry in (*on(screen), *on(EVERYWHERE)) if entry.bar is not None]
    return tuple(sorted(offered, key=lambda entry: entry.bar or 0))


def key_table() -> str:
    """The key tables of the README: one a screen, in Markdown. `python -m coach.ui.actions`
    prints them."""
    places = [(EVERYWHERE, "Everywhere"), *((name, action(name).label) for name in SCREENS)]
    return "\n\n".join(_table(name, title) for name, title in (*places, (WELCOME, "Welcome")))


def _table(screen: str, title: str) -> str:
    rows = [f"| `{entry.shown}` | {entry.label} | {entry.help} |" for entry in on(screen)]
    return "\n".join([f"| {title} | | |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(key_table())
