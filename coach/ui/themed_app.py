"""The base of every app of the product: its two looks, and values of its colours in any other."""

from textual.app import App, ReturnType

from coach.ui import theme


class ThemedApp(App[ReturnType]):
    """An app in the product's own dark look."""

    TITLE = "Coach"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = theme.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.defaults(self.current_theme)
