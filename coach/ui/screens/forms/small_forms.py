"""Small forms that every screen can open: the date to plan for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coach.ui.screens.forms.move_form import Field, SmallForm

if TYPE_CHECKING:
    from coach.service import Service


def target_form(service: Service, code: str) -> SmallForm:
    """Asks for the date to plan for."""
    head = service.view(code).head
    shown = "auto" if head.target is None else f"{head.target:%Y-%m-%d}"
    hint = "A date, or a date and time; auto follows your booking and your report."
    field = Field("target", "Plan for", shown, hint)
    return SmallForm("Goal date", (field,), partial(service.set_target, code))
