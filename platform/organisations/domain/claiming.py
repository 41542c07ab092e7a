"""Claiming an organisation, and what its verified badge rests on.

A claim is believed at once where a public register names a website and the person has an address there, or by a
moderator's check. Whoever is believed becomes an owner. It lapses when what was shown holds no longer: the website, the
number or the name is another, or they own it no more.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.domain.holding import hold_account
from accounts.models import User
from accounts.permissions import is_moderator
from accounts.queries import moderators
from notifications.domain.telling import tell
from organisations.domain.errors import NotAllowed, OrganisationError
from organisations.domain.membership import add_member
from organisations.events import OrganisationsChanged, OwnerLeft
from organisations.models import Claim, Evidence, Lapse, Merge, Organisation, Role
from organisations.permissions import can_claim, forget_memberships, is_member
from organisations.queries import owners_of, standing_claim
from organisations.registers.proving import Proof, domain_of, proofs_of
from texts.cleaning import fold


@transaction.atomic
def claim_organisation(organisation: Organisation, *, user: User, message: str = "") -> Claim:
    """Claim it: believed at once by an address at the register's website, else left to the moderators with a message.

    Claiming it again while a claim is open is claiming it once. Raises OrganisationError with what to do instead.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if (standing := standing_claim(row)) is not None and standing.user_id == user.pk:
        return standing  # the form was posted twice
    if not can_claim(user, row):
        raise OrganisationError(_refusal(row, user))
    proof = next((one for one in proofs_of(row, user) if one.address), None)
    claim = Claim.objects.filter(organisation=row, user=user, answered_at=None).first()
    if claim is not None and proof is None:
        return claim
    if proof is None and not message:
        raise OrganisationError(_("Tell the moderators who you are and how they can check it."))
    claim = claim or Claim(organisation=row, user=user, message=message)
    if proof is not None:
        return _believe(claim, Evidence.DOMAIN, proof=proof)
    claim.save()
    log(instance=row, action="organisations.claimed", user=user)
    tell(
        moderators(),
        kind="membership",
        subject=_("%(name)s claims %(organisation)s") % {"name": user, "organisation": row.name},
        template="organisation_claimed",
        context={"organisation": row, "person": user, "message": message, "claim": claim},
        path=reverse("organisation-claim-review", args=[claim.pk]),
    )
    return claim


def _refusal(row: Organisation, user: User) -> str:
    if is_member(user, row):
        return _("An owner can have it verified once, until that lapses. Ask an owner if you are none.")
    return _("“%(name)s” has people here already. Ask to join it.") % {"name": row.name}


def _believe(claim: Claim, evidence: Evidence, *, proof: Proof | None = None, by: User | None = None) -> Claim:
    """Make the claim what the badge rests on, its person an owner, and the others' open claims answered."""
    row = claim.organisation
    claim.answered_at, claim.answered_by, claim.accepted, claim.evidence = timezone.now(), by, True, evidence
    claim.entry, claim.domain = (proof.entry, proof.domain) if proof else (None, "")
    claim.name, claim.site = row.name, domain_of(row.website)
    before = Claim.objects.filter(organisation=row, accepted=True, lapsed_at=None).exclude(pk=claim.pk)
    before.update(lapsed_at=claim.answered_at, lapse=Lapse.ANEW)  # of somebody who has no account any more
    claim.save()
    add_member(row, claim.user, Role.OWNER)
    log(instance=row, action="organisations.verified", user=by or claim.user, data={"who": str(claim.user)})
    for other in Claim.objects.filter(organisation=row, answered_at=None).select_related("user"):
        sentence = _("Somebody else has shown that they speak for it. Ask to join it, and they will answer.")
        _decline(other, sentence, by=by)
    return claim


@transaction.atomic
def answer_claim(claim: Claim, *, user: User, accept: bool, note: str) -> None:
    """A moderator's answer; the note says how it was checked, or why not. The second of two moderators changes nothing.

    Raises NotAllowed; OrganisationError for one without a note, answered otherwise, or somebody else's by now.
    """
    if not hold_account(claim.user_id):
        raise OrganisationError(_("This person has closed their account."))
    row = Organisation.objects.select_for_update(of=("self",)).get(claims=claim.pk)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=claim.pk)
    if not is_moderator(user) or claim.user_id == user.pk:
        raise NotAllowed
    if claim.answered_at is not None:
        if claim.accepted == accept:
            return  # posted twice
        raise OrganisationError(_("Someone else has answered this already."))
    if not note:
        raise OrganisationError(_("Write how you checked it, or why you decline: the person reads it."))
    if not accept:
        return _decline(claim, note, by=user)
    forget_memberships(claim.user)
    if not can_claim(claim.user, row):
        raise OrganisationError(_late(row, claim.user))
    claim.answer = note
    _believe(claim, Evidence.NOTE, by=user)
    _tell_answer(claim)


def _late(row: Organisation, user: User) -> str:
    """Why a claim that was made in time cannot be accepted any more."""
    if not user.is_active:
        return _("Their account is closed. Decline.")
    if not is_member(user, row):
        return _("It has people here by now. Decline, and let them ask to join it.")
    if standing_claim(row) is not None:
        return _("It is verified by now. Decline: there is nothing to check.")
    return _("They belong to it by now without being its owner. Decline, and let an owner have it verified.")


def _decline(claim: Claim, note: str, *, by: User | None) -> None:
    claim.answered_at, claim.answered_by, claim.accepted, claim.answer = timezone.now(), by, False, note
    claim.save()
    log(instance=claim.organisation, action="organisations.unbelieved", user=by, data={"who": str(claim.user)})
    _tell_answer(claim)


def _tell_answer(claim: Claim) -> None:
    tell(
        [claim.user],
        kind="membership",
        subject=_("Your claim on %(name)s") % {"name": claim.organisation.name},
        template="organisation_claim_answered",
        context={"organisation": claim.organisation, "claim": claim},
        path=claim.organisation.get_absolute_url(),
    )


def follow_details(event: OrganisationsChanged) -> None:
    """An organisation that carries another number, website or name is not the one that was shown.

    One that was merged away is left as it is, for that may be undone.
    """
    away = set(Merge.objects.filter(gone__in=event.ids, undone_at=None).values_list("gone", flat=True))
    for claim in _standing(set(event.ids) - away):
        if (why := _outdated(claim)) is not None:
            _lapse(claim, why)


def badge_that_holds_for(kept: Organisation, *, of: Organisation) -> int | None:
    """The claim by which `of` is verified, where what was shown holds for `kept` too: two that become one."""
    for claim in _standing([of.pk]):
        claim.organisation = kept
        if _outdated(claim) is None:
            return claim.pk
    return None


def _outdated(claim: Claim) -> Lapse | None:
    row, entry = claim.organisation, claim.entry
    if entry is not None and not row.identifiers.filter(scheme=entry.scheme, value=entry.number).exists():
        return Lapse.NUMBER
    site = domain_of(row.website)
    if site and site not in (claim.site, claim.domain):
        return Lapse.WEBSITE
    # A name that differed from the register's when it was believed may stay; a new one has to be the register's.
    known = [_key(claim.name), *([_key(entry.name)] if entry else [])]
    return None if _key(row.name) in known else Lapse.NAME


def _key(name: str) -> str:
    return fold(name) or name  # one in another script folds to nothing


def follow_owner(event: OwnerLeft) -> None:
    """Who showed it is no longer its owner: the others have shown nothing yet."""
    for claim in _standing([event.organisation_id]):
        if claim.user_id == event.user_id:
            _lapse(claim, Lapse.OWNER)


def _standing(ids: Iterable[int]) -> list[Claim]:
    rows = Claim.objects.filter(organisation__in=list(ids), accepted=True, lapsed_at=None)
    return list(rows.select_related("organisation", "entry"))


def _lapse(claim: Claim, why: Lapse) -> None:
    claim.lapsed_at, claim.lapse = timezone.now(), why
    claim.save(update_fields=["lapsed_at", "lapse"])
    log(instance=claim.organisation, action="organisations.lapsed", data={"why": str(why)})
    tell(
        owners_of(claim.organisation),
        kind="membership",
        subject=_("%(name)s is no longer verified") % {"name": claim.organisation.name},
        template="organisation_lapsed",
        context={"organisation": claim.organisation, "why": why.label},
        path=reverse("organisation-claim", args=[claim.organisation.slug]),
    )
