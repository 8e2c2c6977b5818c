"""The base of every app of the product: its two looks, and values of its colours in any other."""

import os
from collections.abc import Sequence

from textual.app import App, ReturnType
from textual.filter import LineFilter
from textual.theme import Theme

from coach.ui import theme
from coach.ui.glyphs import AsciiOnly, ascii_wanted


class ThemedApp(App[ReturnType]):
    """An app in the theme `chosen`, or in the product's own dark look."""

    TITLE = "Coach"

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        own = {look.name: look for look in (theme.DARK, theme.LIGHT)}
        self._begin_in(own.get(chosen, theme.DARK))
        if chosen in self.available_themes and chosen not in own:
            self.theme = chosen
        self._glyphs = (AsciiOnly(),) if ascii_wanted(os.environ) else ()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._glyphs]

    def _begin_in(self, look: Theme) -> None:
        """Take a look before the first style sheet is read.

        Assigning `theme` would read all of them twice more: a tenth of the way to the first paint.
        """
        self.set_reactive(ThemedApp.theme, look.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(look.dark, "-dark-mode", update=False)
        self.set_class(not look.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{look.name}", update=False)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.defaults(self.current_theme)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets again, but not for a first screen: they have just been read."""
        if any(screen.is_mounted for screen in self.screen_stack):
            super().refresh_css(animate)
