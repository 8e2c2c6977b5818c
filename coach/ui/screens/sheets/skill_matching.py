"""Matching the skills of earlier outlines to those of the newest, so that they share a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from coach.service.drafts import MappingDraft
from coach.service.outcome import Refused
from coach.ui import text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheets.sheet import keys_line
from coach.ui.styles import styles
from coach.ui.widgets.heatmap.matches import Matches

if TYPE_CHECKING:
    from coach.model.documents import Mappings
    from coach.service import Service
    from coach.service.refusal import Problem


class SkillMatching(AskingModal):
    """Closes with what was saved, or None. Bands of matched skills stand in one row."""

    CSS_PATH = styles("skill_matching")
    AUTO_FOCUS = "Matches"
    QUESTION = "Discard these matches?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("s", "suggest", show=False),
        Binding("x", "clear", show=False),
        Binding("enter,ctrl+s", "save", show=False),
    ]
    KEYS = (
        ("← →", "choose"), ("s", "take what fits"), ("x", "none"), ("enter", "save"),
        ("esc", "close"),
    )  # fmt: skip

    def __init__(self, service: Service, mappings: Mappings) -> None:
        super().__init__()
        self._service, self._mappings = service, mappings
        self._opened_with = [d.to for m in mappings.maps for d in m.domains]

    def compose(self) -> ComposeResult:
        detail = self._service.exam_detail(self._mappings.exam)
        newest = [o for o in detail.outlines if o.id == self._mappings.outline]
        names = [domain.name for outline in newest for domain in outline.domains]
        said = f"What continues as which skill of {self._mappings.outline}? You decide."
        with Vertical(id="match-frame") as frame:
            frame.border_title = "Match skills"
            yield Static(text.plain(said, "$ink-muted"), id="match-said")
            yield Matches(self._mappings.maps, names)
            yield Static(keys_line(*self.KEYS), id="match-keys")

    @property
    def _matches(self) -> Matches:
        return self.query_one(Matches)

    @property
    def changed(self) -> bool:
        return self._matches.matched != self._opened_with

    def action_turn(self, step: int) -> None:
        self._matches.turn(step)

    def action_suggest(self) -> None:
        self._matches.suggest()

    def action_clear(self) -> None:
        self._matches.clear()

    def action_save(self) -> None:
        """Keep the matches of every earlier outline."""
        exam, matched = self._mappings.exam, self._matches.pairs
        drafts = (
            MappingDraft(exam=exam, earlier=m.earlier, pairs=matched(m.earlier), clear=True)
            for m in self._mappings.maps
        )
        outcome = self._service.set_mappings(*drafts)
        if isinstance(outcome, Refused):
            self.show_problems(outcome.problems)
        else:
            self.dismiss(outcome)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        said = " ".join(problem.text for problem in problems)
        self.query_one("#match-said", Static).update(text.plain(said, "$heat-below-ink"))
