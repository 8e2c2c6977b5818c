"""The patterns of the packaged exams, each triggered by a report on each outline it is for."""

from datetime import UTC, date, datetime

import pytest

from coach.catalogue import Catalogue
from coach.catalogue.texts import insight_rules
from coach.model.answers import Insight, Retake
from coach.model.attempt import Observation, Report
from coach.model.exam import Exam, Outline
from coach.reading.heatmap import heatmap
from coach.reading.insights import InsightContext, ReadReport, insights
from coach.reading.priority import read_report

CATALOGUE = Catalogue()
SAT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
WORDS = {"B": "below", "N": "near", "A": "above"}
OUTLINES = [
    ("AZ-500", "2026-01-22"),
    ("AZ-500", "2023-10-31"),
    ("AZ-500", "seed"),
    ("SC-500", "2026-07-31"),
    ("AI-102", "2025-12-23"),
    ("AI-103", "2026-04-16"),
    ("AZ-104", "2026-04-17"),
]
# By exam: the domain others build on, the two that overlap, and the one that is about running.
PLACES = {
    "AZ-500": (0, (1, 2), 3),
    "SC-500": (0, (1, 2), 3),
    "AI-102": (0, (4, 5), 0),
    "AI-103": (0, (3, 4), 0),
    "AZ-104": (0, (2, 3), 4),
}


def _exam(code: str, outline_id: str) -> tuple[Exam, Outline]:
    exam = CATALOGUE.exam(code)
    assert exam is not None
    return exam, next(outline for outline in exam.outlines if outline.id == outline_id)


def _found(exam: Exam, outline: Outline, letters: str) -> dict[str, Insight]:
    seen = tuple(
        Observation(domain=domain.name, origin="band", word=WORDS[letter])
        for domain, letter in zip(outline.domains, letters, strict=True)
    )
    report = Report(
        id="r", attempt="a", exam=exam.code, outline=outline.id, score=600, observations=seen
    )
    verdict = Retake(
        exam=exam.code, status="waiting", earliest=SAT, certain_from=SAT, rule="24-hours",
        attempts_used=1, attempts_left=4, window_start=None, window_end=None, recommended=None,
        retires=None, successor=None,
    )  # fmt: skip
    read = ReadReport(report=report, at=SAT, passed=False, domains=read_report(exam, report))
    context = InsightContext(
        rules=insight_rules(),
        exam=exam,
        outline=outline,
        history=(read,),
        heatmap=heatmap(exam, [report], on=date(2026, 11, 21)),
        verdict=verdict,
        now=SAT,
        strategy="two-tier",
        status="active",
    )
    return {insight.code: insight for insight in insights(context)}


def _letters(outline: Outline, base: str, **changed: tuple[int, ...]) -> str:
    """`base` for every domain but those that `changed` gives another letter."""
    letters = [base] * len(outline.domains)
    for letter, places in changed.items():
        for place in places:
            letters[place] = letter
    return "".join(letters)


@pytest.mark.parametrize(("code", "outline_id"), OUTLINES)
def test_dm_09_10_the_domain_that_others_build_on(code: str, outline_id: str) -> None:
    exam, outline = _exam(code, outline_id)
    base = PLACES[code][0]
    found = _found(exam, outline, _letters(outline, "N", B=(base,)))["foundation"]
    assert found.domains[0] == outline.domains[base].name
    assert len(found.domains) == len(outline.domains)
    assert "foundation" not in _found(exam, outline, _letters(outline, "A", B=(base,)))
    assert "foundation" not in _found(exam, outline, _letters(outline, "N"))


@pytest.mark.parametrize(("code", "outline_id"), OUTLINES)
def test_rd_06_07_domains_that_overlap(code: str, outline_id: str) -> None:
    exam, outline = _exam(code, outline_id)
    one, other = PLACES[code][1]
    found = _found(exam, outline, _letters(outline, "N", B=(one, other)))["resource-level"]
    assert found.domains == (outline.domains[one].name, outline.domains[other].name)
    assert "resource-level" not in _found(exam, outline, _letters(outline, "N", B=(one,)))


@pytest.mark.parametrize(("code", "outline_id"), OUTLINES)
def test_rd_08_09_running_is_strong_and_building_is_not(code: str, outline_id: str) -> None:
    exam, outline = _exam(code, outline_id)
    strong = PLACES[code][2]
    found = _found(exam, outline, _letters(outline, "N", A=(strong,)))["operations-only"]
    assert found.domains == (outline.domains[strong].name,)
    other = 1 if strong != 1 else 2
    both = _letters(outline, "N", A=(strong, other))
    assert "operations-only" not in _found(exam, outline, both)


@pytest.mark.parametrize(
    ("code", "outline_id"), [("AI-102", "2025-12-23"), ("AI-103", "2026-04-16")]
)
def test_tp_02_04_applied_work_is_named(code: str, outline_id: str) -> None:
    exam, outline = _exam(code, outline_id)
    found = _found(exam, outline, _letters(outline, "A", B=(1,)))["hands-on"]
    assert found.domains == (outline.domains[1].name,)
    for subject in ("Foundry", "Azure AI Search", "responsible AI", "SDKs", "authentication",
                    "monitoring", "deployment"):  # fmt: skip
        assert subject in found.action
    assert "hands-on" not in _found(exam, outline, _letters(outline, "A"))


def test_tp_05_knowledge_mining_begins_with_search() -> None:
    _, outline = _exam("AI-102", "2025-12-23")
    assert outline.domains[5].topics[0] == "Implement an Azure AI Search solution"


@pytest.mark.parametrize(("code", "outline_id"), OUTLINES)
def test_patterns_speak_calmly_and_of_this_exam(code: str, outline_id: str) -> None:
    exam, _ = _exam(code, outline_id)
    for pattern in exam.patterns:
        said = f"{pattern.text} {pattern.action}".casefold()
        assert not any(word in said for word in ("cannot pass", "adaptive", "azure ad", "%"))
        assert pattern.text.endswith(".")
        assert pattern.action.endswith(".")
