"""Kinds of topics about infrastructure, operations and development."""

from coach.reading.kinds.kind import Kind

SAP = Kind(
    "sap",
    ("sap ",),
    "the supported sizes, storage layouts and cluster designs for SAP on the platform",
    "the landing zone on paper: hosts, disks, network and cluster, checked against the support "
    "notes",
    "which certified layout meets the load and the recovery time asked for",
)
CONTAINERS = Kind(
    "containers and app hosting",
    ("container", "kubernetes", "cluster architecture", "workloads and scheduling", "aks ",
     "app service", "azure functions", "function app", "web apps", "iis ",
     "application platform"),
    "how the host starts, scales, updates and isolates an app, and where its settings live",
    "one small app in a container and on a managed host; scale it, update it and roll it back",
    "which host fits the load and the team, and how a new version goes live without a gap",
)  # fmt: skip
RESILIENCE = Kind(
    "backup and availability",
    ("backup", "disaster", "recovery", "availability", "ha dr ", "resilien", "replica", "failover",
     "multi region", "restore"),
    "what each backup and copy protects against, and the time and data loss each one allows",
    "a backup and a second copy of a small workload; lose the first one and restore from each",
    "which protection meets the recovery time and data loss asked for at the lowest cost",
)  # fmt: skip
STORAGE = Kind(
    "storage",
    ("storage", "blob", "azure files", "file share", "file service"),
    "access tiers, redundancy, keys and tokens, and what encryption covers",
    "a store with private access, a rule that moves or deletes old data, and a restore you test",
    "which redundancy and which access method satisfy the requirement",
)
SERVERS = Kind(
    "servers and virtual machines",
    ("virtual machine", "vm ", "vms ", "hyper v", "server", "host pool", "session host",
     "fslogix", "virtual desktop", "iaas ", "compute ", "azure environment",
     "target infrastructure"),
    "sizes, images, disks and updates, and how a machine is reached and secured",
    "two machines from one image; resize, patch and lock them down, and reach them without a "
    "public address",
    "which size and hosting option meet the load, the control and the cost asked for",
)  # fmt: skip
MIGRATION = Kind(
    "migration",
    ("migrat",),
    "the steps of a move (assess, copy, switch, check) and what each source supports",
    "a move of one small workload from start to switch-over, with a way back that you tried",
    "which path fits the downtime, the size and the differences between source and target",
)
MONITORING = Kind(
    "monitoring",
    ("monitor", "log ", "logs ", "metric", "observab", "diagnos", "troubleshoot", "telemetry",
     "optimize health", "instrumentation", "resolve errors"),
    "which signals each part emits, where they go and how long they stay",
    "one query that finds a fault you made, and an alert on it",
    "which signal answers the question, and who should hear of it",
)  # fmt: skip
DEVOPS = Kind(
    "delivery",
    ("pipeline", "infrastructure as code", "iac ", "bicep", "arm ", "source control", "branching",
     "repositor", "package management", "ci cd ", "deployments", "lifecycle", "alm ", "devops",
     "database projects", "flow of work"),
    "how a change travels from an edit to production, and what checks it on the way",
    "a small delivery line: a branch, a check that fails on purpose, and a release you take back",
    "which branching, checking and release method keeps the risk smallest for this team",
)  # fmt: skip
DEVELOPMENT = Kind(
    "development",
    ("develop", "code ", "codeunit", "api ", "apis ", "sdk", "integrat", "extend", "extension",
     "extensib", "connector", "plug in", "event", "message", "software", "programm", "scripting",
     "xmlport", "rest services", "tables and pages", "queries in"),
    "the calls and objects, the permissions they need and the errors they return",
    "a small program or extension that does the one thing named, and make it fail safely",
    "which interface to use, and what happens when the other side is slow or down",
)  # fmt: skip
PERFORMANCE = Kind(
    "performance",
    ("performance", "performing", "scale ", "optimize", "sizing"),
    "what limits the speed, how to measure it, and what each remedy costs",
    "a slow case on purpose; measure it, change one thing at a time and measure again",
    "which change removes the bottleneck, and whether it is worth its price",
)
CLOUD = Kind(
    "cloud concepts",
    ("cloud", "core architectural", "licens", "pricing and", "support options", "billing pricing"),
    "the terms, and one sentence for each on how it differs from its neighbours",
    "a one-page table of the services with what each is for, and open each of them once",
    "which model or plan fits a need that is told in one sentence",
)
ARCHITECTURE = Kind(
    "solution design",
    ("requirement", "fit gap", "architecture", "solution planning", "business value", "go live",
     "solution design", "existing solutions", "design process", "solution component",
     "technology component", "well architected", "reference architecture", "initiate",
     "cost optimized", "operating model"),
    "how needs become requirements, requirements a design, and how the design is checked",
    "a one-page design for a made-up company, with the reason for each part and one rejected "
    "option",
    "which option meets every stated requirement, and which requirement each of the others fails",
)  # fmt: skip
