"""Kinds of topics about identity, protection and control."""

from coach.reading.kinds.kind import Kind

DIRECTORY = Kind(
    "directory",
    ("ad ds ", "active directory ", "domain controller", "forest", "group polic",
     "security principals"),
    "how forests, domains, sites and trusts fit together, and how changes replicate",
    "a small domain with two controllers, a policy linked to a unit, and a restored object",
    "where a controller, a role or a policy belongs, and what still works when one site is cut off",
)  # fmt: skip
IDENTITY = Kind(
    "identity",
    ("identit", "entra ", "conditional access", "authenticat", "authoriz", "rbac ", "mfa ",
     "multifactor", "privileged", "pim ", "access review", "entitlement management", "role based",
     "role groups", "users and groups", "manage users", "app registration",
     "manage access to", "manage secure access", "access management", "single sign"),
    "how a request is authenticated, then authorised, and where each policy applies",
    "users, groups, a role at two scopes and a sign-in policy with a condition; test each sign-in",
    "which identity a person or workload should use, and the smallest role that lets it work",
)  # fmt: skip
NETWORK = Kind(
    "network",
    ("network", "firewall", "nsg", "vpn ", "expressroute", "waf ", "application gateway", "dns ",
     "ddos ", "load balanc", "private link", "private endpoint", "peering", "name resolution",
     "ip address", "vnet", "virtual wan", "front door", "service endpoint", "private access",
     "public access", "global secure access", "traffic"),
    "how a packet is routed and filtered, and which rule wins when several match",
    "two connected networks with filter rules and one private service; prove what is blocked",
    "which service filters, routes or balances the traffic, and where it has to sit",
)  # fmt: skip
OPERATIONS = Kind(
    "security operations",
    ("sentinel", "defender", "security operation", "security monitoring", "security copilot",
     "incident", "threat", "siem ", "soar ", "hunting", "security posture", "detections",
     "investigate", "activity and event collection", "security alert", "security assessment"),
    "how signals become alerts, alerts become incidents, and who responds",
    "a security policy, a detection rule and an automated response; trigger an alert, investigate "
    "it and run the response",
    "what to contain first in an incident, and what to automate afterwards",
)  # fmt: skip
INFORMATION = Kind(
    "information protection",
    ("purview", "data loss", "dlp ", "sensitivity label", "retention", "ediscovery",
     "insider risk", "data classification", "information protection", "oversharing",
     "data lifecycle", "protect data", "privacy", "asset security"),
    "how content is found, labelled, kept and stopped from leaving, and which rule wins",
    "a label, a rule that stops a test document from leaving, and a search that finds it again",
    "which control fits each kind of data, and how little it may disturb the people who use it",
)  # fmt: skip
RESPONSIBLE = Kind(
    "responsible use",
    ("responsibl", "guardrail", "content safety"),
    "the principles of responsible use, and the filter, review or limit that puts each to work",
    "a content filter and a review step around a small assistant, and try to get round them",
    "which harm is likely here, which control lowers it, and who checks that it works",
)
GOVERNANCE = Kind(
    "governance",
    ("governance", "govern ", "policy", "policies", "complian", "regulatory", "enforce",
     "subscriptions and", "cost management", "security and risk", "program management"),
    "at which level a rule is set, what inherits it and how exceptions work",
    "a rule that only reports and one that denies; break both and read the compliance result",
    "which control meets a written requirement with the least effort to run",
)  # fmt: skip
SECRETS = Kind(
    "keys and encryption",
    ("encrypt", "key vault", "secrets", "sensitive information", "data protection", "data at rest"),
    "what is encrypted where, who holds the keys, and how keys and secrets are renewed",
    "a vault with a key and a secret that an application reads without a password; rotate both",
    "whose key protects the data, who may read it, and how access is taken back",
)
SECURITY = Kind(
    "security",
    ("secur",),
    "which risks the topic names, which control answers each, and what the control leaves open",
    "the control in a test environment; check it from the attacker's side, then from the user's",
    "which control lowers the risk most for the least cost and disturbance",
)
