"""Kinds of topics about data, reporting, machine learning and AI."""

from coach.reading.kinds.kind import Kind

DATABASE = Kind(
    "databases",
    ("sql ", "cosmos", "database", "postgresql", "redis ", "relational", "partition", "indexing",
     "change feed", "embeddings"),
    "how the data is modelled, indexed, secured and queried, and what makes it slow",
    "a small database with access rules; write one slow query, find out why, and make it fast",
    "which store, key and index fit the reads, the writes and the budget",
)  # fmt: skip
ENGINEERING = Kind(
    "data engineering",
    ("ingest", "transform", "data pipeline", "loading", "load the data", "lakehouse", "databricks",
     "stream", "batch", "fabric", "unity catalog", "orchestrate processes", "lakeflow", "get data",
     "connect to data", "clean the data", "data quality", "data exploration", "data engineering",
     "data processing", "data movement", "synchronization"),
    "how data is loaded, cleaned and kept current, and what happens to late or bad rows",
    "a load from a raw file to a clean table; run it twice, break one row and repair the run",
    "which load pattern and tool fit the volume, the freshness and the budget",
)  # fmt: skip
ANALYTICS = Kind(
    "reporting and analytics",
    ("power bi", "report", "semantic model", "dax ", "visual", "analytic", "query and analyze",
     "a data model", "the data model", "model performance", "model calculations",
     "patterns and trends", "workspaces and assets"),
    "how tables become a model, a model becomes measures, and measures a page people read",
    "a small model with two related tables, three measures and one page; check the totals by hand",
    "which model and which chart answer the question, and who may see which rows",
)  # fmt: skip
DATA = Kind(
    "data concepts",
    ("data ", "dataverse"),
    "the kinds of data and of workloads, and which store or service serves each",
    "one small data set, stored two ways and queried in both",
    "which way of storing and serving fits the questions that will be asked",
)
LEARNING = Kind(
    "machine learning",
    ("machine learning", "model training", "training", "hyperparameter", "model registration",
     "fine tuning", "mlops", "notebook", "foundation models", "deploy a model", "manage models",
     "model optimization"),
    "the path from data to a trained, registered, deployed and watched model",
    "one model on a small data set: train, register, deploy, call it, then replace it",
    "which method, compute and deployment suit the data, the cost and how often it changes",
)  # fmt: skip
VISION = Kind(
    "vision",
    (
        "analyze image",
        "analyze video",
        "image and video",
        "image generation",
        "vision",
        "multimodal",
    ),
    "which service reads, tags or makes pictures and video, its inputs, and its limits",
    "a small program that sends ten pictures of your own and compares the answers",
    "between a ready-made and a custom model, where it runs and how access is secured",
)
EXTRACTION = Kind(
    "search and extraction",
    ("ai search", "document intelligence", "extract", "content understanding", "knowledge mining",
     "intelligent search", "knowledge source"),
    "how content becomes an index or fields: source, enrichment, index, query",
    "an index over twenty documents of your own with one enrichment, and queries that should fail",
    "which service reads this content best, how fresh the result must be, and who may see it",
)  # fmt: skip
LANGUAGE = Kind(
    "language and speech",
    ("speech", "translat", "text analysis", "text and", "translate text", "nlp ",
     "natural language", "language"),
    "which service analyses, translates or speaks, its inputs and limits, and what it returns",
    "a small program that sends the same ten texts to two services and compares the answers",
    "between a ready-made and a custom model, how access is secured, and what users are told",
)  # fmt: skip
STRATEGY = Kind(
    "ai strategy",
    ("ai strategy", "ai adoption", "ai for business", "ai and agents for",
     "ai first", "costs and benefits", "benefits and capabilities"),
    "where AI helps a business, what it costs, and what has to be in place first",
    "a one-page case for a made-up company: the need, the tool, the cost and how you would measure "
    "success",
    "whether AI fits the need, whether to buy, extend or build, and who has to agree",
)  # fmt: skip
AGENTS = Kind(
    "agents",
    ("agent", "copilot studio", "tool ecosystem"),
    "what an agent is given (instructions, knowledge, tools, memory) and how it is tested",
    "an agent with one knowledge source and one tool; watch each step, and make it refuse",
    "between one agent and several, what each may do unasked, and how you would notice a failure",
)
COPILOT = Kind(
    "working with copilot",
    ("copilot", "draft", "meetings and collaboration", "conversations"),
    "what the assistant sees, what it can do in each app, and what it must not be trusted with",
    "three differently worded requests for one task; note which wording helped, and check the "
    "facts",
    "which app and wording suit the task, and what a person has to check before it is used",
)
GENERATIVE = Kind(
    "generative ai",
    ("generative", "prompt", "rag ", "retriev", "openai", "foundry", "grounding"),
    "how a model is chosen, grounded in your data, called, limited and measured",
    "a small app that answers from your own documents without a key in its code; measure its "
    "answers",
    "which model and grounding fit, how access is secured, what to watch and which harm to prevent",
)
AI = Kind(
    "ai",
    ("ai ",),
    "which service or model does which task, its inputs and limits, and responsible use",
    "a small app that calls the service without a key in its code, and measure its answers",
    "which service fits the data, how access is secured, what to watch and which harm to prevent",
)
