"""What follows from what was agreed: which version stands, who reads, what everyone sees.

Every verb ends here, inside its transaction and under the partnership's lock, so that what is kept beside the history
never says anything else than the history.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.tending import keep_readers
from notifications.announcing import announce_within
from organisations.models import Membership
from organisations.permissions import WRITERS
from partnerships.domain.telling import tell_parties
from partnerships.events import TogetherChanged
from partnerships.models import (
    Agreement,
    Closing,
    Commencement,
    Consent,
    Departure,
    Partnership,
    Party,
    Version,
    VersionInitiative,
    VersionKind,
)
from partnerships.permissions import forget_readers


def settle(partnership: Partnership, *, by: User | None = None) -> bool:
    """Bring a locked partnership in line with its history. Gives whether a version has just come into force.

    Whatever brings that about, or its end because all have left, it is logged here and told to the parties. `by`: whose
    deed it was, who need not be told; None where a day or somebody's leaving an organisation was the cause.
    """
    newest = partnership.versions.get(number=partnership.latest)
    before, were_there = partnership.stands, {*_ids(partnership.readers), *_ids(partnership.invited)}
    begins = _all_agree(partnership, newest)
    if begins:
        _begin(partnership, newest)
    elif partnership.in_force_at is None:
        partnership.stands = newest
    parties = current_parties(partnership)
    ends = not parties and partnership.closed_at is None
    if ends:
        partnership.closed_at = timezone.now()
    partnership.is_public = partnership.in_force_at is not None and parties | ever_bound(partnership) <= _consenting(
        partnership
    )
    partnership.save()
    is_open = newest != partnership.stands and partnership.closed_at is None
    partnership.readers.set(parties)
    partnership.invited.set(asked(partnership, newest) - parties if is_open else ())
    forget_readers(partnership)
    if partnership.thread is not None:
        keep_readers(partnership.thread, parties)  # who is asked to join reads it once all have agreed
    if begins:
        _say_begun(partnership, newest, by)
    if ends:
        _say_ended(partnership, were_there, by)
    if begins or ends:
        tell_together(*(one.pk for one in (before, newest) if one is not None))
    return begins


def _say_begun(partnership: Partnership, version: Version, by: User | None) -> None:
    log(instance=partnership, action="partnerships.begin", user=by, data={"version": version.number})
    first = partnership.begins_on
    title = _("All have agreed; it begins on %(day)s: %(title)s") if first else None
    title = title or _("All have agreed, and it is in force: %(title)s")
    names = {"title": version.title, "day": date_format(first, "j F Y") if first else ""}
    tell_parties(partnership, title % names, but=by)


def _say_ended(partnership: Partnership, were_there: set[int], by: User | None) -> None:
    log(instance=partnership, action="partnerships.end", user=by)
    title = _("All parties have left, so it has ended; its record stays: %(title)s")
    tell_parties(partnership, title % {"title": str(partnership)}, but=by, only=were_there)


def tell_together(*versions: int) -> None:
    """What these versions name began, or no longer, to work together."""
    rows = VersionInitiative.objects.filter(version__in=versions).order_by()
    if ids := set(rows.values_list("initiative_id", flat=True)):
        announce_within(TogetherChanged(tuple(sorted(ids))))


def _all_agree(partnership: Partnership, newest: Version) -> bool:
    if Commencement.objects.filter(version=newest).exists() or partnership.closed_at is not None:
        return False
    wanted = asked(partnership, newest)
    remaining = _parties(newest) - _left(newest)
    agreed = set(newest.agreements.values_list("organisation_id", flat=True))
    return len(remaining) >= 2 and wanted <= agreed and not declined(partnership, newest)


def _begin(partnership: Partnership, version: Version) -> None:
    before = partnership.stands
    Commencement.objects.create(version=version)
    if version.kind == VersionKind.RENEWAL and before is not None and before != version:
        Closing.objects.create(
            partnership=partnership,
            version=before,
            how=Closing.How.RENEWED,
            outcome=version.note,
            organisation=version.made_for,
            user=version.made_by,
        )
    partnership.stands = version
    partnership.in_force_at = partnership.in_force_at or timezone.now()


def asked(partnership: Partnership, version: Version) -> set[int]:
    """Whose agreement a version needs: its parties, and those of the version in force, for nobody is put out without a
    word. Who has given notice is not asked; nor is one that the version leaves out and that nobody can speak for."""
    wanted = _parties(version)
    stands = partnership.stands
    if partnership.in_force_at is not None and stands is not None and stands.pk != version.pk:
        dropped = _parties(stands) - wanted - _left(stands)
        spoken_for = Membership.objects.filter(organisation__in=dropped, role__in=WRITERS, user__is_active=True)
        wanted |= set(spoken_for.values_list("organisation_id", flat=True))
    return wanted - _left(version)


def declined(partnership: Partnership, version: Version) -> set[int]:
    """Who was asked to join by an amendment and does not want to: the others agreed to do it with them, so without them
    it never comes into force. Who leaves on the very day was not bound; a party's notice is for a day to come."""
    if partnership.in_force_at is None or partnership.stands == version:
        return set()
    rows = Departure.standing().filter(version=version).values_list("organisation_id", "takes_effect_on", "given_at")
    return {pk for pk, day, given_at in rows if day <= timezone.localdate(given_at)} & _parties(version)


def current_parties(partnership: Partnership) -> set[int]:
    """The organisations bound at present: the parties of what stands, without those whose notice has run out."""
    stands = partnership.stands
    if stands is None:
        return set()
    gone = Departure.standing().filter(
        version__partnership=partnership, version__number__gte=stands.number, takes_effect_on__lte=timezone.localdate()
    )
    staying = Departure.standing().filter(
        version__partnership=partnership, takes_effect_on__gt=timezone.localdate(), version__number__lt=stands.number
    )
    on_notice = set(staying.values_list("organisation_id", flat=True))
    return (_parties(stands) - set(gone.values_list("organisation_id", flat=True))) | on_notice


def ever_bound(partnership: Partnership) -> set[int]:
    """All that ever agreed to a version that came into force, who has left among them: what everyone reads is theirs
    too."""
    rows = Agreement.objects.filter(version__partnership=partnership).exclude(version__commencement=None)
    return set(rows.order_by().values_list("organisation_id", flat=True))


def _ids(organisations: Any) -> set[int]:
    return set(organisations.values_list("pk", flat=True))


def _parties(version: Version) -> set[int]:
    return set(Party.objects.filter(version=version).values_list("organisation_id", flat=True))


def _left(version: Version) -> set[int]:
    """Who has given notice under this version or a later one."""
    rows = Departure.standing().filter(version__partnership=version.partnership_id, version__number__gte=version.number)
    return set(rows.values_list("organisation_id", flat=True))


def _consenting(partnership: Partnership) -> set[int]:
    rows = Consent.objects.filter(partnership=partnership, withdrawn_at=None)
    return set(rows.values_list("organisation_id", flat=True))
