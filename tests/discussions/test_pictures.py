"""Pictures are drawn anew: the right way up, not too large, and nothing in them but what they show."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from PIL import Image

from discussions.files.keeping import ready
from discussions.files.kinds import FileRefused
from tests.factories.files import (
    SECRET,
    huge_png,
    moving,
    photograph,
    picture,
    png_that_tells,
    webp_that_tells,
)

TELLING = {
    "photo.jpg": photograph,
    "plan.png": png_that_tells,
    "plan.webp": webp_that_tells,
    "moving.gif": moving,
    "moving.webp": lambda: moving("WEBP"),
}
MARKS = (b"Exif", b"EXIF", b"eXIf", b"GPS", b"XMP", b"xmp", b"ICC", b"iCCP", b"ICCP", b"tEXt", b"iTXt", b"zTXt", SECRET)

HARMLESS = {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "transparency"),
    *("version", "loop", "background", "duration", "extension", "timestamp", "disposal"),
}


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("name", TELLING)
def test_nothing_is_left_of_who_took_it_where_and_with_what(name: str):
    data = TELLING[name]()
    assert SECRET in data
    made = ready(name, data)
    for written in (made.data, made.small):
        assert [mark for mark in MARKS if mark in written] == []
        assert not opened(written).getexif()
        assert set(opened(written).info) <= HARMLESS


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (79, 39)), (6, (39, 0)), (8, (0, 79))])
def test_a_photograph_stands_the_right_way_up(orientation: int, corner: tuple[int, int]):
    taken = Image.new("RGB", (80, 40), "white")
    taken.paste((200, 0, 0), (0, 0, 16, 16))
    into = BytesIO()
    tag = Image.Exif()
    tag[0x0112] = orientation
    taken.save(into, "JPEG", exif=tag, quality=95)
    shown = opened(ready("photo.jpg", into.getvalue()).data)
    assert shown.size == ((80, 40) if orientation in (1, 3) else (40, 80))
    red, green, _blue = shown.getpixel(corner)
    assert red > 150 and green < 80


@pytest.mark.parametrize(
    ("name", "format_name", "mode", "colour"),
    [
        *(("a.jpg", "JPEG", "RGB", "teal"), ("a.jpg", "JPEG", "L", 90), ("a.jpg", "JPEG", "CMYK", (0, 90, 90, 0))),
        *(("a.png", "PNG", "RGBA", (9, 9, 9, 9)), ("a.png", "PNG", "P", 3), ("a.png", "PNG", "1", 1)),
        *(("a.png", "PNG", "I;16", 40_000), ("a.png", "PNG", "LA", (9, 9)), ("a.png", "PNG", "L", 9)),
        *(("a.webp", "WEBP", "RGBA", (9, 9, 9, 9)), ("a.gif", "GIF", "P", 3), ("a.gif", "GIF", "L", 3)),
    ],
)
def test_every_way_of_keeping_colours_is_drawn(name: str, format_name: str, mode: str, colour: object):
    made = ready(name, picture(format_name, mode=mode, colour=colour))
    assert opened(made.data).format == format_name
    assert opened(made.data).size == (80, 40)
    assert opened(made.small).format == "WEBP"
    assert (made.width, made.height) == (80, 40)


def test_what_can_be_seen_through_still_can():
    made = ready("a.png", picture("PNG", mode="RGBA", colour=(200, 0, 0, 0)))
    assert opened(made.data).convert("RGBA").getpixel((5, 5))[3] == 0
    assert opened(made.small).convert("RGBA").getpixel((5, 5))[3] == 0


def test_large_pictures_are_made_smaller_and_have_a_small_one_beside_them():
    made = ready("a.jpg", photograph((4_000, 3_000), orientation=6))
    assert opened(made.data).size == (1_920, 2_560)
    assert opened(made.small).size == (made.width, made.height) == (480, 640)


@pytest.mark.parametrize("format_name", ["GIF", "WEBP"])
def test_a_moving_picture_moves_and_its_small_one_stands_still(format_name: str):
    made = ready(f"a.{format_name.lower()}", moving(format_name, frames=4))
    assert opened(made.data).n_frames == 4
    assert getattr(opened(made.small), "n_frames", 1) == 1


def test_what_lies_behind_a_picture_is_cut_off():
    film = b"ftypmp42" + b"a film behind the photograph" * 100
    made = ready("a.jpg", photograph() + film)
    assert b"a film behind" not in made.data


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", lambda: huge_png(60_000, 60_000), "40 million pixels"),
        ("a.png", lambda: huge_png(7_000, 7_000), "40 million pixels"),
        ("a.gif", lambda: moving(frames=200, size=(300, 250)), "moving picture"),
        ("a.gif", lambda: picture("GIF")[:6] + b"\xff\xff\xff\xff" + picture("GIF")[10:], "40 million pixels"),
    ],
)
def test_bombs_are_refused_before_they_go_off(name, data, said):
    sent = data()
    begun = time.process_time()
    with pytest.raises(FileRefused, match=said):
        ready(name, sent)
    assert time.process_time() - begun < 2
