"""Generated reports, written in random layouts, are read back whole or not at all."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.report_text import read_text

NAMES = (
    "Manage Azure identities and governance",
    "Implement and manage storage",
    "Deploy and manage Azure compute resources",
    "Implement and manage virtual networking",
    "Monitor and maintain Azure resources",
)
BANDS = ("Below Target", "Near Target", "Above Target", "Needs Improvement")
LABELS = {
    "en": ("Exam", "Exam date", "Your score", "Required score"),
    "de": ("Prüfung", "Prüfungsdatum", "Ihre Punktzahl", "Erforderliche Punktzahl"),
    "fr": ("Examen", "Date de l’examen", "Votre score", "Score requis"),
    "es": ("Examen", "Fecha del examen", "Su puntuación", "Puntuación requerida"),
    "pt": ("Exame", "Data do exame", "Sua pontuação", "Pontuação necessária"),
    "it": ("Esame", "Data dell'esame", "Il tuo punteggio", "Punteggio richiesto"),
    "ja": ("試験", "試験日", "スコア", "合格点"),
}
DATES = ("{0:%Y-%m-%d}", "{0.day} {0:%B} {0:%Y}", "{0:%b} {0.day}, {0:%Y}", "{0:%d}-{0:%b}-{0:%y}",
         "{0:%d}.{0:%m}.{0:%Y}", "{0:%A}, {0.day} {0:%b} {0:%Y}",
         "{0:%Y}年{0.month}月{0.day}日")  # fmt: skip
MARKS = (": ", " : ", ":", " - ", " – ", "   ", "\t", " | ", " ..... ")
BEFORE = ("", "- ", "• ", "{n}. ", "{n}.0 ", "Domain {n}: ", "* ")
WEIGHTS = ("", " (20-25%)", " (15 – 20 %)", " (30%)")
DRESS = {
    "plain": lambda text: text,
    "zero-width": lambda text: text.replace(" ", " \u200b"),
    "soft-hyphen": lambda text: text.replace("ma", "m\u00ada"),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "full-width": lambda text: text.translate({n: n + 0xFEE0 for n in range(0x30, 0x3A)}),
    "upper": str.upper,
    "line-ends": lambda text: text.replace("\n", "\r\n"),
    "gaps": lambda text: text.replace("\n", "\n\n"),
}


@st.composite
def heads(draw: st.DrawFn) -> tuple[str, str, str]:
    """A head with its date and score."""
    exam, when, score, passing = LABELS[draw(st.sampled_from([*LABELS]))]
    day = date(2020, 1, 13) + timedelta(days=draw(st.integers(0, 3000)))
    points = str(draw(st.integers(1, 1000)))
    mark = draw(st.sampled_from((": ", " : ", ":", "   ", "\t")))
    shown = draw(st.sampled_from(DATES)).format(day)
    lines = [f"{exam}{mark}AZ-104", f"{when}{mark}{shown}", f"{score}{mark}{points}"]
    lines.insert(draw(st.integers(0, 3)), f"{passing}{mark}700")
    return "\n".join(lines), day.isoformat(), points


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Domains with their bands, in one of the layouts that reports and people have."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    percents = st.integers(0, 100).map("{}%".format)
    one = draw(st.sampled_from((st.sampled_from(BANDS), percents)))
    seen = {name: draw(one) for name in names}
    words = all(value in BANDS for value in seen.values())
    mark, before = draw(st.sampled_from(MARKS)), draw(st.sampled_from(BEFORE))
    weight = draw(st.sampled_from(WEIGHTS))
    layouts = ("after", "under", "one-line", *(("over", "list") if words else ()))
    layout = draw(st.sampled_from(layouts))
    named = {name: before.format(n=n) + name + weight for n, name in enumerate(names, 1)}
    if layout == "after":
        return "\n".join(f"{named[name]}{mark}{value}" for name, value in seen.items()), seen
    if layout == "under":
        return "\n".join(f"{named[name]}\n{value}" for name, value in seen.items()), seen
    if layout == "one-line":
        return "  ".join(f"{name}: {value}" for name, value in seen.items()), seen
    if layout == "over":
        return "\n".join(f"{value}\n{named[name]}" for name, value in seen.items()), seen
    heading = draw(st.sampled_from(("{}:", "Domains {}", "{} domains", "Skills with {}:")))
    lines = []
    for band in dict.fromkeys(seen.values()):
        lines += [heading.format(band), *(named[n] for n, value in seen.items() if value == band)]
    return "\n".join(lines), seen


@settings(deadline=None, max_examples=60)
@given(heads(), rows(), st.sampled_from([*DRESS]))
def test_a_report_in_any_layout_is_read_back(
    head: tuple[str, str, str], table: tuple[str, dict[str, str]], dress: str
) -> None:
    text, at, score = head
    body, seen = table
    report = read_text(DRESS[dress](f"{text}\n\n{body}\n"), NAMES)
    assert report.problems == ()
    assert (report.exam, report.at, report.score, report.passing) == ("AZ-104", at, score, "700")
    read = {name: value.casefold() for name, value in report.observations}
    assert read == {name: value.casefold() for name, value in seen.items()}
    assert report.lost == ()


@settings(deadline=None, max_examples=60)
@given(st.integers(100, 1000), st.data())
def test_a_score_whose_digits_were_parted_is_whole_or_refused(
    score: int, data: st.DataObject
) -> None:
    digits = str(score)
    parted = digits[0] + "".join(
        data.draw(st.sampled_from(("", " ", "  ", "\u00a0", "\u2009", "\u200b"))) + digit
        for digit in digits[1:]
    )
    label = data.draw(st.sampled_from(("Score: ", "Your score ", "Score\n", "Final sco re: ")))
    report = read_text(f"Exam: AZ-104\nDate: 2026-11-20\n{label}{parted}\n")
    assert report.score in ("", digits)
    assert report.score or report.problems or report.lost
