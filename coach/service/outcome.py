"""How a use case ends: done, with the new state, or refused, with every problem found."""

import msgspec

from coach.model.documents import ChangeRow
from coach.service.refusal import Problem
from coach.service.state import State


class Refused(msgspec.Struct, frozen=True):
    """Nothing was stored; `problems` is never empty."""

    problems: tuple[Problem, ...]

    @property
    def text(self) -> str:
        """All problems in one line."""
        return " ".join(problem.text for problem in self.problems)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What was saved, or for a preview would be.

    `message` is a short notice. `revision`, `changes` and `churn` describe the re-plan that
    followed; `revision` is None where the plan stayed as it was.
    """

    state: State
    message: str
    report: str | None = None
    attempt: str | None = None
    exam: str | None = None
    revision: int | None = None
    changes: tuple[ChangeRow, ...] = ()
    churn: float = 0.0


Outcome = Done | Refused
