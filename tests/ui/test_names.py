"""Names of domains and topics where there is little room."""

import pytest

from coach.ui.widgets.rows import headline, name_lines, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Configure and manage storage accounts", "Storage accounts"),
        ("Plan, implement, and manage governance", "Governance"),
        ("Implement an agentic solution", "Agentic solution"),
        ("Manage Microsoft Entra users and groups", "Microsoft Entra users and groups"),
        ("Secure access to resources", "Secure access to resources"),
        ("Monitor and maintain Azure resources", "Monitor and maintain Azure resources"),
        ("A data platform", "A data platform"),
        ("Design and implement", "Design and implement"),
        ("", ""),
    ],
)
def test_a_headline_has_the_telling_words(name: str, short: str) -> None:
    assert headline(name) == short


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [
        ("Implement and manage storage", 28, "Implement and manage storage"),
        ("Implement and manage storage", 27, "Storage"),
        ("Implement natural language processing", 12, "Natural lan…"),
        ("[/x] configure", 6, "[/x] …"),
    ],
)
def test_one_line_keeps_what_tells_a_name_from_the_others(
    name: str, width: int, shown: str
) -> None:
    assert short_name(name, width) == shown


@pytest.mark.parametrize(
    ("name", "width", "lines", "shown"),
    [
        ("Access to storage", 9, 3, ("Access to", "storage")),
        ("Virtual networking", 9, 3, ("Virtual", "networki…")),
        ("Automate deployment by templates", 9, 2, ("Automate", "deployme…")),
        ("", 9, 2, ("",)),
    ],
)
def test_on_a_narrow_card_words_stay_whole(
    name: str, width: int, lines: int, shown: tuple[str, ...]
) -> None:
    assert name_lines(name, width, lines) == shown
