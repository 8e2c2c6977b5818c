"""The actions of the Timeline alone."""

from coach.ui.actions.definition import Action

ACTIONS = (
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
        bar=7,
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
    Action("earlier", ("left",), "left", "Earlier", "Move the chart back in time.", ("timeline",)),
    Action("later", ("right",), "right", "Later", "Move the chart on in time.", ("timeline",)),
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
