"""Where the arrow keys lead in a plan: from block to block, day to day, week to week."""

from coach.ui.widgets.schedule.view import Entry, PlanView


def step(view: PlanView, block: str, by: int) -> str:
    """The block `by` places later in time (earlier if negative), stopping at the ends."""
    if not view.order:
        return ""
    if block not in view.place:
        return view.next_block or ""
    index = view.order.index(block) + by
    return view.order[min(max(index, 0), len(view.order) - 1)]


def sideways(view: PlanView, block: str, by: int) -> str:
    """The block at the same height on the next day with blocks (the day before if negative)."""
    if block not in view.place:
        return step(view, block, by)
    week, day = view.place[block]
    height = [entry.block.id for entry in view.weeks[week].days[day].entries].index(block)
    at = week * 7 + day + by
    while 0 <= at < len(view.weeks) * 7:
        entries = view.weeks[at // 7].days[at % 7].entries
        if entries:
            return entries[min(height, len(entries) - 1)].block.id
        at += by
    return block


def touched(before: PlanView, view: PlanView) -> str:
    """The one block of this plan that an action changed or made, else an empty text; that a block
    was missed or a time kept free was given up is no action on it."""
    kept = {id(week) for week in before.weeks}
    found = [
        entry.block.id
        for week in view.weeks
        if id(week) not in kept
        for entry in week.entries
        if entry != before.entry.get(entry.block.id) and _acted_on(entry)
    ]
    return found[0] if len(found) == 1 else ""


def _acted_on(entry: Entry) -> bool:
    block = entry.block
    return not entry.beside and block.activity != "buffer" and block.status != "missed"


def in_week(view: PlanView, number: int) -> str:
    """The block to start from in a week: the next one to do, else its first, else none."""
    names = [entry.block.id for entry in view.weeks[number].entries]
    if view.next_block in names:
        return view.next_block
    return names[0] if names else ""


def today(view: PlanView) -> tuple[int, str]:
    """This week and the block to start from in it; of a week without blocks, the next block to do
    and its week."""
    block = in_week(view, view.current)
    if block or not view.goes_on or view.next_block is None:
        return view.current, block
    return view.place[view.next_block][0], view.next_block
