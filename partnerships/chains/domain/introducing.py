"""One click from a broken chain to the talk of the two who could mend it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from discussions.domain.errors import DiscussionError
from discussions.models import Thread
from initiatives.queries.listed import listed
from partnerships.chains.asking import ChainsQuery
from partnerships.chains.domain.errors import IntroducingError, NotAllowed
from partnerships.chains.queries.broken import break_of
from partnerships.chains.queries.candidates import candidates
from partnerships.chains.queries.showing import needs_of, sentence
from partnerships.chains.rule import Found
from partnerships.overlaps.domain.introducing import begin_talk
from partnerships.overlaps.permissions import can_introduce
from partnerships.overlaps.queries.comparing import compared


def introduce(query: ChainsQuery, one: int, other: int, *, user: User) -> Thread:
    """The discussion of two listed initiatives' organisations, with what breaks on top; the one there is, if they talk
    already. `one`: the initiative whose chain breaks in the query's place and direction; `other`: one of those that the
    list offers for it now. Raises IntroducingError."""
    both = compared(min(one, other), max(one, other)) if one != other else None
    if both is None or listed().filter(pk__in=(one, other)).count() < 2:
        raise IntroducingError(_nobody(one, other))
    if not can_introduce(user, *both.initiatives):
        raise NotAllowed
    titles = {initiative.pk: initiative.title for initiative in both.initiatives}
    lives, row = break_of(query, one)
    if row is None:
        told = {"title": titles[one], "place": query.place.name}
        raise IntroducingError(_("%(title)s does not reach %(place)s any more, so nothing breaks there.") % told)
    if row.found >= Found.FULLY:
        told = {"title": titles[one], "place": query.place.name}
        raise IntroducingError(
            (
                _("Meanwhile somebody in %(place)s takes up the people of %(title)s. Look again.")
                if query.is_forward
                else _("Meanwhile somebody in %(place)s leads up to %(title)s. Look again.")
            )
            % told
        )
    offered = candidates(lives, [row], query.place, is_forward=query.is_forward)[row.at]
    candidate = next((each for each in offered if each.pk == other), None)
    if candidate is None:
        raise IntroducingError(_not_offered(query, titles[one], titles[other]))
    could = _("%(title)s could take up its people.") if query.is_forward else _("%(title)s could lead up to it.")
    said = [could % {"title": titles[other]}, *needs_of(candidate, lives, row.at, query)]
    because = (sentence(query, lives, row, titles[one]), " ".join(said))
    try:
        return begin_talk(both.shown, user=user, because=because)
    except DiscussionError as error:
        raise IntroducingError(str(error)) from error


def _nobody(one: int, other: int) -> str:
    """Why two ids are not two listed initiatives."""
    if one == other or not (one and other):
        return _("An introduction takes two initiatives. Choose both from the list, and nothing is begun without.")
    return _("One of the two is not on the lists, so there is nobody to introduce.")


def _not_offered(query: ChainsQuery, title: str, other: str) -> str:
    told = {"title": title, "other": other, "place": query.place.name}
    if query.is_forward:
        said = _("%(other)s is not among those who could go on with the people of %(title)s in %(place)s.")
    else:
        said = _("%(other)s is not among those who could lead up to %(title)s in %(place)s.")
    return " ".join((said % told, _("So nobody was introduced; those who could are on this list.")))
