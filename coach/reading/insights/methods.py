"""Ways of studying: what was done before a sitting, and what to try when it did not help."""

from collections.abc import Iterable

from coach.model.attempt import Method
from coach.reading.insights.context import InsightContext
from coach.wording import listed

METHOD_WORDS: dict[Method, str] = {
    "reading": "reading",
    "videos": "videos",
    "labs": "labs",
    "questions": "practice questions",
    "scenarios": "scenarios",
    "course": "a course",
    "study-partner": "a study partner",
}
_CHANGES: tuple[tuple[frozenset[Method], str], ...] = (
    (frozenset({"labs"}), "labs instead of reading"),
    (
        frozenset({"course", "study-partner"}),
        "a course or study partner instead of studying alone",
    ),
)
_LAST_RESORT = "scenarios that combine several domains, and another author's material"


def methods_used(context: InsightContext, domains: Iterable[str] = ()) -> tuple[Method, ...]:
    """How these domains, by default all, were studied before the newest sitting."""
    if context.latest is None:
        return ()
    known = context.latest.methods
    names = tuple(domains) or tuple(known)
    used = {method for name in names for method in known.get(name, ())}
    return tuple(method for method in METHOD_WORDS if method in used)


def in_words(methods: Iterable[Method]) -> str:
    """Methods in a row: "labs and practice questions"."""
    return listed(METHOD_WORDS[method] for method in methods)


def change_of_method(context: InsightContext) -> str:
    """What to try instead: the two ways out that the article names, without one that was used
    [MU-14]."""
    used = methods_used(context)
    options = [text for methods, text in _CHANGES if not methods & set(used)]
    said = f" You have worked with {in_words(used)}." if used else ""
    return f"Change how you learn: {', or '.join(options) or _LAST_RESORT}.{said}"
