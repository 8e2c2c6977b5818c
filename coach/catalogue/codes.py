"""Exam codes: how they are written, and how to read what people type."""

_DASHES = str.maketrans("", "", " -_\u2010\u2011\u2012\u2013\u2014")
_DIGITS = frozenset("0123456789")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST = 20


def normalise_code(text: str) -> str:
    """The usual spelling of a code: `az104` and `Az-104` give `AZ-104`.

    Two or three letters with three digits are joined by a dash, as Microsoft writes them; any
    other text is only stripped and put in capitals.
    """
    upper = text.strip().upper()
    bare = squeeze(upper)
    letters, digits = bare[:-3], bare[-3:]
    numbered = len(digits) == 3 and _DIGITS.issuperset(digits)
    if numbered and 2 <= len(letters) <= 3 and _LETTERS.issuperset(letters):
        return f"{letters}-{digits}"
    return upper


def squeeze(text: str) -> str:
    """The letters and digits of a code in capitals, for comparing spellings."""
    return text.upper().translate(_DASHES)


def is_code(text: str) -> bool:
    """Whether `text` can name an exam, and so a file: 2 to 20 of A-Z, 0-9, dash, underscore,
    with a letter or digit at both ends."""
    known = _LETTERS | _DIGITS
    return (
        2 <= len(text) <= LONGEST
        and text[0] in known
        and text[-1] in known
        and (known | {"-", "_"}).issuperset(text)
    )
