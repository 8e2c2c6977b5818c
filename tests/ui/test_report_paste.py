"""Pasting a report: what was read is shown, every problem has its line, and saving comes last."""

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from coach.service.service import Service
from coach.service.settings import select
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.paste_form import MOST_CHARACTERS, PasteBox, PasteForm, harmless
from coach.ui.screens.report_form import ReportForm
from coach.ui.widgets.band_field import DomainField
from tests.exchange.report_pdfs import pdf
from tests.ui import desk
from tests.ui.waiting import screen_text, wait_until

REPORT = """\
Candidate: Jane Doe
Registration ID: 4711
Exam AZ-104: Microsoft Azure Administrator
Exam date: November 20, 2026 10:00 AM
Required score: 700
Your score: 640
Manage Azure identities and governance: near target
Implement and manage storage: below target
Deploy and manage Azure compute resources: near target
Implement and manage virtual networking: above target
Monitor and maintain Azure resources
"""


@pytest.fixture
def empty(tmp_path: Path) -> Service:
    return desk.service_in(tmp_path / "data")


async def paste(pilot: Pilot[Any], text: str) -> None:
    """What a terminal sends for pasted text: line ends are carriage returns."""
    pilot.app.post_message(events.Paste(text.replace("\n", "\r")))
    await pilot.pause()


async def opened(pilot: Pilot[Any]) -> PasteForm:
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, PasteForm))
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, PasteBox))
    form = pilot.app.screen
    assert isinstance(form, PasteForm)
    return form


async def read(pilot: Pilot[Any], text: str, said: str) -> None:
    """Open the box, paste, and wait for what it says."""
    await pilot.press("v")
    await opened(pilot)
    await paste(pilot, text)
    await wait_until(pilot, lambda: said in screen_text(pilot.app))


async def test_a_first_report_is_pasted_checked_and_saved(
    empty: Service, size: tuple[int, int]
) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=size) as pilot:
        await read(pilot, REPORT, "Ready to save, 1 domain")
        shown = screen_text(app)
        assert "AZ-104 Microsoft Azure Administrator" in shown
        assert "2026-11-20 10:00" in shown
        assert empty.state.facts.reports == {}
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        (report,) = empty.state.facts.reports.values()
        assert report.score == 640
        words = [seen.word for seen in report.observations]
        assert words == ["near", "below", "near", "above"]
        stored = (empty.folder / "coach.json").read_text()
        assert "Jane" not in stored
        assert "4711" not in stored


async def test_pasting_on_a_screen_opens_the_box_with_the_text(tmp_path: Path) -> None:
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await paste(pilot, REPORT)
        form = await opened(pilot)
        assert form.draft() == REPORT
        await wait_until(pilot, lambda: "What was read" in screen_text(app))


async def test_every_problem_has_its_line_and_nothing_is_saved(
    empty: Service, size: tuple[int, int]
) -> None:
    app = CoachApp(empty)
    wrong = REPORT.replace("November 20, 2026 10:00 AM", "11/12/2026").replace("640", "six")
    async with app.run_test(size=size) as pilot:
        await read(pilot, wrong, "2 problems to correct")
        assert "line 4, at:" in screen_text(app)
        assert "line 6, score:" in screen_text(app)
        box = app.screen.query_one(PasteBox)
        assert box.cursor_location[0] == 3
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, PasteForm)
        assert box.text == wrong
        assert empty.state.facts.reports == {}


async def test_a_text_is_corrected_in_the_box(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, "Exam: AZ-104\nDate: 2026-11-20\n", "score: none was found")
        await pilot.press("down", "down", *"Score", "colon", *"655")
        await wait_until(pilot, lambda: "Ready to save" in screen_text(app))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        assert [report.score for report in empty.state.facts.reports.values()] == [655]


async def test_the_same_report_twice_is_said(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, REPORT, "Ready to save")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        await paste(pilot, REPORT)
        await opened(pilot)
        await wait_until(pilot, lambda: "already stored" in screen_text(app))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(empty.state.facts.reports) == 1


async def test_bands_that_only_a_graphic_shows_are_added_in_the_form(
    empty: Service, tmp_path: Path
) -> None:
    file = tmp_path / "my report.pdf"
    lines = [line.partition(": near")[0].partition(": below")[0] for line in REPORT.splitlines()]
    file.write_bytes(pdf(*lines))
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, f"'{file}'", "without a band")
        assert "no band given" in screen_text(app)
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        rows = list(app.screen.query(DomainField))
        assert [row.value for row in rows] == ["", "", "", "above target", ""]
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        assert [report.score for report in empty.state.facts.reports.values()] == [640]


async def test_leaving_the_form_returns_to_the_box_with_its_text(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, REPORT, "Ready to save")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await wait_until(pilot, lambda: isinstance(app.screen, PasteForm))
        assert app.screen.query_one(PasteBox).text == REPORT
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, Confirm))


async def test_a_report_pasted_into_the_form_fills_it(empty: Service) -> None:
    empty.act(select, "AZ-104")
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await paste(pilot, REPORT)
        await opened(pilot)
        await wait_until(pilot, lambda: "Ready to save" in screen_text(app))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        assert len(empty.state.facts.reports) == 1


async def test_lines_pasted_into_the_note_become_one(empty: Service) -> None:
    empty.act(select, "AZ-104")
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        note = app.screen.query_one("#field-note Input")
        note.focus()
        await wait_until(pilot, lambda: note.has_focus)
        await paste(pilot, "too\nlittle\nsleep\nthen")
        await wait_until(pilot, lambda: getattr(note, "value", "") == "too little sleep then")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/no/such/report.pdf", "there is no such file"),
        ("~no-such-user/x", "could not be read"),
        ("/dev/zero", "there is no such file"),
        ("nothing in it", "no exam, date, score or domain"),
        ("\x00", "no exam, date, score or domain"),
    ],
    ids=["missing-file", "missing-home", "device", "no-report", "control-character"],
)
async def test_what_is_no_report_is_said(empty: Service, typed: str, said: str) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, typed, said)
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: "Name the exam" in screen_text(app))
        assert isinstance(app.screen, PasteForm)


async def test_a_file_of_50_mb_is_refused_by_its_size(empty: Service, tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, str(file), "50000000 bytes are too many")


async def test_a_megabyte_is_left_out_and_said(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, "line\n" * 200_000, "too many for this box")
        assert app.screen.query_one(PasteBox).text == ""


async def test_as_much_as_the_box_takes_is_refused_in_one_sentence(empty: Service) -> None:
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, "ab\n" * (MOST_CHARACTERS // 3), "lines are too many")


async def test_of_several_reports_those_that_are_ready_are_saved(empty: Service) -> None:
    table = "exam,at,score\nAZ-104,2026-11-14T10:00,640\nAZ-104,2026-10-01,abc\n"
    app = CoachApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot, table, "1 of 2 reports can be saved")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        assert [report.score for report in empty.state.facts.reports.values()] == [640]


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("Score\t640", "Score\t640"),
        ("\x1b[31mFail\x1b[0m\x07", "\u241b[31mFail\u241b[0m\u2407"),
        ("\u202e640", "\ufffd640"),
    ],
    ids=["line-ends", "tabs", "escape-codes", "direction-marks"],
)
def test_what_is_pasted_is_harmless(pasted: str, kept: str) -> None:
    assert harmless(pasted) == kept
