"""A stand-in for the service: it remembers what it was asked and answers from a table."""

import os
from pathlib import Path
from typing import Any

from tests.ui import samples


class FakeService:
    """Holds one state; every use case is recorded and answered with `answers[name]`."""

    folder = Path(os.devnull) / "no folder"

    def __init__(self, state: Any = samples.STATE, **answers: Any) -> None:
        self.state = state
        self.answers = answers
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def refresh(self) -> Any:
        return self.state

    def take_notices(self) -> tuple[()]:
        return ()

    def copies(self) -> tuple[()]:
        return ()

    def keep_up(self) -> None:
        return None

    def guidance(self, topic: str, activity: str) -> str:
        return f"Guidance for {activity} on {topic}."

    def __getattr__(self, name: str) -> Any:
        def use_case(*arguments: Any, **keywords: Any) -> Any:
            self.calls.append((name, (*arguments, *keywords.values())))
            return self.answers.get(name)

        return use_case
