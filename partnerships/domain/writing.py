"""A new version: numbered, with its parties, and agreed to by who sends it."""

from __future__ import annotations

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.terms import Terms
from partnerships.domain.wording import attach, words_for
from partnerships.models import Agreement, Partnership, Party, Version


def write_version(
    partnership: Partnership, terms: Terms, *, kind: str, user: User, organisation: Organisation, note: str = ""
) -> Version:
    """The next version of a locked partnership. The caller has checked the terms, and settles afterwards."""
    version: Version = Version.objects.create(
        partnership=partnership,
        number=partnership.latest + 1,
        kind=kind,
        title=terms.title,
        purpose=terms.purpose,
        success=terms.success,
        words=words_for(
            organisations={organisation.pk, *(party.organisation_id for party in terms.parties)},
            initiatives=terms.initiatives,
            places=terms.places,
            before=partnership.versions.filter(number=partnership.latest).first(),
        ),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        review_on=terms.review_on,
        note=note,
        made_by=user,
        made_for=organisation,
    )
    attach(version)
    Party.objects.bulk_create(
        Party(version=version, organisation_id=party.organisation_id, role=party.role, brings=party.brings)
        for party in terms.parties
    )
    Agreement.objects.create(version=version, organisation=organisation, user=user)
    partnership.latest = version.number
    return version
