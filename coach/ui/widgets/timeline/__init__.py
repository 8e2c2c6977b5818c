"""The parts of the Timeline: the chart over real time, the appointments, what happens next."""
