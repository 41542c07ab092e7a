"""Which files are taken, and what is said of the others."""

from __future__ import annotations

import random
import re
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.files.keeping import ready, safe_name
from discussions.files.kinds import KINDS, FileRefused, kind_by_name
from discussions.files.recognising import recognise
from tests.factories.files import (
    GOOD,
    HTML,
    PDF,
    PROGRAM,
    SVG,
    moving,
    office,
    office_with_macros,
    open_document,
    packed,
    photograph,
    picture,
)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        ready(name, data)
    return str(refused.value)


@pytest.mark.parametrize("name", GOOD)
def test_what_can_be_sent_is_known_by_its_content(name: str):
    assert recognise(name, GOOD[name]()) == kind_by_name(name)


@pytest.mark.parametrize("name", [name for name in GOOD if not KINDS[kind_by_name(name).name].is_picture])
def test_documents_are_kept_as_they_are(name: str):
    assert ready(name, GOOD[name]()).data == GOOD[name]()


VBA = "application/vnd.ms-office.vbaProject"
JPEG, PNG = photograph(), picture("PNG")
ZIPPED = packed({"a.txt": b"words"})


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        # What carries programs.
        ("drawing.svg", SVG, "Save it as PNG"),
        ("page.html", HTML, "Print it to a PDF"),
        ("page.xml", b"<?xml version='1.0'?><a/>", "Print it to a PDF"),
        ("setup.exe", PROGRAM, "You can send pictures"),
        ("run.js", b"alert(1)", "You can send pictures"),
        ("nothing", b"words", "You can send pictures"),
        ("report.docm", office_with_macros("docx"), "Save it as DOCX"),
        ("table.xlsm", office_with_macros("xlsx"), "Save it as XLSX"),
        ("talk.pptm", office_with_macros("pptx"), "Save it as PPTX"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save it as DOCX"),
        ("phone.heic", b"\0\0\0\x18ftypheic", "Save the picture as JPEG"),
        ("film.mp4", b"\0\0\0\x18ftypmp42", "Post a link to it"),
        ("all.zip", ZIPPED, "one file at a time"),
        # Macros under another name, and programs packed in.
        ("report.docx", office_with_macros("docx"), "macros"),
        ("table.xlsx", office("xlsx", **{"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
        ("report.docx", office("docx", **{"word/vbaProject.bin": b"x"}), "macros"),
        (
            "report.docx",
            office("docx", more_types=f'<Default ContentType="{VBA}"/>'),
            "macros",
        ),
        ("report.docx", office("docx", **{"word/embeddings/run.exe": b"MZ"}), "macros"),
        ("text.odt", open_document("odt", **{"Basic/Standard/Module1.xml": b"<x/>"}), "macros"),
        ("text.odt", open_document("odt", **{"Scripts/python/run.py": b"import os"}), "macros"),
        # Names and contents that differ.
        ("photo.jpg", PNG, "Save it as JPEG, or name it"),
        ("plan.png", JPEG, "Save it as PNG, or name it"),
        ("photo.jpg", SVG, "something else inside"),
        ("photo.png", HTML, "something else inside"),
        ("photo.gif", PROGRAM, "something else inside"),
        ("paper.pdf", PROGRAM, "something else inside"),
        ("paper.pdf", b"words", "is TXT inside"),
        ("paper.pdf", JPEG, "is JPEG inside"),
        ("notes.txt", PROGRAM, "something else inside"),
        ("notes.txt", SVG, "something else inside"),
        ("notes.txt", b"\n\n  <HTML>", "something else inside"),
        ("notes.txt", "<script>".encode("utf-16"), "something else inside"),
        ("notes.txt", b"#!/bin/sh\nrm -rf /", "something else inside"),
        ("notes.txt", b"{\\rtf1 words}", "something else inside"),
        ("notes.txt", b"a\0b", "something else inside"),
        ("table.csv", ZIPPED, "something else inside"),
        ("report.docx", ZIPPED, "something else inside"),
        ("report.docx", office("xlsx"), "is XLSX inside"),
        ("table.ods", open_document("odt"), "is ODT inside"),
        ("report.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "something else inside"),
        ("invoice.pdf.exe", PDF, "You can send pictures"),
        # Two things at once.
        ("photo.jpg", JPEG + ZIPPED, "two kinds of file"),
        ("moving.gif", moving() + ZIPPED, "two kinds of file"),
        ("photo.png", PNG + ZIPPED, "two kinds of file"),
        ("photo.gif", b"GIF89a/*" + HTML + b"*/", "two kinds of file"),
        ("photo.jpg", JPEG[:20] + b"%PDF-1.7" + JPEG[20:], "two kinds of file"),
        ("paper.pdf", PDF + ZIPPED, "two kinds of file"),
        ("paper.pdf", b"%PDF-1.7\n" + HTML + PDF[9:], "two kinds of file"),
        ("report.docx", office("docx") + b"MZ and more", "Something else is packed up with it"),
        ("report.docx", office("docx") + office("docx"), "Something else is packed up with it"),
        ("report.docx", b"PK\x03\x04 not yet " + office("docx"), "Something else is packed up with it"),
        # Broken, locked, endless, empty.
        ("empty.pdf", b"", "empty"),
        ("photo.jpg", JPEG[: len(JPEG) // 2], "damaged"),
        ("photo.png", PNG[:40], "damaged"),
        ("photo.gif", b"GIF89a", "damaged"),
        ("report.docx", office("docx")[:-30], "damaged"),
        ("paper.pdf", b"%PDF-1.7\nno end", "something else inside"),
        ("report.docx", office("docx", **{"word/media/big.bin": bytes(401 * 1024 * 1024)}), "far larger unpacked"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_sent_is_refused_with_what_can(name: str, data: bytes, said: str):
    assert said in refusal(name, data)


def test_a_locked_document_is_told_to_be_sent_without_its_password():
    data = bytearray(office("docx"))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        at = archive.start_dir
    data[at + 8] |= 1  # as if it were encrypted
    assert "password" in refusal("report.docx", bytes(data))


def test_names_of_parts_that_hide_behind_entities_open_no_door():
    types = '<Default ContentType="application/vnd.ms-office.vba&#80;roject"/>'
    assert "something else inside" in refusal("report.docx", office("docx", more_types=types))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("holiday photo.JPEG", "holiday photo.jpg"),
        ("../../etc/passwd.txt", "etc passwd.txt"),
        ("C:\\temp\\plan.png", "C temp plan.png"),
        ("\u202egnp.exe.txt", "gnp.exe.txt"),
        (".txt", "file.txt"),
        ("a\0b\nc.txt", "ab c.txt"),
        ('say "hi" <b>%2e#x?.csv', "say hi b 2e x.csv"),
        ("Größe.csv", "Größe.csv"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_names_are_kept_without_what_misleads(typed: str, kept: str):
    assert safe_name(typed, kind_by_name(typed)) == kept


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_name_is_one_line_and_one_part_of_a_path(name: str):
    kept = safe_name(name, KINDS["pdf"])
    assert re.fullmatch(r"[^/\\\x00-\x1f\u202a-\u202e]{1,80}\.pdf", kept)
    assert not kept.startswith(".")


@settings(deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from([*KINDS, "jpeg"]))
def test_any_bytes_are_a_file_or_a_refusal(data: bytes, ending: str):
    try:
        kind = recognise(f"x.{ending}", data)
    except FileRefused as refused:
        assert str(refused).endswith(".")
    else:
        assert kind == kind_by_name(f"x.{ending}")


def test_ten_megabytes_of_rubbish_are_refused_quickly():
    rubbish = random.Random(1).randbytes(10 * 1024 * 1024)
    for name, begin in (("a.txt", b""), ("a.pdf", b"%PDF-"), ("a.docx", b"PK\x03\x04"), ("a.csv", b"a,b\n")):
        begun = time.process_time()
        refusal(name, begin + rubbish)
        assert time.process_time() - begun < 1, name
