"""The last line of a mode screen: the keys that matter here, as many as fit."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from coach.ui import actions

GAP = 3


def fitting(offered: Sequence[actions.Action], width: int, most: int = 8) -> list[actions.Action]:
    """The most wanted actions whose entries fit in `width` cells, in the order of the bar."""
    chosen: list[actions.Action] = []
    used = 2
    for entry in offered:
        used += cell_len(entry.shown) + 1 + cell_len(entry.label) + (GAP if chosen else 0)
        if used > width or len(chosen) == most:
            break
        chosen.append(entry)
    return [*chosen[1:], *chosen[:1]]


def bar_content(offered: Sequence[actions.Action], width: int) -> Content:
    """The bar as text; every entry runs its action when clicked."""
    parts: list[Content | str] = [" "]
    for index, entry in enumerate(fitting(offered, width, 6 if width < 100 else 9)):
        click = Style.from_meta({"run": entry.id})
        key = Content.styled(entry.shown, "bold $primary")
        label = Content.styled(f" {entry.label}", "$ink-muted")
        parts += [" " * GAP if index else "", (key + label).stylize(click)]
    return Content("").join(parts)


class KeyBar(Widget):
    """The key bar of one mode screen."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; }
    """

    def __init__(self, screen_name: str) -> None:
        super().__init__(id="key-bar")
        self._offered = actions.key_bar(screen_name)

    def render(self) -> Content:
        return bar_content(self._offered, self.size.width)

    async def on_click(self, event: events.Click) -> None:
        """A click on an entry runs its action."""
        name = event.style.meta.get("run")
        if name:
            await self.app.run_action(name, self.screen)
