"""Change what was agreed: a new version that all agree to; until then the one in force stays in force."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError, Superseded
from partnerships.domain.locking import lock_as_party
from partnerships.domain.settling import settle
from partnerships.domain.telling import tell_parties
from partnerships.domain.terms import Terms, check, terms_of
from partnerships.domain.writing import write_version
from partnerships.models import Partnership, Version, VersionKind
from partnerships.permissions import invited_to, readers_of
from texts.cleaning import clean_text, says_something


@transaction.atomic
def amend(
    partnership: Partnership, terms: Terms, *, seen: int, user: User, organisation: Organisation, note: str = ""
) -> Version:
    """Send a new version; a new party among its parties joins once all agree. `seen`: the newest version its sender
    had before them. Raises PartnershipError, Superseded."""
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    before = {one.pk for one in readers_of(locked)}  # who is left out hears of it, too
    kind = VersionKind.PROPOSAL if locked.in_force_at is None else VersionKind.AMENDMENT
    version = _send(locked, terms, kind=kind, seen=seen, user=user, organisation=organisation, note=clean_text(note))
    title = _("%(name)s sends version %(number)d of “%(title)s”")
    names = {"name": organisation.name, "number": version.number, "title": version.title}
    tell_parties(locked, title % names, detail=version.note, but=user, only=before)
    invitation = _("%(name)s asks your organisation to join “%(title)s”")
    tell_parties(locked, invitation % names, detail=version.note, but=user, only=_asked(locked) - before)
    return version


@transaction.atomic
def renew(
    partnership: Partnership, terms: Terms, *, seen: int, user: User, organisation: Organisation, outcome: str
) -> Version:
    """Propose to go on, and say what came of the time until now; both stand once all agree. Raises as `amend`."""
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    stands = locked.stands
    if locked.in_force_at is None or stands is None:
        raise PartnershipError(_("It is not in force yet, so there is nothing to renew."))
    came = clean_text(outcome)
    if not says_something(came):
        raise PartnershipError(_("Say what came of it until now: whoever reads the record will look for that first."))
    if terms.ends_on and stands.ends_on and terms.ends_on <= stands.ends_on:
        raise PartnershipError(_("Choose a last day that is later than the present one."))
    version = _send(locked, terms, kind=VersionKind.RENEWAL, seen=seen, user=user, organisation=organisation, note=came)
    title = _("%(name)s proposes to renew “%(title)s”") % {"name": organisation.name, "title": version.title}
    tell_parties(locked, title, detail=came, but=user, only=_asked(locked))
    return version


def _asked(locked: Partnership) -> set[int]:
    """The parties, and whom the new version asks to join."""
    return {one.pk for one in (*readers_of(locked), *invited_to(locked))}


def _send(
    locked: Partnership,
    terms: Terms,
    *,
    kind: VersionKind,
    seen: int,
    user: User,
    organisation: Organisation,
    note: str,
) -> Version:
    if seen != locked.latest:
        raise Superseded(locked.latest)
    newest: Version = locked.versions.get(number=locked.latest)
    check(terms, newest)
    if terms == terms_of(newest):
        raise PartnershipError(_("Nothing differs from the version before, so there is nothing to agree to."))
    version = write_version(locked, terms, kind=kind, user=user, organisation=organisation, note=note)
    were_asked = {one.pk for one in invited_to(locked)}
    settle(locked, by=user)
    if not_any_more := were_asked - _asked(locked):
        title = _("You are no longer asked to join “%(title)s”") % {"title": newest.title}
        tell_parties(locked, title, but=user, only=not_any_more)
    log(
        instance=locked,
        action=f"partnerships.{'renew' if kind == VersionKind.RENEWAL else 'amend'}",
        user=user,
        data={"for": organisation.name, "version": version.number},
    )
    return version
