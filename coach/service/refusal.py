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


class Difference(msgspec.Struct, frozen=True):
    """One field that another copy of Coach changed under an edit, in words: as it was `seen`, as
    it is `stored` by now, and as the edit has it (`mine`). `field` is named as in a `Problem`."""

    field: str
    seen: str
    stored: str
    mine: str


class Stale(Refusal):
    """Raised where an edit builds on records that are no longer as they were seen."""

    def __init__(self, differences: tuple[Difference, ...], *problems: Problem) -> None:
        super().__init__(*problems)
        self.differences = differences
