"""The answers in words: plain lines for a terminal, a pipe or a screen reader."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from coach.cli.documents import summary_of
from coach.descriptions import (
    NO_SHARES,
    OWN_FILE,
    PHASES,
    SHARES,
    Fact,
    exam_facts,
    result_word,
    road_parts,
    saved_forecast,
)
from coach.exchange.plain import cells, padded, printable
from coach.model.answers import (
    SELF_RATING,
    Cell,
    DomainRow,
    Note,
    Rating,
    Recommended,
    Retake,
    Road,
    WhenToSit,
)
from coach.model.material import ExamDetail, ExamRow, Mappings, Resources
from coach.model.plan import ChangeRow, PlannedWork, RevisionComparison, Schedule
from coach.model.settings import WEEKDAYS, Hours
from coach.service.availability import busy_minutes_a_week, remark_text
from coach.service.input_parser import days_text, window_text
from coach.service.outcome import Done
from coach.service.service import UNCHANGED
from coach.service.view import ExamView
from coach.wording import (
    AT_PLACE,
    RETAKE_WORD,
    TREND_WORD,
    counted,
    duration,
    in_ten,
    listed,
    mark_word,
    money,
    odds,
    other_plans,
    published_weight,
    work_word,
)

BAND_WORDS = {"below": "below", "near": "near", "above": "above", "unknown": "?"}
LISTED = 8
"""The most changes of a plan that an answer in words lists; more are counted."""
PRIORITY = "Priority is the weight, doubled for a domain below target, and 0 for one above."


def when(value: datetime | date | None) -> str:
    """A time or day for people: `Sat 2026-11-21 10:00`."""
    if value is None:
        return "-"
    return f"{value:%a %Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{value:%a %Y-%m-%d}"


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as aligned columns."""
    shown = [[printable(cell) for cell in row] for row in rows]
    if not shown:
        return []
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    return [
        "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def labelled(facts: Iterable[Fact]) -> list[str]:
    """What is known of them, each value beside its label."""
    return table(fact for fact in facts if fact[1])


def notes(found: Iterable[Note]) -> list[str]:
    """Notes as indented lines with their source."""
    return [f"  {printable(note.text)} [{note.source}]" for note in found]


def retake(view: ExamView) -> str:
    """Legal and recommended dates, always on lines of their own."""
    document = view.retake_answer
    window, advised, policy = document.recommended, document.when_to_sit, document.policy
    never = ", no retake" if document.status == "passed" and not document.earliest else ""
    successor = f", successor {document.successor}" if document.successor else ""
    facts = (
        *_legal(document),
        ("Best time", f"{_window(window)}  ({window.basis})" if window else ""),
        ("Chance to pass", _when_to_sit(advised) if advised else ""),
        ("Attempts", _attempts(document)),
        ("Retires", f"{when(document.retires)}{successor}" if document.retires else ""),
    )
    lines = [f"{document.exam}: {RETAKE_WORD[document.status]}{never}", *labelled(facts)]
    lines += [f"If {each.condition}: {_date(each.when)}" for each in document.alternatives]
    # The line on attempts says how many are left.
    lines += notes(note for note in document.notes if note.code != "attempts-left")
    if policy and policy.id != "unknown":
        dated = f"as of {policy.as_of}" if policy.as_of else "undated"
        mark = "" if policy.verified else ", unverified"
        lines.append(printable(f"Rules: {policy.name}, {dated}{mark}; {policy.source}"))
        lines += [printable(f"  {policy.note}")] if policy.note else []
    return "\n".join(lines)


def _window(days: Recommended) -> str:
    until = f" to {when(days.until)}" if days.until > days.from_ else ""
    return when(days.from_) + until


def _when_to_sit(advised: WhenToSit) -> str:
    """The first week that is good enough, or that there is none; by a model."""
    if advised.at is None:
        return f"no date yet: {advised.reason}  (estimate)"
    return (
        f"{in_ten(advised.enough)} from {when(advised.at)} on, with "
        f"{counted(round(advised.hours or 0), 'hour')} of study by then  (estimate)"
    )


def _legal(document: Retake) -> Iterator[Fact]:
    """The earliest date; where a time of day is unknown only days are known."""
    label, rule = "You may sit it", f"({document.rule_name})"
    if document.status == "retired" or (document.status == "passed" and not document.earliest):
        return
    if document.status == "unknown":
        yield label, "not known, ask the vendor"
    elif document.rule == "no-wait" and document.status == "open":
        yield label, f"any time  {rule}"
    elif document.earliest is None:
        yield label, f"no date yet  {rule}"
    elif document.certain_from == document.earliest:
        yield label, f"from {_date(document.earliest)}  {rule}"
    else:
        yield label, f"from {_date(document.earliest)}, the same time of day  {rule}"
        yield "Certain from", _date(document.certain_from)


def _date(moment: datetime | None) -> str:
    """A moment, as a day where it is the start of one: nobody sits an exam at midnight."""
    if moment is None:
        return "none"
    return when(moment.date() if moment.time() == time() else moment)


def _attempts(document: Retake) -> str:
    used = f"{document.attempts_used} used"
    if document.status == "retired":
        return ""
    if document.status == "passed":
        return used
    if document.status == "unknown":
        return f"{used}, limit not known"
    if document.attempts_left is None:
        return f"{used}, no limit"
    used = f"{document.attempts_used} of {document.attempts_used + document.attempts_left} used"
    resets = f"; the limit resets {_date(document.window_end)}" if document.window_end else ""
    return f"{used}{resets}"


def road_text(road: Road) -> str:
    """The way to a pass in numbers."""
    days = f"{road.first_on} to {road.passed_on}"
    return ", ".join(filter(None, (counted(road.attempts, "attempt"), *road_parts(road), days)))


def timeline(view: ExamView) -> str:
    """Attempts, then dated milestones, then the cost."""
    document = view.timeline
    rows = [
        (
            f"#{entry.number}" if entry.number else "",
            when(entry.at),
            result_word(entry),
            "" if entry.score is None else f"{entry.score}",
            entry.place or "",
            "" if entry.fee is None else money(entry.fee),
            f"case {entry.case}" if entry.case else "",
            entry.report or entry.id,
        )
        for entry in document.attempts
    ]
    mark = "" if document.passing_score is None else f", pass mark {document.passing_score}"
    lines = [f"{document.exam}: {'attempts' if rows else 'no attempts'}{mark}", *table(rows)]
    lines += ["", "Dates"] if document.milestones else []
    lines += table(
        (when(m.at), mark_word(m.kind), m.text, f"[{m.source}]") for m in document.milestones
    )
    if document.cost:
        lines += ["", f"Fees entered so far, forfeited ones included: {money(document.cost)}"]
    lines += [f"Passed: {road_text(document.road)}"] if document.road else []
    lines += ["", printable(document.lessons)] if document.lessons else []
    return "\n".join(lines)


def schedule(document: Schedule) -> str:
    """The domains by priority, the plan week by week with its material numbered, and what to know;
    what holds for every plan is left to `--json`."""
    if not document.weeks:
        said = f"{document.exam}: {document.reason or 'no sessions in these weeks'}"
        return "\n".join([said, *(f"  {printable(note.text)}" for note in document.notes)])
    lines = [
        f"{document.exam} plan, version {document.revision}, {document.strategy}, until "
        f"{when(document.target)} (reason: {printable(document.trigger or '-')})"
    ]
    lines += [printable(document.reason)] if document.reason else []
    ranked = sorted(document.allocation, key=lambda share: -share.priority)
    lines += table(
        (
            share.domain,
            share.band,
            f"priority {share.priority:.1f}",
            f"{100 * share.share:.1f} %",
            (duration(share.minutes) if share.minutes else "no study time planned")
            + (", optional" if share.optional else ""),
        )
        for share in ranked
    )
    every = [block for week in document.weeks for block in week.blocks]
    material = {block.resource.id: block.resource for block in every if block.resource}
    numbers = {name: f"[{number}]" for number, name in enumerate(material, 1)}
    lines += _planned_weeks(document, numbers)
    lines += ["", "Material"] if material else []
    lines += table((numbers[name], each.title, each.url) for name, each in material.items())
    if document.shortfall_minutes and all(note.code != "SHORT" for note in document.notes):
        lines += ["", f"{duration(document.shortfall_minutes)} of study found no room."]
    told = (note for note in document.notes if note.code not in _EVERY_PLAN)
    return "\n".join([*lines, *(f"  {printable(note.text)}" for note in told)])


def _planned_weeks(document: Schedule, numbers: Mapping[str, str]) -> list[str]:
    """The sessions week by week; `numbers` has that of each material."""
    lines: list[str] = []
    for week in document.weeks:
        planned = sum(block.minutes for block in week.blocks)
        filled = f"{duration(planned)} of {duration(week.capacity_minutes)}"
        lines += ["", f"Week of {week.start}: {filled if planned else 'nothing planned'}"]
        lines += table(
            (
                block.id,
                f"{block.start:%a %d %b %H:%M}",
                duration(block.minutes),
                block.status,
                work_word(block.activity),
                block.domain or ("" if block.activity == "buffer" else "all domains"),
                block.topic or "",
                numbers[block.resource.id] if block.resource else "",
            )
            for block in week.blocks
        )
    return lines


_EVERY_PLAN = ("AIM", "OWN-WORK", "SPLIT", "TIE")


def hours(value: Hours, zone: ZoneInfo) -> str:
    """Weekly hours, days off, block lengths and caps, busy times."""
    lines = []
    for day in WEEKDAYS:
        spans = value.windows.get(day, ())
        lines.append(f"{day}  {', '.join(map(window_text, spans)) or '-'}")
    lines.append(f"{duration(value.week_minutes)} a week")
    if value.off:
        lines.append(f"Off: {days_text(value.off)}")
    rest = f", breaks of {duration(value.break_minutes)}" if value.break_minutes else ""
    lines.append(f"Sessions up to {duration(value.block_minutes)}{rest}")
    caps = (("day", value.daily_minutes), ("week", value.weekly_minutes))
    lines += [f"At most {duration(cap)} a {unit}" for unit, cap in caps if cap is not None]
    if value.spare_minutes:
        lines.append(f"Spare time for strong areas: {duration(value.spare_minutes)} a week")
    for each in value.every_calendar:
        until, read = when(each.until.astimezone(zone).date()), when(each.read.astimezone(zone))
        times, week = counted(len(each.spans), "time"), duration(busy_minutes_a_week(each))
        source = f"{printable(each.name)} read {read}, {week} a week"
        free = "" if each.whole_days else ", whole days free"
        lines.append(f"Busy {times} until {until}, from {source}{free}")
        lines += [f"  {remark_text(remark, zone)}" for remark in each.remarks]
    return "\n".join(lines)


def saved(done: Done) -> str:
    """The notice of an action, what a report comes to, and what the plan changed."""
    summary = summary_of(done)
    lines = [printable(done.message)]
    if summary:  # the domains first: they say more than the score
        weak, strong = listed(summary.weak), listed(summary.strong)
        rows = [("Weak    ", weak), ("Strong  ", strong), ("Next    ", summary.next)]
        head = done.state.view(done.exam).head if done.exam else None
        if head and head.status == "passed":  # what was weak no longer matters
            rows = [*rows[2:], ("Then    ", _next_exam(done))]
        lines += [printable(f"{name}{said}") for name, said in rows if said]
    if done.revision is not None:
        lines += _plan(done)
    if done.others and done.saved:
        lines.append(other_plans(done.others))
    if done.revision == 1 and not done.state.facts.hours_named:
        lines.append("Your study hours are not set; `coach hours` says when you study.")
    report = done.state.facts.reports.get(done.report or "")
    marked = report and done.state.view(report.exam).exam.passing_score is not None
    if summary and report and report.passed is None and not marked:
        edit = f"`coach report edit {report.id} --result pass|fail`"
        lines.append(f"Whether it was a pass is not known; add it with {edit}.")
    if summary and summary.own_view:
        lines.append("`coach reflect` keeps how the sitting felt, which no report tells.")
    return "\n".join(lines)


def _next_exam(done: Done) -> str:
    """The next session of any other exam, an empty text where none is planned."""
    ahead = [
        (head.next.start, head.exam)
        for head in done.state.tracked
        if head.next and head.exam != done.exam
    ]
    code = min(ahead)[1] if ahead else ""
    return f"{code}, {done.state.view(code).next_action()}" if code else ""


def replanned(done: Done) -> str:
    """The answer to a wish for a new plan: also that it stays, or why there is none."""
    if done.exam is None:
        return saved(done)
    if done.revision is not None:
        lines = [saved(done)]
    else:
        lines = [] if done.message == UNCHANGED else [printable(done.message)]
        lines.append(_no_plan(done) or f"The plan of {done.exam} stays as it is.")
    if ways := done.state.view(done.exam).ways_on:
        lost = counted(ways[0].lost, "missed session")
        lines.append(f"No room for {lost}: `--future` fresh, later or fewer is the way on.")
    return "\n".join(lines)


def _no_plan(done: Done) -> str | None:
    """Why there is no plan, None where there is one."""
    code = done.exam or done.state.code
    reason = done.state.view(code).schedule.reason if code else None
    return printable(reason) if reason else None


def _plan(done: Done) -> list[str]:
    """What a new revision is: how many sessions a first plan has, the changes of a later one, and
    the reason alone where nothing is left."""
    changes, count = done.changes, len(done.changes)
    heading = f"Plan {done.revision}: "
    if not changes:
        return [heading + (_no_plan(done) or "no session changes.")]
    if all(row.kind == "added" for row in changes) and done.churn == 0:
        return [f"{heading}{counted(count, 'new session')}."]
    if all(row.kind == "removed" for row in changes) and (reason := _no_plan(done)):
        return [f"{heading}{counted(count, 'session')} removed. {reason}"]
    heading += f"{counted(count, 'change')} ({100 * done.churn:.0f} % of open sessions)"
    if count <= LISTED:
        return [f"{heading}.", *_changes(changes)]
    kinds = Counter(row.kind for row in changes)
    said = listed(f"{number} {kind}" for kind, number in kinds.most_common())
    return [f"{heading}: {said}; --json lists them."]


def actions(history: Iterable[tuple[datetime, str]]) -> str:
    """What can be taken back, newest first."""
    lines = [f"{when(at)}  {printable(label)}" for at, label in history]
    return "\n".join(lines) or "Nothing to undo."


def comparison(document: RevisionComparison) -> str:
    """The revisions from one to another, and what they changed in all."""
    rows = [document.from_, *document.between]
    lines = [f"{document.exam}: version {document.from_.number} to {document.to.number}"]
    lines += table((str(row.number), when(row.at), row.strategy, row.trigger) for row in rows)
    lines += ["", f"{counted(len(document.changes), 'change')} in all"]
    lines += _changes(document.changes)
    return "\n".join(lines)


def _changes(rows: Iterable[ChangeRow]) -> list[str]:
    return [f"  {c.kind} {_change(c.from_, c.to)}: {printable(c.reason)}" for c in rows]


def _change(before: PlannedWork | None, after: PlannedWork | None) -> str:
    """One change; what both sides have in common is said once."""
    sides = [
        (
            f"{w.start:%a %Y-%m-%d %H:%M} {duration(w.minutes)}",
            printable(w.domain or work_word(w.activity)),
        )
        for w in (before, after)
        if w is not None
    ]
    if len(set(sides)) == 1:
        return " ".join(sides[0])
    (place, what), (to, work) = sides
    if place == to:
        return f"{place}: {what} -> {work}"
    return f"{place} -> {to} {what}" if what == work else f"{place} {what} -> {to} {work}"


def resources(document: Resources) -> str:
    """Study material by domain, what was worked through with a tick, and where to practise."""
    lines = [f"{document.exam}: {counted(len(document.resources), 'resource')}"]
    for domain in dict.fromkeys(row.domain for row in document.resources):
        lines += ["", printable(domain or "The whole exam")]
        lines += table(
            (
                "✓" if row.done else " ",
                row.id,
                "case study" if row.case_study else row.kind,
                "" if row.minutes is None else duration(row.minutes),
                row.title,
                f"from {row.borrowed_from}" if row.borrowed_from else "",
            )
            for row in document.resources
            if row.domain == domain
        )
    looked = document.no_assessment
    besides = (
        ("Course", document.course or ""),
        ("Practise in", document.sandbox or ""),
        ("Assessment", f"none was found by {looked}" if looked else ""),
        ("Note", document.note or ""),
        ("Age", document.age or ""),
    )
    return "\n".join([*lines, "", *labelled(besides)]).rstrip()


def exams(rows: Sequence[ExamRow]) -> str:
    """The catalogue, one line an exam."""
    if not rows:
        return "No exam of the catalogue fits; `coach exams` lists all."
    return "\n".join(
        table(
            (
                row.code,
                row.title,
                row.level or "",
                row.status,
                f"until {row.retires}" if row.retires else "",
                f"then {row.successor}" if row.successor else "",
            )
            for row in rows
        )
    )


def exam(detail: ExamDetail) -> str:
    """The card of one exam, then its outlines."""
    lines = [printable(f"{detail.code} {detail.title} ({detail.vendor})")]
    lines += labelled(exam_facts(detail, str, when))
    if detail.outlines:
        lines.append(SHARES if detail.outlines[0].weighted else NO_SHARES)
    lines.append(OWN_FILE)
    for outline in detail.outlines:
        dated = f"Outline {outline.id}"
        if outline.as_of and str(outline.as_of) != outline.id:
            dated += f", as of {outline.as_of}"
        lines += ["", f"{dated} [{outline.confidence}]"]
        lines += [printable(outline.study_guide)] if outline.study_guide else []
        lines += table(
            (
                domain.name,
                published_weight(domain.weight_low, domain.weight_high),
                f"{domain.weight:.1f}",
            )
            for domain in outline.domains
        )
    return "\n".join(lines)


def exam_day(view: ExamView) -> str:
    """The checklist of the next appointment, each step with its source."""
    document = view.exam_day
    booked = (
        f"{when(document.at)}{AT_PLACE[document.place]}"
        if document.at
        else "no appointment is booked"
    )
    lines = [f"{document.exam}, exam day: {booked}"]
    for phase, heading in PHASES.items():
        steps = [step for step in document.steps if step.phase == phase]
        lines += ["", heading] if steps else []
        lines += [f"  {printable(step.text)} [{step.source}]" for step in steps]
    return "\n".join(lines)


def heatmap(view: ExamView) -> str:
    """Domains by reports, newest report last; the bands are the user's reading."""
    document = view.heatmap
    if not document.domains:
        return f"{document.exam}: no outline is known, so there are no domains to show"
    dates = {attempt.report: f"{attempt.at:%Y-%m-%d}" for attempt in view.timeline.attempts}
    title = f"{document.exam}, outline {document.outline}; you set the bands from your reports"
    lines = [title, *_grid(document.domains, document.reports, dates), PRIORITY, SHARES]
    for group in document.groups:
        lines += [
            "",
            f"On outline {group.outline or 'unknown'}, which shares no row with the above",
        ]
        lines += _grid(group.domains, group.reports, dates)
    return "\n".join([*lines, *notes(document.notes)])


def _grid(
    domains: Sequence[DomainRow], reports: Sequence[str], dates: Mapping[str | None, str]
) -> list[str]:
    days = [dates[report] for report in reports]
    own = any(cell.report == SELF_RATING for domain in domains for cell in domain.cells)
    days += ["Self-rating"] if own else []
    header = ("Domain", "Weight, %", *days, "Trend", "Priority", "Tier", "Practice")
    return table([header, *(_row(domain) for domain in domains)])


def _row(row: DomainRow) -> tuple[str, ...]:
    low, high = row.weight_low, row.weight_high
    done = row.practice
    practice = [f"{done.correct}/{done.total}, {done.level:.0f} %"] if done.total else []
    practice += [done.trend] if done.total and done.trend != "unknown" else []
    practice += [done.status] if done.status else []
    return (
        row.name,
        f"{row.weight:.1f} ({'equal' if low is None else f'{low:g}-{high:g}'})",
        *map(_cell, row.cells),
        TREND_WORD[row.trend] or "-",
        "-" if row.priority is None else f"{row.priority:.1f}",
        "-" if row.tier is None else str(row.tier),
        ", ".join(practice) or "-",
    )


def _cell(cell: Cell) -> str:
    value = "" if cell.value is None else f" {cell.value}"
    return f"{BAND_WORDS[cell.band]}{value}{' (mapped)' if cell.mapped else ''}"


def advice(view: ExamView) -> str:
    """Insights, most severe first, each with what to do."""
    document = view.advice
    lines = [f"{document.exam}: what the reports say"]
    for insight in document.insights:
        lines.append(f"[{insight.severity}] {printable(insight.text)} [{insight.source}]")
        lines.append(f"    -> {printable(insight.action)}")
    if not document.insights:
        lines = [f"{document.exam}: no findings"]
    if document.study_guide:
        lines.append(f"What the exam asks: {printable(document.study_guide)}")
    return "\n".join(lines)


def rating(document: Rating) -> str:
    """The user's own bands, and what the predecessor's report would suggest."""
    lines = [f"{document.exam}: self-rating, {when(document.at)}"]
    if document.at is None:
        how = "`coach rate --band 1=below --band 2=near` says how well you know each domain"
        lines = [f"{document.exam}: no self-rating; {how}"]
    else:
        lines += table((row.name, BAND_WORDS[row.band]) for row in document.domains)
        lines += table((f"topic {row.name}", BAND_WORDS[row.band]) for row in document.topics)
    if document.offered:
        lines.append(f"The newest report of {document.predecessor} suggests (--from-predecessor):")
        lines += table((row.name, BAND_WORDS[row.band]) for row in document.offered)
    return "\n".join(lines)


def mapping(document: Mappings) -> str:
    """Each domain of an earlier outline with the one that continues it."""
    if not document.maps:
        return f"{document.exam}: every report is on one outline, so there is nothing to map"
    lines = []
    for one in document.maps:
        lines.append(f"Outline {one.earlier} to {one.outline}")
        for domain in one.domains:
            hint = f" (suggested: {domain.suggested})" if domain.suggested else ""
            lines.append(printable(f"  {domain.name} -> {domain.to or 'nothing' + hint}"))
    return "\n".join(lines)


def forecast(view: ExamView) -> str:
    """The guess, the other dates, what it rests on, and how past guesses did."""
    document = view.forecast
    guess, kept = document.guess, document.kept
    lines = [f"{document.exam}: no estimate; {document.reason}"]
    if guess is not None:
        lines = [f"{document.exam}: chance to pass on {when(guess.at)}: {guess.words}  (estimate)"]
        rows = [(when(d.at), d.label, f"{d.hours:.0f}h", d.words) for d in document.dates]
        lines += table([("Date", "", "Study", "Chance to pass"), *rows])
        lines += _weeks(document.when_to_sit) if document.when_to_sit else ()
        lines += [f"  {printable(note.text)}" for note in document.notes]
    if kept and (guess is None or kept.words != guess.words):
        lines.append(saved_forecast(kept, when))
    for each in document.past:
        said = f"on {when(each.made.date())} it said {each.words} for {when(each.target)}"
        result = "you passed" if each.passed else "you did not pass"
        lines.append(f"{when(each.sat)}: {said}; {result}")
    return "\n".join([*lines, *([document.verdict] if document.verdict else [])])


def _weeks(advised: WhenToSit) -> Iterator[str]:
    """The advised week and, week by week, what a sitting then comes to."""
    yield f"When to sit: {_when_to_sit(advised)}"
    if advised.recommended is not None:
        yield f"Best time: {_window(advised.recommended)}"
    rows = [
        (
            when(row.at),
            "<" if row.at == advised.at else "",
            f"{row.hours:.0f}h",
            odds(row.of_ten),
            f"{row.weeks:.0f}",
            f"{row.sittings:.1f}",
            "" if row.fees is None else f"{row.fees:.0f}",
        )
        for row in advised.weeks
    ]
    yield from table(
        [("Week of", "", "Study", "Chance to pass", "Weeks", "Attempts", "Fees"), *rows]
    )
    yield "Weeks, attempts and fees are those to expect until a pass, a try every second week."
