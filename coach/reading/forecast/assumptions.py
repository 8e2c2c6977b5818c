"""Every number that a forecast rests on, with where it is from.

"Simulation" is a study with made-up candidates of an associate exam of 56 questions; such numbers
describe no real people. "Own" is Coach's choice where nothing is known. A change of any of them,
or of how they are used, is a new `MODEL`.
"""

from math import sqrt

MODEL = "1"

PASS_LEVEL = 0.66
"""The part of the questions that a pass takes (simulation; vendors publish none)."""
QUESTIONS = 56
"""Questions of a sitting (simulation)."""
SITTING_ERROR = sqrt(PASS_LEVEL * (1 - PASS_LEVEL) / QUESTIONS)
"""How far the part that is right lies from the level, as a standard deviation near the mark."""
SCALE = 999
"""Points from end to end of the scale that scores are compared on, from 1 to 1,000."""
SCORE_ERROR = 66
"""The same error in points of a scale of 1,000, near the passing score (simulation)."""

GENERAL_SPREAD = 0.50
DOMAIN_SPREAD = 0.38
"""Standard deviations of the ability over all domains and of one domain around it, in logits.
Together they make levels spread by 0.14 near the mark and domains agree at 0.63 (simulation). The
middle candidate stands at the mark: half of all pass the first time (simulation)."""

BAND_HALF_WIDTH = 0.10
"""Near is a domain level within this of the pass level (own): then a band agrees with the true
level 6 times in 10, as in the simulation."""
BAND_DOUBT = 0.05
"""How far a vendor's limits of the bands may lie elsewhere (own)."""

SOURCE_QUESTIONS = 27
"""What practice from one source in one domain is worth at most, in questions of the exam: a vendor
is easier or harder than the exam by 0.09 of a level (own, after practice tests that explain a fifth
to a half of the differences between exam results)."""

HALF_LIFE_DAYS = 60
"""After so many days before the newest report, an older result counts half (own)."""

LEARNING_RATES = (0.003, 0.005, 0.007, 0.009, 0.012)
"""The part of what is missing that an hour of study closes, each as likely as the others (own):
with them the pass rates after 16 to 64 hours are within 8 points of those of the simulation."""

BASE_RATE = 0.5
SHRINKAGE = 0.1
"""The part of a forecast that is the base rate (own): with a prior that is too hopeful, the
simulation forecast 75 of 100 and 54 passed. Half is the lower end of what other professions tell
of second attempts, 50 to 66 of 100. So nothing is ever certain, or hopeless."""

RANGE = (0.1, 0.9)
"""The ends of the range: 8 of 10 of what is thinkable lies in it."""
