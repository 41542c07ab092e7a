"""What a version says, before it is one: plain data that a form gives and a version is written from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError
from partnerships.models import PartyRole, Version
from places.queries import gazetteer

MOST_PARTIES = 40
MOST_PLACES = 60
LONGEST_AGO = datetime.timedelta(days=366)  # that a first day may lie back: what was agreed by word of mouth
FIRST_DAY_IS_PAST = _lazy("The first day lies more than a year back. Type the day from which this text is to count.")
LAST_DAY_IS_PAST = _lazy("The last day is past already. Choose one that is to come, or leave it empty.")


@dataclass(frozen=True)
class PartyTerms:
    """One organisation's part."""

    organisation_id: int
    role: str = PartyRole.DELIVERS.value
    brings: str = ""


@dataclass(frozen=True)
class Terms:
    """All that the parties agree to."""

    title: str
    purpose: str
    starts_on: datetime.date
    places: tuple[str, ...]
    parties: tuple[PartyTerms, ...]
    ends_on: datetime.date | None = None
    review_on: datetime.date | None = None
    success: str = ""
    initiatives: tuple[int, ...] = field(default=())


def check(terms: Terms, before: Version | None = None) -> None:
    """Raises PartnershipError with the first rule that is not met. What the version `before` names may stay, though it
    is no longer public."""
    if not terms.title or not terms.purpose:
        raise PartnershipError(_("Give it a title, and say what it is for."))
    ids = [party.organisation_id for party in terms.parties]
    if len(set(ids)) < 2:
        raise PartnershipError(_("A partnership has two parties or more. Add the organisation you want to work with."))
    if len(set(ids)) < len(ids):
        raise PartnershipError(_("An organisation is on the list twice. Take one of the two away."))
    if len(ids) > MOST_PARTIES:
        raise PartnershipError(_("That is more than %(most)d parties.") % {"most": MOST_PARTIES})
    if Organisation.objects.filter(pk__in=ids).count() < len(ids):
        raise PartnershipError(_("One of the organisations is not there any more. Take it away and find it again."))
    if any(party.role not in PartyRole.values for party in terms.parties):
        raise PartnershipError(_("Choose a role for every party."))
    if not terms.places or any(code not in gazetteer() for code in terms.places):
        raise PartnershipError(_("Name the place it is for: a town, a council area, a region or a nation."))
    if terms.ends_on and terms.ends_on < terms.starts_on:
        raise PartnershipError(_("The last day is before the first. Swap them, or leave the last one empty."))
    if terms.review_on and not (terms.starts_on <= terms.review_on <= (terms.ends_on or terms.review_on)):
        raise PartnershipError(_("The review lies outside the partnership’s days. Choose a day within them."))
    if is_long_past(terms.starts_on, before):
        raise PartnershipError(str(FIRST_DAY_IS_PAST))
    if is_over(terms.ends_on, before):
        raise PartnershipError(str(LAST_DAY_IS_PAST))
    kept = set(before.initiatives.values_list("pk", flat=True)) if before else set()
    found = Initiative.objects.filter(Q(live=True) | Q(pk__in=kept), pk__in=terms.initiatives)
    if found.count() < len(set(terms.initiatives)):
        raise PartnershipError(_("One of the initiatives is not public any more. Untick it."))
    foreign = found.exclude(lead_organisation__in=ids).exclude(partners__organisation__in=ids).first()
    if foreign is not None:
        known = before.called("initiatives", foreign.pk) if before and not foreign.live else foreign.title
        raise PartnershipError(_("“%(title)s” is none of the parties’ own. Untick it.") % {"title": known})


def is_long_past(starts_on: datetime.date, before: Version | None) -> bool:
    """A first day years ago is a slip of the pen, but for the one that the version before says."""
    return starts_on < timezone.localdate() - LONGEST_AGO and (before is None or starts_on != before.starts_on)


def is_over(ends_on: datetime.date | None, before: Version | None) -> bool:
    """Nothing is agreed for days that are over, but for the last day that the version before says."""
    return ends_on is not None and ends_on < timezone.localdate() and (before is None or ends_on != before.ends_on)


def terms_of(version: Version) -> Terms:
    """What a version says, for the next one to begin from."""
    return Terms(
        title=version.title,
        purpose=version.purpose,
        starts_on=version.starts_on,
        places=tuple(version.places.order_by("pk").values_list("pk", flat=True)),
        parties=tuple(PartyTerms(party.organisation_id, party.role, party.brings) for party in version.parties.all()),
        ends_on=version.ends_on,
        review_on=version.review_on,
        success=version.success,
        initiatives=tuple(version.initiatives.order_by("pk").values_list("pk", flat=True)),
    )
