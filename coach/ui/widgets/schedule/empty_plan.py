"""What the schedule says where there is no plan: why, and which key leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach.model.documents import Schedule
from coach.ui import text
from coach.ui.widgets.schedule.view import PlanView

if TYPE_CHECKING:
    from coach.service import State

_NEXT = {
    "passed": (("1", "look back on the timeline"), ("e", "take up another exam")),
    "retired": (("e", "take up another exam"), ("1", "look back on the timeline")),
    "pending": (("n", "enter the report once you have it"),),
}
_REPORT = (("n", "enter a score report"), ("a", "set the hours you have"), ("e", "change the exam"))
_EXAM = (("e", "choose your exam"), ("n", "enter a score report"))
_NO_ROOM = (
    ("a", "set the hours you have"),
    ("g", "set another date"),
    ("n", "enter a score report"),
    ("e", "change the exam"),
)
_NO_OUTLINE = (("e", "choose another exam"), ("1", "look back on the timeline"))


def invitation(state: State) -> Content:
    """A heading, the reason in the schedule's own words, and the keys that help."""
    status = state.retake.status if state.retake else ""
    heading = {"passed": "Passed: nothing to plan", "retired": "This exam is retired"}.get(
        status, "No plan yet"
    )
    reason = state.plan.reason if state.plan else None
    notes = state.plan.notes if state.plan else ()
    ways_out = [note.text for note in notes if note.code == "SHORT"]
    known = _NO_ROOM if state.heatmap and state.heatmap.reports else _REPORT
    keys = _NEXT.get(status, known if state.outline else _NO_OUTLINE) if state.code else _EXAM
    if state.retake and status == "retired" and state.retake.successor:
        after = text.visible(state.retake.successor)
        keys = (("s", f"track {after}, which comes after it"), *keys)
    parts: list[Content] = [Content.styled(heading, "bold $ink")]
    if reason:
        parts.append(text.plain(text.sentence(text.told(reason)), "$ink-muted"))
    else:
        parts.append(Content.styled(_WITHOUT, "$ink-muted"))
    parts += [text.plain(text.told(said), "$ink-muted") for said in ways_out]
    parts.append(Content(""))
    parts += [
        Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink"))
        for key, words in keys
    ]
    return Content("\n").join(parts)


def standstill(plan: Schedule, view: PlanView) -> str:
    """Why nothing is planned from here on, or an empty text where something is."""
    if plan.reason:
        return text.sentence(text.told(plan.reason, view.today))
    return "" if view.goes_on else "Nothing is planned from here on: r plans again."


_WITHOUT = "A score report tells Coach which domains to put into your week."
