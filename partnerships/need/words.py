"""Need in words: a rank, a value, how it came, whom it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.need.models import How, Index
from places.models import PlaceKind


def value_words(index: Index, value: float) -> str:
    """The value as pages show it: "31.4 (score)", "12.5%"."""
    decimals = index.decimals or (0 if value.is_integer() else 1)  # of groups by number a mean may lie between
    number = number_format(round(value, decimals), decimals)  # which by itself would cut and not round
    if index.unit == "%":
        return f"{number}%"
    return _("%(number)s (%(unit)s)") % {"number": number, "unit": index.unit}


def kind_words(kind: str, number: int) -> str:
    """ "361 council areas"."""
    told = {
        PlaceKind.REGION: ngettext("%(n)d region", "%(n)d regions", number),
        PlaceKind.NATION: ngettext("%(n)d nation", "%(n)d nations", number),
        PlaceKind.COMBINED_AUTHORITY: ngettext("%(n)d combined authority", "%(n)d combined authorities", number),
        PlaceKind.PRIORITY_AREA: ngettext("%(n)d priority area", "%(n)d priority areas", number),
    }
    areas = ngettext("%(n)d council area", "%(n)d council areas", number)
    return told.get(PlaceKind(kind), areas) % {"n": number}


def rank_words(rank: int, of: int, tied: bool, kind: str, nation: str) -> str:
    """ "12th most in need of 294 council areas in England"; nothing where a place is the only one of its kind."""
    if of < 2:
        return ""
    which = "" if rank == 1 else f"{ordinal(rank)} "
    among = kind_words(kind, of)
    if nation:
        among = _("%(areas)s in %(nation)s") % {"areas": among, "nation": nation}
    told = _("joint %(rank)smost in need of %(among)s") if tied else _("%(rank)smost in need of %(among)s")
    return told % {"rank": which, "among": among}


def rank_short(rank: int, of: int, tied: bool, nation: str) -> str:
    """ "12th of 294 in England", where it is said beside it that the first is most in need."""
    if of < 2:
        return ""
    told = _("joint %(rank)s of %(of)s") if tied else _("%(rank)s of %(of)s")
    told %= {"rank": ordinal(rank), "of": of}
    return _("%(rank)s in %(nation)s") % {"rank": told, "nation": nation} if nation else told


def direction_words(index: Index) -> str:
    """ "Higher means more deprived"."""
    return _("Higher means %(what)s") % {"what": index.higher_means}


def how_words(how: str, made_of: Sequence[str], known: float) -> str:
    """How a place's value came, as a sentence with the share of people it is known for."""
    names = named(made_of)
    told = {
        How.DIRECT: _("Published for this council area."),
        How.PREDECESSOR: _("Published for %(names)s, which is part of it today.") % {"names": names},
        How.MEAN: _("The mean of %(names)s, which it was made of, weighted by the people who lived in each.")
        % {"names": names},
        How.PART: _("Published for %(names)s as a whole, of which it is a part.") % {"names": names},
        How.INSIDE: ngettext(
            "The mean of its %(n)d council area, weighted by people.",
            "The mean of its %(n)d council areas, weighted by people.",
            len(made_of),
        )
        % {"n": len(made_of)},
    }[How(how)]
    if known >= 0.995:
        return told
    return _("%(how)s It is known for %(known)d%% of the people.") % {"how": told, "known": round(100 * known)}


def named(names: Sequence[str]) -> str:
    """ "Allerdale, Carlisle and Copeland"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
