"""What the person's own view of a sitting adds: formats that felt hard, what seemed missing."""

from functools import partial

from coach.model.answers import Insight
from coach.model.attempt import Lacking, QuestionFormat, Reflection
from coach.reading.insights.context import InsightContext
from coach.reading.insights.finding import finding
from coach.wording import listed

FORMAT_PRACTICE: dict[QuestionFormat, str] = {
    "multiple-choice": "for every wrong option, say when it would be the right one",
    "multiple-response": "decide on each option by itself before you count how many are asked for",
    "case-study": "read the requirements of a case first, then its questions, then the rest",
    "drag-and-drop": "write the order or the pairs from memory before you look at the choices",
    "build-list": "do the steps in a lab and write them down in order, without the documentation",
    "scenario": "underline each requirement and name the option that fails it",
    "simulation": "do the task in the product against the clock, once by hand and once by command",
}
_LACKING: dict[Lacking, tuple[str, str]] = {
    "concepts": (
        "concepts seemed to be missing",
        "Read first and explain each service in your own words; build once that holds.",
    ),
    "practice": (
        "practice seemed to be missing",
        "Trade reading for labs: build each critical topic of the weak domains by hand.",
    ),
    "both": (
        "concepts and practice both seemed to be missing",
        "Take each critical topic in two steps, reading and then a lab, before the next one.",
    ),
    "frameworks": (
        "frameworks and compliance seemed to be missing, not the handling of the product",
        "Trade labs for reading: the framework's terms, who is responsible, and which control "
        "answers which requirement.",
    ),
}
_tip = partial(finding, "tip", source="own")


def lacking(context: InsightContext) -> Insight | None:
    """What seemed to be missing shifts between reading and labs [LM-06-08]."""
    view = _view(context)
    if view is None or view.lacking is None:
        return None
    said, action = _LACKING[view.lacking]
    weak = tuple(d.name for d in context.failed.domains if d.gap) if context.failed else ()
    text = f"By your own account {said}; a report does not tell concepts from practice."
    return _tip("own-view", "medium", text, action, weak)


def hard_formats(context: InsightContext) -> Insight | None:
    """Formats that felt hard ask for practice in that format [LM-05, LM-09]."""
    view = _view(context)
    if view is None or not view.hard_formats:
        return None
    names = listed(name.replace("-", " ") for name in view.hard_formats)
    ways = "; ".join(f"{f.replace('-', ' ')}: {FORMAT_PRACTICE[f]}" for f in view.hard_formats)
    text = f"By your own account these formats felt hard: {names}. A report does not show formats."
    return _tip("hard-formats", "low", text, f"Practise in them. {_sentence(ways)}")


def _view(context: InsightContext) -> Reflection | None:
    return context.failed.report.reflection if context.failed else None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
