"""The one way in which the rules make an insight."""

from coach.model.answers import Insight, InsightKind, Severity, Source


def finding(
    kind: InsightKind,
    code: str,
    severity: Severity,
    text: str,
    action: str,
    domains: tuple[str, ...] = (),
    source: Source = "article",
) -> Insight:
    """An insight without its explanation, which `explained` adds."""
    return Insight(
        code=code,
        kind=kind,
        severity=severity,
        text=text,
        domains=domains,
        action=action,
        source=source,
    )
