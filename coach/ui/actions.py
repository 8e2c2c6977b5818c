"""Every action a person can take, once: keys, label, help, where it works, where it is shown.

Bindings, the key bar, the help screen, the command palette and the key table of the README all
come from here. A mode screen handles `action_<id>` for its own entries, the app for the rest.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.keys import format_key

EVERYWHERE = "everywhere"
WELCOME = "welcome"
SCREENS = ("timeline", "heatmap", "schedule")


def written(keys: str) -> str:
    """The first of some keys as people know it: `?` for `question_mark,f1`."""
    first = keys.partition(",")[0]
    return first if first == "enter" else format_key(first)


class Action(Struct, frozen=True):
    """One action. `bound` are Textual key names with commas between them, `name` what it is called
    where that is not its id; it works on `screens`: mode screens, `everywhere` or `welcome`."""

    id: str
    bound: str
    help: str
    name: str = ""
    screens: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The Textual names of its keys."""
        return tuple(self.bound.split(","))

    @property
    def shown(self) -> str:
        """Its key as it is written for people."""
        return written(self.bound)

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name or self.id.replace("_", " ").capitalize()


_WORKING_ON = {
    EVERYWHERE: (
        Action(
            "timeline", "1", "When you may and should sit it, what happened, how likely a pass is."
        ),
        Action("heatmap", "2", "Which domains cost you the exam, across all your reports."),
        Action("schedule", "3", "What to study this week, on which day, and why."),
        Action("report", "n", "Enter a score report; the plan follows it.", "New report"),
        Action(
            "paste",
            "v",
            "Paste the text of a report, or read it from a file: PDF, text, JSON or CSV.",
            "Paste report",
            (WELCOME, "timeline", "heatmap"),
        ),
        Action("practice", "p", "Log what a quiz, a lab or a whole practice test came to."),
        Action("booking", "b", "Record an appointment: booked, missed, cancelled, interrupted."),
        Action(
            "own_view",
            "o",
            "Say what felt hard at a sitting, what was missing, and how you studied.",
            "How it felt",
        ),
        Action(
            "rate",
            "R",
            "Rate your own level in each domain; the plan follows it until there is a report.",
            "Own level",
        ),
        Action("exam", "e", "Switch to another exam, or track a new one."),
        Action(
            "card",
            "E",
            "Whom it is made for, its pass mark and shares, and what to do on its day.",
            "This exam",
        ),
        Action("undo", "u", "Take back the last thing that was saved."),
        Action("redo", "ctrl+r", "Do again what u took back last."),
        Action("history", "U", "What was saved when; u there takes it back."),
        Action("data", "B", "Backups, check-up, other copies, export, import.", "Your data"),
        Action("help", "question_mark,f1", "All keys, and what the words mean."),
        Action(
            "questions", "Q", "What people ask about scores and reports, and what Coach answers."
        ),
        Action("palette", "ctrl+p", "Find any action by name."),
        Action(
            "suspend_process",
            "ctrl+z",
            "Back to the shell for a while; fg there brings the app back.",
            "To the shell",
        ),
        Action("quit", "q,ctrl+q", "Leave. Everything is saved already."),
        Action("open", "enter", "Show everything about the selected entry.", "Details", SCREENS),
        Action(
            "edit",
            "c",
            "Correct the selected report, or an appointment without one.",
            "Change",
            ("timeline", "heatmap"),
        ),
    ),
    WELCOME: (Action("sample", "d", "Open sample data; nothing of it is kept.", "Look around"),),
    "timeline": (
        Action(
            "forecast",
            "f",
            "When to sit: the chance to pass week by week, and what it rests on.",
            "Chance",
        ),
        Action("remove", "d,delete", "Remove the selected report or appointment, after asking."),
        Action(
            "zoom_in",
            "plus,equals_sign",
            "Show half the time, around the selected sitting.",
            "Closer",
        ),
        Action(
            "zoom_out",
            "minus,underscore",
            "Show twice the time, around the selected sitting.",
            "Wider",
        ),
        Action("zoom_fit", "0", "Show all sittings and what follows.", "Whole history"),
        Action("earlier", "left,h", "Move the chart back in time."),
        Action("later", "right,l", "Move the chart on in time."),
        Action(
            "successor", "s", "Track the successor of a retired exam, with its own attempt limit."
        ),
        Action(
            "terms",
            "t",
            "What you agreed with the vendor: voucher, notice of a change, accommodations.",
        ),
    ),
    "heatmap": (
        Action("older", "left,h", "Mark the report before."),
        Action("newer", "right,l", "Mark the next report."),
        Action("advice", "i", "What the reports say and what to do about it."),
        Action("order", "O", "Domains by what they cost you, or in the order of the outline."),
        Action(
            "match",
            "m",
            "Say which skills of an earlier edition continue as which of the newest.",
            "Match skills",
        ),
    ),
    "schedule": (
        Action("done", "space", "Tick the selected session; again to take the tick back."),
        Action(
            "done_minutes",
            "D",
            "Tick the selected session with the minutes it really took.",
            "Log actual time",
        ),
        Action("skip", "x", "Give the selected session up; its time goes back to the plan."),
        Action("pin", "P", "Fix the selected session where it is; again to let it go."),
        Action("move", "m", "Move the selected session to another time."),
        Action("hours", "a", "Set your weekly hours and days off."),
        Action(
            "longer", "plus,equals_sign", "Give the selected session a quarter of an hour more."
        ),
        Action("shorter", "minus", "Take a quarter of an hour from the selected session."),
        Action("week_before", "left_square_bracket,pageup", "Show the week before."),
        Action("week_after", "right_square_bracket,pagedown", "Show the week after."),
        Action("today", "t", "Go back to today and the next session."),
        Action("target", "g", "Set the date to plan for.", "Goal date", SCREENS),
        Action("strategy", "s", "Choose how the hours are split, with the splits side by side."),
        Action("replan", "r", "Plan again from today, after showing what would change.", "Re-plan"),
        Action(
            "plan",
            "i",
            "Show what the plan warns of, the ways out, hours per domain and the backlog.",
            "This plan",
        ),
        Action("changes", "v", "What each plan changed, from which session to which, and why."),
    ),
}
ACTIONS = tuple(
    each if each.screens else replace(each, screens=(screen,))
    for screen, entries in _WORKING_ON.items()
    for each in entries
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


_LAST = ("report", "quit", "exam")
_BARS = {
    WELCOME: _LAST,
    "timeline": ("open", "forecast", "edit", "remove", "report", "zoom_in", "quit", "exam"),
    "heatmap": ("open", "edit", "advice", "order", *_LAST),
    "schedule": ("done", "open", "skip", "move", "hours", "replan", "changes", "today", *_LAST),
}
"""What the key bar of a screen offers after help, the most wanted first."""
AS_SEEN = ("undo", "redo", "done", "skip", "pin", "longer", "shorter", "quit")
"""What acts on what is on screen, whatever another window saved since; `quit` needs no data."""


EVERYDAY = {
    "hours": "holiday, vacation, day off, busy, calendar, study time",
    "move": "reschedule a session, postpone, another day",
    "replan": "reschedule, missed sessions, catch up, behind",
    "booking": "book the exam, appointment, reschedule the exam, cancel, no-show, exam date",
    "card": "exam day, checklist, what to bring, check-in, pass mark",
    "untrack": "drop exam, remove exam, delete exam, stop an exam",
    "exam": "add exam, another exam, change exam, switch",
    "open": "open lab, material, link, learning path, resource, why",
    "target": "deadline, exam date, end of the plan",
    "report": "result, how did it go, failed, passed, score",
    "paste": "import a report, pdf, file",
    "practice": "quiz, mock test, practice test",
    "own_view": "how it felt, reflection",
    "rate": "self-rating, no report yet, what I know",
    "done": "tick, finished",
    "skip": "give up",
    "undo": "take back, revert, mistake",
    "data": "backup, restore, file",
    "export_file": "save a copy, download",
    "next_look": "theme, colours, dark mode, light mode, contrast",
    "help": "keys, shortcuts",
    "quit": "exit, leave, close",
    "terms": "voucher, accommodations",
    "strategy": "split the hours",
}
"""What people call an action, beside its own name."""


class SheetKey(Struct, frozen=True):
    """One key of a sheet or a form. `keys` are Textual key names with commas between them, `action`
    is a method of it. With a `label` it stands in the row of keys, as `sign` where one entry is for
    several keys."""

    keys: str
    action: str
    label: str = ""
    sign: str = ""
    priority: bool = False

    @property
    def shown(self) -> str:
        """Its key as it is written for people."""
        return self.sign or written(self.keys)


def _asks(*ids: str) -> Iterator[SheetKey]:
    """The keys of these actions, which a sheet closes with."""
    for each in map(action, ids):
        yield SheetKey(each.bound, f"ask('{each.id}')", each.label.lower())


def _close(key: str = "q") -> SheetKey:
    """Escape, q and the key that opened the sheet."""
    keys = dict.fromkeys(("escape", "q", *key.split(",")))
    return SheetKey(",".join(keys), "close", "close")


_SAVE = SheetKey("ctrl+s", "save", "save")
_LEAVE = SheetKey("escape,ctrl+w", "leave", "close")
_ADDRESS = (SheetKey("o", "browse", "open"), SheetKey("y", "copy", "copy address"))
_CHOOSE = SheetKey("", "", "choose", "↑↓")
PASTED = (
    SheetKey("pagedown", "scroll(5)", "scroll", priority=True),
    SheetKey("pageup", "scroll(-5)", priority=True),
    _SAVE,
    _LEAVE,
)
SHEETS: dict[str, tuple[SheetKey, ...]] = {
    "sheet": (
        _close(),
        SheetKey("up,k", "scroll(-1)"),
        SheetKey("down,j", "scroll(1)"),
        SheetKey("pageup", "scroll(-10)"),
        SheetKey("pagedown", "scroll(10)"),
        SheetKey("home,g", "scroll(-1000000)"),
        SheetKey("end,G", "scroll(1000000)"),
    ),
    "list": (SheetKey("enter", "take"), SheetKey("slash", "filter")),
    "confirm": (
        SheetKey("y", "answer(True)", "yes"),
        SheetKey("n", "answer(False)", "no"),
        SheetKey("escape,q", "answer(False)", "close"),
    ),
    "versions": (
        _CHOOSE,
        SheetKey("enter", "take", "select"),
        SheetKey("t", "go('theirs')"),
        SheetKey("m", "go('mine')"),
        _close(),
    ),
    "block": (
        *_ADDRESS,
        *_asks("done", "skip", "move", "pin"),
        SheetKey("D", "ask('done_minutes')"),
        _close(),
    ),
    "changes": (
        SheetKey("left,h", "turn(-1)", "earlier"),
        SheetKey("right,l", "turn(1)", "later"),
        SheetKey("c", "compare", "compare from here"),
        _close("v"),
    ),
    "preview": (SheetKey("enter", "accept", "accept"), _close()),
    "done_after_all": (
        SheetKey("space", "answer", "did it"),
        SheetKey("p", "answer(' ')", "part"),
        SheetKey("enter", "save", "rest not"),
        SheetKey("up,k", "choose(-1)"),
        SheetKey("down,j", "choose(1)"),
        SheetKey("backspace", "type('')"),
        *(SheetKey(str(digit), f"type('{digit}')") for digit in range(10)),
        _close(),
    ),
    "ways_on": (
        _CHOOSE,
        SheetKey("up,left,k", "choose(-1)"),
        SheetKey("down,right,j", "choose(1)"),
        SheetKey("enter", "take", "select"),
        SheetKey("c", "preview", "fewest changes"),
        SheetKey("f", "take('fresh')"),
        SheetKey("l", "take('later')"),
        SheetKey("w", "take('fewer')"),
        _close(),
    ),
    "plan": (
        *_asks("replan"),
        SheetKey("g", "ask('target')", "goal"),
        *_asks("hours", "strategy"),
        _close("i"),
    ),
    "strategy": (
        _CHOOSE,
        SheetKey("up,left,k,h", "choose(-1)"),
        SheetKey("down,right,j,l", "choose(1)"),
        SheetKey("enter", "take", "use it"),
        _close("s"),
    ),
    "move": (
        SheetKey("left", "shift(-1, 0, 0)", "day", "←→"),
        SheetKey("right", "shift(1, 0, 0)"),
        SheetKey("left_square_bracket", "shift(-7, 0, 0)"),
        SheetKey("right_square_bracket", "shift(7, 0, 0)"),
        SheetKey("up", "shift(0, -15, 0)", "time", "↑↓"),
        SheetKey("down", "shift(0, 15, 0)"),
        SheetKey("pageup", "shift(0, -60, 0)"),
        SheetKey("pagedown", "shift(0, 60, 0)"),
        SheetKey("plus,equals_sign", "shift(0, 0, 15)", "length", "+ -"),
        SheetKey("minus", "shift(0, 0, -15)"),
        SheetKey("f", "free", "next free"),
        SheetKey("t", "type", "type"),
        SheetKey("enter", "move", "move"),
        _close("m"),
    ),
    "step": (_close("question_mark"),),
    "attempt": (*_asks("own_view", "edit", "remove"), _close()),
    "removal": (
        SheetKey("y", "ask", "remove it with its report"),
        SheetKey("n", "close", "keep it"),
        _close(),
    ),
    "domain": (
        SheetKey("f", "flag", "flag"),
        SheetKey("J,shift+down", "shift(1)", "move topic down"),
        SheetKey("K,shift+up", "shift(-1)", "up"),
        SheetKey("p", "ask('practice')", "log practice"),
        SheetKey("space", "tick", "done"),
        *_ADDRESS,
        SheetKey("left,h", "scroll(-1)"),
        SheetKey("right,l", "scroll(1)"),
        _close(),
    ),
    "advice": (_CHOOSE, SheetKey("enter", "take", "explain"), _close()),
    "match": (
        SheetKey("left,h", "turn(-1)", "before"),
        SheetKey("right,l,space", "turn(1)", "next"),
        SheetKey("s", "suggest", "take what fits"),
        SheetKey("x", "clear", "none"),
        SheetKey("enter,ctrl+s", "save", "save"),
        SheetKey("escape,q", "leave", "close"),
    ),
    "card": (*_ADDRESS, _close("E")),
    "data": (
        SheetKey("enter", "take", "restore"),
        SheetKey("m", "make", "back up"),
        SheetKey("k", "check", "check", priority=True),
        SheetKey("c", "copies"),
        SheetKey("x", "export", "export"),
        SheetKey("i", "import", "import"),
        _close("B"),
    ),
    "checkup": (SheetKey("f", "fix", "mend what needs no decision"), _close("k")),
    "copies": (_CHOOSE, SheetKey("enter", "take", "merge it"), _close()),
    "history": (
        SheetKey("u", "undo", "take the newest back"),
        SheetKey("slash", "filter", "filter"),
        _close("U"),
    ),
    "help": (
        SheetKey("slash", "filter", "search"),
        SheetKey("enter", "take", "do it"),
        _close("question_mark,f1"),
    ),
    "questions": (SheetKey("", "", "open an answer", "↑↓"), SheetKey("escape", "close", "close")),
    "broken": (
        _CHOOSE,
        SheetKey("enter", "take", "select"),
        SheetKey("p", "go('put_back')"),
        SheetKey("m", "go('repair')"),
        SheetKey("r", "go('restore')"),
        SheetKey("s", "go('start_empty')"),
        SheetKey("l", "go('look')"),
        SheetKey("escape,q", "close", "close Coach"),
    ),
    "picker": (
        _CHOOSE,
        SheetKey("enter", "", "select"),
        SheetKey("escape,ctrl+w", "close", "close"),
        SheetKey("down", "step('cursor_down')"),
        SheetKey("up", "step('cursor_up')"),
        SheetKey("pagedown", "step('page_down')"),
        SheetKey("pageup", "step('page_up')"),
    ),
    "form": (
        SheetKey("down", "next", "field", "↑↓"),
        SheetKey("up", "previous"),
        _SAVE,
        _LEAVE,
    ),
    "report": (SheetKey("ctrl+r", "look"),),
    "pasted": PASTED,
    "paste": (SheetKey("ctrl+o", "complete", "open in the form"), *PASTED),
    "outline": PASTED,
    "short_form": (
        SheetKey("down", "app.focus_next"),
        SheetKey("up", "app.focus_previous"),
        SheetKey("", "", "next", "enter"),
        _SAVE,
        _LEAVE,
    ),
    "hours": (
        SheetKey("enter,down", "app.focus_next"),
        SheetKey("up", "app.focus_previous"),
        _SAVE,
        SheetKey("escape,q,ctrl+w", "leave", "close"),
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
    """What Textual needs to bind the keys of that widget; nothing where it has none."""
    return [Binding(keys, action, show=False) for keys, action in WIDGETS.get(name, {}).items()]


LEAVE = "ctrl+q"
"""The one key that works over forms too."""


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
    return tuple(map(action, ("help", *_BARS[screen])))


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
