"""Identifiers other registers know an organisation by, in the schemes of https://org-id.guide.

Each scheme has one form. What people type is forgiven its prefix, spaces, case and lost leading zeros; what is of
another scheme's form is refused with a sentence that says what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import IdentifierScheme


@dataclass(frozen=True)
class Form:
    """A scheme's form: what matches, what is right in words, and how a number is brought to it."""

    pattern: re.Pattern[str]
    right: str | Promise
    mend: Callable[[str], str] = str


def _company(text: str) -> str:
    """Registers write eight characters; people drop the zeros at the front."""
    match = re.fullmatch(r"([A-Z]{0,2})(\d+)", text)
    if not match or len(text) > 8:
        return text
    return match[1] + match[2].zfill(8 - len(match[1]))


FORMS: dict[str, Form] = {
    IdentifierScheme.GB_CHC: Form(
        re.compile(r"[1-9]\d{5,6}"), _("A charity number of England and Wales has six or seven digits.")
    ),
    IdentifierScheme.GB_SC: Form(
        re.compile(r"SC\d{6}"),
        _("A Scottish charity number is SC and six digits, such as SC012345."),
        lambda text: f"SC{text}" if re.fullmatch(r"\d{6}", text) else text,
    ),
    IdentifierScheme.GB_NIC: Form(
        re.compile(r"1\d{5}"),
        _("A charity number of Northern Ireland is six digits that begin with 1, such as 100012."),
        lambda text: text.removeprefix("NIC"),
    ),
    IdentifierScheme.GB_COH: Form(
        re.compile(r"\d{8}|[A-Z]{2}\d{6}|(?:IP|SP|RS|NP)(?:\d{5}[A-Z]|\d{4}[A-Z]{2})"),
        _("A company number is eight digits, or two letters and six digits, such as 01234567 or SC123456."),
        _company,
    ),
    IdentifierScheme.GB_EDU: Form(re.compile(r"[1-9]\d{5}"), _("A school’s number (URN) has six digits.")),
    IdentifierScheme.GB_UKPRN: Form(
        re.compile(r"1\d{7}"), _("A UKPRN has eight digits and begins with 1, such as 10001234.")
    ),
    IdentifierScheme.GB_LAE: Form(
        re.compile(r"[A-Z]{3,4}"), _("A council’s code has three or four letters, such as MDB.")
    ),
    IdentifierScheme.GB_NHS: Form(
        re.compile(r"(?!SC\d)(?=.*[A-Z])[A-Z0-9]{3,6}"),
        _("An NHS organisation’s code has three to six letters and digits, such as RTR."),
    ),
    IdentifierScheme.GB_MPR: Form(
        re.compile(r"(?:IP|RS|SP|AC|NIP?)?\d{3,6}[A-Z]{0,2}"),
        _("A mutual’s number is three to six digits, such as 29000R."),
    ),
    IdentifierScheme.GB_SHPE: Form(
        re.compile(r"[A-Z]{0,2}\d{4}"),
        _("A housing provider’s number is four digits, with letters before them in most."),
    ),
}
_LONGEST = 60


def normalise_identifier(scheme: str, typed: str) -> str:
    """The register's own spelling of a number. Raises ValidationError with a sentence that says what would be right."""
    form = FORMS.get(scheme)
    if form is None:
        raise ValidationError(_("Choose a register from the list."), code="scheme")
    text = re.sub(r"[\s./_-]", "", typed.upper()) if len(typed) <= _LONGEST else ""
    text = form.mend(text.removeprefix(scheme.replace("-", "")))
    if not text.isascii() or not form.pattern.fullmatch(text):
        raise ValidationError(str(form.right), code="form")
    return text


def parse_org_id(text: str) -> tuple[str, str] | None:
    """Scheme and number of an identifier such as "GB-CHC-1089464"; None where it is of no scheme kept here."""
    text = text.strip().upper()
    for scheme in IdentifierScheme.values:
        if text.startswith(f"{scheme}-"):
            try:
                return scheme, normalise_identifier(scheme, text.removeprefix(f"{scheme}-"))
            except ValidationError:
                return None
    return None


REGISTER_PAGES = {
    IdentifierScheme.GB_CHC: "https://register-of-charities.charitycommission.gov.uk/charity-search/-/charity-details/{}",
    IdentifierScheme.GB_SC: "https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number={}",
    IdentifierScheme.GB_COH: "https://find-and-update.company-information.service.gov.uk/company/{}",
    IdentifierScheme.GB_EDU: "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/{}",
}


def register_page(scheme: str, value: str) -> str:
    """The register's own page for a number, empty where we know none."""
    page = REGISTER_PAGES.get(IdentifierScheme(scheme))
    return page.format(value) if page else ""
