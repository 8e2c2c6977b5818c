"""Every action a person can take, once: keys, label, help, where it works, where it is shown.

Bindings, the key bar, the help screen, the command palette and the key table of the README all
come from here. A mode screen handles `action_<id>` for its own entries, the app for the rest.
"""

from typing import NamedTuple

from textual.binding import Binding

EVERYWHERE = "everywhere"
WELCOME = "welcome"
SCREENS = ("timeline", "heatmap", "schedule")


class Action(NamedTuple):
    """One action. `keys` are Textual key names, `shown` how the keys are written for people.

    `screens` names where it works (`everywhere`, `welcome` or mode screens). `bar` orders the entry
    in the key bar, lowest first and last to be dropped when there is no room; None leaves it out.
    `edits` marks what changes a record as it stands on screen, whatever another window did since.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    label: str
    help: str
    screens: tuple[str, ...] = (EVERYWHERE,)
    bar: int | None = None
    edits: bool = False


ANYWHERE_ACTIONS = (
    Action(
        "timeline",
        ("1",),
        "1",
        "Timeline",
        "When you may and should sit it, what happened, how likely a pass is.",
    ),
    Action(
        "heatmap",
        ("2",),
        "2",
        "Heatmap",
        "Which domains cost you the exam, across all your reports.",
    ),
    Action("schedule", ("3",), "3", "Schedule", "What to study this week, on which day, and why."),
    Action(
        "report", ("n",), "n", "New report", "Enter a score report; the plan follows it.", bar=20
    ),
    Action(
        "paste",
        ("v",),
        "v",
        "Paste report",
        "Paste the text of a report, or read it from a file: PDF, text, JSON or CSV.",
        (WELCOME, "timeline", "heatmap"),
    ),
    Action(
        "practice",
        ("p",),
        "p",
        "Practice",
        "Log what a quiz, a lab or a whole practice test came to.",
    ),
    Action(
        "booking",
        ("b",),
        "b",
        "Booking",
        "Record an appointment: booked, missed, cancelled, interrupted.",
    ),
    Action(
        "own_view",
        ("o",),
        "o",
        "Own view",
        "Say what felt hard at a sitting, what was missing, and how you studied.",
    ),
    Action(
        "rate",
        ("R",),
        "R",
        "Own level",
        "Rate your own level in each domain; the plan follows it until there is a report.",
    ),
    Action("exam", ("e",), "e", "Exam", "Switch to another exam, or track a new one.", bar=40),
    Action(
        "card",
        ("E",),
        "E",
        "This exam",
        "Whom it is made for, its pass mark and shares, and what to do on its day.",
    ),
    Action("undo", ("u",), "u", "Undo", "Take back the last thing that was saved.", edits=True),
    Action("redo", ("ctrl+r",), "ctrl+r", "Redo", "Do again what u took back last.", edits=True),
    Action("history", ("U",), "U", "What was done", "What was saved when; u there takes it back."),
    Action("data", ("B",), "B", "Your data", "Backups, check-up, other copies, export, import."),
    Action(
        "help", ("question_mark", "f1"), "?", "Help", "All keys, and what the words mean.", bar=1
    ),
    Action(
        "questions",
        ("Q",),
        "Q",
        "Questions",
        "What people ask about scores and reports, and what Coach answers.",
    ),
    Action("palette", ("ctrl+p",), "ctrl+p", "Palette", "Find any action by name."),
    Action("quit", ("q", "ctrl+q"), "q", "Quit", "Leave. Everything is saved already.", bar=30),
    Action(
        "open",
        ("enter",),
        "enter",
        "Details",
        "Show everything about the selected entry.",
        SCREENS,
        bar=3,
    ),
    Action(
        "edit",
        ("c",),
        "c",
        "Change",
        "Correct the selected report, or an appointment without one.",
        ("timeline", "heatmap"),
        bar=5,
    ),
)


HEATMAP_ACTIONS = (
    Action("older", ("left", "h"), "left", "Older", "Mark the report before.", ("heatmap",)),
    Action("newer", ("right", "l"), "right", "Newer", "Mark the next report.", ("heatmap",)),
    Action(
        "advice",
        ("i",),
        "i",
        "Advice",
        "What the reports say and what to do about it.",
        ("heatmap",),
        bar=6,
    ),
    Action(
        "order",
        ("O",),
        "O",
        "Order",
        "Domains by what they cost you, or in the order of the outline.",
        ("heatmap",),
        bar=8,
    ),
    Action(
        "match",
        ("m",),
        "m",
        "Match skills",
        "Say which skills of an earlier edition continue as which of the newest.",
        ("heatmap",),
    ),
)


SCHEDULE_ACTIONS = (
    Action(
        "done",
        ("space",),
        "space",
        "Done",
        "Tick the selected block; again to take the tick back.",
        ("schedule",),
        bar=2,
        edits=True,
    ),
    Action(
        "done_minutes",
        ("D",),
        "D",
        "Done in",
        "Tick the selected block with the minutes it really took.",
        ("schedule",),
    ),
    Action(
        "skip",
        ("x",),
        "x",
        "Skip",
        "Give the selected block up; its time goes back to the plan.",
        ("schedule",),
        bar=4,
        edits=True,
    ),
    Action(
        "pin",
        ("P",),
        "P",
        "Pin",
        "Fix the selected block where it is; again to let it go.",
        ("schedule",),
        edits=True,
    ),
    Action(
        "move",
        ("m",),
        "m",
        "Move",
        "Move the selected block to another time.",
        ("schedule",),
        bar=5,
    ),
    Action(
        "hours", ("a",), "a", "Hours", "Set your weekly hours and days off.", ("schedule",), bar=6
    ),
    Action(
        "longer",
        ("plus", "equals_sign"),
        "+",
        "Longer",
        "Give the selected block a quarter of an hour more.",
        ("schedule",),
        edits=True,
    ),
    Action(
        "shorter",
        ("minus",),
        "-",
        "Shorter",
        "Take a quarter of an hour from the selected block.",
        ("schedule",),
        edits=True,
    ),
    Action(
        "week_before",
        ("left_square_bracket", "pageup"),
        "[",
        "Week before",
        "Show the week before.",
        ("schedule",),
    ),
    Action(
        "week_after",
        ("right_square_bracket", "pagedown"),
        "]",
        "Week after",
        "Show the week after.",
        ("schedule",),
    ),
    Action(
        "today", ("t",), "t", "Today", "Go back to today and the next block.", ("schedule",), bar=9
    ),
    Action("target", ("g",), "g", "Goal date", "Set the date to plan for.", SCREENS),
    Action(
        "strategy",
        ("s",),
        "s",
        "Strategy",
        "Choose how the hours are split, with the splits side by side.",
        ("schedule",),
    ),
    Action(
        "replan",
        ("r",),
        "r",
        "Re-plan",
        "Plan again from today, after showing what would change.",
        ("schedule",),
        bar=7,
    ),
    Action(
        "plan",
        ("i",),
        "i",
        "This plan",
        "Show what the plan warns of, the ways out, hours per domain and the backlog.",
        ("schedule",),
    ),
    Action(
        "changes",
        ("v",),
        "v",
        "Changes",
        "What each plan changed, from which block to which, and why.",
        ("schedule",),
        bar=8,
    ),
)


TIMELINE_ACTIONS = (
    Action(
        "forecast",
        ("f",),
        "f",
        "Chance",
        "When to sit: the chance to pass week by week, and what it rests on.",
        ("timeline",),
        bar=4,
    ),
    Action(
        "remove",
        ("d", "delete"),
        "d",
        "Remove",
        "Remove the selected report or appointment, after asking.",
        ("timeline",),
        bar=6,
    ),
    Action(
        "zoom_in",
        ("plus", "equals_sign"),
        "+",
        "Closer",
        "Show half the time, around the selected sitting.",
        ("timeline",),
        bar=25,
    ),
    Action(
        "zoom_out",
        ("minus", "underscore"),
        "-",
        "Wider",
        "Show twice the time, around the selected sitting.",
        ("timeline",),
    ),
    Action(
        "zoom_fit",
        ("0",),
        "0",
        "Whole history",
        "Show all sittings and what follows.",
        ("timeline",),
    ),
    Action(
        "earlier", ("left", "h"), "left", "Earlier", "Move the chart back in time.", ("timeline",)
    ),
    Action("later", ("right", "l"), "right", "Later", "Move the chart on in time.", ("timeline",)),
    Action(
        "successor",
        ("s",),
        "s",
        "Successor",
        "Track the successor of a retired exam, with a count of its own.",
        ("timeline",),
    ),
    Action(
        "terms",
        ("t",),
        "t",
        "Terms",
        "What you agreed with the vendor: voucher, notice of a change, accommodations.",
        ("timeline",),
    ),
)


WELCOME_ACTIONS = (
    Action(
        "sample",
        ("d",),
        "d",
        "Look around",
        "Open sample data; nothing of it is kept.",
        (WELCOME,),
    ),
)


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
