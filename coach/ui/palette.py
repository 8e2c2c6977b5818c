"""The command palette: every action of the registry, and every tracked exam."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from coach.ui import actions, text
from coach.ui.host import host_of
from coach.ui.navigation import ROUTES, select_exam
from coach.ui.styles import styles

NOT_OFFERED = ("palette",)
"""What makes no sense by name: the palette itself."""
WITHOUT_A_KEY = (
    ("Make a backup", "Copy your data as it is.", "backup"),
    ("Export your data", "All records as JSON.", "export_file"),
    ("Merge another copy in", "From a file.", "merge_file"),
    ("Drop this exam", "Track it no longer; its history stays.", "untrack"),
    ("Leave the sample data", "Back to your own.", "sample"),
    ("Light, dark, high contrast", "Change to the next look.", "next_look"),
    ("Theme", "Choose among all themes.", "change_theme"),
)


class Palette(CommandPalette):
    """Textual's palette in the product's look."""

    CSS_PATH = styles("palette")


class Command(NamedTuple):
    """One entry: what is shown and searched, what it does, and how to run it."""

    name: str
    help: str
    run: Callable[[], object]
    everyday: str = ""


class CoachCommands(Provider):
    """Actions by label and key; those of another screen go there first."""

    def _commands(self) -> Iterator[Command]:
        """Those of the screen on view first, then those of everywhere, then the rest."""
        here, everywhere = self.app.current_mode, actions.EVERYWHERE
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
            run = partial(host_of(self.screen).run_registered, entry.id)
            yield Command(name, entry.help, run, actions.EVERYDAY.get(entry.id, ""))
        yield from self._others()

    def _others(self) -> Iterator[Command]:
        """What has no key: exams by name, sample data, looks."""
        host = host_of(self.screen)
        for head in host.state.tracked:
            name = text.visible(f"Go to {head.exam} {head.title}")
            yield Command(name, "Put this exam on screen.", partial(select_exam, host, head.exam))
        offered = {"sample": host.away, "untrack": host.state.code is not None}
        for name, meaning, action in WITHOUT_A_KEY:
            if offered.get(action, True):
                run = host.open if action in ROUTES else self.app.run_action
                yield Command(name, meaning, partial(run, action), actions.EVERYDAY.get(action, ""))

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.name, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        matcher, found = self.matcher(query), False
        for command in self._commands():
            score = matcher.match(command.name)
            said = query.casefold() in command.everyday
            if score > 0 or said:
                found = True
                shown = matcher.highlight(command.name)
                yield Hit(max(score, float(said)), shown, command.run, help=command.help)
        if not found:
            words = text.visible(f"Nothing is called {query}")
            yield Hit(1.0, words, lambda: None, help="? lists every key and what it does.")
