"""Heatmap stories: which domains cost the exam, and what the reports say to do about it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.widgets import Input

from coach.service.service import Service
from coach.service.settings import select
from coach.service.state import State
from coach.ui.screens.exam_forms import PracticeForm
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.heatmap_sheets import SkillMatching, insight_rows
from coach.ui.text import visible
from coach.ui.widgets.heatmap.domain_sheet import DomainList
from coach.ui.widgets.heatmap.grid import HeatGrid
from tests.ui import samples
from tests.ui.desk import app_of, failed_twice, report, service_in
from tests.ui.fakes import FakeService
from tests.ui.waiting import on_screen, screen_lines, screen_text, wait_until

Size = tuple[int, int]


async def open_heatmap(pilot: Any) -> None:
    await pilot.press("2")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, HeatmapScreen))


async def test_ui_02_reports_stand_side_by_side_with_letters_and_bars(
    tmp_path: Path, size: Size
) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "B 48" in screen_text(app))
        text = screen_text(app)
        for part in ("5 Oct", "14 Nov", "631", "668", "N 66", "A 82", "Most to gain"):
            assert part in text
        assert text.index("5 Oct") < text.index("14 Nov")
        assert "You set these bands" in text or size == (60, 20)


async def test_ui_10_the_most_severe_insight_comes_first_and_is_explained(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_heatmap(pilot)
        await pilot.press("i")
        await wait_until(pilot, lambda: "most serious first" in screen_text(app))
        assert app.state.advice.insights[0].severity == "high"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "What to do" in screen_text(app))
        assert "What the plan does about it" in screen_text(app)
        await pilot.press("pagedown")
        await wait_until(pilot, lambda: "Where this comes from" in screen_text(app))
        for part in ("Which facts", "Rule", "Source"):
            assert part in screen_text(app)
        await pilot.press("escape", "escape")
        await on_screen(pilot, HeatmapScreen)


def test_an_insight_is_explained_by_its_facts_its_rule_and_the_plan(tmp_path: Path) -> None:
    advice = failed_twice(tmp_path).state.advice
    assert advice is not None
    insight = next(each for each in advice.insights if each.code == "score-up")
    told = "\n".join("".join(seg.text for seg in row) for row in insight_rows(insight, None, 60))
    assert "Scores: 631, then 668; 700 passes" in told
    assert "Rule          The score is more than 20 points above the one" in told
    assert "What the plan does" not in told
    lasting = next(each for each in advice.insights if each.code == "persistent-weakness")
    told = "\n".join("".join(seg.text for seg in row) for row in insight_rows(lasting, None, 60))
    assert "What the plan does about it\nIt is in tier 1." in told


async def test_arrows_mark_a_cell_that_is_told_in_words(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_heatmap(pilot)
        await wait_until(
            pilot, lambda: "Sat 14 Nov 2026: bar 48, read as below" in screen_text(app)
        )
        await pilot.press("left")
        await wait_until(pilot, lambda: "Mon 5 Oct 2026: below" in screen_text(app))
        assert "[  B   ]" in screen_text(app)
        await pilot.press("right", "right", "right")
        await wait_until(pilot, lambda: "[ B 48 ]" in screen_text(app))


async def test_a_domain_opens_with_history_practice_and_sessions(
    tmp_path: Path, size: Size
) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Topics in the order of study" in screen_text(app))
        text = screen_text(app)
        for part in ("15–20 %", "× 2 for below"):
            assert part in text
        await pilot.press(*["right"] * 9)
        await wait_until(pilot, lambda: "9 of 12" in screen_text(app))


@pytest.mark.parametrize(("size", "ways"), [((80, 24), 1), ((60, 20), 1), ((160, 50), 3)])
async def test_a_domain_says_how_to_study_the_topic_under_the_cursor(
    tmp_path: Path, size: Size, ways: int
) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "How to study it" in screen_text(app))
        await pilot.press("down")
        topic = app.screen.query_one(DomainList).topic
        await wait_until(pilot, lambda: f"{topic}: build" in screen_text(app))
        shown = [f"{topic}: {way}" in screen_text(app) for way in ("read", "build", "in scenarios")]
        assert sum(shown) == ways


def on_two_outlines(folder: Path) -> Service:
    """Two reports of AZ-500, the first on the skills of 2023, the second on those of 2026."""
    service = service_in(folder)
    report(service, "2025-11-10T10:00", 610, ("below", "near", "41", "above"), "AZ-500")
    report(service, "2026-05-10T10:00", 640, ("near", "near", "66", "above"), "AZ-500")
    return service


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_other_skills_stand_in_a_group_of_their_own(tmp_path: Path, size: Size) -> None:
    app = app_of(on_two_outlines(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "Skills of 2023-10-31" in screen_text(app))
        lines = screen_lines(app)
        heading = next(n for n, line in enumerate(lines) if "Skills of 2023" in line)
        assert any("N 66" in line or "N  66" in line for line in lines[:heading])
        assert any("B 41" in line or "B  41" in line for line in lines[heading:])
        assert not any("41" in line for line in lines[3:heading])


async def test_skills_are_matched_by_keyboard_and_share_a_row_then(
    tmp_path: Path, size: Size
) -> None:
    service = on_two_outlines(tmp_path)
    app = app_of(service)

    def trends() -> list[str]:
        assert service.state.heatmap is not None
        return [row.trend for row in service.state.heatmap.domains]

    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        assert trends() == ["unknown"] * 4
        await pilot.press("m")
        await wait_until(pilot, lambda: isinstance(app.screen, SkillMatching))
        matches = app.screen
        assert matches.matched == [None] * 4
        await pilot.press("right", "down", "right", "right", "left")
        assert matches.matched == ["Secure identity and access"] * 2 + [None] * 2
        await pilot.press("x", "s", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        # Below to near, near to near, 41 to 66, above to above.
        await wait_until(pilot, lambda: trends() == ["improved", "stuck", "improved", "steady"])
        await wait_until(pilot, lambda: "Skills of 2023" not in screen_text(app))
        await pilot.press("O", "home", "left")
        await wait_until(pilot, lambda: "from Manage identity and access" in screen_text(app))


async def test_matches_are_not_forgotten_unasked(tmp_path: Path) -> None:
    app = app_of(on_two_outlines(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_heatmap(pilot)
        await pilot.press("m")
        await wait_until(pilot, lambda: isinstance(app.screen, SkillMatching))
        await pilot.press("right", "escape")
        await wait_until(pilot, lambda: "Discard these matches?" in screen_text(app))
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, SkillMatching))
        assert app.screen.matched[0] == "Secure identity and access"


async def test_reports_on_the_same_skills_have_nothing_to_match(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await open_heatmap(pilot)
        await pilot.press("m")
        await wait_until(pilot, lambda: "Nothing to match" in screen_text(app))


async def test_practice_begins_with_the_domain_under_the_cursor(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_heatmap(pilot)
        await pilot.press("down", "down", "p")
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeForm))
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"7/10")
        assert app.screen.draft().results == (
            ("Deploy and manage Azure compute resources", "7/10"),
        )


async def test_an_exam_without_outline_says_why_there_are_no_domains(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    report(service, "2026-06-10T10:00", 600, exam="MB-240")
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await wait_until(pilot, lambda: "No outline of MB-240 is known" in screen_text(app))
        assert "Bands are your own reading" not in screen_text(app)


async def test_a_topic_is_flagged_and_the_flag_taken_back(tmp_path: Path) -> None:
    service = failed_twice(tmp_path)
    app = app_of(service)

    def flags() -> list[tuple[str, ...]]:
        return sorted(found.flags for found in service.state.facts.reports.values())

    async with app.run_test(size=(80, 24)) as pilot:
        await open_heatmap(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen.query_one(DomainList).has_focus)
        await pilot.press("down")
        await wait_until(pilot, lambda: app.screen.query_one(DomainList).cursor == 1)
        topic = app.screen.query_one(DomainList).topic
        assert topic is not None
        await pilot.press("f")
        await wait_until(pilot, lambda: flags() == [(), (topic,)])
        await wait_until(pilot, lambda: app.screen.query_one(DomainList).topic == topic)
        assert " flagged" in screen_text(app)
        await pilot.press("f")
        await wait_until(pilot, lambda: flags() == [(), ()])


async def test_material_is_marked_opened_and_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = failed_twice(tmp_path)
    app = app_of(service)
    opened: list[str] = []
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "Material, 0 of 3 done" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen.query_one(DomainList).has_focus)
        topic = app.screen.query_one(DomainList).topic
        await wait_until(pilot, lambda: f"{topic}: read on" in screen_text(app))
        # Its domain has three topics; the first material comes after them.
        await pilot.press("down", "down", "down")
        await wait_until(pilot, lambda: "This material" in screen_text(app))
        lab = app.screen.query_one(DomainList).resource
        assert lab is not None
        assert lab.title == "Lab 07: Manage Azure storage"
        await pilot.press("o", "y", "space")
        await wait_until(pilot, lambda: "Official material, 1 of 3 done" in screen_text(app))
        assert opened == [app.clipboard] == [lab.url]
        assert service.state.facts.tracked["AZ-104"].resources_done == (lab.id,)
        await pilot.press("space")
        await wait_until(pilot, lambda: "Official material, 0 of 3 done" in screen_text(app))


async def test_the_width_is_used_and_nothing_is_cut(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    service.load_sample()
    app = app_of(service)
    async with app.run_test(size=(200, 60)) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "height = weight" in screen_text(app))
        assert not [line for line in screen_lines(app)[2:] if "…" in line]
        assert "71 %, rising" in screen_text(app)


async def test_a_topic_moves_in_the_users_own_order(tmp_path: Path) -> None:
    service = failed_twice(tmp_path)
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_heatmap(pilot)
        await pilot.press("O", "home", "enter")
        await wait_until(pilot, lambda: app.screen.query_one(DomainList).has_focus)
        first = app.screen.query_one(DomainList).topic
        await pilot.press("J")
        await wait_until(pilot, lambda: app.screen.query_one(DomainList).cursor == 1)
        assert app.screen.query_one(DomainList).topic == first
        heatmap = service.state.heatmap
        assert heatmap is not None
        assert heatmap.domains[0].topics[1].name == first


async def test_twelve_reports_show_the_newest_and_scroll_to_the_oldest(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    for month in range(1, 13):
        bands = ("below", "near", "62", "above", "near")
        report(service, f"2025-{month:02}-10T09:00", 400 + 20 * month, bands)
    app = app_of(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "10 Dec" in screen_text(app))
        assert "older" in screen_text(app)
        await pilot.press(*["left"] * 11)
        await wait_until(pilot, lambda: "10 Jan" in screen_text(app))


async def test_a_report_with_a_score_alone_shows_unknown(tmp_path: Path, size: Size) -> None:
    service = service_in(tmp_path)
    report(service, "2026-11-14T10:00", 655)
    app = app_of(service)
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "655" in screen_text(app))
        assert sum(" ? " in line for line in screen_lines(app)) >= 5


async def test_without_a_report_the_next_key_is_named(tmp_path: Path, size: Size) -> None:
    service = service_in(tmp_path)
    service.act(select, "AZ-104")
    app = app_of(service)
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "n enters one" in screen_text(app))


async def test_without_an_exam_the_next_key_is_named(size: Size) -> None:
    app = app_of(FakeService(samples.EMPTY))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "choose your exam" in screen_text(app))


def named(name: str) -> State:
    """The sample with one domain of that name, and an insight that says it."""
    row = msgspec.structs.replace(samples.HEATMAP.domains[0], name=name)
    heatmap = msgspec.structs.replace(samples.HEATMAP, domains=(row,))
    insight = msgspec.structs.replace(samples.ADVICE.insights[0], text=name, domains=(name,))
    advice = msgspec.structs.replace(samples.ADVICE, insights=(insight,))
    return msgspec.structs.replace(samples.STATE, heatmap=heatmap, advice=advice)


async def test_hostile_domain_names_are_shown_as_typed() -> None:
    app = app_of(FakeService())
    async with app.run_test(size=(120, 40)) as pilot:
        await open_heatmap(pilot)
        for name in samples.HOSTILE:
            app.service.state = app.state = named(name)
            await pilot.press("enter")
            await wait_until(pilot, lambda: "Topics in the order of study" in screen_text(app))
            assert not name.isascii() or visible(name)[:5] in screen_text(app)
            await pilot.press("escape", "i", "enter")
            await wait_until(pilot, lambda: "trend between reports" in screen_text(app))
            assert "\x1b" not in screen_text(app)
            await pilot.press("escape", "escape")
            await on_screen(pilot, HeatmapScreen)


@pytest.mark.parametrize("count", [3, 10])
async def test_three_to_ten_domains_with_long_names_fit(count: int, size: Size) -> None:
    rows = tuple(
        msgspec.structs.replace(samples.HEATMAP.domains[0], name=f"{number} " + "long name " * 8)
        for number in range(count)
    )
    heatmap = msgspec.structs.replace(samples.HEATMAP, domains=rows)
    app = app_of(FakeService(msgspec.structs.replace(samples.STATE, heatmap=heatmap)))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        await pilot.press("end")
        await wait_until(pilot, lambda: app.screen.query_one(HeatGrid).cursor == count - 1)
        assert "% of the exam" in screen_text(app)


async def test_a_cursor_key_repaints_two_domains(tmp_path: Path, size: Size) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await open_heatmap(pilot)
        grid = app.screen.query_one(HeatGrid)
        await wait_until(pilot, lambda: "B 48" in screen_text(app))
        painted: set[int] = set()
        render = grid.render_line

        def counted(y: int) -> Any:
            painted.add(y)
            return render(y)

        grid.render_line = counted  # type: ignore[method-assign]
        await pilot.press("down")
        await wait_until(pilot, lambda: grid.cursor == 1 and painted)
        assert len(painted) <= len(grid.entry(0)) + len(grid.entry(1))


async def test_cells_follow_the_theme_and_keep_their_letters(tmp_path: Path) -> None:
    app = app_of(failed_twice(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await open_heatmap(pilot)
        await wait_until(pilot, lambda: "B 48" in screen_text(app))
        grid = app.screen.query_one(HeatGrid)
        grounds = set()
        for name in ("coach-dark", "coach-light", "ansi-dark", "textual-light"):
            app.theme = name
            await wait_until(pilot, lambda: grid.rich_style)
            await pilot.pause()
            cells = [seg for y in range(3, 9) for seg in grid.render_line(y) if "B 48" in seg.text]
            assert cells
            assert cells[0].style is not None
            grounds.add(str(cells[0].style.bgcolor))
        assert len(grounds) >= 3
