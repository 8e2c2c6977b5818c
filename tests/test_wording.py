"""Names and counts in a sentence."""

import pytest

from coach.wording import counted, listed


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["Networking", "Compute, storage"], "Networking; Compute, storage"),
        (["Identity and access", "Networking"], "Identity and access; Networking"),
    ],
)
def test_listed(names: list[str], expected: str) -> None:
    assert listed(names) == expected


def test_counted() -> None:
    assert [counted(number, "point") for number in (0, 1, 2)] == ["0 points", "1 point", "2 points"]
