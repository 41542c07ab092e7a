"""JSON read as a stream: the records of one list, however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ijson
from django.utils.translation import gettext as _

from texts.opening import FileFault, Opened


def read_items(opened: Opened, path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each record with its number, from 1. `path` is where the list is: "grants", or "" for the whole file.

    Records that are no objects come as empty ones. Raises FileFault where the text stops being JSON; what came
    before it was good.
    """
    prefix = f"{path}.item" if path else "item"
    file = opened.utf8()
    number = 0
    try:
        for number, item in enumerate(ijson.items(file, prefix, use_float=True, buf_size=1 << 16), start=1):
            yield number, item if isinstance(item, dict) else {}
    except ijson.JSONError:
        raise FileFault(
            _("After record %(number)s the file is no longer valid JSON, so nothing after it was read. Was it cut off?")
            % {"number": number}
            if number
            else _("The file is not valid JSON from its beginning. Choose another one, or save it again.")
        ) from None
    finally:
        file.close()
    if not number:
        raise FileFault(
            _("The file has no list called “%(path)s” with records in it.") % {"path": path}
            if path
            else _("The file is not a list of records.")
        )
