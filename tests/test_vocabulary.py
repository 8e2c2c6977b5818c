"""One vocabulary: words that must not appear in anything that people read."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

import coach
from coach.cli import run
from coach.cli.commands import coach as program
from coach.ui.app import CoachApp
from tests.ui.desk import ZONE, service_in
from tests.ui.histories import history
from tests.ui.waiting import settled_text

ROOT = Path(coach.__file__).parent
SNAPSHOTS = Path(__file__).parent / "ui" / "snapshots"
NOT_SAID = {
    r"\b[Bb]locks?\b": "session",
    r"\bbuffers?\b": "catch-up time",
    r"\bfresh count\b": "its own attempt limit",
    r"\blies? ahead\b": "upcoming",
    r"\bcounts apart\b": "counted separately",
    r"\b[Oo]wn view\b": "how it felt",
    r"\bnot said\b": "-",
    r"\bSat at\b": "exam date",
    r"\bresult to come\b": "result pending",
    r"\bpoints by weight\b": "% of the exam",
    r"\bno share\b": "no time",
    r"\bcases like yours\b": "80 % range",
    r"\bstays? thin\b": "less time for",
    r"\bBrings in\b": "also covers",
    r"\bnew place\b": "reschedules",
    r"\bMore flags\b": "other flagged topics",
    r"\bSeen on\b": "report source",
    r"\bthe other nears\b": "the rest",
    r"\bnothing to take back\b": "nothing to undo",
    r"\b\d+ h( \d\d)?\b": "1h 45m",
    r"\bstuck\b": "no change",
    r"\bW x gap\b": "priority",
    r"\b[Mm]odel guess\b": "chance to pass (estimate)",
    r"(?<!you )\bmay sit (it )?(now|from)\b": "you may sit",
    r"\b\d+ short\b": "32 points short",
    r"\b\d{3,} min\b": "1h 45m",
    r"\b0 min\b(?! of)": "no time",
    r"\b\d{3} of \d{3}\b": "668, pass mark 700 (32 points short)",
    r"(?<!may )\bsit from\b": "you may sit from",
    r"\b[Rr]ecommended\b": "best time",
    r"\b[Ll]egal\b": "you may sit",
    r"\b(cap|capped)\b": "limit, no attempt left",
    r"\b([Gg]uess the chance|past guesses|date to guess)\b": "estimate",
    r"\b[Rr]evision \d": "version 2",
    r"\b[Ww](eight)? x gap\b": "priority",
    r"\bPrac\.": "practice",
    r"\brule: ": "the rule's name",
    r"\b(window-(start|end)|recommended-(from|to)|change-deadline)\b": "what it is, in words",
    r"\b(no-wait|24-hours|14-days|cap-12-months)\b": "the rule's name",
    r"\bCost so far\b": "fees entered so far, forfeited ones included",
    r"\b(Change until|All fees|fees entered, lost)\b": "reschedule or cancel by",
    r"\bProfile (from|by)\b": "report in your Learn profile",
    r"\bBands are your own\b": "you set these bands",
    r"\b(not again, it is|no more, it is)\b": "passed, no retake",
    r"\bthis is number\b": "session 7 of 18 on this domain",
    r"\b(Done in|What was done)\b": "log actual time, history",
    r"\bnew blocks|new sessions in the plan\b": "sessions added",
    r"\bat: (none|missing)\b": "exam date",
    r"\bcontinues as which skill\b": "match old skills to the outline",
    r"\bcatch-up +Catch-up\b": "catch-up time",
    r"\b(SHARE|TIER|FLAG|COMBINE|GAP)\b": "the reason in words",
    r"\bkeep the plan\b": "close",
}
"""Each with what is said instead; `block` stays the name of a command and of fields in JSON."""
NAMES = re.compile(r"coach block|block (ID|done|skip|move|pin|unpin)|blocks/|`[^`]*`")


def sentences(source: str) -> Iterator[str]:
    """The texts with a blank in a module, without docstrings, style sheets and names."""
    tree = ast.parse(source)
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            text = node.value if isinstance(node.value, str) else ""
            if " " in text.strip() and "{" not in text:
                yield text


def unwanted(texts: Iterator[str]) -> list[str]:
    return [
        f"{found[0]!r} in {text!r}: say {instead!r}"
        for text in texts
        for word, instead in NOT_SAID.items()
        if (found := re.search(word, NAMES.sub("", text)))
    ]


def test_no_sentence_of_the_code_holds_a_word_that_people_do_not_use() -> None:
    texts = (text for file in ROOT.rglob("*.py") for text in sentences(file.read_text("utf-8")))
    assert unwanted(texts) == []


def test_no_text_of_the_catalogue_does() -> None:
    folder = ROOT / "catalogue" / "data" / "texts"
    lines = (
        line for file in folder.glob("*.toml") for line in file.read_text("utf-8").splitlines()
    )
    assert unwanted(line for line in lines if " = " in line) == []


def test_no_screen_does() -> None:
    lines = (
        line for file in SNAPSHOTS.glob("*.txt") for line in file.read_text("utf-8").splitlines()
    )
    assert unwanted(lines) == []


SIZES = ((60, 20), (80, 24), (100, 30), (104, 30), (120, 36), (160, 50), (200, 60))


@pytest.mark.parametrize(
    "name",
    [
        *("nobody", "failed_once", "failed_five_times", "seven_sittings"),
        *("retired", "troubled", "passed", "at_aws"),
    ],
)
async def test_no_screen_of_any_history_does_at_any_size(tmp_path: Path, name: str) -> None:
    app = CoachApp(history(tmp_path, name))
    async with app.run_test(size=SIZES[0]) as pilot:
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            for key in "123":
                await pilot.press(key)
                shown = (await settled_text(pilot, "Timeline")).splitlines()
                assert len(shown) <= height
                assert all(cell_len(line) <= width for line in shown)
                alone = [{m.start() for m in re.finditer(r"(?<!\S)…(?!\S)", s)} for s in shown]
                assert not any(one & other for one, other in pairwise(alone))
                assert unwanted(iter(shown)) == [], (width, key)


SAID = (
    *("today", "retake", "timeline", "heatmap", "advice", "forecast", "schedule", "hours"),
    *("exams az-104", "exams show AZ-104", "resources", "checklist", "reflect", "rate", "faq"),
    *("terms", "mapping", "strategy auto", "target auto", "replan", "replan --dry-run"),
    *("report list", "practice list", "backup list", "undo --list"),
)
"""Commands whose answer is read over the sample data."""


def test_no_answer_of_the_command_line_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime(2026, 11, 19, 18, 30, tzinfo=ZONE)
    service_in(tmp_path, now).load_sample()
    answers = {}
    for command in SAID:
        run(["--data-dir", str(tmp_path), "--now", now.isoformat(), *command.split()])
        printed = capsys.readouterr()
        answers[command] = printed.out + printed.err
    assert all(answers.values())
    assert unwanted(line for said in answers.values() for line in said.splitlines()) == []


def every_command(group: click.Group) -> Iterator[click.Command]:
    for command in (group.get_command(click.Context(group), name) for name in names_of(group)):
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from every_command(command)


def names_of(group: click.Group) -> list[str]:
    return group.list_commands(click.Context(group))


def test_no_help_of_a_command_does() -> None:
    commands = list(every_command(program))
    helps = [command.help or "" for command in commands]
    helps += [
        option.help or ""
        for command in commands
        for option in command.params
        if isinstance(option, click.Option)
    ]
    assert unwanted(iter(helps)) == []


def test_the_readme_does_not() -> None:
    readme = ROOT.parent / "README.md"
    assert unwanted(iter(readme.read_text("utf-8").splitlines())) == []
