"""The difference between two plans, every row with its coded reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from coach.model.attempt import Band
from coach.model.plan import Allocation, Because, Block, Change, ChangeKind, because
from coach.planning.draft_plan import Difference, PlanRequest, span

# Better bands have higher numbers; unknown counts as near.
RANK: Mapping[Band, int] = {"below": 0, "near": 1, "unknown": 1, "above": 2}
# Causes that are told under a more general code.
CASES: Mapping[str, tuple[str, str]] = {
    "PAST": ("EXAM", "past"),
    "GONE": ("DROPPED", "gone"),
    "TAKEN": ("DROPPED", "taken"),
}


class Causes(msgspec.Struct, frozen=True):
    """Why blocks differ: `codes` maps a block id to the code of its cause, `rows` a domain to its
    part of the new plan; `closed` says why there is no plan any more."""

    request: PlanRequest
    codes: Mapping[str, str]
    rows: Mapping[str, Allocation]
    closed: Because | None = None

    def reason(self, before: Block | None, after: Block | None, gained: Counter[str]) -> Because:
        if after is None and self.closed is not None:
            return because("DROPPED", "closed", why=self.closed)
        if after is None:
            cause = self.codes.get(before.id, "TAKEN") if before else "TAKEN"
            return because(*CASES.get(cause, (cause, "")))
        code = self.codes.get(after.id, "ADDED")
        if code == "MISSED":
            return made_up(next(b for b in self.request.existing if b.id == after.makes_up))
        if after.domain is not None:
            # A band that fell since the last plan says more than where there was room.
            fell = code in ("ADDED", "EXAM") and self._moved(after.domain, worse=True)
            if code == "SHARE" or fell:
                return self._gain(before, after.domain, gained, short=True)
            if code == "ADDED":
                return self._gain(before, after.domain, gained, short=False)
        return because(code)

    def _gain(
        self, before: Block | None, domain: str, gained: Counter[str], *, short: bool
    ) -> Because:
        """Why a domain gets time: it was `short` of its share, or there was some free."""
        row, previous = self.rows[domain], self.request.previous_shares
        old = previous.get(domain)
        # Another part of the time than before, as people see it.
        new_part = old is not None and round(100 * old) != round(100 * row.share)
        loser = before.domain if before and short else None
        if moved := self._moved(domain, worse=short):
            case = "own"
        elif loser is not None and (moved := self._moved(loser, worse=False)):
            case = "other"
        else:
            case = "part" if new_part else "short" if short else "band"
        return because(
            "SHARE" if short else "ADDED",
            case,
            domain=domain,
            other=loser,
            moved=moved,
            band=row.band,
            share=row.share,
            part=because("PART", "new" if new_part else "", share=row.share, old=old),
            gained=because("GAINED", "more" if short or previous else "", count=gained[domain]),
        )

    def _moved(self, domain: str, *, worse: bool) -> Because | None:
        if domain not in self.rows:
            return None
        new = self.rows[domain].band
        old = self.request.previous_bands.get(domain, new)
        if RANK[old] == RANK[new] or (RANK[new] < RANK[old]) is not worse:
            return None
        # A band that is not known is no result, so nothing rose to it or fell from it.
        verb = "went" if "unknown" in (old, new) else "fell" if worse else "rose"
        return because("BAND", verb, old=old, new=new)


def made_up(missed: Block) -> Because:
    """What the block that makes up for another is there for."""
    if missed.status == "done":
        return because("REST", at=missed.start)
    return because("MISSED", "made-up", at=missed.start)


def differences(
    before: Sequence[Block], after: Sequence[Block], causes: Causes
) -> tuple[Difference, ...]:
    """Changes that lead from the open blocks before to those after, in order of time.

    Applying them to `before` gives `after`: blocks are matched by id.
    """
    old, new = {b.id: b for b in before}, {b.id: b for b in after}
    pairs = [(old.get(key), new.get(key)) for key in {**old, **new}]
    differing = [(a, b) for a, b in pairs if a is not b and a != b]
    gained = Counter(
        b.domain for a, b in differing if b and b.domain and (a is None or a.domain != b.domain)
    )
    rows = [
        Difference(kind=_kind(a, b), before=a, after=b, reason=causes.reason(a, b, gained))
        for a, b in differing
    ]
    return tuple(sorted(rows, key=_when))


def composed(revisions: Iterable[Sequence[Change]]) -> tuple[Change, ...]:
    """The changes of one plan after another as a single list, in order of time.

    A block that several of them changed is one row, with the last reason; what came back to
    where it was is none.
    """
    rows: dict[str, Change] = {}
    for change in (change for changes in revisions for change in changes):
        key = _when(change)[1]
        earlier = rows.pop(key, None)
        before = earlier.before if earlier else change.before
        if before != change.after:
            kind = _kind(before, change.after)
            rows[key] = replace(change, kind=kind, before=before)
    return tuple(sorted(rows.values(), key=_when))


def churn(changes: Sequence[Difference], before: Sequence[Block]) -> float:
    """The fraction (0-1) of the open blocks that were moved, changed or removed."""
    touched = sum(1 for change in changes if change.kind != "added")
    return touched / len(before) if before else 0.0


def _kind(before: Block | None, after: Block | None) -> ChangeKind:
    if before is None or after is None:
        return "removed" if before else "added"
    return "changed" if span(before) == span(after) else "moved"


def _when(change: Change | Difference) -> tuple[int, str]:
    block = change.after or change.before
    assert block is not None
    return span(block)[0], block.id
