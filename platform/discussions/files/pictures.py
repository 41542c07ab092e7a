"""Pictures drawn anew: what was hidden in the file (where it was taken, by whom, with what) is not in the new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from discussions.files.kinds import FileKind, FileRefused

MOST_PIXELS = 40_000_000  # 160 MB while it is looked at
MOST_MOVING_PIXELS = 12_000_000  # in all frames of a moving picture
LONGEST_EDGE = 2_560
SMALL_EDGE = 640
_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
_PLAIN_MODES = ("1", "L", "P", "RGB", "RGBA", "LA")


@dataclass(frozen=True)
class Picture:
    """The picture, a smaller one (WebP) to show in a post, and the smaller one's measures."""

    data: bytes
    small: bytes
    width: int
    height: int


def redrawn(data: bytes, kind: FileKind) -> Picture:
    """The right way up, at most 2,560 pixels long, without anything but its pixels. Raises FileRefused."""
    try:
        with Image.open(BytesIO(data), formats=[_FORMATS[kind.name]]) as opened:
            _refuse_huge(opened)
            # Only what is to move moves: a photograph of a telephone may hold a second one, for depth.
            if kind.name in ("gif", "webp") and getattr(opened, "n_frames", 1) > 1:
                return _moving(opened, kind)
            return _still(opened, kind)
    except FileRefused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # whatever a decoder raises at what it was not made for
        raise FileRefused(_("The picture is damaged. Save it anew as JPEG or PNG and send that.")) from error


def _refuse_huge(opened: Image.Image) -> None:
    frames = getattr(opened, "n_frames", 1) if opened.format in ("GIF", "WEBP") else 1
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS or opened.width < 1 or opened.height < 1:
        raise _too_many_pixels()
    if frames > 1 and pixels * frames > MOST_MOVING_PIXELS:
        raise FileRefused(_("The moving picture is too long or too large. Send a still one, or a link to a film."))


def _too_many_pixels() -> FileRefused:
    sentence = _("The picture has more than %(most)d million pixels. Make it smaller and send that.")
    return FileRefused(sentence % {"most": MOST_PIXELS // 1_000_000})


def _still(opened: Image.Image, kind: FileKind) -> Picture:
    picture: Image.Image = opened
    if max(opened.size) > LONGEST_EDGE:  # first of all: of a JPEG no more is decoded than is kept
        picture = opened if opened.mode in ("L", "RGB", "RGBA") else _painted(opened)
        picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    picture = _in_common_colours(ImageOps.exif_transpose(picture))
    if picture.mode not in _PLAIN_MODES:
        picture = _painted(picture)
    if kind.name == "jpg" and picture.mode != "L":
        picture = picture.convert("RGB")
    return _picture(_bare(picture), picture, kind, quality=85, optimize=True, progressive=True)


def _moving(opened: Image.Image, kind: FileKind) -> Picture:
    first, *others = _frames(opened)
    duration = [int(frame.info.get("duration", 100)) for frame in ImageSequence.Iterator(opened)]
    loop = int(opened.info.get("loop", 0))
    return _picture(first, first, kind, save_all=True, append_images=others, duration=duration, loop=loop, disposal=2)


def _frames(opened: Image.Image) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(opened):
        yield _bare(frame.convert("RGBA"))


def _picture(bare: Image.Image, first: Image.Image, kind: FileKind, **how: Any) -> Picture:
    small = _bare(_painted(first))
    small.thumbnail((SMALL_EDGE, SMALL_EDGE))
    return Picture(_saved(bare, _FORMATS[kind.name], **how), _saved(small, "WEBP", quality=80), *small.size)


def _painted(picture: Image.Image) -> Image.Image:
    """In full colours, so that it can be made smaller well."""
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """As sRGB shows it: the profile is not kept, and colours would change without it."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile that nobody can read changes nothing
    return changed or picture


def _bare(picture: Image.Image) -> Image.Image:
    """Its pixels alone; which colour of a palette is transparent belongs to them."""
    bare = picture.copy()
    see_through = picture.info.get("transparency")
    bare.info = {} if see_through is None else {"transparency": see_through}
    bare.getexif().clear()
    return bare


def _saved(picture: Image.Image, format_name: str, **how: Any) -> bytes:
    into = BytesIO()
    picture.save(into, format_name, **how)
    return into.getvalue()
