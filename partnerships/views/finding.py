"""The partnership of an address, for who may see it; to everyone else it does not exist."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from organisations.permissions import organisation_ids
from partnerships.models import Departure, Partnership
from partnerships.permissions import can_read_record, can_see, is_asked_to_join, is_of_a_party, reads_until


def seen_partnership(request: HttpRequest, slug: str) -> Partnership:
    """Its record, or the version one is asked to join by, or what one agreed to before one left, or its public summary.
    Raises Http404."""
    found = _found(slug)
    user = request.user
    if not can_see(user, found) and not is_asked_to_join(user, found) and not reads_until(user, found):
        raise Http404
    return found


def read_partnership(request: HttpRequest, slug: str) -> Partnership:
    """Its record. Raises Http404."""
    found = _found(slug)
    if not can_read_record(request.user, found):
        raise Http404
    return found


def answered_partnership(request: HttpRequest, slug: str) -> Partnership:
    """One whose newest version somebody may read, or that they once agreed to. Raises Http404."""
    found = _found(slug)
    if not is_asked_to_join(request.user, found) and not reads_until(request.user, found):
        raise Http404
    return found


def is_out(request: HttpRequest, slug: str) -> bool:
    """Their organisation has said that it takes no part, and they read it no more."""
    found = _found(slug)
    if is_of_a_party(request.user, found) or is_asked_to_join(request.user, found):
        return False
    gone = Departure.standing().filter(version__partnership=found, organisation__in=organisation_ids(request.user))
    return bool(gone.exists())


def agreed_partnership(request: HttpRequest, slug: str) -> tuple[Partnership, int]:
    """Its record up to the version of this number: all of it, or what one agreed to before one left. Raises Http404."""
    found = _found(slug)
    until = reads_until(request.user, found)
    if not until:
        raise Http404
    return found, until


def opened_at(found: Partnership, part: str) -> str:
    """The page's address, with the folded part open in which something was done; "" for none."""
    return f"{found.get_absolute_url()}?open={part}" if part else found.get_absolute_url()


def _found(slug: str) -> Partnership:
    return get_object_or_404(Partnership.objects.select_related("stands", "thread"), slug=slug)
