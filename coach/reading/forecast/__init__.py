"""A guess at passing: a level read from the evidence, hours that raise it, a sitting that measures
it with an error. The same evidence gives the same numbers, in whatever order it was entered."""
