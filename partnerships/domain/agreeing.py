"""Answer a version: agree to exactly that, or ask for something else."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import NotAsked, PartnershipError, Superseded
from partnerships.domain.locking import lock_for
from partnerships.domain.noting import say_in_talk
from partnerships.domain.settling import asked, settle
from partnerships.domain.telling import tell_parties
from partnerships.models import Agreement, ChangeRequest, Partnership, Version
from texts.cleaning import clean_text, says_something


@transaction.atomic
def agree(partnership: Partnership, *, number: int, user: User, organisation: Organisation) -> bool:
    """The organisation agrees to this version; twice is once. Gives whether it came into force by that.

    Raises Superseded where a newer one was sent, NotAsked, NotAllowed, AlreadyEnded.
    """
    locked = lock_for(partnership, user=user, organisation=organisation)
    version = _answered(locked, number)
    if version.agreements.filter(organisation=organisation).exists():
        return False
    if organisation.pk not in asked(locked, version):
        raise NotAsked
    Agreement.objects.create(version=version, organisation=organisation, user=user)
    log(
        instance=locked,
        action="partnerships.agree",
        user=user,
        data={"for": organisation.name, "version": number},
    )
    begins = settle(locked, by=user)
    words = _("We agree to version %(number)d of %(title)s.")
    if begins:
        words = _("We agree to version %(number)d of %(title)s. All have agreed now.")
    say_in_talk(locked, words, user=user, organisation=organisation, title=version.title, number=number)
    if not begins:
        title = _("%(name)s agrees to “%(title)s”") % {"name": organisation.name, "title": version.title}
        tell_parties(locked, title, but=user)
    return begins


@transaction.atomic
def ask_for_change(
    partnership: Partnership, *, number: int, user: User, organisation: Organisation, text: str
) -> ChangeRequest:
    """Say what should be otherwise in this version; the same words twice are once. Raises as `agree`, and
    PartnershipError without words."""
    locked = lock_for(partnership, user=user, organisation=organisation)
    version = _answered(locked, number)
    said = clean_text(text)
    if not says_something(said):
        raise PartnershipError(_("Say what you would have otherwise, so that they can change it."))
    before: ChangeRequest | None = version.change_requests.filter(organisation=organisation, text=said).first()
    if before is not None:
        return before
    request: ChangeRequest = ChangeRequest.objects.create(
        version=version, organisation=organisation, user=user, text=said
    )
    log(
        instance=locked,
        action="partnerships.ask",
        user=user,
        data={"for": organisation.name, "version": number},
    )
    title = _("%(name)s asks for a change in “%(title)s”") % {"name": organisation.name, "title": version.title}
    tell_parties(locked, title, detail=said, but=user)
    return request


def _answered(partnership: Partnership, number: int) -> Version:
    """The version that is answered: the newest, or nothing is. Raises Superseded."""
    if number != partnership.latest:
        raise Superseded(partnership.latest)
    version: Version = partnership.versions.get(number=number)
    return version
