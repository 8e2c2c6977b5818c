"""The parts of the Schedule: the plan arranged for the eye, and the rows that show it."""
