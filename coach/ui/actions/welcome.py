"""The actions of the welcome, where no exam is tracked yet."""

from coach.ui.actions.definition import WELCOME, Action

ACTIONS = (
    Action(
        "sample",
        ("d",),
        "d",
        "Look around",
        "Open sample data; nothing of it is kept.",
        (WELCOME,),
    ),
)
