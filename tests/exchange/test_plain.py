"""User text on terminals: which invisible characters are kept, and how many columns a text has."""

import pytest

from coach.exchange.plain import cells, padded, printable

ZWNJ, ZWJ = "\u200c", "\u200d"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"می{ZWNJ}خواهم", id="persian"),
        pytest.param(f"क्{ZWJ}ष", id="hindi"),
        pytest.param(f"👩{ZWJ}💻", id="joined-emoji"),
    ],
)
def test_joiners_that_say_how_letters_are_drawn_are_kept(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("text", [f"AZ{ZWJ}-104", f"{ZWNJ}AZ", f"AZ{ZWJ}", f"می{ZWNJ}{ZWNJ}خو"])
def test_joiners_that_only_hide_are_shown(text: str) -> None:
    assert ZWJ not in printable(text)
    assert ZWNJ not in printable(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("AZ-104", 6, id="ascii"),
        pytest.param("試験", 4, id="wide"),
        pytest.param("ＡＺ", 4, id="full-width"),
        pytest.param("Müller", 6, id="composed"),
        pytest.param("Mu\u0308ller", 6, id="combining"),
        pytest.param("👩\u200d💻", 2, id="joined-emoji"),
        pytest.param("👩\u200d❤\ufe0f\u200d👨", 2, id="joined-three"),
        pytest.param("👍🏽", 2, id="skin-tone"),
        pytest.param("❤\ufe0f", 2, id="emoji-by-selector"),
        pytest.param("🇩🇪", 2, id="flag"),
        pytest.param("한글", 4, id="hangul"),
        pytest.param(f"می{ZWNJ}خواهم", 7, id="persian"),
    ],
)
def test_a_text_takes_so_many_columns(text: str, columns: int) -> None:
    assert cells(text) == columns
    assert cells(padded(text, 20)) == 20
