"""How a use case ends: done, with the new state, or refused, with every problem found."""

import msgspec
from msgspec.structs import replace

from coach.model import made_from
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import ChangeRow
from coach.service.context import Edit
from coach.service.refusal import Difference, Problem, Refusal, Stale
from coach.service.schedule import change_rows
from coach.service.state import State
from coach.storage.files import StorageError


class Refused(msgspec.Struct, frozen=True):
    """Nothing was stored; `problems` is never empty.

    Where another copy of Coach changed the records meanwhile, `stale` is true and `differences`
    has both versions of each field: the state of the service shows what is stored by now, and
    the same edit made on that one goes through.
    """

    problems: tuple[Problem, ...]
    stale: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def text(self) -> str:
        """All problems in one line."""
        return Phrase(" ").join(problem.text for problem in self.problems)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What was saved, or for a preview would be.

    `message` is a short notice. `saved` is false where there was nothing to write, as for a
    preview: there is nothing to undo then. `revision`, `changes` and `churn` describe the re-plan
    that followed; `revision` is None where the plan stayed as it was. `others` are the other exams
    that were planned anew with it, each with its number of changes.
    """

    state: State
    message: str
    saved: bool = False
    report: str | None = None
    attempt: str | None = None
    exam: str | None = None
    revision: int | None = None
    changes: tuple[ChangeRow, ...] = ()
    churn: float = 0.0
    others: tuple[tuple[str, int], ...] = ()


Outcome = Done | Refused


def refused(error: Refusal | StorageError) -> Refused:
    """The outcome of a refusal, or of data that cannot be read or written."""
    if isinstance(error, StorageError):
        return Refused((Problem("data", str(error), ""),))
    if isinstance(error, Stale):
        return Refused(error.problems, stale=True, differences=error.differences)
    return Refused(error.problems)


def done(state: State, before: Facts, edit: Edit) -> Done:
    """The outcome of an edit; `revision` only where re-planning made a new one. What concerns no
    exam, such as the hours, tells what it did to the plan of the selected one."""
    code = edit.exam or state.code
    new = [r for key, r in state.facts.revisions.items() if key not in before.revisions]
    others = sorted((r.exam, len(r.changes)) for r in new if r.exam != code and r.changes)
    outcome = made_from(Done, edit, state=state, others=tuple(others))
    view = state.view(code) if code else None
    revision = view.revision if view else None
    if view is None or revision is None or revision.id in before.revisions:
        return outcome
    return replace(
        outcome,
        revision=revision.number,
        changes=change_rows(view, revision.changes),
        churn=revision.churn,
    )
