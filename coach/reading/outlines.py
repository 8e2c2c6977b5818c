"""Which outline applies on a day, what its domains weigh, what a name is about, and finding
domains and topics."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from coach.model.answers import Note
from coach.model.exam import Exam, Outline
from coach.model.phrase import Phrase
from coach.wording import note, phrased

# A keyword matches the beginning of a word; a trailing space asks for the whole word.
_KEYWORDS: dict[str, tuple[str, ...]] = {
    "identity": (
        *("identit", "entra ", "conditional access", "authenticat", "authoriz", "rbac ", "mfa "),
        *("multifactor", "privileged", "pim ", "access review", "access management", "sign on "),
    ),
    "network": (
        *("network", "firewall", "nsg", "vpn ", "expressroute", "waf ", "application gateway"),
        *("dns ", "ddos ", "load balanc", "private link", "private endpoint", "peering"),
    ),
    "security operations": (
        *("sentinel", "defender", "security operation", "security monitoring", "incident"),
        *("threat", "siem ", "soar ", "hunting", "security posture", "alert"),
    ),
    "governance": (
        *("governance", "govern ", "policy", "policies", "complian", "purview", "subscription"),
        *("data loss", "retention", "information protection", "responsible"),
    ),
    "ai": (
        *("ai ", "generative", "agent", "machine learning", "language", "vision", "openai"),
        *("foundry", "prompt", "copilot", "mlops", "rag ", "knowledge mining"),
    ),
    "compute": (
        *("compute ", "virtual machine", "container", "kubernetes", "aks ", "app service"),
        *("function app", "server", "virtual desktop", "encryption at host"),
    ),
    "monitoring": (
        "monitor",
        "log ",
        "logs ",
        "metric",
        "observab",
        "diagnos",
        "troubleshoot",
        "log analytics",
        "app insights",
        "application insights",
    ),
    "storage": ("storage", "blob", "file service", "file share", "backup", "key vault", "encrypt"),
    "data": (
        *("database", "sql ", "cosmos", "data ", "lakehouse", "databricks", "semantic model"),
        *("analytics", "report", "dataverse"),
    ),
    "development": (
        *("develop", "code ", "api ", "apis ", "sdk", "integrat", "extend", "devops"),
        *("source control", "pipeline", "automat"),
    ),
}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words of a name in lower case, one space apart, without punctuation."""
    plain = "".join(ch if ch.isalnum() else " " for ch in text.casefold().replace("&", " and "))
    return " ".join(plain.split())


@lru_cache(maxsize=4096)
def subjects_of(name: str) -> tuple[str, ...]:
    """All subjects that a topic or domain name speaks of, the most telling first."""
    padded = f" {folded(name)} "
    return tuple(
        subject
        for subject, keywords in _KEYWORDS.items()
        if any(f" {keyword}" in padded for keyword in keywords)
    )


_STUDY_GUIDES = "https://learn.microsoft.com/credentials/certifications/resources/study-guides"
# What things are called today, each with its old names. Where one old name is a part of another
# the longer one comes first.
_OLD_NAMES = {
    "Microsoft Entra Connect": ("azure active directory connect", "azure ad connect"),
    "Microsoft Entra ID": ("azure active directory", "azure ad", "aad"),
    "Microsoft Sentinel": ("azure sentinel",),
    "Microsoft Defender for Cloud": (
        *("azure security center", "azure security centre", "security center", "security centre"),
        "azure defender",
    ),
    "Microsoft Purview Information Protection": ("azure information protection",),
    "Microsoft Defender for Cloud Apps": ("microsoft cloud app security", "mcas"),
    "Microsoft Defender for Endpoint": ("windows defender atp", "microsoft defender atp"),
    "Microsoft Defender for Office 365": ("office 365 atp",),
    "Azure AI Search": ("azure cognitive search", "azure search"),
    "Azure Document Intelligence": ("azure form recognizer", "form recognizer"),
    "Azure Language": ("luis", "qna maker"),
    "Microsoft Foundry": ("azure ai studio", "azure ai foundry"),
    "Microsoft Foundry Tools": (
        *("azure cognitive services", "cognitive services"),
        "azure ai services",
    ),
    "Azure Virtual Desktop": ("windows virtual desktop",),
    "Azure Synapse Analytics": ("azure sql data warehouse",),
    "Microsoft Dataverse": ("common data service",),
    "Power Automate": ("microsoft flow",),
    "Privileged Identity Management": ("pim",),
    "Network Security Groups": ("nsgs", "nsg"),
}
# Words that most topic names share and that tell none apart.
_FILLERS = {
    *("a", "an", "and", "by", "for", "in", "of", "on", "the", "to", "using", "with"),
    *("azure", "configure", "implement", "manage", "management", "microsoft", "plan"),
}


def point_weights(outline: Outline) -> tuple[Fraction, ...]:
    """One weight per domain in outline order, exactly 100 in all.

    A weight is the midpoint of its published range, scaled (own; Microsoft prints ranges).
    Where no range is known all domains weigh the same.
    """

    def exact(weight: float | None) -> Fraction | int:
        return Fraction(str(weight)) if isinstance(weight, float) else weight or 0

    sums = [exact(domain.weight_low) + exact(domain.weight_high) for domain in outline.domains]
    total = sum(sums)
    if not total:
        return tuple(Fraction(100, len(sums)) for _ in sums)
    return tuple(Fraction(100 * part, total) for part in sums)


def outline_in_force(exam: Exam, on: date) -> tuple[Outline | None, Note | None]:
    """The outline that applies on a day, with a note where it is younger than that day
    or has ended.

    The newest automatic outline dated on or before `on`; else one without a date, which counts
    as the oldest; else the oldest known. (None, None) where the exam has no automatic outline.
    """
    automatic = [outline for outline in exam.outlines if outline.automatic]
    dated = [(outline.as_of, outline) for outline in automatic if outline.as_of is not None]
    begun = [(as_of, outline) for as_of, outline in dated if as_of <= on]
    undated = [outline for outline in automatic if outline.as_of is None]
    if begun or undated:
        found = max(begun, key=lambda pair: pair[0])[1] if begun else undated[0]
        if found.valid_until is None or on <= found.valid_until:
            return found, None
        text = (
            "The newest outline of {} that Coach knows ended on {}; compare it with the vendor's "
            "page, and add the new one with `coach exams import`."
        )
        return found, note("outline-ended", "own", text, exam.code, found.valid_until)
    if not dated:
        return None, None
    as_of, oldest = min(dated, key=lambda pair: pair[0])
    text = (
        "The oldest outline of {} that Coach knows is dated {}; it stands in for the one of {}, "
        "which may have had other domains and weights."
    )
    return oldest, note("outline-later", "own", text, exam.code, as_of, on)


AGED = timedelta(days=180)
"""From when on facts of a vendor's page may no longer hold (own)."""


def age_line(parts: Iterable[tuple[str, date | None, str | None]], on: date) -> Phrase | None:
    """What is older than it should be, each part with its day and the page to compare it with;
    None where nothing is. What has no day has no age."""
    old = [
        phrased("the {} of {} with {}", name, day, page or "the vendor's page")
        for name, day, page in parts
        if day is not None and on - day > AGED
    ]
    every = Phrase("; ").join(old)
    return phrased("Older than {} days: compare {}.", AGED.days, every) if old else None


def outline_by_id(exam: Exam, id: str | None) -> Outline | None:  # noqa: A002 - the record's word
    """The exam's outline with this id, None where there is none."""
    return next((outline for outline in exam.outlines if outline.id == id), None)


def study_guide(exam: Exam, outline: Outline | None) -> str | None:
    """The address of the vendor's own list of what the exam asks: the one of the outline, else of
    a newer one, else Microsoft's page for the code. None where none is known."""
    newest_first = sorted(exam.outlines, key=lambda one: one.as_of or date.min, reverse=True)
    known = (one.study_guide for one in (*([outline] if outline else []), *newest_first))
    address = next(filter(None, known), None)
    if address is None and exam.vendor == "Microsoft":
        return f"{_STUDY_GUIDES}/{exam.code.casefold()}"
    return address


def match_domain(outline: Outline, text: str) -> int | tuple[str, ...]:
    """The number of the domain that `text` means, or the names it could mean.

    `text` is the domain's number in outline order (1 is the first), its name, or a part of the
    name that fits no other domain; case and punctuation do not matter. The answer is that
    1-based number: the domain is `outline.domains[number - 1]`.
    """
    names = [domain.name for domain in outline.domains]
    wanted = folded(text)
    if wanted.isdecimal() and len(wanted) <= 3 and 1 <= int(wanted) <= len(names):
        return int(wanted)
    keys = [folded(name) for name in names]
    if wanted in keys:
        return keys.index(wanted) + 1
    fits = [number for number, key in enumerate(keys, 1) if wanted and wanted in key]
    if len(fits) == 1:
        return fits[0]
    if fits:
        return tuple(names[number - 1] for number in fits)
    # difflib is slow to import and only wanted for an error sentence.
    from difflib import SequenceMatcher

    def distance(name: str) -> float:
        return -SequenceMatcher(None, wanted, folded(name)).ratio()

    return tuple(sorted(names, key=distance))


def current_name(text: str) -> str:
    """`text` with old product names and abbreviations replaced by the names used today."""
    for current, old_names in _OLD_NAMES.items():
        for old in old_names:
            # Compiling a pattern costs more than most texts need: few have an old name.
            if old in text.casefold():
                text = re.sub(rf"\b{old}\b", current, text, flags=re.IGNORECASE)
    return text


def match_topic(outline: Outline, text: str) -> tuple[str, str] | None:
    """The (domain, topic) that a flagged topic means, or None.

    Old product names are aliases. A topic fits when all telling words of one name are in the
    other; the topic that shares most of them wins, and before others one that has the flag's words
    side by side ("Azure Files" is in no "Bicep files"). A flag that belongs to one domain, because
    it fits several of its topics or because only that domain has its subject, becomes a topic of
    that domain under its own name (own); so does an objective that begins with its number.
    """
    wanted = _telling_words(text)
    if not wanted:
        return None
    every = [(domain.name, topic) for domain in outline.domains for topic in domain.topics]
    shared = [_overlap(wanted, _telling_words(topic)) for _, topic in every]
    most = max(shared, default=0)
    fits = [fit for fit, own in zip(every, shared, strict=True) if own == most > 0]
    words = f" {folded(current_name(text))} "
    fits = [fit for fit in fits if words in f" {folded(fit[1])} "] or fits
    numbered = _numbered_domain(outline, text)
    if not fits and numbered is not None:
        return numbered, text.strip()
    homes = {domain for domain, _ in fits} or {domain.name for domain in outline.domains}
    if not fits or len(homes) > 1:
        # The domains whose name, else one of whose topics, is about what `text` is about first.
        subject = next(iter(subjects_of(current_name(text))), None)
        by_name = {domain.name for domain in outline.domains if subject in subjects_of(domain.name)}
        homes &= by_name or {
            domain.name
            for domain in outline.domains
            if any(subject in subjects_of(topic) for topic in domain.topics)
        }
    if len(homes) != 1:
        return None
    (home,) = homes
    topics = [topic for domain, topic in fits if domain == home]
    return home, topics[0] if len(topics) == 1 else current_name(text.strip())


def known_topic(outline: Outline | None, text: str) -> str | None:
    """The topic of the outline that a text means, None where it is none of its own."""
    match = match_topic(outline, text) if outline else None
    known = outline and any(match and match[1] in domain.topics for domain in outline.domains)
    return match[1] if match and known else None


def _numbered_domain(outline: Outline, text: str) -> str | None:
    """The domain of an objective that begins with its number: "2.4 ..." is in the second."""
    number = re.match(r"\s*(\d{1,2})\.\d", text)
    if number is None or not 1 <= int(number[1]) <= len(outline.domains):
        return None
    return outline.domains[int(number[1]) - 1].name


@lru_cache(maxsize=1024)
def _telling_words(text: str) -> frozenset[str]:
    """The words that tell a name from others, in the singular."""
    words = folded(current_name(text)).split()
    single = (f"{w[:-3]}y" if w.endswith("ies") else w.removesuffix("s") for w in words)
    return frozenset(single) - _FILLERS


def _overlap(wanted: frozenset[str], topic: frozenset[str]) -> int:
    """How many words two names share if one holds the other, one more if they are equal."""
    if wanted == topic:
        return len(topic) + 1
    return len(wanted & topic) if wanted < topic or topic < wanted else 0
