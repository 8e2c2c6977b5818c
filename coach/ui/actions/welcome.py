"""The actions of the welcome, where no exam is tracked yet."""

from coach.ui.actions.definition import WELCOME, Action

ACTIONS = (
    Action(
        "import_file",
        ("i",),
        "i",
        "Import a report",
        "Read reports from a file: text, PDF, JSON or CSV.",
        (WELCOME,),
    ),
    Action(
        "sample",
        ("d",),
        "d",
        "Look around",
        "Open sample data; nothing of it is kept.",
        (WELCOME,),
    ),
)
