"""The base of every app of the product: its looks, what the terminal sends, and how it ends."""

import os
import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App, ReturnType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.theme import Theme

from coach.ui import theme
from coach.ui.glyphs import AsciiOnly, ascii_wanted
from coach.ui.styles import ReadOnce

if TYPE_CHECKING:
    from rich.console import RenderableType

MAKER = "getincrementaldecoder"


def tolerant_decoder(driver: type[Driver]) -> type[Driver]:
    """The driver, reading bytes that are no UTF-8 as the replacement character.

    Textual decodes strictly, so that a paste of such bytes would end the app, as would a key of a
    terminal that sends Alt as the eighth bit. A driver makes its decoder by this name in its
    module.
    """
    module = sys.modules[driver.__module__]
    if hasattr(module, MAKER):
        setattr(module, MAKER, _decoder)
    return driver


def _decoder(encoding: str) -> "partial[IncrementalDecoder]":
    return partial(getincrementaldecoder(encoding), errors="replace")


class ThemedApp(App[ReturnType]):
    """An app in the theme `chosen`, or in the product's own dark look."""

    TITLE = "Coach"

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._failure: Exception | None = None
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        own = {look.name: look for look in (theme.DARK, theme.LIGHT)}
        self._begin_in(own.get(chosen, theme.DARK))
        if chosen in self.available_themes and chosen not in own:
            self.theme = chosen
        self._glyphs = (AsciiOnly(),) if ascii_wanted(os.environ) else ()

    def get_driver_class(self) -> type[Driver]:
        return tolerant_decoder(super().get_driver_class())

    def run(self, **options: Any) -> ReturnType | None:
        """Run to the end; an error that nobody foresaw is raised then, for the log.

        Textual would print it with the values of all variables, and with them what the user wrote.
        """
        result = super().run(**options)
        if self._failure is not None:
            raise self._failure
        return result

    def _handle_exception(self, error: Exception) -> None:
        self._failure = self._failure or error
        super()._handle_exception(error)

    def panic(self, *renderables: "RenderableType") -> None:
        """End because of an error outside the app's own loop, as in reading the terminal."""
        with self.console.capture() as told:
            self.console.print(*renderables)
        self._failure = self._failure or RuntimeError(told.get())
        super().panic(*renderables)

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._glyphs]

    def _begin_in(self, look: Theme) -> None:
        """Take a look before the first style sheet is read.

        Assigning `theme` would read all of them twice more: a tenth of the way to the first paint.
        """
        self.set_reactive(ThemedApp.theme, look.name)
        self.stylesheet = ReadOnce(self.get_css_variables())
        self.set_class(look.dark, "-dark-mode", update=False)
        self.set_class(not look.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{look.name}", update=False)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.defaults(self.current_theme)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets again, but not for a first screen: they have just been read."""
        if any(screen.is_mounted for screen in self.screen_stack):
            super().refresh_css(animate)
