"""The style sheets of the app, and where they are."""

from pathlib import Path, PurePath

_FOLDER = Path(__file__).parent


def styles(*names: str) -> list[str | PurePath]:
    """The paths of the named sheets, as a `CSS_PATH` wants them."""
    return [_FOLDER / f"{name}.tcss" for name in names]
