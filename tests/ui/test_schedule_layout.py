"""What the schedule draws, as plain rows: the week, the list, the panel, and the sheets."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from coach.model.forecasts import Rehearsal, RehearsedPlan
from coach.model.plan import Block, Change, Reason, Revision, StrategySplit
from coach.model.settings import DEFAULT_HOURS, Hours, Window
from coach.ui.looks import LOOKS
from coach.ui.screens import hours_editor
from coach.ui.screens.schedule_sheets import StrategySheet
from coach.ui.widgets.rows import meter, row_width, short_names, wrap
from coach.ui.widgets.schedule import board
from coach.ui.widgets.schedule.block_rows import Told, block_rows, first_step
from coach.ui.widgets.schedule.change_rows import change_rows, revision_page, told_page
from coach.ui.widgets.schedule.frame import panel_rows, strip_rows
from coach.ui.widgets.schedule.plan_view import arrange, week_sum
from coach.ui.widgets.schedule.week_layout import (
    agenda_layout,
    axis_of,
    card,
    column_widths,
    week_layout,
)
from coach.wording import duration
from tests.ui import plans, samples


def view_of(plan, now=samples.NOW, hours=DEFAULT_HOURS):
    return arrange(plan, hours, now)


def page_text(page):
    return plans.text_of((*page.head, *page.body))


VIEW = view_of(plans.FULL)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            [row.domain for row in plans.FULL.allocation],
            ("Identities", "Storage", "Compute", "Networking", "Monitor"),
        ),
        (
            ["Secure identity", "Secure networking", "Secure nodes"],
            ("Identity", "Networking", "Nodes"),
        ),
        (["Design secure things", "Design fast things"], ("Secure", "Fast")),
        (["Risk, and law (short)", "Law"], ("Risk", "Law")),
        (["Alpha", "Alpha"], ("Alpha", "Domain 2")),
        (["", "[/x]", "\u05e9"], ("Domain 1", "[/x]", "Domain 3")),
        (["Communication and network"], ("Communication",)),
        (["Incomprehensibility"], ("Incomprehensib…",)),
    ],
)
def test_each_domain_has_its_own_short_name(names, expected):
    assert short_names(names) == expected


def test_blocks_are_found_by_their_day_and_week():
    assert VIEW.place["b0-6"] == (0, 5)
    assert VIEW.place["b2-0"] == (2, 0)
    assert VIEW.order[:3] == ("b0-0", "b0-1", "b0-2")
    assert VIEW.next_block == "b0-3"


def test_a_block_that_runs_is_still_the_next_one():
    running = view_of(plans.FULL, now=samples.at(2026, 11, 25, 19, 20))
    assert running.next_block == "b0-3"


def test_a_day_counts_done_planned_and_missed_minutes_apart():
    monday, tuesday = VIEW.weeks[0].days[:2]
    assert (monday.load.done, monday.load.missed, monday.capacity) == (45, 45, 90)
    assert (tuesday.load.done, tuesday.capacity) == (100, 90)
    assert not tuesday.overbooked


def test_skipped_blocks_take_no_time():
    day = view_of(plans.changed(plans.FULL, "b0-3", status="skipped")).weeks[0].days[2]
    assert day.load.total == 45


def test_a_day_off_has_no_hours():
    hours = replace(DEFAULT_HOURS, off=(date(2026, 11, 26),))
    thursday = view_of(plans.FULL, hours=hours).weeks[0].days[3]
    assert (thursday.capacity, thursday.off, thursday.overbooked) == (0, True, True)


def test_what_is_studied_after_midnight_takes_the_hours_of_the_evening_before():
    night = plans.changed(plans.FULL, "b0-5", start=samples.at(2026, 11, 27, 0, 30))
    friday = view_of(night).weeks[0].days[4]
    assert (friday.capacity, friday.load.planned, friday.excess) == (0, 60, 0)


def test_a_window_up_to_midnight_counts_in_full():
    late = Window(start=time(22, 30), end=time(0, 0))
    hours = Hours(windows={"mon": (late,)})
    assert view_of(plans.FULL, hours=hours).weeks[0].days[0].capacity == 90


@pytest.mark.parametrize(
    ("hour", "minute", "note"),
    [(18, 59, "1h 30m free"), (19, 45, "45 min free"), (20, 30, ""), (23, 0, "")],
)
def test_what_of_today_is_free_is_what_is_still_to_come(hour, minute, note):
    now = samples.at(2026, 11, 25, hour, minute)  # a Wednesday, with hours 19:00-20:30
    lines = page_text(agenda_layout(view_of(plans.EMPTY_WEEK, now=now), 78)).splitlines()
    (today,) = (line for line in lines if "· today" in line)
    assert today.split("· today")[1].strip() == note


def test_a_session_on_a_day_without_hours_is_named_as_such():
    friday = samples.at(2026, 11, 27, 15)
    moved = plans.changed(plans.FULL, "b0-5", start=friday, end=friday + timedelta(minutes=60))
    lines = page_text(agenda_layout(view_of(moved), 78)).splitlines()
    (day,) = (line for line in lines if "Fri 27 Nov" in line)
    assert day.split("Nov")[1].strip() == "1h, no study hours"


@pytest.mark.parametrize("width", [60, 71, 84, 100, 126])
def test_columns_fill_the_width(width):
    widths = column_widths({0, 1, 2, 3, 5}, width)
    assert sum(widths) + 6 == width
    assert max(widths) - min(widths[i] for i in (0, 1, 2, 3, 5)) <= 1


def test_days_without_hours_are_slim():
    widths = column_widths({0, 1, 2, 3, 5}, 84)
    assert widths[4] == widths[6] == 7
    assert len(set(column_widths(range(7), 76))) == 1


@pytest.mark.parametrize("width", [64, 83, 126])
@pytest.mark.parametrize("height", [14, 24, 44])
@pytest.mark.parametrize("plan", [plans.FULL, plans.OVERBOOKED, plans.HALF_MISSED])
def test_every_row_of_the_week_fills_the_width(plan, width, height):
    view = view_of(plan)
    page = week_layout(view, 0, width, height)
    assert {row_width(row) for row in page.head} == {width}
    clock = page.body[: max(last for _, last in page.spans.values())]
    assert {row_width(row) for row in clock} == {width}


def test_the_clock_folds_away_the_time_that_nothing_uses():
    # Mon-Thu 19:00-20:30, Sat 09:00-12:45: 15 and 6 rows of a quarter, one between them.
    axis = axis_of(VIEW.weeks[0], 15)
    assert axis.stretches == ((540, 765, 0), (1140, 1230, 16))
    assert [axis.row(540), axis.row(600), axis.row(1140), axis.rows] == [0, 4, 16, 22]


@pytest.mark.parametrize("height", [24, 44])
def test_a_saturday_morning_is_above_every_evening_and_length_is_height(height):
    spans = week_layout(VIEW, 0, 126, height).spans
    morning, noon, evening = spans["b0-6"], spans["b0-9"], spans["b0-3"]
    assert morning[0] < noon[0] < noon[1] < evening[0]
    assert spans["b0-0"][0] == spans["b0-3"][0]
    hour, quarters = morning[1] - morning[0], spans["b0-3"][1] - spans["b0-3"][0]
    assert abs(quarters / hour - 0.75) < 0.25


def test_each_start_is_on_the_axis_or_on_the_card():
    odd = plans.changed(plans.FULL, "b0-3", start=samples.at(2026, 11, 25, 19, 5))
    shown = page_text(week_layout(view_of(odd), 0, 126, 44))
    for label in ("09:00", "10:00", "11:00", "12:00", "19:00", "19:45"):
        assert any(line.startswith(label) for line in shown.splitlines()), label
    assert "19:05" in shown


def test_sessions_that_overlap_come_one_below_the_other():
    spans = week_layout(view_of(plans.OVERBOOKED), 0, 64, 24).spans
    for day in view_of(plans.OVERBOOKED).weeks[0].days:
        rows = [spans[entry.block.id] for entry in day.entries]
        assert all(before[1] <= after[0] for before, after in pairwise(rows))


def test_later_weeks_are_a_line_each_with_hours_per_domain_and_events():
    plan = plans.changed(plans.FULL, "b1-8", activity="assessment", domain=None, topic=None)
    view = arrange(plan, DEFAULT_HOURS, samples.NOW, booked=plan.target)
    lines = page_text(week_layout(view, 0, 126, 40)).splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("Then")]
    assert lines[at].startswith("Then  Week 2   30 Nov – 6 Dec")
    assert "practice exam Sat 11:00" in " ".join(lines[at:])
    assert "exam Sat 19 Dec 10:00" in " ".join(lines[at:])
    assert "Storage" in lines[at]


@pytest.mark.parametrize(("height", "told"), [(30, False), (70, True)])
def test_later_weeks_show_their_topics_where_there_is_room(height, told):
    later = page_text(week_layout(VIEW, 0, 126, height)).split("Then")[1]
    assert ("Microsoft Entra users and groups" in later) is told


def test_more_later_weeks_than_fit_are_counted_with_the_key():
    shown = page_text(week_layout(view_of(plans.LONG), 0, 126, 40))
    assert "Week 2 " in shown
    assert "more weeks: ]" in shown
    assert "Week 26 " not in shown


def test_each_block_knows_its_rows():
    page = week_layout(VIEW, 0, 84, 36)
    for block, (first, last) in page.spans.items():
        for row in page.body[first:last]:
            assert block in {seg.block for seg in row}


def test_the_week_marks_today_and_what_became_of_the_blocks():
    shown = page_text(week_layout(VIEW, 0, 126, 26))
    assert "▸Wed 25" in shown
    assert "✓ learn · Storage" in shown
    assert "! missed" in shown
    assert "pin" in shown


def test_a_buffer_that_was_not_needed_is_unused_and_not_given_up():
    name = next(e.block.id for e in VIEW.weeks[0].entries if e.block.activity == "buffer")
    view = view_of(plans.changed(plans.FULL, name, status="skipped"))
    rows = [row for row in agenda_layout(view, 78).body if name in {seg.block for seg in row}]
    assert "– unused" in plans.text_of(rows)
    assert not any("topic-skipped" in seg.style for row in rows for seg in row)
    assert "– unused" in page_text(week_layout(view, 0, 126, 26))


def test_a_missed_block_that_was_made_up_is_no_backlog():
    plan = replace(plans.FULL, backlog=())
    assert "! missed" in page_text(agenda_layout(view_of(plan), 78))
    assert "missed" not in plans.text_of(strip_rows(plans.state(plan), plan, view_of(plan), 78, 4))


def test_the_list_tells_the_time_of_a_day_and_never_a_past_day_against_hours_of_now():
    lines = page_text(agenda_layout(VIEW, 78)).splitlines()
    (tuesday,) = [line for line in lines if line.startswith(" Tue 24 Nov")]
    (saturday,) = [line for line in lines if line.startswith(" Sat 28 Nov")]
    assert tuesday.endswith("1h 40m done")
    assert saturday.endswith("3h 45m")


def test_the_sum_of_a_week_leaves_buffers_out_as_the_head_line_does():
    week = VIEW.weeks[1]
    study = sum(e.minutes for e in week.entries if e.block.activity != "buffer")
    assert 0 < study < week.load.total
    assert week_sum(week) == f"{duration(study)} planned"


def test_an_overbooked_day_says_by_how_much():
    assert "+1h 10m" in page_text(week_layout(view_of(plans.OVERBOOKED), 0, 126, 26))


@pytest.mark.parametrize(("height", "rows"), [(60, 32), (40, 22), (19, 16), (14, 12)])
def test_the_clock_gives_way_to_a_low_terminal(height, rows):
    # 315 minutes of two stretches at 10, 15, 20 and 30 minutes a row, and the fold.
    spans = week_layout(VIEW, 0, 126, height).spans
    assert max(last for _, last in spans.values()) == rows


def test_a_later_week_tells_the_hours_that_belong_to_no_domain():
    # Its fourth week has reviews of 90 and of 60 minutes.
    assert "mixed work 2h 30m" in page_text(week_layout(VIEW, 0, 126, 44))


def test_an_empty_week_names_the_keys_that_help():
    assert "Press r to plan again" in page_text(week_layout(view_of(plans.EMPTY_WEEK), 0, 84, 20))


@pytest.mark.parametrize(
    ("activity", "short", "width", "foot"),
    [
        ("lab", "Storage", 18, "lab · Storage"),
        ("lab", "Networking", 18, "lab Networking"),
        ("scenario", "Storage", 18, "scenario"),
        ("scenario", "Storage", 22, "scenario · Storage"),
        ("buffer", "", 18, "45 min"),
    ],
)
def test_a_card_says_its_activity_in_a_word_and_nothing_twice(activity, short, width, foot):
    entry = next(e for e in VIEW.entry.values() if e.minutes == 45)
    block = replace(entry.block, activity=activity, status="planned", pinned=False)
    rows = card(replace(entry, block=block, short=short), width, 3)
    assert foot in [line[2:].strip() for line in plans.text_of(rows).split("\n")]


@pytest.mark.parametrize("width", range(8, 30))
def test_a_card_never_leaves_its_column(width):
    for entry in VIEW.entry.values():
        for row in card(entry, width, 3):
            assert row_width(row) == width


@pytest.mark.parametrize("hostile", samples.HOSTILE)
@pytest.mark.parametrize("width", [58, 78])
def test_hostile_topics_stay_in_their_place(hostile, width):
    plan = plans.changed(plans.FULL, "b0-3", topic=hostile)
    view = view_of(plan)
    grid, listed = week_layout(view, 0, 84, 40).body, agenda_layout(view, width).body
    assert max(map(row_width, grid)) == 84
    assert max(map(row_width, listed)) == width
    shown = plans.text_of((*grid, *listed))
    assert not any(ord(char) < 32 and char != "\n" for char in shown)
    assert not any("\u202a" <= char <= "\u202e" for char in shown)


def test_the_list_starts_with_today():
    page = agenda_layout(VIEW, 78)
    assert page.top is not None
    assert "Wed 25 Nov · today" in plans.text_of([page.body[page.top]])


def test_the_list_shows_today_even_when_nothing_is_planned():
    page = agenda_layout(view_of(plans.FULL, now=plans.MIDWEEK), 78)
    assert "Fri 27 Nov · today" in plans.text_of(page.body[page.top : page.top + 1])
    assert "Nothing planned today." in plans.text_of(page.body)


@pytest.mark.parametrize("width", [54, 58, 78, 97])
def test_no_row_of_the_list_is_too_long(width):
    assert max(map(row_width, agenda_layout(VIEW, width).body)) <= width


def test_the_panel_sums_up_domains_backlog_and_plan():  # UI-04
    shown = plans.text_of(panel_rows(VIEW, plans.FULL, 0, 32))
    assert "43 %" in shown
    assert "4h 10m" in shown
    assert "1 session, 45 min" in shown
    assert "version 4" in shown
    assert "Report of 20 November:" in shown
    assert "too little" not in shown


def test_the_panel_lists_what_has_spare_time_last_as_optional():  # TR-06
    first, *rest = plans.FULL.allocation
    plan = replace(plans.FULL, allocation=(replace(first, share=0.1, optional=True), *rest))
    lines = plans.text_of(panel_rows(view_of(plan), plan, 0, 33)).split("\n")
    (at,) = [number for number, line in enumerate(lines) if " optional 10 %" in line]
    others = [number for number, line in enumerate(lines) if "43 %" in line or "no share" in line]
    assert lines[at].startswith("▌ Identities ")
    assert at > max(others)


def test_the_panel_names_the_shortfall():
    plan = plans.OVERBOOKED
    assert "3h 20m too little" in plans.text_of(panel_rows(view_of(plan), plan, 0, 32))


def test_a_plan_that_has_come_to_its_end_says_so_and_names_the_key():
    later = view_of(plans.FULL, now=samples.at(2027, 3, 1, 8))
    said = "Nothing is planned from here on: r plans again."
    for width in (78, 120):
        assert said in plans.text_of(strip_rows(samples.STATE, plans.FULL, later, width, 4))
    halted = replace(plans.FULL, reason="No study hours are set")
    rows = strip_rows(samples.STATE, halted, VIEW, 78, 4)
    assert "No study hours are set." in plans.text_of(rows)


def test_a_meter_never_exceeds_its_width():
    for parts in ([(3, "a"), (4, "b")], [(9, "a"), (9, "b")], [(0, "a")], []):
        row = meter(parts, 10, 12, 8)
        assert row_width(row) == 12
        assert "┃" in plans.text_of([row])


@pytest.mark.parametrize(
    ("text", "width", "lines", "expected"),
    [
        ("Create and configure", 10, 3, ("Create and", "configure")),
        ("Create and configure", 10, 1, ("Create an…",)),
        ("subscriptions", 8, 2, ("subscri-", "ptions")),
        ("", 8, 2, ("",)),
        ("a", 0, 2, ("",)),
        ("it takes 9h 45m here", 11, 3, ("it takes", "9h 45m here")),
        ("there are 45 min", 12, 3, ("there are", "45 min")),
        ("at a.org/exam-scoring", 12, 3, ("at", "a.org/exam-", "scoring")),
        ("about 15–20 % of it", 12, 3, ("about", "15–20 % of", "it")),
    ],
)
def test_text_is_broken_at_blanks(text, width, lines, expected):
    assert wrap(text, width, lines) == expected


def test_arrows_walk_through_the_plan():
    assert board.step(VIEW, "b0-3", 1) == "b0-4"
    assert board.step(VIEW, "b0-0", -1) == "b0-0"
    assert board.step(VIEW, "b0-9", 1) == "b1-0"
    assert board.sideways(VIEW, "b0-4", 1) == "b0-5"
    assert board.sideways(VIEW, "b0-5", 1) == "b0-6"
    assert board.sideways(VIEW, "b0-9", 1) == "b1-1"
    assert board.sideways(VIEW, "b0-0", -1) == "b0-0"
    assert board.in_week(VIEW, 1) == "b1-0"
    assert board.in_week(view_of(plans.EMPTY_WEEK), 0) == ""


def test_today_leads_from_a_week_without_blocks_to_the_next_one():
    assert board.today(VIEW) == (0, "b0-3")
    assert board.today(view_of(plans.EMPTY_WEEK)) == (1, "b1-0")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"b0-4": {"status": "done"}}, "b0-4"),
        ({"b0-4": {"status": "done"}, "b1-0": {"minutes": 30}}, ""),
        ({"b0-4": {"status": "missed"}}, ""),
        ({"b0-4": {"topic": "Another one"}}, ""),
        ({}, ""),
    ],
)
def test_the_one_block_that_an_action_changed_is_found(fields, found):
    plan = plans.FULL
    for name, new in fields.items():
        plan = plans.changed(plan, name, **new)
    after = arrange(plan, DEFAULT_HOURS, samples.NOW, VIEW)
    assert board.touched(VIEW, after) == found


def test_the_detail_explains_the_block():
    entry = VIEW.entry["b0-4"]
    made = replace(REVISION, trigger=Reason(code="report", text="Report of 20 November: 655"))
    told = Told(why=entry.block.why, material=None, guidance="Read up on keys.", revisions=(made,))
    rows = block_rows(entry, told, VIEW, 70)
    shown = plans.text_of(rows)
    assert "Read up on keys." in shown
    assert "·  Storage takes 43 % of the study time" in shown
    assert "FLAG" not in shown
    assert "below, tier 1" in shown
    assert "Report of 20 November: 655 (version 5)" in shown
    assert max(map(row_width, rows)) <= 70


@pytest.mark.parametrize("block", ["b0-0", "b0-2", "b0-9", "b2-6", "b3-2"])
def test_the_first_step_has_a_time_and_an_action(block):
    entry = VIEW.entry[block]
    step = first_step(entry)
    assert step.startswith(f"When it is {entry.block.start:%a %H:%M}, then I ")
    assert step.endswith(".")


def _block(**fields):
    values = {
        "id": "b0-6",
        "exam": "AZ-104",
        "start": samples.at(2026, 11, 26, 19),
        "minutes": 60,
        "domain": samples.COMPUTE,
        "topic": "Containers",
        "activity": "lab",
    }
    return Block(**{**values, **fields})


REVISION = Revision(
    id="v5",
    exam="AZ-104",
    number=5,
    at=samples.NOW,
    strategy="two-tier",
    trigger=Reason(code="replan", text="asked for"),
    target=None,
    study_minutes=0,
    shortfall_minutes=0,
    churn=0.07,
    changes=(
        Change(
            kind="moved",
            before=_block(),
            after=_block(start=samples.at(2026, 11, 28, 9)),
            reason=Reason(code="MOVED", text="The evening was taken."),
        ),
        Change(
            kind="changed",
            before=_block(domain=None, topic=None, activity="buffer"),
            after=_block(),
            reason=Reason(code="MISSED", text="Makes up for Monday."),
        ),
        Change(
            kind="removed",
            before=_block(),
            after=None,
            reason=Reason(code="MOVED", text="The evening was taken."),
        ),
    ),
)


def test_a_revision_shows_from_where_to_where_and_why():
    shown = plans.text_of(change_rows(revision_page(REVISION, VIEW), VIEW, 90))
    assert "3 sessions, 7 % of what is open  −1 removed  →1 moved  ~1 changed" in shown
    assert "→ Compute    Thu 26 Nov 19:00, 1h → Sat 28 Nov 09:00, 1h  Containers" in shown
    assert "Catch-up time → Containers" in shown
    assert shown.count("The evening was taken.") == 1
    narrow = plans.text_of(change_rows(revision_page(REVISION, VIEW), VIEW, 36))
    assert "Catch-up time → Containers" in narrow
    long = [replace(domain, short="Cost-Optimized") for domain in VIEW.domains]
    view = replace(VIEW, domains=tuple(long))
    assert "Cost-Opti… Thu" in plans.text_of(change_rows(revision_page(REVISION, view), view, 90))


def test_changes_told_in_words_are_shown_too():
    page = told_page("", "", plans.FULL.changes, 0.14, VIEW)
    shown = plans.text_of(change_rows(page, VIEW, 70))
    assert "Thu 26 Nov 19:00 → Sat 28 Nov 09:00" in shown
    assert "Nothing moves" in plans.text_of(change_rows(told_page("", "", (), 0.0, VIEW), VIEW, 70))


def test_the_block_keeps_its_history():
    told = Told(why=(), material=None, guidance="", revisions=(REVISION,))
    shown = plans.text_of(block_rows(VIEW.entry["b0-6"], told, VIEW, 90))
    assert "version 5  moved Thu 26 Nov 19:00, 1h → Sat 28 Nov 09:00, 1h" in shown


def test_strategies_are_compared_with_the_one_in_use():
    splits = (
        StrategySplit(
            strategy="two-tier",
            chosen=True,
            minutes=((samples.STORAGE, 120), (samples.IDENTITY, 60)),
            warnings=(),
        ),
        StrategySplit(
            strategy="priority",
            chosen=False,
            minutes=((samples.STORAGE, 90), (samples.IDENTITY, 90)),
            warnings=(Reason(code="SPLIT", text="Close to each other."),),
        ),
    )
    sheet = StrategySheet(splits, VIEW, lambda: None)
    sheet.at = 1
    shown = plans.text_of(sheet.rows(70))
    assert "▸ priority" in shown
    assert "two-tier  in use" in shown
    assert "Storage 1h 30m −30 min" in shown
    assert "! Close to each other." in shown
    assert "They differ most in" in shown
    assert [entry[0][1].text for entry in sheet.listing(70).entries] == ["two-tier", "priority"]
    assert max(cell_len(line) for line in shown.splitlines()) <= 70


@pytest.mark.parametrize(
    ("matters", "words"),
    [
        (True, "There priority passes 7 in 100 times more often than two-tier."),
        (False, "The split makes no difference that you would notice"),
    ],
)
def test_each_strategy_says_what_it_comes_to_in_simulation(matters, words):
    dates = (date(2026, 12, 13), date(2026, 12, 27))
    chances = zip(("two-tier", "priority") * 2, (dates[0],) * 2 + (dates[1],) * 2,
                  (0.51, 0.58, 0.64, 0.72), strict=True)  # fmt: skip
    plans_tried = tuple(
        RehearsedPlan(strategy=name, at=at, hours=30.0, p=p) for name, at, p in chances
    )
    rehearsal = Rehearsal(exam="AZ-104", plans=plans_tried, split_matters=matters, reason=None)
    splits = tuple(
        StrategySplit(strategy=name, chosen=name == "auto", minutes=(), warnings=())
        for name in ("auto", "priority")
    )
    sheet = StrategySheet(splits, VIEW, lambda: rehearsal)
    sheet.rehearsal = rehearsal
    shown = plans.text_of(sheet.rows(90))
    # What is in force stands first among the plans, so that it is what auto comes to.
    assert "In simulation 5 in 10 on 13 Dec and 6 in 10 on 27 Dec" in shown
    assert "In simulation 6 in 10 on 13 Dec and 7 in 10 on 27 Dec" in shown
    assert words in " ".join(shown.split())


def test_painted_hours_come_back_as_spans():
    week = hours_editor.week_of(DEFAULT_HOURS)
    assert hours_editor.spans_text(week["mon"]) == "19:00-20:30"
    assert hours_editor.spans_text(week["mon"] | {47}) == "19:00-20:30, 23:30-24:00"
    assert hours_editor.spans_text(frozenset()) == ""
    assert sum(map(len, week.values())) == 20  # half hours


def test_a_day_that_was_not_painted_keeps_its_minutes():
    odd = Window(start=time(19, 10), end=time(20, 40))
    hours = Hours(windows={"mon": (odd,), "tue": (odd,), "wed": (replace(odd, end=time(0, 0)),)})
    week = hours_editor.week_of(hours)
    week["tue"] = week["tue"] | {36, 37}
    texts = dict(hours_editor.windows_text(hours, week))
    assert texts["mon"] == "19:10-20:40"
    assert texts["tue"] == "18:00-21:00"
    assert texts["wed"] == "19:10-24:00"
    assert texts["sun"] == ""


NIGHT = Hours(
    windows={
        "sun": (Window(start=time(22, 10), end=time(2, 5)),),
        "mon": (Window(start=time(19, 0), end=time(20, 0)),),
    }
)


@pytest.mark.parametrize(
    ("day", "change", "sunday", "monday"),
    [
        pytest.param("sun", frozenset(), "22:10-02:05", "19:00-20:00", id="nothing"),
        pytest.param("wed", {0}, "22:10-02:05", "19:00-20:00", id="another-day"),
        pytest.param("sun", {20, 21}, "10:00-11:00, 22:00-02:05", "19:00-20:00", id="evening"),
        pytest.param("mon", {40}, "22:10-02:05", "19:00-20:30", id="next-day"),
        pytest.param("sun", {47}, "22:00-23:30", "00:00-02:30, 19:00-20:00", id="midnight-cleared"),
        pytest.param("mon", {0}, "22:00-24:00", "00:30-02:30, 19:00-20:00", id="night-cleared"),
        pytest.param("sun", set(range(44)), "00:00-24:00", "00:00-02:30, 19:00-20:00", id="whole"),
    ],
)
def test_a_night_stays_one_span_as_long_as_it_is_painted(day, change, sunday, monday):
    week = hours_editor.week_of(NIGHT)
    assert week["mon"] == {0, 1, 2, 3, 4, 38, 39}
    texts = dict(hours_editor.windows_text(NIGHT, {**week, day: week[day] ^ change}))
    assert (texts["sun"], texts["mon"]) == (sunday, monday)


@pytest.mark.parametrize("number", range(len(hours_editor.PRESETS)))
def test_presets_are_whole_weeks(number):
    week = hours_editor.preset(number)
    assert list(week) == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    texts = {day: hours_editor.spans_text(slots) for day, slots in week.items() if slots}
    assert texts == dict(hours_editor.PRESETS[number][1])


def test_every_style_name_of_the_plan_is_a_look():
    rows = [*week_layout(VIEW, 0, 126, 60).body, *agenda_layout(VIEW, 78).body]
    rows += strip_rows(samples.STATE, plans.FULL, VIEW, 120, 5)
    assert {name for row in rows for seg in row for name in seg.style.split()} - {
        "row",
        *LOOKS,
    } == {
        "planned",
        "missed",
    }
