"""The words of score reports, a language at a time, and text without its typographic dress.

Labels of persons and of their registrations are known so that what they name can be left out.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from coach.dates import MONTHS, UNSTYLED
from coach.model.attempt import PassOrFail

LANGUAGES = ("de", "fr", "es", "pt", "it", "ja")
_FOLDER = Path(__file__).parent / "languages"
_DRESS = {
    **UNSTYLED,
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    # A footnote mark right after a number would become a part of it.
    **dict.fromkeys(map(ord, "¹²³⁰⁴⁵⁶⁷⁸⁹"), " "),
    **dict(zip(map(ord, "…ﬀﬁﬂﬃﬄ"), ("...", "ff", "fi", "fl", "ffi", "ffl"), strict=True)),
}
_HIDDEN = re.compile(r"[\u200b\u2060-\u2064\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Persian and Indic words need the joiners, nothing else does.
_JOINERS = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])")


def undressed(text: str) -> str:
    """The text without invisible characters, with plain digits, spaces and quotes."""
    if text.isascii():
        return text
    text = _JOINERS.sub("", _HIDDEN.sub("", text)).translate(_DRESS)
    return "".join(" " if unicodedata.category(char) == "Zs" else char for char in text)


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """The letters and digits alone, without case, accents and spaces: `Prüfung` is `prufung`."""
    if not text.isascii():
        text = re.sub(r"[\u0300-\u036f\u3099\u309a]", "", unicodedata.normalize("NFKD", text))
    return re.sub(r"[\W_]+", "", text.casefold())


class Words(msgspec.Struct, frozen=True):
    """What one language, beside English, calls the fields of a report, its results and dates.

    `labels` maps a squeezed label to its field; `dates` a word to the English one, or to nothing.
    """

    labels: dict[str, str]
    result: re.Pattern[str]
    result_line: re.Pattern[str]
    dates: dict[str, str]

    def field(self, text: str) -> str | None:
        """The field that a text names when it is a label and nothing else."""
        return self.labels.get(squeezed(text)) if len(text) <= 60 else None

    def said(self, text: str, start: int = 0, *, whole: bool = False) -> PassOrFail:
        """`pass` or `fail` where a text begins with it, or says nothing else; else empty."""
        found = self.result_line.fullmatch(text) if whole else self.result.match(text, start)
        return "" if found is None else "fail" if found["fail"] else "pass"

    def english_date(self, text: str) -> str:
        """The text with the names of months in English and those of weekdays left out."""
        if not self.dates:
            return text
        return re.sub(
            r"[^\W\d_]+(?:-[^\W\d_]+)*", lambda m: self.dates.get(squeezed(m[0]), m[0]), text
        )


@cache
def words(language: str = "") -> Words:
    """The words of English, and of one more language where it is named."""
    tables = [_read("en"), *([_read(language)] if language else [])]
    labels = {
        squeezed(label): field
        for table in tables
        for field, names in table["labels"].items()
        for label in names
    }
    dates = {squeezed(word): "at" for word in tables[-1].get("at", [])}
    dates |= {squeezed(word): "" for word in tables[-1].get("weekdays", [])}
    for name, spellings in zip(MONTHS, tables[-1].get("months", []), strict=False):
        dates |= {squeezed(word): name for word in spellings.split()}
    fails = _any_of([word for table in tables for word in table["fail"]])
    passes = _any_of([word for table in tables for word in table["pass"]])
    before = _any_of([word for table in tables for word in table["before"]])
    said = rf"(?:(?P<fail>{fails})|(?P<pass>{passes}))"
    ends = r"(?!\s*/)(?![^\W_](?<=[\x00-\u02ff]))"
    the_exam = r"(?:\s(?:the|this)\sexam(?:ination)?)?"
    return Words(
        labels=labels,
        result=re.compile(rf"\W*{said}{ends}", re.IGNORECASE),
        result_line=re.compile(rf"\W*(?:(?:{before})\W+)*{said}{the_exam}\W*", re.IGNORECASE),
        dates=dates,
    )


def _read(language: str) -> dict[str, Any]:
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def _any_of(options: list[str]) -> str:
    longest_first = sorted(options, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in longest_first)
