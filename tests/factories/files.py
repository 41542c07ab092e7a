"""Files as people send them, and as people should not: made on the spot, byte by byte."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

from discussions.files.keeping import ReadyFile, ready

SECRET = b"Anna's camera"
GPS_LATITUDE = (54.0, 34.0, 37.0)


def picture(
    format_name: str = "PNG", size: tuple[int, int] = (80, 40), mode: str = "RGB", colour: Any = "teal", **how: Any
) -> bytes:
    into = BytesIO()
    Image.new(mode, size, colour).save(into, format_name, **how)
    return into.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Who took it, with what, which way up, and where."""
    made = Image.Exif()
    made[0x010F] = SECRET.decode()
    made[0x0112] = orientation
    made.get_ifd(0x8825).update({1: "N", 2: GPS_LATITUDE, 3: "W", 4: (1.0, 14.0, 5.0)})
    return made


def photograph(size: tuple[int, int] = (80, 40), orientation: int = 1) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture("JPEG", size, exif=exif(orientation), comment=SECRET, icc_profile=profile, xmp=b"<x>" + SECRET)


def png_that_tells() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET.decode())
    told.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return picture("PNG", pnginfo=told, exif=exif())


def webp_that_tells() -> bytes:
    return picture("WEBP", exif=exif(), xmp=b"<x>" + SECRET)


def moving(format_name: str = "GIF", frames: int = 3, size: tuple[int, int] = (30, 20)) -> bytes:
    into = BytesIO()
    first, *others = [Image.new("RGB", size, (60 * number % 255, 0, 90)) for number in range(frames)]
    how = {"comment": SECRET} if format_name == "GIF" else {"exif": exif()}
    first.save(into, format_name, save_all=True, append_images=others, duration=120, loop=0, **how)
    return into.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that say they are a wall of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1 + 3 * width) * min(height, 200))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def packed(parts: dict[str, bytes], *, stored: str = "") -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, data in parts.items():
            how = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, how)  # of no particular day: twice it is the same
    return into.getvalue()


_MAIN = {
    "docx": ("wordprocessingml.document", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("presentationml.presentation", "ppt/presentation.xml"),
}


def office(kind: str, *, more_types: str = "", **more: bytes) -> bytes:
    name, part = _MAIN[kind]
    main = f"application/vnd.openxmlformats-officedocument.{name}.main+xml"
    types = f'<Types><Override PartName="/{part}" ContentType="{main}"/>{more_types}</Types>'
    return packed({"[Content_Types].xml": types.encode(), part: b"<x/>", **more})


def office_with_macros(kind: str) -> bytes:
    """As the programs save it: another main type, and the macros beside it."""
    name, part = _MAIN[kind]
    del name
    word = {"docx": "ms-word.document", "xlsx": "ms-excel.sheet", "pptx": "ms-powerpoint.presentation"}[kind]
    types = f'<Types><Override PartName="/{part}" ContentType="application/vnd.{word}.macroEnabled.main+xml"/></Types>'
    return packed({"[Content_Types].xml": types.encode(), part: b"<x/>", "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def open_document(kind: str, **more: bytes) -> bytes:
    name = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}[kind]
    stated = f"application/vnd.oasis.opendocument.{name}".encode()
    parts = {"mimetype": stated, "content.xml": b"<x/>", "Basic/script-lc.xml": b"<x/>", **more}
    return packed(parts, stored="mimetype")


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200

GOOD: dict[str, Callable[[], bytes]] = {
    "photo.jpg": photograph,
    "photo.JPEG": photograph,
    "plan.png": png_that_tells,
    "plan.webp": webp_that_tells,
    "moving.gif": moving,
    "still.gif": lambda: picture("GIF"),
    "moving.webp": lambda: moving("WEBP"),
    "paper.pdf": lambda: PDF,
    **{f"work.{kind}": lambda kind=kind: office(kind) for kind in _MAIN},  # type: ignore[misc]  # its own default
    **{f"open.{kind}": lambda kind=kind: open_document(kind) for kind in ("odt", "ods", "odp")},  # type: ignore[misc]
    "notes.txt": lambda: "Wer wagt, gewinnt: für £5.\n".encode(),
    "old notes.txt": lambda: "für £5\r\n".encode("cp1252"),
    "wide notes.txt": lambda: "für £5\n".encode("utf-16"),
    "table.csv": lambda: "name,Größe\nAnna,1\n".encode("utf-8-sig"),
}


def ready_file(name: str = "photo.jpg", data: bytes | None = None) -> ReadyFile:
    """A file as a form gives it to the verb."""
    return ready(name, GOOD[name]() if data is None else data)
