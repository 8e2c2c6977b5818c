"""When a sitting is legal, and the deadlines around it: pure functions over dated records."""
