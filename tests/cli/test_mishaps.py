"""What no command foresaw: one line, a log entry, no traceback."""

from pathlib import Path

import pytest

from coach.service.view import ExamView
from tests.cli.conftest import Coach


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: ExamView) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(ExamView, "retake", property(fail))


@pytest.mark.usefixtures("broken")
def test_an_error_inside_is_logged_and_said_in_one_line(coach: Coach, data: Path) -> None:
    ran = coach("retake", "AZ-104")
    assert (ran.code, ran.out) == (1, "")
    assert (
        ran.err
        == f"coach: an error inside Coach (RuntimeError); details are in {data / 'coach.log'}.\n"
    )
    log = data / "coach.log"
    assert "RuntimeError: boom" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_an_output_that_cannot_be_written_is_one_line(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("click.echo", full)
    ran = coach("exams", "show", "AZ-104")
    assert ran.code == 3
    lost = "the answer could not be written: No space left on device; what was asked is done."
    assert ran.err == f"coach: {lost}\n"


@pytest.mark.parametrize(
    "words",
    [("schedule", "--", "--from", "\x9b31m"), ("\x9b31m",), ("schedule", "--\x9b31m"),
     ("schedule", "--weeks", "\x9b31m")],
)  # fmt: skip
def test_what_was_typed_wrong_is_shown_without_its_control_characters(
    coach: Coach, words: tuple[str, ...]
) -> None:
    ran = coach(*words)
    assert ran.code == 2
    assert "31m" in ran.err
    assert "\x9b" not in ran.err
