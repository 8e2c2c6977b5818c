"""`attempt add`, `edit` and `remove` on the command line."""

from tests.cli.conftest import Coach

BOOKED = ("attempt", "add", "AZ-104", "--at", "2026-12-05T10:00", "--status", "booked")


def test_edit_changes_only_what_is_given(coach: Coach) -> None:
    added = coach(*BOOKED, "--fee", "165", "--place", "centre", "--json").json
    edited = coach("attempt", "edit", added["attempt"], "--at", "2026-12-08T14:00", "--json").json
    assert set(edited) == set(added)
    assert (edited["attempt"], edited["exam"]) == (added["attempt"], "AZ-104")
    row = coach("timeline", "--json").json["attempts"][0]
    assert row["at"] == "2026-12-08T14:00:00+01:00"
    assert (row["status"], row["fee"], row["place"]) == ("booked", 165, "centre")


def test_an_empty_text_clears_and_no_waiver_takes_it_back(coach: Coach) -> None:
    added = coach("attempt", "add", "AZ-104", "--at", "2026-11-20T10:00", "--status", "delivered",
                  "--fee", "165", "--case", "4711", "--reason", "internet", "--waiver-granted",
                  "--json").json  # fmt: skip
    assert coach("retake", "--json").json["rule"] == "waived"
    assert coach("attempt", "edit", added["attempt"][:6], "--fee", "", "--no-waiver").code == 0
    row = coach("timeline", "--json").json["attempts"][0]
    assert (row["fee"], row["case"]) == (None, "4711")
    assert coach("retake", "--json").json["rule"] == "24-hours"


def test_a_wrong_edit_is_refused_and_stores_nothing(coach: Coach) -> None:
    added = coach(*BOOKED, "--json").json
    before = coach("timeline", "--json").out
    for wrong in (("--fee", "much"), ("--status", "lost"), ("--at", "2026-11-01T10:00")):
        ran = coach("attempt", "edit", added["attempt"], *wrong)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("coach: ")
    assert coach("attempt", "edit", "ffff", "--fee", "1").code == 1
    assert coach("timeline", "--json").out == before


def test_add_needs_a_time_and_a_status(coach: Coach) -> None:
    assert coach("attempt", "add", "AZ-104", "--at", "2026-12-05").code == 2
    assert coach("attempt", "add", "AZ-104", "--status", "booked").code == 2


def test_terms_are_shown_set_and_cleared(coach: Coach) -> None:
    assert coach("terms", "CKA").out == "CKA: no terms are entered\n"
    shown = coach("terms", "CKA", "--purchased", "2026-01-15", "--json").json
    assert shown == {
        "exam": "CKA",
        "purchased": "2026-01-15",
        "voucher_expires": None,
        "change_notice": None,
        "accommodations": None,
        "eligible_from": None,
        "renewed_until": None,
    }
    assert "2026-01-15" in coach("terms").out
    assert coach("terms", "--purchased", "", "--json").json["purchased"] is None
    refused = coach("terms", "--accommodations", "2026-01-15")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("coach: accommodations: ")
    assert coach("terms", "XX-999").code == 1


def test_the_american_centre_is_the_same_place(coach: Coach) -> None:
    added = coach(*BOOKED, "--place", "Center", "--json").json
    rows = coach("timeline", "AZ-104", "--json").json["attempts"]
    assert [row["place"] for row in rows if row["id"] == added["attempt"]] == ["centre"]
