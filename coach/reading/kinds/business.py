"""Kinds of topics about business applications, devices and collaboration."""

from coach.reading.kinds.kind import Kind

TEAMS = Kind(
    "teams and calling",
    ("teams ", "phone", "calling", "pstn", "meetings and events", "audio conferencing",
     "direct routing", "town hall", "webinar", "auto attendant", "call queue",
     "channels and chats", "bookable desk", "external collaboration"),
    "which setting is made for everyone, for a group or for one person, and which one wins",
    "one team, one calling setup or one room in a trial tenant, with two users who see different "
    "settings",
    "which licence, device and setting give these people what they need and no more",
)  # fmt: skip
DEVICES = Kind(
    "devices",
    ("intune", "device", "endpoint", "windows client", "enroll", "app protection",
     "deploy and update apps"),
    "how a device is enrolled, configured, updated and retired, and what the user notices",
    "one enrolled test device with a profile, an app and an update ring; break a rule on purpose",
    "which enrolment and profile suit company-owned and private devices, and what happens on loss",
)  # fmt: skip
CUSTOMERS = Kind(
    "customer service",
    ("contact center", "queue", "configure routing", "unified routing", "sla", "customer service",
     "customer voice", "voice ", "digital channel", "channel feature", "engagement", "workforce",
     "experience profile", "productivity tool", "knowledge management", "supervisor", "feedback",
     "for cases", "service workspace", "service features", "field service", "work order"),
    "how a request comes in, finds the right person, is measured and closed",
    "one channel, one queue and one time limit in a trial; send a request and follow it to the end",
    "which channel, rule and time limit fit the promise made to the customer",
)  # fmt: skip
SALES = Kind(
    "sales and marketing",
    ("sales", "leads", "lead qualification", "opportunit", "deal ", "product catalog",
     "marketing", "customer insights", "journeys", "segments", "process purchases"),
    "how a contact becomes a lead, an offer and an order, and who works on each stage",
    "one sale from the first contact to the invoice in a trial, with one rule of your own",
    "which stage, owner and automation fit the way this company sells",
)  # fmt: skip
FINANCE = Kind(
    "finance",
    ("ledger", "journal", "accounts payable", "accounts receivable", "currenc", "tax", "budget",
     "bank", "fixed asset", "posting group", "dimensions", "expense", "credit and", "payment",
     "financ", "chart of accounts", "periodic process", "subscription billing", "company"),
    "which setup a posting needs, where it lands, and how it is corrected",
    "the setup in a demo company, one posting from entry to balance, and its reversal",
    "which setup gives the report that the accountant asks for, and what cannot be changed later",
)  # fmt: skip
SUPPLY = Kind(
    "supply chain",
    ("inventory", "warehouse", "procurement", "sourcing", "products ", "product detail",
     "product information", "transportation", "purchas", "master plan",
     "pricing and discounts", "pricing and costing", "manage quality", "landed cost",
     "asset management", "manufactur", "production order", "supply", "bill of material"),
    "how goods are described, ordered, stored, moved and valued, and which setup drives each step",
    "one item in a demo company from order to shelf to delivery; check quantity and value at each "
    "step",
    "which method and setup fit the goods, the site and the way costs are followed",
)  # fmt: skip
LOWCODE = Kind(
    "power platform",
    ("canvas", "model driven", "cloud flow", "basic flows", "power apps", "power automate",
     "power platform", "dataverse", "business logic", "process logic", "pcf ", "ai hub",
     "data models", "ui components", "desktop flow", "automations", "process automation",
     "environment strategy"),
    "what belongs in the table, the app, the flow or the code, and who may run it",
    "one table, one app and one flow that work together; run them as a user with few rights",
    "the simplest tool that does the job, and when code is worth its upkeep",
)  # fmt: skip
TENANT = Kind(
    "microsoft 365 administration",
    ("microsoft 365", "tenant", "sharepoint", "exchange", "productivity solution"),
    "which admin centre sets what, who may do it, and what it costs in licences",
    "a trial tenant with a user, a group, a licence and one shared site; take the access back",
    "which service, role and licence meet the need with the least administration",
)
