"""The difference between two plans, every row with its coded reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from coach.model.attempt import Band
from coach.model.plan import Block, Change, ChangeKind, Reason
from coach.planning.draft_plan import PlanRequest, span
from coach.wording import counted, day_and_time, percent

# Better bands have higher numbers; unknown counts as near.
RANK: Mapping[Band, int] = {"below": 0, "near": 1, "unknown": 1, "above": 2}


BANDS: Mapping[Band, str] = {
    "below": "below target",
    "near": "near target",
    "above": "above target",
    "unknown": "not known",
}


class Causes:
    """Why blocks differ, in words.

    `codes` maps a block id to the code of its cause, `shares` a domain to its part (0-1) of the
    study time; `closed` says why there is no plan any more.
    """

    def __init__(
        self,
        request: PlanRequest,
        codes: Mapping[str, str],
        shares: Mapping[str, float],
        closed: str | None = None,
    ) -> None:
        self.codes = codes
        self.shares = shares
        self.closed = closed
        self.bands = {d.name: d.band for d in request.domains}
        self.previous = request.previous_bands
        self.previous_shares = request.previous_shares
        self.existing = {block.id: block for block in request.existing}

    def reason(self, before: Block | None, after: Block | None, gained: Counter[str]) -> Reason:
        if after is None and self.closed is not None:
            return Reason(code="DROPPED", text=self.closed)
        if after is None:
            cause = self.codes.get(before.id, "TAKEN") if before else "TAKEN"
            return Reason(code=CODES.get(cause, cause), text=TEXTS[cause])
        code = self.codes.get(after.id, "ADDED")
        missed = self.existing.get(after.makes_up or "")
        if code == "MISSED" and missed is not None and missed.status == "done":
            text = f"Holds the rest of the session of {day_and_time(missed.start)}."
            return Reason(code="REST", text=text)
        if code == "MISSED" and missed is not None:
            text = f"Makes up for the session missed on {day_and_time(missed.start)}."
            return Reason(code=code, text=text)
        if after.domain is not None:
            # A band that fell since the last plan says more than where there was room.
            fell = code in ("ADDED", "EXAM") and self._moved(after.domain, worse=True)
            if code == "SHARE" or fell:
                return Reason(
                    code="SHARE", text=self._gain(before, after.domain, gained, short=True)
                )
            if code == "ADDED":
                return Reason(code=code, text=self._gain(before, after.domain, gained, short=False))
        return Reason(code=code, text=TEXTS[code])

    def _gain(self, before: Block | None, domain: str, gained: Counter[str], *, short: bool) -> str:
        """Why a domain gets time: it was `short` of its share, or there was some free."""
        since = short or bool(self.previous_shares)
        more = counted(gained[domain], "more session" if since else "session")
        share = percent(self.shares.get(domain, 0.0))
        # Another part of the time than before, as people see it.
        old = self.previous_shares.get(domain)
        new_part = old is not None and percent(old) != share
        part = f"{share} of the time"
        if old is not None and new_part:
            part += f" ({percent(old)} before)"
        if moved := self._moved(domain, worse=short):
            return f"{domain} {moved} and {'now' if short else 'still'} has {part}: {more}."
        loser = before.domain if before and short else None
        if loser is not None and (moved := self._moved(loser, worse=False)):
            return f"{loser} {moved}; {domain} gets {more}."
        if new_part:
            return f"{domain} now has {part}: {more}."
        if short:
            return f"{domain} was short of its {share}: {more}."
        return f"{domain} is {BANDS[self.bands.get(domain, 'unknown')]} and has {part}: {more}."

    def _moved(self, domain: str, *, worse: bool) -> str | None:
        old, new = self.previous.get(domain), self.bands.get(domain)
        if old is None or new is None or RANK[old] == RANK[new]:
            return None
        if (RANK[new] < RANK[old]) is not worse:
            return None
        # A band that is not known is no result, so nothing rose to it or fell from it.
        verb = "went" if "unknown" in (old, new) else "fell" if worse else "rose"
        return f"{verb} from {old} to {new}"


# Causes that are told under a more general code.
CODES: Mapping[str, str] = {"PAST": "EXAM", "GONE": "DROPPED", "TAKEN": "DROPPED"}
TEXTS: Mapping[str, str] = {
    "ADDED": "There is free time in your week here.",
    "MISSED": "Makes up for a missed session.",
    "MOVED": "Its earlier time is no longer free, so it moved to the next free time.",
    "SHARE": "The shares of the domains have changed.",
    "BAND": "The band of this area has changed, and with it the kind of work.",
    "ORDER": "Its learning was missed, so the work on this topic begins there again.",
    "UNUSED": "Last week's catch-up time was not needed, so this is study.",
    "DONE": "What it made up for was done after all.",
    "FRESH": "A fresh start: what was missed is written off, and this is planned by what was done.",
    "EXAM": "The date of the exam has moved, and with it the last part of the plan.",
    "LAST": "The last week leans to mixed review.",
    "PAST": "It lay after the new date, and there was no free time before that.",
    "TAKEN": "This catch-up time went to another session.",
    "GONE": "Its time is gone and no other free time was found.",
    "REBUILD": "Nothing of the earlier plan had begun, so it was made anew from all reports.",
    "SHARED": "Another exam needs this time; both plans share the week.",
}


def differences(
    before: Sequence[Block], after: Sequence[Block], causes: Causes
) -> tuple[Change, ...]:
    """Changes that lead from the open blocks before to those after, in order of time.

    Applying them to `before` gives `after`: blocks are matched by id.
    """
    old, new = {b.id: b for b in before}, {b.id: b for b in after}
    pairs = [(old.get(key), new.get(key)) for key in {**old, **new}]
    differing = [(a, b) for a, b in pairs if a is not b and a != b]
    gained = Counter(
        b.domain for a, b in differing if b and b.domain and (a is None or a.domain != b.domain)
    )
    rows = [_change(a, b, causes.reason(a, b, gained)) for a, b in differing]
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
            rows[key] = _change(before, change.after, change.reason)
    return tuple(sorted(rows.values(), key=_when))


def churn(changes: Sequence[Change], before: Sequence[Block]) -> float:
    """The fraction (0-1) of the open blocks that were moved, changed or removed."""
    touched = sum(1 for change in changes if change.kind != "added")
    return touched / len(before) if before else 0.0


def _change(before: Block | None, after: Block | None, reason: Reason) -> Change:
    if before is None:
        return Change(kind="added", before=None, after=after, reason=reason)
    if after is None:
        return Change(kind="removed", before=before, after=None, reason=reason)
    kind: ChangeKind = "changed" if span(before) == span(after) else "moved"
    return Change(kind=kind, before=before, after=after, reason=reason)


def _when(change: Change) -> tuple[int, str]:
    block = change.after or change.before
    assert block is not None
    return span(block)[0], block.id
