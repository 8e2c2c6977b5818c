"""Questions and answers: the FQ, WQ, SC and LM statements, each in words of Coach's own."""

import pytest

from coach.catalogue.texts import questions
from coach.reading.guidance import answers

QUESTIONS = questions()

BY_CODE = {entry.code: entry for entry in QUESTIONS}


@pytest.mark.parametrize(
    ("code", "phrases"),
    [
        pytest.param("more-detail", ("No.",), id="FQ-01"),
        pytest.param("more-detail", ("outline", "services and tasks"), id="FQ-02"),
        pytest.param("all-near", ("broad knowledge without depth",), id="FQ-03"),
        pytest.param("all-near", ("combine", "Leave the basics"), id="FQ-04"),
        pytest.param("all-near", ("identity, network and compute",), id="FQ-05"),
        pytest.param("one-strong-one-weak", ("light review", "three quarters"), id="FQ-06-07"),
        pytest.param("one-strong-one-weak", ("small weight costs points",), id="FQ-09"),
        pytest.param("how-long", ("readiness decides",), id="FQ-10"),
        pytest.param("how-long", ("four to six weeks", "two to three weeks"), id="FQ-11-12"),
        pytest.param("how-long", ("repeat the result", "way longer"), id="FQ-17"),
        pytest.param("compare-people", ("Not necessarily", "Do not compare people"), id="FQ-18"),
        pytest.param("compare-people", ("Your own scores on one exam may",), id="FQ-19"),
        pytest.param("compare-people", ("judge by the domains",), id="FQ-20"),
        pytest.param("why-no-questions", ("used again",), id="WQ-01"),
        pytest.param("why-no-questions", ("answers by heart",), id="WQ-02"),
        pytest.param("why-no-questions", ("hang together",), id="WQ-03"),
        pytest.param("why-no-questions", ("fairness",), id="WQ-04"),
        pytest.param("notes", ("forbids",), id="WQ-04-notes"),
        pytest.param("why-no-questions", ("principles", "applying"), id="WQ-05"),
        pytest.param("scaled", ("scaled", "easier sets of questions need more"), id="SC-04"),
        pytest.param("scaled", ("two people with different sets are treated alike",), id="SC-05"),
        pytest.param("scaled", ("not how many answers were right",), id="SC-06"),
        pytest.param("guessing", ("part of the points",), id="SC-09"),
        pytest.param("guessing", ("cost nothing", "answer everything"), id="SC-10-SC-11"),
        pytest.param("guessing", ("not scored", "seriously"), id="SC-12-SC-13"),
        pytest.param("higher-pass", ("same certification",), id="SC-14"),
        pytest.param("weights", ("does not estimate", "targets"), id="LM-03-LM-04"),
        pytest.param("formats", ("neither formats nor theory",), id="LM-05-07"),
        pytest.param("bars", ("your own reading", "zero is possible"), id="XC-01-03"),
        pytest.param("same-score", ("normal",), id="MU-22"),
        pytest.param("higher-pass", ("shows no score",), id="TL-14"),
    ],
)
def test_what_an_answer_says(code: str, phrases: tuple[str, ...]) -> None:
    assert all(phrase in BY_CODE[code].answer for phrase in phrases)


def test_answers_are_calm_and_distinct() -> None:
    assert len(BY_CODE) == len(QUESTIONS)
    for entry in QUESTIONS:
        assert entry.question.endswith("?")
        assert entry.answer.endswith(".")
        assert not any(word in entry.answer.casefold() for word in ("adaptive", "cannot pass"))


def test_words_narrow_the_questions_down() -> None:
    assert answers(QUESTIONS) == QUESTIONS
    assert [entry.code for entry in answers(QUESTIONS, "SAME score twice")] == ["same-score"]
    assert answers(QUESTIONS, "zebra") == ()
