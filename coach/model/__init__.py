"""The records, and nothing else: no rules, no files, no clock."""
