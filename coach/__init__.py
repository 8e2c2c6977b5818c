"""Coach: a plan for the exam you are going to sit again."""

__version__ = "0.1.0"
# The exit code of a command that did what was asked and could not write its answer.
ANSWER_LOST = 3
