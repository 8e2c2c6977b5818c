"""What the schedule says where there is no plan: why, and which key leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach.ui import text

if TYPE_CHECKING:
    from coach.service import State

_NEXT = {
    "passed": (("1", "look back on the timeline"), ("e", "take up another exam")),
    "retired": (("e", "take up another exam"), ("1", "look back on the timeline")),
    "pending": (("n", "enter the report once you have it"),),
}
_REPORT = (("n", "enter a score report"), ("a", "set the hours you have"), ("e", "change the exam"))
_EXAM = (("e", "choose your exam"), ("n", "enter a score report"))


def invitation(state: State) -> Content:
    """A heading, the reason in the schedule's own words, and the keys that help."""
    status = state.retake.status if state.retake else ""
    heading = {"passed": "Passed: nothing to plan", "retired": "This exam is retired"}.get(
        status, "No plan yet"
    )
    reason = state.schedule.reason if state.schedule else None
    keys = _NEXT.get(status, _REPORT) if state.code else _EXAM
    if state.retake and status == "retired" and state.retake.successor:
        after = text.visible(state.retake.successor)
        keys = (("s", f"track {after}, which comes after it"), *keys)
    parts: list[Content] = [Content.styled(heading, "bold $ink")]
    if reason:
        parts.append(text.plain(_sentence(reason), "$ink-muted"))
    else:
        parts.append(Content.styled(_WITHOUT, "$ink-muted"))
    parts.append(Content(""))
    parts += [
        Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink"))
        for key, words in keys
    ]
    return Content("\n").join(parts)


_WITHOUT = "A score report tells Coach which domains to put into your week."


def _sentence(reason: str) -> str:
    reason = reason.strip()
    return f"{reason[:1].upper()}{reason[1:]}" + ("" if reason.endswith((".", "?")) else ".")
