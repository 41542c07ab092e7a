"""Hand a person all that is held about them: one ZIP, the same twice, to be read by people and by programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.template.defaultfilters import date as written
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.held import Held, Row, held
from accounts.models import User

IN_MEMORY = 4 * 1024 * 1024  # bytes; what is more lies in a file of the system's until it was sent
_AT_ONCE = 2_000


def hand_over(user: User) -> IO[bytes]:
    """A ZIP, read from its beginning: data.json, and data.html with its style. One query a table, and one more."""
    into: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by whoever sends it
    owned = addresses_of(user)
    with ZipFile(into, "w", ZIP_DEFLATED) as archive, SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b") as page:
        page.write(_head(user).encode())
        with archive.open("data.json", "w", force_zip64=True) as data:
            data.write(_opening(user).encode())
            for table in held():
                data.write(f",\n{json.dumps(table.name)}: [".encode())
                for number, row in enumerate(table.rows(user, owned).iterator(_AT_ONCE)):
                    if not number:
                        page.write(f"<h2>{escape(table.title)}</h2>\n".encode())
                    data.write(f"{',' if number else ''}\n{_as_json(table, row)}".encode())
                    page.write(_as_html(table, row).encode())
                data.write(b"]")
            data.write(b"\n}\n")
        page.write(b"</main></body></html>\n")
        page.seek(0)
        with archive.open("data.html", "w", force_zip64=True) as shown:
            while piece := page.read(64 * 1024):
                shown.write(piece)
        archive.writestr("data.css", (settings.ROOT / "static" / "accounts" / "data.css").read_text())
    into.seek(0)
    given: IO[bytes] = into
    return given


def addresses_of(user: User) -> frozenset[str]:
    """Every e-mail address that is theirs, in small letters: one that nobody confirmed may be somebody else's."""
    others = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in (user.email, *others))


def _opening(user: User) -> str:
    about = {"site": settings.SITE_URL, "made_at": timezone.now(), "person": user.pk}
    return '{\n"about": ' + json.dumps(about, default=_plain)


def _as_json(table: Held, row: Row) -> str:
    shown: dict[str, Any] = {path.replace("__", "_"): row[path] for path in table.columns}
    if table.link and (path := table.link(row)):
        shown["address"] = settings.SITE_URL + path
    return json.dumps(shown, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (datetime, date)) else force_str(value)


def _head(user: User) -> str:
    title = escape(_("What Stepping Stones holds about %(name)s") % {"name": user})
    made = written(timezone.localtime(), "j F Y, H:i")
    said = _("Made on %(day)s. The same is in data.json, for programs. What other people wrote is not in it.")
    return (
        f'<!doctype html>\n<html lang="{get_language()}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="data.css"></head>'
        f"<body><main><h1>{title}</h1><p>{escape(said % {'day': made})}</p>\n"
    )


def _as_html(table: Held, row: Row) -> str:
    lines = [f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in _said(table, row)]
    if table.link and (path := table.link(row)):
        address = escape(settings.SITE_URL + path)
        lines.append(f'<dt>{escape(_("Page"))}</dt><dd><a href="{address}">{address}</a></dd>')
    return f"<dl>{''.join(lines)}</dl>\n" if lines else ""


def _said(table: Held, row: Row) -> Iterator[tuple[str, str]]:
    """What is empty is not said."""
    for path, label in table.columns.items():
        if row[path] not in (None, "", [], {}):
            yield str(label), _in_words(row[path], _choices(table, path))


def _choices(table: Held, path: str) -> Mapping[Any, Any]:
    try:
        return dict(getattr(table.of._meta.get_field(path), "flatchoices", ()))
    except FieldDoesNotExist:
        return {}


def _in_words(value: object, choices: Mapping[Any, Any]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return written(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return written(value, "j F Y")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(choices.get(value, value))
