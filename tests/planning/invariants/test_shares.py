"""Invariants 12 to 17: how the strategies share the time.

Where the rules of the product bend them:
12 and 13 hold for `priority` and `balanced`. Two tiers cut the time at 70 and 30 %, so a domain
that changes its tier can lose time by a lower band or a higher weight, and one of a lower tier can
have more than one of a higher: the plan says where. While nobody changes the tier both hold.
15: with no near domain left tier 1 has three quarters, and the rest is maintenance.
16: an empty report reads every domain as near, which under two tiers is 70 % for the heaviest.
17: weights are the midpoints of their ranges scaled to 100, also where that leaves a range.
"""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.catalogue import Catalogue
from coach.model.attempt import Observation, Report
from coach.model.exam import Domain, Outline
from coach.model.plan import STRATEGIES, Strategy
from coach.model.settings import Hours
from coach.planning.draft_plan import PlanRequest
from coach.planning.explain import compare
from coach.planning.split import split
from coach.reading.outlines import point_weights
from coach.reading.priority import DomainReading, read_domains
from coach.wording import written
from tests.planning.any_plans import any_domains, any_requests, whole_hours
from tests.planning.apportionment import shares_of
from tests.planning.plans import BANDS, again, named, replan, request

LETTERS = {band: letter for letter, band in BANDS.items()}
BUDGET = st.integers(0, 6000)
ONE_STRATEGY = st.sampled_from(STRATEGIES)
AT = st.integers(0, 5)


def letters_of(domains: Sequence[DomainReading]) -> list[str]:
    return [LETTERS[domain.band] for domain in domains]


def rank(tier: int | None) -> int:
    return tier or 3


@given(any_domains(), AT, st.sampled_from(["priority", "balanced"]), BUDGET)
def test_inv_12_a_lower_band_never_lowers_the_share(
    domains: tuple[DomainReading, ...], at: int, strategy: Strategy, minutes: int
) -> None:
    bands, weights = letters_of(domains), [domain.weight for domain in domains]
    at %= len(domains)
    shares = []
    for band in "BNA":
        bands[at] = band
        shares.append(shares_of(named("".join(bands), weights), strategy, minutes)[at])  # type: ignore[arg-type]
    if any(band != "A" for i, band in enumerate(bands) if i != at):
        assert shares[0] >= shares[1] >= shares[2]


@given(any_domains(), AT, st.sampled_from(["BN", "NA", "BA"]))
def test_inv_12_under_two_tiers_a_lower_band_never_lowers_the_tier(
    domains: tuple[DomainReading, ...], at: int, bands: str
) -> None:
    letters, weights = letters_of(domains), [domain.weight for domain in domains]
    at %= len(domains)
    lower, higher = (
        named("".join([*letters[:at], band, *letters[at + 1 :]]), weights)  # type: ignore[arg-type]
        for band in bands
    )
    assert rank(lower[at].tier) <= rank(higher[at].tier)
    if [d.tier for d in lower] == [d.tier for d in higher]:
        assert shares_of(lower, "two-tier")[at] >= shares_of(higher, "two-tier")[at]


@given(any_domains("BNAU"))
def test_inv_12_where_two_tiers_give_the_weaker_domain_less_the_plan_says_so(
    domains: tuple[DomainReading, ...],
) -> None:
    rows = list(zip(domains, shares_of(domains, "two-tier"), strict=True))
    weaker = [
        (a.tier, b.tier)
        for a, share in rows
        for b, more in rows
        if rank(a.tier) < rank(b.tier) and share < more
    ]
    expected = {"INVERSION" if second == 2 else "MAINTENANCE" for _, second in weaker}
    told = {note.code for note in compare(domains, 0)["two-tier"].warnings}
    generic = {domain.band for domain in domains} == {"unknown"}
    assert told & {"INVERSION", "MAINTENANCE"} == (set() if generic else expected)
    for a, share in rows:
        for b, more in rows:
            if a.gap > b.gap and a.weight >= b.weight and share < more:
                assert rank(a.tier) < rank(b.tier)


@given(any_domains(), AT, ONE_STRATEGY, BUDGET)
def test_inv_13_more_weight_never_lowers_the_share(
    domains: tuple[DomainReading, ...], at: int, strategy: Strategy, minutes: int
) -> None:
    """Under two tiers it never lowers the tier, nor the share while nobody's tier changes."""
    bands, weights = "".join(letters_of(domains)), [int(d.weight * 60) + 1 for d in domains]
    at %= len(domains)
    before = named(bands, weights)
    weights[at] += 50
    after = named(bands, weights)
    assert rank(after[at].tier) <= rank(before[at].tier)
    if strategy != "two-tier" or [d.tier for d in before] == [d.tier for d in after]:
        assert shares_of(after, strategy, minutes)[at] >= shares_of(before, strategy, minutes)[at]


@given(any_domains(), ONE_STRATEGY, BUDGET, st.randoms(use_true_random=False))
def test_inv_14_the_order_of_domains_changes_no_share(
    domains: tuple[DomainReading, ...], strategy: Strategy, minutes: int, random: object
) -> None:
    shuffled = list(domains)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    before = split(domains, strategy, study_minutes=minutes)
    assert split(shuffled, strategy, study_minutes=minutes) == before


@settings(max_examples=30)
@given(any_requests(most=1), any_domains(), st.permutations(["Z", "M", "A", "K", "X", "B"]))
def test_inv_14_names_change_nothing_in_a_plan(
    requests: list[PlanRequest], domains: tuple[DomainReading, ...], names: list[str]
) -> None:
    """Domains that are called otherwise get the same blocks, in a first plan and in a later one."""
    (made,) = requests
    other = {f"D{number}": name for number, name in enumerate(names, 1)}

    def renamed(rows: tuple[DomainReading, ...]) -> tuple[DomainReading, ...]:
        return tuple(replace(row, name=other[row.name]) for row in rows)

    one, two = made, replace(made, domains=renamed(made.domains))
    for _ in ("first", "later"):
        left, right = replan(one), replan(two)
        assert [
            (b.id, b.start, other.get(b.domain or ""), b.topic, b.activity) for b in left.blocks
        ] == [(b.id, b.start, b.domain, b.topic, b.activity) for b in right.blocks]
        one, two = again(one, left, domains=domains), again(two, right, domains=renamed(domains))


@st.composite
def any_reported(draw: st.DrawFn) -> tuple[Outline, Report]:
    """An outline of ranges and a report on it, which may leave domains out."""
    lows = draw(st.lists(st.integers(5, 40), min_size=1, max_size=7))
    domains = tuple(
        Domain(name=f"D{number}", weight_low=low, weight_high=low + 5)
        for number, low in enumerate(lows)
    )
    bands = draw(st.lists(st.sampled_from(sorted(BANDS.values())), max_size=len(lows)))
    seen = tuple(
        Observation(domain=domain.name, origin="band", word=band)
        for domain, band in zip(domains, bands, strict=False)
    )
    outline = Outline(id="o", as_of=None, source="s", confidence="own", domains=domains)
    return outline, Report(id="r", attempt="a", exam="E", outline="o", observations=seen)


@given(any_reported())
def test_inv_15_tier_one_is_every_below_and_the_heaviest_near(
    given_: tuple[Outline, Report],
) -> None:
    """And two tiers share the time as 70 to 30; an only tier has three quarters, and none all.

    Inside a tier it goes by priority, among the others by weight.
    """
    domains = read_domains(*given_)
    near = [d for d in domains if d.band in ("near", "unknown")]
    heaviest = max(near, key=lambda d: (d.weight, -domains.index(d)), default=None)
    first = {d.name for d in domains if d.band == "below" or d is heaviest}
    second = {d.name for d in near if d is not heaviest}
    assert first == {d.name for d in domains if d.tier == 1}
    assert second == {d.name for d in domains if d.tier == 2}
    shares = split(domains, "two-tier")
    mixed = shares.pop(None, 0)
    had = [sum(shares[name] for name in names) for names in (first, second)]
    above = [share for name, share in shares.items() if name not in first | second]
    if second:
        assert (had, sum(above), mixed) == ([Fraction(7, 10), Fraction(3, 10)], 0, 0)
    elif first:
        assert had[0] == Fraction(3, 4)
        assert (sum(above), mixed) == ((Fraction(1, 4), 0) if above else (0, Fraction(1, 4)))
    else:
        assert (sum(above), mixed) == (1, 0)
    for tier in (1, 2, None):
        rows = [(d, shares[d.name]) for d in domains if d.tier == tier]
        assert len({share / (d.priority or d.weight) for d, share in rows}) <= 1


@given(any_domains(), ONE_STRATEGY, BUDGET, st.fractions(0, Fraction(1, 2)))
def test_inv_15_strong_domains_have_nothing_unless_there_is_spare_time(
    domains: tuple[DomainReading, ...], strategy: Strategy, minutes: int, spare: Fraction
) -> None:
    """Where they have nothing the spare part is theirs, by weight; the rest is shared as ever."""
    before = shares_of(domains, strategy, minutes)
    shares = split(domains, strategy, study_minutes=minutes, spare=spare)
    after = [shares[domain.name] for domain in domains]
    strong = [d.weight if not d.gap else Fraction(0) for d in domains]
    if any(strong) and not any(b for b, w in zip(before, strong, strict=True) if w):
        before = [
            b * (1 - spare) + w * spare / sum(strong) for b, w in zip(before, strong, strict=True)
        ]
    assert after == before


@settings(max_examples=40)
@given(any_domains("BNU"), whole_hours(), st.integers(1, 8))
def test_inv_15_tier_one_has_its_part_to_the_block(
    domains: tuple[DomainReading, ...], week: Hours, weeks: int
) -> None:
    """To half a block for each domain, which is as close as whole blocks come."""
    result = replan(request(weeks=weeks, domains=domains, hours=week))
    assume(any(domain.tier == 2 for domain in domains))
    tier_one = [row for row in result.allocation if row.tier == 1]
    part_of = Fraction(7, 10) * result.study_minutes
    assert abs(sum(row.minutes for row in tier_one) - part_of) <= 30 * len(domains)


@given(any_domains("BNA"), BUDGET)
def test_inv_16_balanced_keeps_its_floor_and_its_cap(
    domains: tuple[DomainReading, ...], minutes: int
) -> None:
    """A strong domain has a twentieth of its weight at least; none has more than half or its
    weight while another one is weak too."""
    weak = [domain for domain in domains if domain.gap]
    for domain, share in zip(domains, shares_of(domains, "balanced", minutes), strict=True):
        weight = domain.weight / 100
        assert share >= weight / 20
        assert share <= max(Fraction(1, 2), weight) or len(weak) == 1


@given(any_domains("A"), ONE_STRATEGY, BUDGET)
def test_inv_16_all_above_falls_back_to_weights_with_a_warning(
    domains: tuple[DomainReading, ...], strategy: Strategy, minutes: int
) -> None:
    assert shares_of(domains, strategy, minutes) == [d.weight / 100 for d in domains]
    told = compare(domains, minutes)[strategy].warnings
    assert [note.code for note in told] == ["CHECK"]


@given(any_domains("U"), ONE_STRATEGY, BUDGET)
def test_inv_16_an_empty_report_goes_by_weight_and_says_so(
    domains: tuple[DomainReading, ...], strategy: Strategy, minutes: int
) -> None:
    shares = shares_of(domains, strategy, minutes)
    told = compare(domains, minutes)[strategy].warnings
    assert [note.code for note in told] == ["GENERIC"]
    if strategy != "two-tier":
        assert shares == [d.weight / 100 for d in domains]
    elif len(domains) > 1:
        heaviest = max(domains, key=lambda d: d.weight)
        assert shares[domains.index(heaviest)] == Fraction(7, 10)
        assert "The priority strategy spreads the time by weight." in written(told[0])


@given(any_reported())
def test_inv_17_ranges_become_points_that_add_up_to_100(given_: tuple[Outline, Report]) -> None:
    outline, _ = given_
    weights = point_weights(outline)
    middles = [Fraction(d.weight_low + d.weight_high, 2) for d in outline.domains]
    assert sum(weights) == 100
    assert len({w / middle for w, middle in zip(weights, middles, strict=True)}) == 1


def test_inv_17_packaged_weights_stay_within_a_point_of_their_ranges() -> None:
    """The ranges of three outlines are so high or low in all that scaling leaves one of them,
    and the rounded figures that three vendors print add up to 101 or 99.9.

    A vendor that publishes no weights has none for any domain of an outline: all weigh the same.
    """
    outside, unpublished = [], 0
    for exam in Catalogue().exams():
        for outline in exam.outlines:
            weights = point_weights(outline)
            assert sum(weights) == 100
            if any(None in (d.weight_low, d.weight_high) for d in outline.domains):
                assert {(d.weight_low, d.weight_high) for d in outline.domains} == {(None, None)}
                assert set(weights) == {Fraction(100, len(outline.domains))}
                unpublished += 1
                continue
            for domain, weight in zip(outline.domains, weights, strict=True):
                assert domain.weight_low is not None
                assert domain.weight_high is not None
                over = max(domain.weight_low - weight, weight - domain.weight_high)
                if over > 0:
                    outside.append((exam.code, over))
    assert unpublished
    assert {code for code, _ in outside} == {
        *("AB-730", "DP-203", "MB-310"),
        *("312-50", "GCP-PMLE", "ISC2-CC"),
    }
    assert max(over for _, over in outside) < 1
