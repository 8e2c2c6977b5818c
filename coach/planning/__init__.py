"""From what a report says to what to study when: split, place, re-plan, explain. Pure."""
