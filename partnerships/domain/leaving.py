"""A party leaves, with notice where the partnership is in force; until its day the notice can be taken back."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError
from partnerships.domain.locking import lock_for
from partnerships.domain.noting import say_in_talk
from partnerships.domain.settling import current_parties, settle
from partnerships.domain.telling import tell_parties
from partnerships.models import Departure, Partnership, Stay
from texts.cleaning import clean_text, says_something

USUAL_NOTICE = datetime.timedelta(days=30)
LONGEST_NOTICE = datetime.timedelta(days=731)


@transaction.atomic
def leave(
    partnership: Partnership,
    *,
    user: User,
    organisation: Organisation,
    on: datetime.date | None = None,
    reason: str = "",
) -> Departure:
    """Give notice for a day, at the earliest tomorrow; who is not bound yet, or only asked to join, is out at once and
    says why. Twice is once.

    Raises PartnershipError.
    """
    locked = lock_for(partnership, user=user, organisation=organisation)
    today = timezone.localdate()
    newest = locked.versions.get(number=locked.latest)
    given = Departure.objects.filter(version=newest, organisation=organisation)
    before: Departure | None = given.filter(stay=None).first()
    if before is not None:
        return before
    in_it = organisation.pk in current_parties(locked)
    is_bound = locked.in_force_at is not None and in_it
    day = on if is_bound else today
    if day is None or (is_bound and not today < day <= today + LONGEST_NOTICE):
        raise PartnershipError(_("Choose a day from tomorrow on, within two years."))
    why = clean_text(reason)
    if not in_it and not says_something(why):
        raise PartnershipError(_("Say in a sentence why, so that the others know what to change or whom to ask."))
    departure: Departure = Departure.objects.create(
        version=newest,
        organisation=organisation,
        user=user,
        takes_effect_on=day,
        reason=why,
        turn=given.count() + 1,
    )
    log(
        instance=locked,
        action="partnerships.leave" if in_it else "partnerships.decline",
        user=user,
        data={"for": organisation.name, "on": day.isoformat()},
    )
    title = _("%(name)s leaves “%(title)s”") if in_it else _("%(name)s does not join “%(title)s”")
    names = {"name": organisation.name, "title": newest.title}
    tell_parties(locked, title % names, detail=departure.reason, but=user)
    words = _("We take no part in %(title)s.") if in_it else _("We do not join %(title)s.")
    if is_bound:
        words = _("We have given notice and leave %(title)s on %(day)s.")
    told_day = date_format(day, "j F Y")
    say_in_talk(locked, words, user=user, organisation=organisation, title=newest.title, day=told_day)
    settle(locked, by=user)
    return departure


@transaction.atomic
def stay(partnership: Partnership, *, user: User, organisation: Organisation) -> Stay:
    """Take the notice back before its day; the others are told. Twice is once. Raises PartnershipError."""
    locked = lock_for(partnership, user=user, organisation=organisation)
    rows = Departure.objects.filter(version__partnership=locked, organisation=organisation)
    given: Departure | None = rows.select_related("stay").order_by("-given_at", "-pk").first()
    if given is not None and not given.is_standing:
        before: Stay = given.stay
        return before
    if given is None or given.takes_effect_on <= timezone.localdate():
        raise PartnershipError(_("There is no notice of your organisation that could be taken back."))
    if locked.stands is None or not locked.stands.parties.filter(organisation=organisation).exists():
        raise PartnershipError(
            _("The others have agreed to go on without your organisation. Ask them for an amendment that names it.")
        )
    taken_back: Stay = Stay.objects.create(departure=given, user=user)
    settle(locked, by=user)
    log(instance=locked, action="partnerships.stay", user=user, data={"for": organisation.name})
    title = _("%(name)s takes its notice back and stays in “%(title)s”")
    tell_parties(locked, title % {"name": organisation.name, "title": str(locked)}, but=user)
    words = _("We take our notice back and stay in %(title)s.")
    say_in_talk(locked, words, user=user, organisation=organisation, title=str(locked))
    return taken_back
