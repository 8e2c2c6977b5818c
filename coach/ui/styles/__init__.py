"""The style sheets of the app, where they are, and how they are read."""

from pathlib import Path, PurePath

from textual.css.stylesheet import Stylesheet

_FOLDER = Path(__file__).parent


class ReadOnce(Stylesheet):
    """Style sheets of which each is read once for a set of colours.

    Textual reads all of them again for every screen that brings one of its own, and for every
    mode that is new: half of the way to such a screen.
    """

    def __init__(self, colours: dict[str, str]) -> None:
        super().__init__(variables=colours)
        self._colours = colours

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forget what was read if the colours are others."""
        if variables != self._colours:
            super().set_variables(variables)
            self._colours = variables

    def reparse(self) -> None:
        """Read what is new, and what was forgotten."""
        self.parse()


def styles(*names: str) -> list[str | PurePath]:
    """The paths of the named sheets, as a `CSS_PATH` wants them."""
    return [_FOLDER / f"{name}.tcss" for name in names]
