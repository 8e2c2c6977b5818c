"""When a topic should come back: gaps that follow from the time left to the exam."""

from coach.planning.availability import DAY

WEEK = 7 * DAY


def good_days(at: int, limit: int) -> int:
    """A good gap (days) before a visit at `at` for an exam at `limit`, in seconds since 1970.

    About 2 days a week before the exam, 4 three weeks before and 10 eight weeks before: a fifth
    of the time left, less of it the longer that is (Cepeda et al. 2008).
    """
    return round(1.1 * max(0, limit - at) / WEEK + 0.9)


def least_days(at: int, limit: int) -> int:
    """What a gap should not fall below: half of a good one, because the best is a wide plateau."""
    return good_days(at, limit) // 2
