"""The window in which a retake makes sense, kept apart from the legal date."""

from datetime import date, timedelta

from coach.model.answers import Recommended, Source


def recommend(
    report_on: date,
    weeks: tuple[int, int],
    basis: str,
    *,
    earliest: date | None,
    retires: date | None,
    source: Source = "article",
) -> Recommended | None:
    """From the first to the last of `weeks` after the day of the report.

    Never before `earliest`, the legal day, and never after `retires`, the exam's last day: a
    window beyond it shrinks to the latest day that still fits. None without a legal day.
    `basis` says why these weeks, `source` where that rule comes from.
    """
    if earliest is None or (retires is not None and earliest > retires):
        return None
    start = max(report_on + timedelta(weeks=weeks[0]), earliest)
    end = max(report_on + timedelta(weeks=weeks[1]), start)
    if start > report_on + timedelta(weeks=weeks[1]):
        basis += " Another sitting is possible only after that, so its first day is recommended."
    if retires is not None:
        start, end = min(start, retires), min(end, retires)
    return Recommended(from_=start, until=end, basis=basis, source=source)


def plan_until(recommended: Recommended, today: date, retires: date | None = None) -> date:
    """The day to plan for without a date of one's own: the end of the recommended window.

    Once that has passed, the Sunday of the week after next, so that a plan has two weeks at
    least and keeps its end for a week (own); never after `retires`, the exam's last day.
    """
    if recommended.until > today:
        return recommended.until
    sunday = today + timedelta(days=20 - today.weekday())
    return sunday if retires is None else min(sunday, retires)
