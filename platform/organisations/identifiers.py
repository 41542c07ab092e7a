"""Numbers of other registers, as org-id.guide writes them: the register's code, a dash, the number."""

from __future__ import annotations

import re

from organisations.models import IdentifierScheme

# What each register's numbers look like, by the lists of https://org-id.guide.
_FORMS = {
    IdentifierScheme.GB_CHC: r"\d{6,7}(?:-\d{1,3})?",
    IdentifierScheme.GB_SC: r"SC\d{6}",
    IdentifierScheme.GB_NIC: r"1\d{5}",
    IdentifierScheme.GB_COH: r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]",
    IdentifierScheme.GB_EDU: r"\d{6}",
    IdentifierScheme.GB_UKPRN: r"1\d{7}",
    IdentifierScheme.GB_LAE: r"[A-Z]{3,4}",
    IdentifierScheme.GB_NHS: r"[A-Z0-9]{3,10}",
    IdentifierScheme.GB_MPR: r"[A-Z0-9]{2,10}",
    IdentifierScheme.GB_SHPE: r"[A-Z]{0,2}\d{4}",
}


def parse_org_id(text: str) -> tuple[str, str] | None:
    """(scheme, value) of an org-id such as "GB-CHC-1136419"; None for other registers and forms."""
    typed = re.sub(r"\s", "", text).upper()
    for scheme, form in _FORMS.items():
        if typed.startswith(f"{scheme.value}-"):
            value = _tidy(scheme, typed[len(scheme.value) + 1 :])
            return (scheme.value, value) if re.fullmatch(form, value, re.ASCII) else None
    return None


def _tidy(scheme: IdentifierScheme, value: str) -> str:
    """Spellings of one number made one: leading zeros of companies, the letters of Scotland and Northern Ireland."""
    if scheme == IdentifierScheme.GB_COH and value.isdigit():
        return value.zfill(8)
    if scheme == IdentifierScheme.GB_SC and value.isdigit():
        return f"SC{value.zfill(6)}"
    if scheme == IdentifierScheme.GB_NIC:
        return value.removeprefix("NIC")
    return value
