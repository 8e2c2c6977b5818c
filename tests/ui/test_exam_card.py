"""The card of an exam in rows, at any width and whatever is known."""

from datetime import date

import pytest
from rich.cells import cell_len

from coach.model.answers import ExamDay
from coach.model.exam import LanguageEnd
from coach.model.material import DomainDetail, ExamDetail, OutlineDetail, Resources
from coach.model.policy import DayStep
from coach.ui.screens.exams import exam_card_rows
from coach.wording import phrased
from tests.ui import samples

DAY = ExamDay(
    exam="XY-100",
    at=None,
    place=None,
    steps=(
        DayStep(code="a", phase="during", text="Answer everything.", source="official"),
        DayStep(code="b", phase="after", text="Note topics.", source="own"),
    ),
)


def card(title="An exam", **fields):
    outline = OutlineDetail(
        id="first",
        as_of=None,
        source="a test",
        confidence="own",
        note=None,
        domains=(
            DomainDetail(name=title, weight=60.0, weight_low=55, weight_high=65, topics=()),
            DomainDetail(name="Two", weight=40.0, weight_low=40, weight_high=40, topics=()),
        ),
    )
    given = {
        "code": "XY-100", "title": title, "level": None, "status": "active", "retires": None,
        "successor": None, "certification": None, "vendor": "Own", "passing_score": 700,
        "duration_minutes": None, "note": None, "outlines": (outline,), **fields,
    }  # fmt: skip
    return ExamDetail(**given)


def lines(detail, width=60):
    return [
        "".join(seg.text for seg in row) for row in exam_card_rows(detail, DAY, None, None, width)
    ]


def test_ex_02_11_12_13_what_is_known_stands_on_the_card():
    told = lines(card(proctored=True, duration_minutes=100, audience="testers"))
    assert "Made for      testers" in told
    assert "Format        proctored, 100 minutes" in told
    assert "Pass mark     700 on a scale of 1 to 1000; check it on the" in told
    assert told[told.index("What it asks for") + 1].split() == ["An", "exam", "55–65", "%"]
    assert told[told.index("What it asks for") + 2].split() == ["Two", "40", "%"]
    assert any(line.startswith("Weights are target shares that the vendor") for line in told)


def test_what_is_not_known_is_left_out():
    told = lines(card(outlines=()))
    assert not any(line.startswith(("Sat", "Made for", "Leads to", "Note")) for line in told)
    assert "What it asks for" not in told


def test_steps_stand_under_their_time_with_their_source():
    told = lines(card())
    during = told.index("During the exam")
    assert told[during + 1] == "official      Answer everything."
    assert told[told.index("After the exam") + 1] == "Coach's own   Note topics."
    assert "Before the exam" not in told


def test_a_language_that_ends_on_its_own_day_and_old_material_are_named():
    ends = (LanguageEnd(languages=("Italian", "German"), retires=date(2026, 12, 31)),)
    assert "Last day      Thu 31 Dec 2026 in Italian and German" in lines(card(language_ends=ends))
    age = phrased("Older than 180 days: of {}.", date(2025, 1, 5))
    old = Resources(exam="XY-100", as_of=None, resources=(), age=age)
    rows = exam_card_rows(card(), DAY, old, None, 60)
    assert "Older than 180 days: of 5 Jan 2025." in ["".join(s.text for s in row) for row in rows]


@pytest.mark.parametrize("hostile", samples.HOSTILE)
@pytest.mark.parametrize("width", [40, 70])
def test_no_row_is_wider_than_its_room(hostile, width):
    detail = card(hostile, certification=hostile, audience=hostile, note=hostile)
    for line in lines(detail, width):
        assert cell_len(line) <= width
        assert "\x1b" not in line
