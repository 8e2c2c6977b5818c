"""Reading a TOML file of the catalogue into a record, with errors that a person can act on."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

LARGEST = 1_000_000
LONGEST_TEXT = 2_000
LONGEST_NAME = 200
_DEEP_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++\s*\.\s*){50}""")
_HIDDEN = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

T = TypeVar("T")
Place = tuple[str | int, ...]


class CatalogueError(Exception):
    """A file that cannot be used. Its text is one sentence; `line` counts from 1 and is None
    where the fault has no line, `field` is empty where the whole file is at fault. `shown` is the
    file's name as it may be shown, `fault` the sentence after the place."""

    def __init__(self, file: str, line: int | None, field: str, text: str) -> None:
        self.file, self.line, self.field = file, line, field
        self.shown = "".join("?" if _is_control(char) else char for char in file)
        self.fault = f"{field} {text}" if field else text
        where = self.shown if line is None else f"{self.shown}, line {line}"
        super().__init__(f"{where}: {self.fault}")


class Shape(msgspec.Struct, frozen=True):
    """How a TOML table maps to a record: `children` gives, for each key that holds tables, the
    record's field, the shape of one table, and whether there may be many; `omitted` are fields
    of the record that no file may set. `accepted` says, as the end of a sentence, what fields take
    where their type does not tell it."""

    kind: type[Any]
    children: dict[str, tuple[str, "Shape", bool]] = {}
    omitted: tuple[str, ...] = ()
    accepted: dict[str, str] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """The accepted keys, in the order of the record."""
        hidden = {*self.omitted, *(field for field, _, _ in self.children.values())}
        plain = (name for name in self.kind.__struct_fields__ if name not in hidden)
        return (*plain, *self.children)

    def takes(self, field: str) -> str | None:
        """What a field takes, as the end of a sentence; None for a table."""
        if field in self.accepted:
            return self.accepted[field]
        hint = get_type_hints(self.kind, include_extras=True).get(field)
        either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
        first, *more = (each for each in either if each is not NoneType)
        origin, args = get_origin(first), get_args(first)
        if origin is Literal:
            return f"{', '.join(args[:-1])} or {args[-1]}"
        if origin is Annotated:
            span = f"{args[1].ge} to {args[1].le}"
            if args[1].ge and not more:
                return f"{span} minutes" if field.endswith("minutes") else span
            return f"a {'' if more else 'whole '}number from {span}"
        if origin is tuple:
            return f"a list of {'whole numbers' if args[0] is int else 'texts'}"
        words = {str: "a text", bool: "true or false", date: "a date such as 2026-11-30"}
        return words.get(first)


class Document:
    """One parsed file of the given shape."""

    def __init__(self, name: str, text: str, table: dict[str, Any], shape: Shape):
        self.name, self.text, self.table, self.shape = name, text, table, shape

    def error(self, place: Place, text: str) -> CatalogueError:
        """The error for the field at `place`, such as `("outline", 0, "domain", 1, "name")`."""
        # `("outline", 0, "weight_low")` as `outline 1, weight_low`.
        words: list[str] = []
        for part in place:
            if isinstance(part, int) and words:
                words[-1] += f" {part + 1}"
            else:
                words.append(_clip(str(part)))
        return CatalogueError(self.name, find_line(self.text, place), ", ".join(words), text)

    def refused(self, place: Place) -> CatalogueError:
        """The error for a value of the wrong kind at `place`."""
        shape, known = self.shape, None
        for part in (part for part in place if isinstance(part, str)):
            if part not in shape.children:
                known = shape.takes(part)
                break
            shape = shape.children[part][1]
        hint = f"; {known} is accepted" if known else ", which is not accepted"
        value: Any = self.table
        for key in place:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                value = None
        return self.error(place, f"is {_show(value)}{hint}.")

    def check_name(self, name: str, place: Place, longest: int = LONGEST_NAME) -> None:
        """Refuse a name without a visible character or of more than `longest`."""
        if not name.strip():
            raise self.error(place, "is empty; a name is required.")
        if len(name) > longest:
            raise self.error(place, f"is longer than {longest} characters.")

    def check_unique(self, names: Sequence[str], before: Place, after: Place = ()) -> None:
        """Refuse names that differ by no more than capitals and spacing, since people type them."""
        seen: set[str] = set()
        for number, name in enumerate(names):
            key = " ".join(name.casefold().split())
            if key in seen:
                text = f'is "{name}" for the second time; each may appear once.'
                raise self.error((*before, number, *after), text)
            seen.add(key)

    def check_address(self, address: str, place: Place, scheme: str = "http") -> None:
        """Refuse what is no web address; with `scheme` https also what is not safe to open."""
        found = re.fullmatch(r"(?a)http(s?)://[\w-]+(\.[\w-]+)+(:\d+)?([/?#][!-~]*)?", address)
        if not found or (scheme == "https" and not found[1]):
            raise self.refused(place)

    def record(self, kind: type[T]) -> T:
        """The record that this file describes; `kind` is that of its shape."""
        self._check_texts(self.table, ())
        table = self._renamed(self.shape, self.table, ())
        try:
            return msgspec.convert(table, kind)
        except msgspec.ValidationError as error:
            # msgspec names the record's field; the file's author knows the key.
            what, _, where = str(error).partition(" - at `")
            place, shape = _place(self.shape, where.rstrip("`"))
            if what.startswith("Object missing required field"):
                missing = (*place, _key(shape, what.split("`")[1]))
                raise self.error(missing, "is missing; it is required.") from None
            raise self.refused(place) from None

    def _check_texts(self, value: Any, place: Place) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                self._check_texts(item, (*place, key))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                self._check_texts(item, (*place, number))
        elif isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                raise self.error(place, f"is longer than {LONGEST_TEXT} characters.")
            if not value.isprintable() and any(map(_is_control, value)):
                raise self.error(
                    place, "has a control character; plain text on one line is accepted."
                )

    def _renamed(self, shape: Shape, table: dict[str, Any], place: Place) -> dict[str, Any]:
        result: dict[str, Any] = {}
        known = shape.keys
        for key, value in table.items():
            if key not in known:
                import difflib

                close = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]}" if close else f"known are {', '.join(known)}"
                raise self.error((*place, key), f"is not a known field; {hint}.")
            if key not in shape.children:
                result[key] = value
                continue
            field, child, many = shape.children[key]
            here, tables = (*place, key), value if many and isinstance(value, list) else [value]
            if many != isinstance(value, list) or not all(isinstance(t, dict) for t in tables):
                accepted = f"tables [[{key}]] are" if many else "a table is"
                raise self.error(here, f"is {_show(value)}; {accepted} accepted.")
            if many:
                result[field] = [self._renamed(child, t, (*here, n)) for n, t in enumerate(tables)]
            else:
                result[field] = self._renamed(child, value, here)
        return result


def read_document(path: Path, shape: Shape, *, head_only: bool = False) -> Document:
    """The parsed file at `path`, with `head_only` what stands before its first table; raises
    CatalogueError if it is no readable TOML file of at most 1 MB."""
    import tomllib

    text = _read_text(path)
    if head_only:
        text = text.partition("\n[")[0]
    try:
        # The parser keeps every beginning of a dotted key, which fills the memory.
        if _DEEP_KEY.search(text):
            raise RecursionError
        return Document(path.name, text, tomllib.loads(text), shape)
    except RecursionError:
        raise CatalogueError(path.name, None, "", "the values are nested too deeply.") from None
    except ValueError as error:
        message = str(error)
        found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
        line = int(found[1]) if found and found[1] else None
        said = message[: found.start()] if found else message.rstrip(".")
        raise CatalogueError(path.name, line, "", f"this is not valid TOML ({said}).") from None


def _read_text(path: Path) -> str:
    try:
        if not path.is_file():
            raise CatalogueError(path.name, None, "", "there is no such file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not valid"
        raise CatalogueError(path.name, None, "", f"the file cannot be read ({reason}).") from None
    if len(data) > LARGEST:
        raise CatalogueError(path.name, None, "", "the file is larger than 1 MB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(path.name, line, "", "the text is not UTF-8.") from None


def find_line(text: str, place: Place) -> int | None:
    """The line (from 1) of the key or table at `place`, or of the nearest one around it; None
    for the file itself. Keys inside inline tables are found by the line they start on."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("["):
            name = line.lstrip("[").partition("]")[0]
            table = _resolve(name, counts, line.startswith("[["))
            lines.setdefault(table, number)
        elif "=" in line and not line.startswith("#"):
            lines.setdefault((*table, *_parts(line.partition("=")[0])), number)
    around = (place[:length] for length in range(len(place), 0, -1))
    return next((lines[each] for each in around if each in lines), None)


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")]


def _resolve(name: str, counts: dict[Place, int], many: bool) -> Place:
    place: Place = ()
    parts = _parts(name)
    for part in parts[:-1]:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place] - 1)
    place = (*place, parts[-1])
    if not many:
        return place
    counts[place] = counts.get(place, 0) + 1
    return (*place, counts[place] - 1)


def _is_control(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f" or char in _HIDDEN


def _clip(text: str) -> str:
    shown = "".join("?" if _is_control(char) else char for char in text[:40])
    return shown + "..." if len(text) > 40 else shown


def _show(value: Any) -> str:
    if isinstance(value, str):
        return f'"{_clip(value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, date):
        return value.isoformat()
    try:
        return _clip(str(value))
    except ValueError:
        return "a very long number"


def _key(shape: Shape, field: str) -> str:
    return next((key for key, child in shape.children.items() if child[0] == field), field)


def _place(shape: Shape, where: str) -> tuple[Place, Shape]:
    """`$.outlines[0].name` as `("outline", 0, "name")`, with the shape of the last table."""
    place: list[str | int] = []
    for name, number in re.findall(r"\.(\w+)|\[(\d+)\]", where):
        if name:
            key = _key(shape, name)
            shape = shape.children[key][1] if key in shape.children else shape
            place.append(key)
        else:
            place.append(int(number))
    return tuple(place), shape
