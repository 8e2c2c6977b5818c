"""The faq command."""

from tests.cli.conftest import Coach


def test_questions_are_listed_and_narrowed_down(coach: Coach) -> None:
    every = coach("faq", "--json").json["questions"]
    assert {"code", "question", "answer", "source"} == set(every[0])
    some = coach("faq", "wrong", "--json").json["questions"]
    assert 0 < len(some) < len(every)
    assert "Wrong answers cost nothing" in coach("faq", "guessing").out
    assert "`coach faq` lists all" in coach("faq", "zebra").out
