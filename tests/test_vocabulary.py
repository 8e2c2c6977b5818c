"""One vocabulary: words that must not appear in anything that people read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import coach

ROOT = Path(coach.__file__).parent
SNAPSHOTS = Path(__file__).parent / "ui" / "snapshots"
NOT_SAID = {
    r"\bblocks?\b": "session",
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
