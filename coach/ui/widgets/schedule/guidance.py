"""How to spend a block: a way of working and a first step for each activity."""

from coach.model.plan import Activity
from coach.ui import text
from coach.ui.widgets.schedule.view import Entry

WORK: dict[Activity, str] = {
    "learn": "Read one section, put it away, write down what stayed, then check what is missing.",
    "lab": "Build it by hand, break it once, repair it, and delete what you made.",
    "practice": "Answer with everything closed. For each miss, write the rule that decides it.",
    "scenario": "Draw the whole solution first and name the reason for each part, then build it.",
    "review": "Say each topic aloud from memory; look up only what you could not say.",
    "assessment": "Sit it like the real one: full length, one go, no notes, no phone.",
    "buffer": "Kept for what slipped. If nothing did, take this week's weakest topic, or rest.",
}
_FIRST: dict[Activity, str] = {
    "learn": "I write down three questions that {topic} should answer",
    "lab": "I sign in to my lab and create the first resource for {topic}",
    "practice": "I answer the first five questions on {topic} with my notes closed",
    "scenario": "I write the requirement of the case in one sentence",
    "review": "I write from memory what I know about {topic}",
    "assessment": "I close everything else and start the clock",
    "buffer": "I look at what was missed and take the oldest",
}


def first_step(entry: Entry) -> str:
    """An intention with a cue: when the block starts, then one small thing to do."""
    block = entry.block
    topic = f"“{entry.title}”" if block.topic or block.domain else "the weakest topic"
    action = _FIRST[block.activity].format(topic=topic)
    weekday = text.WEEKDAYS[block.start.weekday()]
    return f"When it is {weekday} {text.clock(block.start)}, then {action}."
