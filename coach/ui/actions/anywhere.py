"""The actions of every screen, and those that several screens share."""

from coach.ui.actions.definition import SCREENS, WELCOME, Action

ACTIONS = (
    Action(
        "timeline",
        ("1",),
        "1",
        "Timeline",
        "What happened, when you may sit again, what each attempt cost.",
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
    Action("practice", ("p",), "p", "Practice", "Log a quiz or lab result in one domain."),
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
    Action("exam", ("e",), "e", "Exam", "Switch to another exam, or track a new one.", bar=40),
    Action(
        "card",
        ("E",),
        "E",
        "This exam",
        "Whom it is made for, its pass mark and shares, and what to do on its day.",
    ),
    Action("undo", ("u",), "u", "Undo", "Take back the last thing that was saved.", edits=True),
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
