"""The actions of the Schedule; the goal date is offered on the Timeline too."""

from coach.ui.actions.definition import Action

ACTIONS = (
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
    Action(
        "target", ("g",), "g", "Goal date", "Set the date to plan for.", ("schedule", "timeline")
    ),
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
