"""What now means over all exams: in words, as JSON, or as one line for a status bar."""

from collections.abc import Collection, Sequence
from datetime import datetime
from string import Formatter

import click

from coach.cli.options import with_session
from coach.cli.session import Session, refuse, say
from coach.cli.text import table, when
from coach.exchange.plain import printable, quoted
from coach.model.answers import Today, TodayExam
from coach.model.plan import ScheduleBlock
from coach.service.refusal import Problem
from coach.wording import counted, duration, listed, work_word


def in_words(
    document: Today, lost: Sequence[ScheduleBlock], every: bool, tracked: Collection[str]
) -> str:
    """What now means, an exam a line, then what is not ticked or `lost` on days before, the week
    and the next deadline; exams without a plan only where there is no other, or `every` one is
    asked for."""
    if not document.exams and tracked:
        return f"Without its exam file there is nothing to say about {listed(sorted(tracked))}."
    if not document.exams:
        return "No exam is tracked yet; `coach report add` or `coach exams` begins."
    live = [each for each in document.exams if each.kind != "no-plan"]
    shown = document.exams if every or not live else live
    lines = [when(document.now), *table((each.exam, each.text) for each in shown)]
    if document.unticked:
        lines += ["", "Not ticked yet; `coach block done ID` ticks"]
        lines += table(
            (
                f"  {block.start:%H:%M}",
                duration(block.minutes),
                block.exam,
                f"{work_word(block.activity)}: {block.topic or block.domain or 'all domains'}",
                block.id,
            )
            for block in document.unticked
        )
    lines.append("")
    if lost:
        minutes = duration(sum(block.minutes for block in lost))
        missed = counted(len(lost), "missed session")
        lines.append(f"{missed} ({minutes}); see `coach replan`")
    done, planned = document.week.done_minutes, document.week.planned_minutes
    week = f"{duration(done)} of {duration(planned)}" if planned else "no study planned"
    lines.append(f"This week: {week}")
    if document.deadline is not None:
        due = document.deadline
        lines.append(f"Next deadline: {when(due.at)}, {printable(due.text)}")
    return "\n".join(lines)


FIELDS = (
    *("exam", "kind", "title", "text", "at", "day", "time", "minutes", "resource"),
    *("unticked", "done", "planned", "deadline"),
)
"""What a template of `coach today --format` may name."""


def one_line(document: Today, each: TodayExam | None, template: str) -> str:
    """A template filled in with one exam, all on one line; raises ValueError where it cannot be
    read or names a field that there is none of."""
    at = each.at if each else None
    due = document.deadline
    values = {
        "exam": each.exam if each else "",
        "kind": each.kind if each else "",
        "title": each.title if each else "",
        "text": each.text if each else "",
        "at": at.isoformat() if at else "",
        "day": f"{at:%a} {at.day} {at:%b}" if at else "",
        "time": f"{at:%H:%M}" if isinstance(at, datetime) else "",
        "minutes": str(each.minutes) if each and each.minutes else "",
        "resource": each.resource.title if each and each.resource else "",
        "unticked": str(len(document.unticked)),
        "done": duration(document.week.done_minutes),
        "planned": duration(document.week.planned_minutes),
        "deadline": f"{when(due.at)}, {due.text}" if due else "",
    }
    for _, name, _, _ in Formatter().parse(template):
        if name is not None and name not in values:
            raise ValueError(f"there is no field {quoted(name)}")
    return printable(template.format_map(values)).replace("\n", " ")


@click.command("today", epilog=f"A TEMPLATE may name {', '.join(FIELDS)}.")
@click.option("--format", "template", metavar="TEMPLATE", help="One line: '{time} {title}'.")
@click.option("--all", "every", is_flag=True, help="Every exam: passed ones too, a line for each.")
@with_session
def today_command(session: Session, template: str | None, every: bool) -> None:
    """Say what now means: the session on or next, the exam on its day, the next deadline."""
    from coach.service.today import missed, today

    state = session.service.state
    document, tracked = today(state), state.facts.tracked
    if template is None or session.as_json:
        session.answer(document, lambda: in_words(document, missed(state), every, tracked))
        return
    shown = document.exams if every else document.exams[:1]
    try:
        for each in shown or (None,):
            say(one_line(document, each, template))
    except (ValueError, LookupError) as error:
        known = ", ".join(FIELDS)
        what = f"{quoted(template)} cannot be filled in ({error})"
        refuse(Problem("format", f"{what}; in braces these are accepted: {known}."))
