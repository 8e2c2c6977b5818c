"""The actions of the Heatmap alone."""

from coach.ui.actions.definition import Action

ACTIONS = (
    Action("older", ("left",), "left", "Older", "Mark the report before.", ("heatmap",)),
    Action("newer", ("right",), "right", "Newer", "Mark the next report.", ("heatmap",)),
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
        "match",
        ("m",),
        "m",
        "Match skills",
        "Say which skills of an earlier edition continue as which of the newest.",
        ("heatmap",),
    ),
)
