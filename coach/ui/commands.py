"""The command palette: every action of the registry, and every tracked exam."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from coach.ui import actions, text
from coach.ui.styles import styles

if TYPE_CHECKING:
    from coach.ui.app import CoachApp


NOT_OFFERED = ("palette", "open")
"""What makes no sense by name: the palette itself, and what needs a cursor on something."""


class Palette(CommandPalette):
    """Textual's palette in the product's look."""

    CSS_PATH = styles("palette")


class Command(NamedTuple):
    """One entry: what is shown and searched, what it does, and how to run it."""

    name: str
    help: str
    run: Callable[[], object]


class CoachCommands(Provider):
    """Actions by label and key; those of another screen go there first."""

    @property
    def _coach(self) -> CoachApp:
        return cast("CoachApp", self.app)

    def _commands(self) -> Iterator[Command]:
        """Those of the screen on view first, then those of everywhere, then the rest."""
        app = self._coach
        here, everywhere = app.current_mode, actions.EVERYWHERE
        ranks = {here: 0, everywhere: 1}
        entries = sorted(
            (entry for entry in actions.ACTIONS if entry.id not in NOT_OFFERED),
            key=lambda entry: min(ranks.get(screen, 2) for screen in entry.screens),
        )
        for entry in entries:
            near = {here, everywhere}.intersection(entry.screens)
            if actions.WELCOME in entry.screens and not near:
                continue
            where = "" if near else f" ({entry.screens[0]})"
            name = f"{entry.label}{where}  {entry.shown}"
            yield Command(name, entry.help, partial(app.run_registered, entry.id))
        yield from self._others()

    def _others(self) -> Iterator[Command]:
        """What has no key: exams by name, sample data, looks."""
        app = self._coach
        for head in app.state.tracked:
            name = text.visible(f"Go to {head.exam} {head.title}")
            yield Command(name, "Put this exam on screen.", partial(app.open_exam, head.exam))
        yield Command("Make a backup", "Copy your data as it is.", app.action_backup)
        yield Command("Export your data", "All records as JSON.", app.action_export_file)
        yield Command("Merge another copy in", "From a file.", app.action_merge_file)
        if app.away:
            yield Command("Leave the sample data", "Back to your own.", app.action_sample)
        yield Command("Light or dark", "Change between the two looks.", app.action_light_or_dark)
        yield Command("Theme", "Choose among all themes.", app.action_change_theme)

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.name, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(score, matcher.highlight(command.name), command.run, help=command.help)
