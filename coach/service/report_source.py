"""Where a report comes from that is pasted: the text itself, or the file that one line names."""

from pathlib import Path
from typing import NamedTuple

from coach.exchange.report_file import LARGEST_FILE, too_large
from coach.service.refusal import Problem, Refusal

_ENDINGS = (".pdf", ".txt", ".json", ".csv")
_LONGEST_PATH = 4096


class Source(NamedTuple):
    """What is to be read. `name` is the file's, empty for a pasted text."""

    data: bytes
    name: str = ""


def source_of(typed: str) -> Source:
    """The bytes to read for what was typed or pasted; raises `Refusal` where a file is named
    that cannot be read.

    Terminals paste the path of a file that is dropped on them, in quotes or with its spaces
    escaped.
    """
    line = typed.strip()
    if not line or "\n" in line or len(line) > _LONGEST_PATH:
        return Source(typed.encode("utf-8", "replace"))
    try:
        path = Path(line.strip("\"'").replace("\\ ", " ")).expanduser()
        if path.is_file():
            return Source(_read(path), path.name)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(Problem("file", f"file: it could not be read: {reason}.")) from error
    if path.suffix.casefold() in _ENDINGS or ("/" in line and " " not in line):
        raise Refusal(Problem("file", "file: there is no such file; check its path."))
    return Source(typed.encode("utf-8", "replace"))


def _read(path: Path) -> bytes:
    """The bytes of a file, refused by its size before it is read."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        _, problems = too_large(size)
        raise Refusal(Problem("file", problems[0].text))
    return path.read_bytes()
