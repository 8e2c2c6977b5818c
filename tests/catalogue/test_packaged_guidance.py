"""What to do about every topic of every packaged outline."""

import msgspec
import pytest

from coach.catalogue import Catalogue
from coach.catalogue.texts import topic_kinds
from coach.model.exam import Exam
from coach.model.plan import Activity
from coach.reading.guidance import kind_of
from coach.reading.outlines import study_guide
from coach.service.view import guidance_for

EXAMS = Catalogue().exams()
WAYS: tuple[Activity, ...] = ("learn", "lab", "scenario")
# Words that would be out of place in a session on topics of these exams.
ODD = {
    "AZ-700": ("program", "model", "posting"),
    "MB-310": ("packet", "machine", "sign-in"),
    "MS-721": ("packet", "database", "agent"),
    "DP-300": ("packet", "incident", "agent"),
    "SC-300": ("database", "posting", "warehouse"),
    "PL-300": ("packet", "domain controller", "incident"),
}


def _sessions(exam: Exam) -> list[tuple[str, str]]:
    """Every topic, else domain, with what each way of working says about it."""
    return [
        (name, guidance_for(exam, outline, name, way))
        for outline in exam.outlines
        for domain in outline.domains
        for name in domain.topics or (domain.name,)
        for way in WAYS
    ]


@pytest.mark.parametrize("exam", EXAMS, ids=lambda exam: exam.code)
def test_every_topic_has_a_sentence_of_its_own_kind(exam: Exam) -> None:
    sessions = _sessions(exam)
    assert bool(sessions) == bool(exam.outlines)
    for name, said in sessions:
        assert said.startswith(f"{name}: ")
        assert said.endswith(".")
        assert 60 < len(said) < 330, said
        assert ("Microsoft Learn" in said) <= (exam.vendor == "Microsoft")
        assert not any(word in said.removeprefix(name) for word in ODD.get(exam.code, ()))


def test_hardly_a_topic_is_left_without_a_kind() -> None:
    unknown = {
        (exam.code, name)
        for exam in EXAMS
        for outline in exam.outlines
        for domain in outline.domains
        for name in domain.topics or (domain.name,)
        if exam.vendor == "Microsoft"
        if kind_of(topic_kinds(), name, domain.name, exam.title).name == "any"
    }
    assert unknown == {
        ("MB-800", "Manage approvals by using workflows"),
        ("MB-800", "Perform basic tasks in Business Central"),
        ("MB-800", "Set up core functionality"),
    }


@pytest.mark.parametrize("exam", EXAMS, ids=lambda exam: exam.code)
def test_every_outline_has_a_study_guide(exam: Exam) -> None:
    by_rule = msgspec.structs.replace(exam, outlines=())
    if exam.vendor == "Microsoft":
        assert (study_guide(by_rule, None) or "").endswith(f"/study-guides/{exam.code.lower()}")
    for outline in exam.outlines:
        address = study_guide(exam, outline) or ""
        # Two of Cisco's topic lists are only known from others.
        assert address.startswith("https://") or exam.code in ("200-201", "350-701")
        if exam.vendor == "Microsoft":
            assert "learn.microsoft.com/" in address
