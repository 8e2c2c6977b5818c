"""One week of the plan as a Markdown sheet: to print, or to tick in a notes program."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from coach.exchange.plain import on_one_line
from coach.model.plan import Schedule, ScheduleBlock
from coach.wording import duration, work_word

_MARKED = re.compile(r"([\\`*_{}\[\]<>#|~])")


def week_sheet(schedules: Sequence[Schedule], monday: date, now: datetime) -> str:
    """The week from `monday` of each exam: what to study with a box to tick, its material, why, and
    totals.

    Each schedule holds the weeks to show; texts of the user are escaped, so they show as typed.
    """
    lines = [f"# Week of {monday:%d %B %Y}", "", f"As of {now:%a %d %B %Y, %H:%M}."]
    for schedule in schedules:
        lines += ["", f"## {_text(schedule.exam)}", "", *_exam(schedule)]
    if not schedules:
        lines += ["", "No exam is tracked yet, so there is nothing to plan."]
    return "\n".join(lines) + "\n"


def _exam(schedule: Schedule) -> list[str]:
    blocks = [block for week in schedule.weeks for block in week.blocks]
    if schedule.reason is not None and not blocks:
        return [_text(schedule.reason)]
    target = schedule.target
    clock = ", %H:%M" if isinstance(target, datetime) else ""
    until = f"{target:%d %B %Y{clock}}" if target is not None else "none"
    lines = [f"Until {until}. Plan {schedule.revision}, {schedule.strategy}."]
    for day, own in groupby(blocks, key=lambda block: block.start.date()):
        lines += ["", f"### {day:%A %d %B}", ""]
        for block in own:
            box = "x" if block.status == "done" else " "
            mark = f" ({block.status})" if block.status in ("skipped", "missed") else ""
            topic = f": {_text(block.topic)}" if block.topic else ""
            what = f"**{_text(block.domain or 'Mixed')}**{topic}, {work_word(block.activity)}"
            time = f"{block.start:%H:%M}–{block.end:%H:%M}"
            lines.append(f"- [{box}] {time} {what}, {duration(block.minutes)}{mark}")
            if block.resource is not None:
                lines.append(f"  - Use {_text(block.resource.title)}: <{block.resource.url}>")
            lines += [f"  - {_text(reason.text)}" for reason in block.why]
    if not blocks:
        lines += ["", "Nothing is planned in this week."]
    return [*lines, "", *_totals(schedule, blocks)]


def _totals(schedule: Schedule, blocks: Sequence[ScheduleBlock]) -> list[str]:
    planned, done = Counter[str](), Counter[str]()
    for block in blocks:
        name = block.domain or ("Catch-up time" if block.activity == "buffer" else "Mixed")
        planned[name] += block.minutes
        done[name] += (block.spent or block.minutes) if block.status == "done" else 0
    rows = [f"| {_text(name)} | {planned[name]} | {done[name]} |" for name in planned]
    free = sum(week.capacity_minutes for week in schedule.weeks)
    head = ["| Minutes | planned | done |", "|---|---:|---:|"]
    total = f"| Total (of {free} available) | {planned.total()} | {done.total()} |"
    return [*head, *rows, total]


def _text(text: str) -> str:
    """User text on one line with Markdown's own characters escaped."""
    return _MARKED.sub(r"\\\1", on_one_line(text))
