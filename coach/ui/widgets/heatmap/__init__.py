"""The parts of the Heatmap: domains against reports, and what the reports say."""
