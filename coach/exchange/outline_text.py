"""The outline of an exam from the text of its page, pasted or saved.

A line with a percentage is a domain and the lines under it are its topics. Lists, numbered
objectives and tables are read; what could not be read is given back with its line.
"""

import re
import unicodedata
from datetime import date, datetime

from coach.model.exam import Domain, Outline, Weight
from coach.model.material import LostLine, OutlineChange, OutlineDraft

MOST_LINES = 5_000
LONGEST_NAME = 200
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_SHARE = re.compile(
    rf"({_NUMBER})\s*%?\s*(?:[-\u2010-\u2015]|to)\s*({_NUMBER})\s*(?:%|percent\b)"
    rf"|({_NUMBER})\s*(?:%|percent\b)",
    re.IGNORECASE,
)
_CELL_SHARE = re.compile(rf"({_NUMBER})(?:\s*[-\u2010-\u2015]\s*({_NUMBER}))?")
_BULLET = re.compile(
    r"(?:[-*+\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u2013\u2014\u00b7]|o(?=\s{2}))\s+"
)
_OBJECTIVE = re.compile(r"(\d{1,2})\.(\d{1,2})((?:\.\w{1,2})+)?[.):]?\s+")
_DETAIL = re.compile(r"(?:[a-z]|[ivx]{1,4})[.)]\s+")
_DOMAIN_NUMBER = re.compile(
    r"(?:(?:domain|section|module|part)\s*\d{1,2}|\d{1,2}(?:\.0)?)\s*[.):\u2013\u2014-]*\s+",
    re.IGNORECASE,
)
_DAY = re.compile(r"as of\s+(\d{4}-\d\d-\d\d|[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})")
_HEADERS = {
    "domain", "domains", "weight", "weighting", "percent", "percentage", "topic", "topics", "total",
}  # fmt: skip


class _Section:
    """A domain while its lines are read; entries are (level, name), 0 the outermost level."""

    def __init__(self, name: str, low: Weight | None, high: Weight | None) -> None:
        self.name, self.low, self.high = name, low, high
        self.entries: list[tuple[int, str]] = []

    def domain(self) -> Domain:
        outermost = min((level for level, _ in self.entries), default=0)
        topics = {
            _folded(name): name for level, name in reversed(self.entries) if level == outermost
        }
        return Domain(
            name=self.name,
            weight_low=self.low,
            weight_high=self.high,
            topics=tuple(reversed(topics.values())),
        )


def read_outline(text: str) -> OutlineDraft:
    """The domains and topics in `text`, whose lines are counted from 1."""
    sections: dict[str, _Section] = {}
    current: _Section | None = None
    lost: list[tuple[int, str]] = []
    as_of = None
    for number, raw in enumerate(text.splitlines()[:MOST_LINES], 1):
        line = _plain(raw)
        if not line:
            continue
        as_of = as_of or _day(line)
        level, name, share = _parts(raw, line)
        if share is not None and not name and current is None and lost:
            # A page may put the percentage under the name.
            name = lost.pop()[1]
        elif share is not None and not name and current is not None and current.entries:
            name = current.entries.pop()[1]
        header = bool(name) and _HEADERS.issuperset(_folded(name).split())
        if share is not None and name and not header:
            current = sections.setdefault(_folded(name), _Section(name, *share))
        elif share is None and _folded(name) in sections:
            current = sections[_folded(name)]
        elif share is None and current is not None and 0 < len(name) <= LONGEST_NAME:
            current.entries.append((level, name))
        elif not header:
            lost.append((number, line))
    return OutlineDraft(
        domains=tuple(section.domain() for section in sections.values()),
        as_of=as_of,
        not_understood=tuple(LostLine(line=n, text=line) for n, line in lost),
    )


def _plain(raw: str) -> str:
    """A line without what only sets it: marks of Markdown, invisible characters, wide spaces."""
    text = "".join(" " if unicodedata.category(c) in ("Zs", "Cc") else c for c in raw)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf").replace("**", "")
    text = " ".join(text.split())
    return "" if re.fullmatch(r"[|:\s=_-]*", text) else text


def _parts(raw: str, line: str) -> tuple[int, str, tuple[Weight, Weight] | None]:
    """The level of a line, its name, and its share of the exam where it has one."""
    cells = [
        cell.strip() for cell in re.split(r"\s*\|\s*|\t", raw.strip().strip("|")) if cell.strip()
    ]
    found = _SHARE.search(line)
    if found is None and len(cells) == 2 and (alone := _CELL_SHARE.fullmatch(cells[1])):
        low, high = alone.groups()
        return 0, _domain_name(_plain(cells[0])), (_weight(low), _weight(high or low))
    if found is not None:
        low, high = (found[1], found[2]) if found[1] else (found[3], found[3])
        # A bracket goes with the share in it: "(30% of scored content)".
        before = re.sub(r"[(\[][^()\[\]]*$", "", line[: found.start()])
        after = line[found.end() :]
        if before != line[: found.start()]:
            after = re.sub(r"^[^()\[\]]*[)\]]", "", after)
        rest = f"{before} {after}".replace("|", " ")
        return 0, _domain_name(rest), (_weight(low), _weight(high))
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    objective = _OBJECTIVE.match(line)
    if objective is not None:
        return (3 if objective[3] else 1), line, None
    if bullet := _BULLET.match(line):
        return 2 + indent // 2, line[bullet.end() :].strip(), None
    if detail := _DETAIL.match(line):
        return 4 + indent // 2, line[detail.end() :].strip(), None
    name = line.lstrip("#").strip(" |")
    return (0 if line.startswith("#") else 1), _domain_name(name), None


def _domain_name(text: str) -> str:
    text = " ".join(text.split()).lstrip("#").strip()
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    number = _DOMAIN_NUMBER.match(text)
    text = text[number.end() :] if number else text
    return text.strip(" :;,.|()[]\u2013\u2014-")


def _weight(text: str) -> Weight:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _day(line: str) -> date | None:
    found = _DAY.search(line)
    for form in ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y") if found else ():
        try:
            return datetime.strptime(found[1] if found else "", form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def compare(stored: Outline, read: tuple[Domain, ...]) -> tuple[OutlineChange, ...]:
    """What `read` says otherwise than the stored outline: names, weights and topics.

    A domain whose name is gone is taken for one under a new name where most of its topics, or
    most of its name, came back.
    """
    new = {_folded(domain.name): domain for domain in read}
    changes: list[OutlineChange] = []
    unclaimed = [
        d for d in read if _folded(d.name) not in {_folded(o.name) for o in stored.domains}
    ]
    for old in stored.domains:
        now = new.get(_folded(old.name))
        if now is None:
            now = max(unclaimed, key=lambda domain: _likeness(old, domain), default=None)
            if now is None or _likeness(old, now) < 0.5:
                changes.append(OutlineChange(kind="domain-gone", domain=old.name, before=old.name))
                continue
            unclaimed.remove(now)
            changes.append(
                OutlineChange(
                    kind="domain-renamed", domain=now.name, before=old.name, after=now.name
                )
            )
        changes += _within(old, now)
    changes += [OutlineChange(kind="domain-new", domain=d.name, after=d.name) for d in unclaimed]
    return tuple(changes)


def _within(old: Domain, new: Domain) -> list[OutlineChange]:
    changes = []
    if (old.weight_low, old.weight_high) != (new.weight_low, new.weight_high):
        before, after = (f"{d.weight_low}-{d.weight_high}" for d in (old, new))
        changes.append(OutlineChange(kind="weight", domain=new.name, before=before, after=after))
    had = {_folded(topic): topic for topic in old.topics}
    has = {_folded(topic): topic for topic in new.topics}
    # A page without topics says nothing about them.
    for key in had.keys() - has.keys() if has else ():
        changes.append(OutlineChange(kind="topic-gone", domain=new.name, before=had[key]))
    for key in has.keys() - had.keys():
        changes.append(OutlineChange(kind="topic-new", domain=new.name, after=has[key]))
    # Weights first, then topics that went, then those that came.
    return sorted(
        changes, key=lambda c: (c.kind != "weight", c.kind, c.before or "", c.after or "")
    )


def _likeness(old: Domain, new: Domain) -> float:
    from difflib import SequenceMatcher

    topics = {_folded(topic) for topic in old.topics}
    shared = topics & {_folded(topic) for topic in new.topics}
    by_topic = len(shared) / len(topics) if topics else 0.0
    return max(by_topic, SequenceMatcher(None, _folded(old.name), _folded(new.name)).ratio())
