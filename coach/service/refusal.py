"""Why a use case was refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from coach.storage.files import StorageError
from coach.wording import phrased


class Problem(msgspec.Struct, frozen=True):
    """One refused field, `what` was wrong with it, and what is `accepted`, as the parts of a
    sentence; where nothing else is, `what` ends it.

    `label` is the name of the field in that sentence where it is another one, empty for none.
    """

    field: str
    what: str
    label: str | None = None
    accepted: str = ""

    @property
    def said(self) -> str:
        """The sentence without the name of the field."""
        return phrased("{}; {}.", self.what, self.accepted) if self.accepted else self.what

    @property
    def text(self) -> str:
        """The sentence. Of `domain:3` the first part is the name."""
        name = self.field.partition(":")[0] if self.label is None else self.label
        return phrased("{}: {}", name, self.said) if name else self.said


class Refusal(Exception):
    """Raised inside a use case to refuse it; the service turns it into a `Refused` outcome."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.text for problem in problems))
        self.problems = problems


@contextmanager
def refusing(field: str) -> Iterator[None]:
    """Turn what storage or the system refuses into a refusal of that field."""
    try:
        yield
    except (StorageError, OSError) as error:
        raise Refusal(Problem(field, f"{error}")) from error


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
