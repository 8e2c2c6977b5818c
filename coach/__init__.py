"""Coach: a plan for the exam you are going to sit again."""

__version__ = "0.1.0"
