"""How to study a topic: what to read, what to build and what to decide (own)."""

from coach.model.plan import Activity
from coach.reading.kinds import kind_of

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


def guidance(
    topic: str,
    activity: Activity,
    *,
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
    kind = kind_of(topic, *around)
    heading = topic or "The weak domains"
    if activity == "learn":
        where = "on Microsoft Learn" if vendor == "Microsoft" else "in the vendor's documentation"
        return f"{heading}: read {where} about {kind.read}."
    if activity == "lab":
        return _LOOK.format(name=heading) if overview else f"{heading}: build {kind.build}."
    return f"{heading}: in scenarios, decide {kind.decide}."
