"""Any two kept revisions of a plan side by side."""

from typing import NoReturn

from coach.model.documents import RevisionComparison, RevisionRow
from coach.model.plan import Revision
from coach.planning.diff import composed
from coach.service.exam_facts import ExamFacts
from coach.service.refusal import Problem, Refusal
from coach.service.schedule import change_row
from coach.storage.tables import DETAILED_REVISIONS


def compare_revisions(view: ExamFacts, one: int, other: int) -> RevisionComparison:
    """What re-planning changed from the earlier revision to the later one, in either order.

    A block that several revisions changed is one row: as it was before the first of them and
    after the last. Raises `Refusal` where a revision is unknown, or so old that it only keeps
    its summary.
    """
    kept = {r.number: r for r in view.facts.revisions.values() if r.exam == view.code}
    first, last = sorted((one, other))
    if missing := [number for number in (first, last) if number not in kept]:
        known = f"{min(kept)} to {max(kept)}" if kept else "none"
        _refuse(f"{missing[0]} is no revision of {view.code}; kept are {known}.")
    between = [kept[number] for number in sorted(kept) if first < number <= last]
    emptied = sorted(kept, reverse=True)[DETAILED_REVISIONS:]
    if emptied and first < emptied[0]:
        _refuse(f"revision {first} has only its summary left; type {emptied[0]} or a later one.")
    return RevisionComparison(
        exam=view.code,
        from_=_row(view, kept[first]),
        to=_row(view, kept[last]),
        between=tuple(_row(view, revision) for revision in between),
        changes=tuple(change_row(view, change) for change in composed(r.changes for r in between)),
    )


def _row(view: ExamFacts, revision: Revision) -> RevisionRow:
    return RevisionRow(
        number=revision.number,
        at=view.local(revision.at),
        trigger=revision.trigger.text,
        strategy=revision.strategy,
        target=revision.target and view.local(revision.target),
        study_minutes=revision.study_minutes,
        churn=revision.churn,
    )


def _refuse(text: str) -> NoReturn:
    raise Refusal(Problem("compare", f"compare: {text}"))
