"""Small forms that every screen can open: the date to plan for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coach.ui.screens.forms.move_form import Field, SmallForm

if TYPE_CHECKING:
    from coach.service import Service


def target_form(service: Service, code: str) -> SmallForm:
    """Asks for the date to plan for; `auto` stands for one that nobody has set."""
    state = service.state
    entry = state.facts.tracked.get(code)
    shown = "auto"
    if entry and entry.target:
        chosen = entry.target.astimezone(state.zone)
        shown = f"{chosen:%Y-%m-%d %H:%M}" if entry.target_time_known else f"{chosen:%Y-%m-%d}"
    hint = "A date, or a date and time; auto follows your booking and your report."
    field = Field("target", "Plan for", shown, hint)
    return SmallForm("Goal date", (field,), partial(service.set_target, code))
