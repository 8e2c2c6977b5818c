"""A stand-in for the service: it remembers what it was asked and answers from a table."""

import os
from pathlib import Path
from typing import Any

from tests.ui import samples


class FakeService:
    """Holds one state; every use case is recorded and answered with `answers[name]`, one that is
    only tried with `answers["preview_" + name]`."""

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

    def view(self, code: str) -> Any:
        return self.answers.get("view")

    def ask(self, question: Any, *typed: Any) -> Any:
        return self.answers.get(question.__name__, ())

    def act(self, use_case: Any, *arguments: Any, **keywords: Any) -> Any:
        return self._answer(use_case.__name__, *arguments, *keywords.values())

    def act_on(self, seen: Any, use_case: Any, *arguments: Any, **keywords: Any) -> Any:
        return self._answer(use_case.__name__, *arguments, *keywords.values(), seen)

    def preview(self, use_case: Any, *arguments: Any, **keywords: Any) -> Any:
        return self._answer(f"preview_{use_case.__name__}", *arguments, *keywords.values())

    def _answer(self, name: str, *given: Any) -> Any:
        self.calls.append((name, given))
        return self.answers.get(name)
