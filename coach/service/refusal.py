"""Why a use case was refused."""

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """One refused field: a sentence with what was wrong and what is accepted."""

    field: str
    text: str


class Refusal(Exception):
    """Raised inside a use case to refuse it; the service turns it into a `Refused` outcome."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.text for problem in problems))
        self.problems = problems
