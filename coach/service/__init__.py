"""The use cases: holds the clock, and answers with one new frozen state or a clear refusal."""
