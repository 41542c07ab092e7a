"""The small file that says what an index is: TOML or JSON, each field checked with a sentence of its own."""

from __future__ import annotations

import codecs
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_slug
from django.utils.translation import gettext as _

from partnerships.need.faults import NeedRefused
from partnerships.need.models import Direction, Geography
from texts.cleaning import clean_line

_TEXTS = {"slug": 80, "name": 160, "source": 160, "licence": 160, "address": 300, "higher_means": 80, "unit": 40}
_CHOICES = {"higher_is": Direction.values, "geography": Geography.values}
_YEARS = ("year", "year_of_codes")
_FLAGS = {"across_nations": None, "illustrative": False}
_COLUMNS = ("code", "name", "value", "rank")
_KNOWN = {
    *_TEXTS,
    *_CHOICES,
    *_YEARS,
    *_FLAGS,
    "about",
    "decimals",
    "encoding",
    "columns",
    "areas",
    "areas_in",
    "leave_out",
}
_YEAR_RANGE = (1990, 2100)


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of an index beside its numbers. `areas` says what a name of the file's own holds today."""

    slug: str
    name: str
    year: int
    source: str
    licence: str
    address: str
    higher_is: str
    higher_means: str
    unit: str
    geography: str
    year_of_codes: int
    across_nations: bool
    columns: Mapping[str, str]
    about: str = ""
    decimals: int = 1
    illustrative: bool = False
    encoding: str = "utf-8"
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()


def read_description(path: Path) -> Description:
    """The description in a file. Raises NeedRefused with every fault that it has."""
    data = _read(path)
    faults: list[str] = []
    unknown = sorted(data.keys() - _KNOWN)
    if unknown:
        faults.append(
            _("The description has a field “%(name)s” that nobody reads. Is it misspelt?") % {"name": unknown[0]}
        )
    given: dict[str, Any] = {}
    for name, most in _TEXTS.items():
        given[name] = _text(data, name, most, faults)
    for name in _YEARS:
        given[name] = _number(data, name, *_YEAR_RANGE, faults)
    for name, choices in _CHOICES.items():
        given[name] = _choice(data, name, choices, faults)
    for flag, default in _FLAGS.items():
        given[flag] = _flag(data, flag, default, faults)
    _check_forms(given, faults)
    given["about"] = _text({"about": "", **data}, "about", 400, faults, needed=False)
    given["decimals"] = _number({"decimals": 1, **data}, "decimals", 0, 4, faults)
    given["encoding"] = _encoding(data, faults)
    given["columns"] = _columns(data, faults)
    given["areas"] = _areas(data, path, faults)
    given["leave_out"] = _patterns(data, faults)
    if faults:
        raise NeedRefused(*faults)
    return Description(**given)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except FileNotFoundError:
        raise NeedRefused(_("There is no description “%(name)s”.") % {"name": path}) from None
    except OSError as fault:
        raise NeedRefused(_("The description cannot be read: %(why)s.") % {"why": fault.strerror or fault}) from None
    except UnicodeDecodeError:
        raise NeedRefused(_("The description is not UTF-8. Save it as UTF-8.")) from None
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as fault:
        kind = "JSON" if path.suffix == ".json" else "TOML"
        raise NeedRefused(_("The description is no %(kind)s: %(why)s.") % {"kind": kind, "why": fault}) from None
    if not isinstance(data, dict):
        raise NeedRefused(_("The description has no fields. It needs name, year, source and more: see docs/need.md."))
    return data


def _missing(name: str) -> str:
    return _("The description lacks “%(name)s”.") % {"name": name}


def _text(data: Mapping[str, Any], name: str, most: int, faults: list[str], *, needed: bool = True) -> str:
    value = data.get(name)
    if value is None or value == "":
        if needed:
            faults.append(_missing(name))
    elif not isinstance(value, str) or len(value) > most:
        faults.append(
            _("“%(name)s” in the description has to be a text of at most %(most)s letters.")
            % {"name": name, "most": most}
        )
    return clean_line(value) if isinstance(value, str) else ""


def _number(data: Mapping[str, Any], name: str, least: int, most: int, faults: list[str]) -> int:
    value = data.get(name)
    if value is None:
        faults.append(_missing(name))
    elif not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        faults.append(
            _("“%(name)s” in the description has to be a whole number from %(least)s to %(most)s.")
            % {"name": name, "least": least, "most": most}
        )
    return value if isinstance(value, int) else 0


def _choice(data: Mapping[str, Any], name: str, choices: list[str], faults: list[str]) -> str:
    value = data.get(name)
    if value is None:
        faults.append(_missing(name))
    elif value not in choices:
        told = ", ".join(f"“{choice}”" for choice in choices)
        faults.append(
            _("“%(name)s” in the description has to be one of %(choices)s.") % {"name": name, "choices": told}
        )
    return str(value)


def _flag(data: Mapping[str, Any], name: str, default: bool | None, faults: list[str]) -> bool:
    value = data.get(name, default)
    if value is None:
        faults.append(_missing(name))
    elif not isinstance(value, bool):
        faults.append(_("“%(name)s” in the description has to be true or false.") % {"name": name})
    return value is True


def _check_forms(given: Mapping[str, Any], faults: list[str]) -> None:
    for name, check in (("slug", validate_slug), ("address", URLValidator(["http", "https"]))):
        if given[name]:
            try:
                check(given[name])
            except ValidationError:
                faults.append(
                    _("“%(name)s” in the description is not one: %(value)s.") % {"name": name, "value": given[name]}
                )


def _encoding(data: Mapping[str, Any], faults: list[str]) -> str:
    value = data.get("encoding", "utf-8")
    try:
        codecs.lookup(value)
    except (LookupError, TypeError, UnicodeError):
        faults.append(
            _("“encoding” in the description names none: %(value)s. Most files are utf-8 or windows-1252.")
            % {"value": value}
        )
    return str(value)


def _columns(data: Mapping[str, Any], faults: list[str]) -> dict[str, str]:
    columns = data.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(one, str) and one for one in columns.values()):
        faults.append(_("The description lacks “columns”, which say where the file has code or name, and value."))
        return {}
    odd = sorted(columns.keys() - set(_COLUMNS))
    if odd:
        faults.append(_("“columns” may name code, name, value and rank, and not “%(odd)s”.") % {"odd": odd[0]})
    if "value" not in columns:
        faults.append(_("“columns” in the description has to name the column of the value."))
    if not {"code", "name"} & columns.keys():
        faults.append(_("“columns” in the description has to name the column of the code or of the name."))
    return columns


def _areas(data: Mapping[str, Any], beside: Path, faults: list[str]) -> dict[str, tuple[str, ...]]:
    areas = data.get("areas", {})
    if (name := data.get("areas_in")) is not None:
        # Several descriptions of one publisher share what its areas are.
        areas = _read(beside.parent / Path(str(name)).name).get("areas", {})
    good = isinstance(areas, dict) and all(
        isinstance(codes, list) and codes and all(isinstance(code, str) for code in codes) for codes in areas.values()
    )
    if not good:
        faults.append(_("“areas” in the description has to give each name a list of today’s codes."))
        return {}
    return {name: tuple(codes) for name, codes in areas.items()}


def _patterns(data: Mapping[str, Any], faults: list[str]) -> tuple[str, ...]:
    patterns = data.get("leave_out", [])
    if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
        faults.append(_("“leave_out” in the description has to be a list of names; * stands for anything."))
        return ()
    return tuple(patterns)
