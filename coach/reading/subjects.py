"""What a name is about: a rough subject by keyword, such as identity or network (own)."""

from functools import lru_cache

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
