"""What opens over a mode screen to explain or change one thing."""
