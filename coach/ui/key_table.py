"""The key tables of the README, written from the registry: `python -m coach.ui.key_table`."""

from coach.ui.actions import EVERYWHERE, SCREENS, WELCOME, action, on


def key_table() -> str:
    """One table of keys per screen, in Markdown."""
    places = [(EVERYWHERE, "Everywhere"), *((name, action(name).label) for name in SCREENS)]
    return "\n\n".join(_table(name, title) for name, title in (*places, (WELCOME, "Welcome")))


def _table(screen: str, title: str) -> str:
    rows = [f"| `{entry.shown}` | {entry.label} | {entry.help} |" for entry in on(screen)]
    return "\n".join([f"| {title} | | |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(key_table())
