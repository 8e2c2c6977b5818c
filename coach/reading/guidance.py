"""How to study a topic, by the kind of thing it is (own), and finding answers to questions."""

from collections.abc import Sequence

from coach.model.answers import Question
from coach.model.exam import TopicKind
from coach.model.plan import Activity
from coach.reading.outlines import current_name, folded

_LOOK = (
    "{name}: look at it in a free trial or the product's own tour, and write one line on what "
    "each part is for."
)
_MIXED: dict[Activity, str] = {
    "practice": "Answer questions on {name}; for each one say why the wrong options are wrong.",
    "review": "Write down what you remember of {name} first, then check it and mend the gaps.",
    "assessment": "Take a whole practice exam at one sitting, on the clock, and log each domain.",
    "buffer": "Time kept free: catch up on a missed session, or stop early.",
}


def kind_of(kinds: Sequence[TopicKind], *names: str) -> TopicKind:
    """The kind of the first name that has one: a topic, then its domain, then its exam. Of several
    kinds the first one; of none the last one, which has no keywords."""
    for name in names:
        padded = f" {folded(current_name(name))} "
        for kind in kinds:
            if any(f" {keyword}" in padded for keyword in kind.keywords):
                return kind
    return kinds[-1]


def guidance(
    topic: str,
    activity: Activity,
    *,
    kinds: Sequence[TopicKind],
    around: tuple[str, ...] = (),
    vendor: str = "Microsoft",
    overview: bool = False,
) -> str:
    """What to do in a session on `topic`, in one or two sentences.

    `topic` is a topic's or a domain's name; it may be empty for mixed work. `around` names what
    it belongs to (domain, exam), for a topic whose own name does not say what it is about.
    `overview` is for exams that ask what things are rather than how they are built.
    """
    name = topic or "the weak domains"
    if activity in _MIXED:
        return _MIXED[activity].format(name=name)
    kind = kind_of(kinds, topic, *around)
    heading = topic or "The weak domains"
    if activity == "learn":
        where = "on Microsoft Learn" if vendor == "Microsoft" else "in the vendor's documentation"
        return f"{heading}: read {where} about {kind.read}."
    if activity == "lab":
        return _LOOK.format(name=heading) if overview else f"{heading}: build {kind.build}."
    return f"{heading}: in scenarios, decide {kind.decide}."


def answers(questions: Sequence[Question], query: str = "") -> tuple[Question, ...]:
    """The questions that hold every word of `query` in question or answer, all without one."""
    words = query.casefold().split()
    return tuple(
        entry
        for entry in questions
        if all(word in f"{entry.code} {entry.question} {entry.answer}".casefold() for word in words)
    )
