"""What a save does to the plan, in a few words."""

import pytest

from coach.model.plan import ChangeRow
from coach.ui import text


def row(kind):
    return ChangeRow(block="b1", domain=None, kind=kind, from_=None, to=None, reason="")


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], "the plan stays"),
        (["added"], "1 new session"),
        (["added", "added"], "2 new sessions"),
        (["moved"], "1 session changes"),
        (["added", "removed"], "2 sessions change"),
    ],
)
def test_a_save_says_what_it_does_to_the_plan(kinds, words):
    assert text.changes([row(kind) for kind in kinds]) == words
