"""Terms of an exam: kept, read back, refused where no rule looks at them."""

from pathlib import Path

import msgspec
import pytest

from coach.service import exams
from coach.service.attempts import add_attempt, edit_attempt
from coach.service.drafts import AttemptDraft, TermsDraft
from coach.service.outcome import Refused
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.settings import set_terms, terms_draft, terms_fields
from coach.storage.files import catalogue_folder
from tests.service.conftest import az104, done

BARE_POLICY = """
id = "microsoft"
name = "Microsoft"
source = "my own notes"
verified = false

[[wait]]
rule = "24-hours"
hours = 24

[after_pass]
retake = "any-time"
"""
AZ104 = TermsDraft(
    voucher_expires="2027-01-31",
    change_notice="6 business days",
    accommodations="2026-11-20",
    renewed_until="2027-11-20",
)


def test_terms_read_back_as_they_were_typed(service: Service) -> None:
    assert service.ask(terms_draft, "AZ-104") == TermsDraft()
    done(service.act(set_terms, "az104", AZ104))
    assert service.ask(terms_draft) == AZ104
    assert "AZ-104" in service.state.facts.tracked
    done(service.act(set_terms, "AZ-104", TermsDraft()))
    assert service.ask(terms_draft) == TermsDraft()
    done(service.undo())
    assert service.ask(terms_draft) == AZ104


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("72h", "72 hours"), ("72 Hours", "72 hours"), ("6bd", "6 business days"),
     ("6 business-days", "6 business days"), (" 0 hours ", "0 hours")],
)  # fmt: skip
def test_a_notice_is_hours_or_business_days(service: Service, typed: str, kept: str) -> None:
    done(service.act(set_terms, "AZ-104", TermsDraft(change_notice=typed)))
    assert service.ask(terms_draft).change_notice == kept


@pytest.mark.parametrize(
    ("code", "field", "text"),
    [
        ("AZ-104", "voucher_expires", "soon"),
        ("AZ-104", "voucher_expires", "2026-02-30"),
        ("AZ-104", "voucher_expires", "2026-12-01T10:00"),
        ("AZ-104", "change_notice", "3 weeks"),
        ("AZ-104", "change_notice", "61 business days"),
        ("AZ-104", "change_notice", "2161 hours"),
        ("AZ-104", "purchased", "2026-01-01"),
        ("AZ-104", "eligible_from", "2026-01-01"),
        ("AZ-900", "renewed_until", "2026-01-01"),
        ("CLF-C02", "accommodations", "2026-01-01"),
    ],
)
def test_what_cannot_be_read_or_has_no_effect_is_refused(
    service: Service, code: str, field: str, text: str
) -> None:
    refused = service.act(set_terms, code, msgspec.structs.replace(TermsDraft(), **{field: text}))
    assert isinstance(refused, Refused)
    assert [problem.field for problem in refused.problems] == [field]
    assert service.state.facts.tracked == {}


def test_xc_09_the_recommended_window_waits_for_the_accommodations(service: Service) -> None:
    done(service.act(add_report, az104(bands=("near",) * 5)))
    before = service.view().retake.recommended
    done(service.act(set_terms, "AZ-104", TermsDraft(accommodations="2026-11-20")))
    after = service.view().retake.recommended
    assert before is not None
    assert after is not None
    # Two to three weeks from the report; the answer takes up to 20 days.
    assert (str(before.from_), str(after.from_)) == ("2026-12-04", "2026-12-10")


def test_rf_08_the_notice_of_a_voucher_decides_what_is_late(service: Service) -> None:
    done(service.act(set_terms, "AZ-104", TermsDraft(change_notice="20 business days")))
    booking = AttemptDraft(exam="AZ-104", at="2026-12-05 10:00", status="booked")
    booked = done(service.act(add_attempt, booking))
    cancelled = msgspec.structs.replace(booking, status="cancelled")
    done(service.act(edit_attempt, booked.attempt or "", cancelled))
    assert [a.status for a in service.state.facts.attempts.values()] == ["late-cancelled"]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("AZ-104", ("voucher_expires", "change_notice", "accommodations", "renewed_until")),
        ("AZ-900", ("voucher_expires", "change_notice", "accommodations")),
        ("CKA", ("purchased", "voucher_expires", "change_notice", "renewed_until")),
        ("CISSP", ("voucher_expires", "change_notice", "renewed_until")),
    ],
)
def test_only_terms_on_which_a_date_depends_are_asked_for(
    service: Service, code: str, fields: tuple[str, ...]
) -> None:
    assert service.ask(terms_fields, code) == fields


def test_the_approval_is_asked_for_where_attempts_count_from_it(
    service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "PMP.toml"
    file.write_text('code = "PMP"\ntitle = "Project management"\npolicy = "pmi"\n')
    done(service.extend_catalogue(exams.add, file))
    assert "eligible_from" in service.ask(terms_fields, "PMP")


def test_a_stored_term_without_effect_is_asked_for_so_that_it_can_go(service: Service) -> None:
    """A policy of one's own can take away the rule that a term was for."""
    done(service.act(set_terms, "AZ-104", AZ104))
    policies = catalogue_folder(service.folder) / "policies"
    policies.mkdir(parents=True)
    (policies / "microsoft.toml").write_text(BARE_POLICY, encoding="utf-8")
    again = Service(service.folder, service.zone, lambda zone: service.state.now)
    assert again.ask(terms_fields, "AZ-104") == (
        "voucher_expires", "change_notice", "accommodations", "renewed_until"
    )  # fmt: skip
    assert isinstance(again.act(set_terms, "AZ-104", AZ104), Refused)
    done(again.act(set_terms, "AZ-104", TermsDraft()))
    assert again.ask(terms_fields, "AZ-104") == ("voucher_expires", "change_notice")
