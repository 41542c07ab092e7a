"""One cell's text as a value. Each raises ValueError with a sentence for whoever mends the file."""

from __future__ import annotations

import datetime
import html
import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from texts.cleaning import clean_line, clean_text, fold

_MONTHS = {
    name: number
    for number, whole in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
    for name in {whole, whole[:3], whole[:4]}
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_TAG = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->"
    r"|</?(?:a|b|i|u|p|br|hr|em|strong|span|div|ul|ol|li|h[1-6]|table|t[rdh]|tbody|thead|font|img|iframe|svg|script"
    r"|style|object|embed|form|input|button|link|meta|html|head|body|sup|sub|blockquote|video|audio|base)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_check_url = URLValidator(schemes=["http", "https"])


def plain(text: str) -> str:
    """Paragraphs as text: HTML's tags go, with whatever scripts and styles hold; its entities become letters."""
    if not text:
        return ""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    return clean_text(text)


def plain_line(text: str) -> str:
    """As `plain`, on one line."""
    return " ".join(plain(text).split()) if text else ""


@lru_cache(maxsize=8192)
def day(text: str) -> datetime.date | None:
    """A day as people and machines write it, day before month: 2021-07-15, 15/07/2021, 15 July, 2021."""
    typed = " ".join(text.lower().replace(",", " ").split())
    if not typed:
        return None
    try:
        if match := _ISO.fullmatch(typed.upper()):
            return datetime.date(*map(int, match.groups()))
        if match := _SLASHED.fullmatch(typed):
            date, month, year = map(int, match.groups())
            return datetime.date(year + 2000 if year < 100 else year, month, date)
        if match := _DAY_FIRST.fullmatch(typed):
            return datetime.date(int(match[3]), _MONTHS[match[2]], int(match[1]))
        if match := _MONTH_FIRST.fullmatch(typed):
            return datetime.date(int(match[3]), _MONTHS[match[1]], int(match[2]))
    except (ValueError, KeyError):
        pass
    raise ValueError(
        _("“%(text)s” is not a day. Write it like 2027-09-03, 03/09/2027 or 3 September 2027.") % {"text": text[:40]}
    )


def whole_number(text: str, *, most: int) -> int | None:
    """A number without a fraction, from 0 to `most`."""
    typed = text.strip().replace(",", "")
    if not typed:
        return None
    if re.fullmatch(r"[0-9]{1,9}(\.0+)?", typed) and (number := int(float(typed))) <= most:
        return number
    raise ValueError(_("“%(text)s” should be a whole number of at most %(most)s.") % {"text": text[:40], "most": most})


@lru_cache(maxsize=64)
def _words_of(vocabulary: type[TextChoices]) -> dict[str, str]:
    known: dict[str, str] = {}
    for value, label in vocabulary.choices:
        for spelling in (value, str(label), str(label).split("(")[0]):
            known.setdefault(fold(spelling), value)
    return known


@lru_cache(maxsize=4096)
def words(text: str, vocabulary: type[TextChoices]) -> tuple[str, ...]:
    """Words of a vocabulary by value or label, parted by ";" or "|", in the vocabulary's order."""
    known = _words_of(vocabulary)
    chosen: set[str] = set()
    for part in re.split(r"[;|\n]", text):
        if not part.strip():
            continue
        if fold(part) in known:
            chosen.add(known[fold(part)])
            continue
        for piece in part.split(","):
            if fold(piece) not in known:
                raise ValueError(
                    _("“%(word)s” is not one of the words for this. They are: %(words)s.")
                    % {"word": clean_line(piece)[:60], "words": ", ".join(vocabulary.values)}
                )
            chosen.add(known[fold(piece)])
    return tuple(value for value in vocabulary.values if value in chosen)


def word(text: str, vocabulary: type[TextChoices]) -> str:
    """One word of a vocabulary, or ""."""
    found = words(text, vocabulary)
    if len(found) > 1:
        raise ValueError(_("Give only one word here, not several."))
    return found[0] if found else ""


def web_address(text: str, *, longest: int) -> str:
    """A web page's address; "https://" is put before one that has nothing there."""
    typed = clean_line(text)
    if not typed:
        return ""
    if not _SCHEME.match(typed) or re.match(r"[^/]+:\d+(/|$)", typed):
        typed = f"https://{typed}"
    try:
        _check_url(typed)
    except ValidationError:
        typed = ""
    if typed and len(typed) <= longest:
        return typed
    raise ValueError(_("“%(text)s” is not a web address such as https://trust.example.") % {"text": text[:60]})


def email_address(text: str) -> str:
    """An e-mail address."""
    typed = clean_line(text)
    if not typed:
        return ""
    try:
        validate_email(typed)
    except ValidationError:
        typed = ""
    if typed and len(typed) <= 254:
        return typed
    raise ValueError(
        _("“%(text)s” is not an e-mail address such as hello@trust.example.") % {"text": clean_line(text)[:60]}
    )
