"""What kind of thing a topic is, and how to study it: a table by keyword (own)."""

from coach.reading.kinds import business, data_ai, platform, security
from coach.reading.kinds.kind import Kind
from coach.reading.outlines import current_name
from coach.reading.subjects import folded

__all__ = ["ANY", "KINDS", "Kind", "kind_of"]

# Where a name holds keywords of several kinds, the one that stands first here tells more.
KINDS = (
    platform.SAP,
    business.TEAMS,
    security.RESPONSIBLE,
    security.INFORMATION,
    security.OPERATIONS,
    data_ai.DATABASE,
    business.SUPPLY,
    business.FINANCE,
    business.CUSTOMERS,
    business.SALES,
    data_ai.STRATEGY,
    data_ai.VISION,
    data_ai.EXTRACTION,
    data_ai.LANGUAGE,
    data_ai.LEARNING,
    data_ai.AGENTS,
    data_ai.GENERATIVE,
    data_ai.COPILOT,
    security.DIRECTORY,
    security.IDENTITY,
    security.NETWORK,
    business.DEVICES,
    business.LOWCODE,
    data_ai.ENGINEERING,
    security.SECRETS,
    platform.RESILIENCE,
    platform.MIGRATION,
    platform.CONTAINERS,
    data_ai.ANALYTICS,
    platform.STORAGE,
    platform.DEVOPS,
    platform.SERVERS,
    security.GOVERNANCE,
    platform.MONITORING,
    platform.DEVELOPMENT,
    platform.ARCHITECTURE,
    data_ai.AI,
    business.TENANT,
    security.SECURITY,
    platform.PERFORMANCE,
    platform.CLOUD,
    data_ai.DATA,
)
ANY = Kind(
    "any",
    (),
    "what the study guide's entry asks for, and note what is new to you",
    "the smallest working example of it in a test environment, then change one setting at a time",
    "which option you would choose, and why each of the others is worse",
)


def kind_of(*names: str) -> Kind:
    """The kind of the first name that has one: a topic, then its domain, then its exam."""
    for name in names:
        padded = f" {folded(current_name(name))} "
        for kind in KINDS:
            if any(f" {keyword}" in padded for keyword in kind.keywords):
                return kind
    return ANY
