"""Reading public registers: again and again, from files as they come, and never by half."""

from __future__ import annotations

import datetime
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisations.models import RegisterEntry, RegisterLoad
from organisations.registers.domain.loading import LoadRefused
from organisations.registers.files import read_rows
from organisations.registers.queries import find_entries
from organisations.registers.readers import REGISTERS, RowFault
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.registers import SCHOOLS, UNIVERSITIES, read
from texts.opening import FileFault

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "data"
LATER = datetime.date(2026, 12, 1)


def numbers(**conditions):
    return set(RegisterEntry.objects.filter(**conditions).values_list("number", flat=True))


def test_a_register_is_read_with_places_and_the_day_it_speaks_for(tmp_path):
    report = read(tmp_path, UNIVERSITIES, "universities", source="Register of providers")
    entry = RegisterEntry.objects.get()
    assert (entry.scheme, entry.number, entry.place_id) == ("GB-UKPRN", "10009901", "E06000002")
    assert (entry.website, entry.closed_on) == ("http://www.tyneford.ac.uk/", None)
    load = RegisterLoad.objects.get()
    assert (load.source, load.file_name, load.as_of) == ("Register of providers", "universities.csv", report.load.as_of)
    assert (load.rows, load.added, load.finished_at is not None) == (1, 1, True)


def test_read_again_what_changed_follows_what_is_gone_is_closed_and_what_comes_back_is_open(tmp_path):
    read(tmp_path)
    again = read(tmp_path).load
    assert (again.added, again.updated, again.unchanged, again.closed) == (0, 0, 6, 0)
    changed = (*SCHOOLS[:1], "190001,Ayresome Green Primary School,Middlesbrough,TS1 4QL", *SCHOOLS[2:6])
    load = read(tmp_path, changed, as_of=LATER).load
    assert (load.updated, load.closed) == (1, 1)
    assert RegisterEntry.objects.get(number="190006").closed_on == LATER
    assert find_entries("ayresome green")[0].entry.name == "Ayresome Green Primary School"
    back = read(tmp_path, as_of=LATER).load
    assert (back.updated, numbers(closed_on=None)) == (2, {f"19000{number}" for number in range(1, 7)})


def test_half_a_file_closes_nothing_unless_that_is_meant(tmp_path):
    read(tmp_path)
    report = read(tmp_path, SCHOOLS[:4])
    assert (report.withheld, report.load.closed, numbers(closed_on=None)) == (3, 0, {f"19000{n}" for n in range(1, 7)})
    with pytest.raises(CommandError, match=r"3 of 6 entries are not in this file.*--closing"):
        call_command("load_register", "schools", tmp_path / "schools.csv", verbosity=0)
    call_command("load_register", "schools", tmp_path / "schools.csv", "--closing", verbosity=0)
    assert numbers(closed_on=None) == {"190001", "190002", "190003"}


def test_a_file_that_is_cut_off_closes_nothing_and_says_where(tmp_path):
    read(tmp_path)
    with pytest.raises(FileFault, match="From line 3 on the file could not be read"):
        read(tmp_path, (*SCHOOLS[:2], '190002,"St Mary', "and nothing more"))
    assert len(numbers(closed_on=None)) == 6
    assert RegisterLoad.objects.filter(finished_at=None).exclude(broken_off_at=None).count() == 1
    assert read(tmp_path).load.finished_at  # the whole file is read at once


def test_while_one_load_runs_a_second_is_told_to_wait_and_one_that_was_killed_is_forgotten(tmp_path):
    read(tmp_path)
    killed = RegisterLoad.objects.create(register="schools", as_of=LATER)
    with pytest.raises(CommandError, match="Another load of this register is running"):
        call_command("load_register", "schools", tmp_path / "schools.csv", verbosity=0)
    assert read(tmp_path, UNIVERSITIES, "universities").load.added == 1
    RegisterLoad.objects.filter(pk=killed.pk).update(started_at=timezone.now() - datetime.timedelta(minutes=61))
    assert read(tmp_path).load.unchanged == 6


def test_a_faulty_row_closes_nothing_where_its_number_can_be_read(tmp_path):
    read(tmp_path)
    load = read(tmp_path, (*SCHOOLS[:6], "190006,,Barnet,EN4 8XD"), as_of=LATER).load
    assert (load.refused, load.closed, len(numbers(closed_on=None))) == (1, 0, 6)
    load = read(tmp_path, (SCHOOLS[0], "190006,,Barnet,", SCHOOLS[6], *SCHOOLS[1:5]), as_of=LATER).load
    assert (load.refused, load.doubled, load.closed) == (1, 0, 1)
    assert numbers(closed_on=LATER) == {"190005"}


def test_an_older_file_undoes_nothing(tmp_path):
    read(tmp_path, as_of=LATER)
    with pytest.raises(LoadRefused, match=r"as of 2026-12-01 already\. A file of 2026-11-01 is older"):
        read(tmp_path)


def test_of_one_number_twice_the_first_counts_and_the_other_is_told(tmp_path):
    report = read(tmp_path, (*SCHOOLS, "190001,Another School,Leeds,"))
    assert report.load.doubled == 1
    assert report.remarks == [
        (8, "The number 190001 stands in an earlier line too (Ayresome Hill Primary School). That one counts.")
    ]


def test_rows_without_a_name_or_with_a_wrong_number_are_left_out_and_told(tmp_path):
    report = read(tmp_path, (*SCHOOLS, "19,Tiny School,Leeds,", "190008,,Leeds,", ",No Number,Leeds,"))
    assert (report.load.added, report.load.refused) == (6, 3)
    assert [line for line, _sentence in report.remarks] == [8, 9, 10]
    assert report.remarks[0][1] == "“19”: A school’s number (URN) has six digits."
    assert report.remarks[1:] == [(9, "The name is missing."), (10, "The number is missing.")]


def test_missing_columns_are_named_and_so_is_what_was_found(tmp_path):
    with pytest.raises(FileFault) as fault:
        read(tmp_path, ("Title,Town", "x,y"))
    assert str(fault.value) == (
        "The file has no column “urn” and no column “name”. It has “Title”, “Town”. "
        "A file of this register needs “urn”, “name”."
    )
    with pytest.raises(FileFault, match="“name” is there twice"):
        read(tmp_path, ("urn,name,Name", "190001,x,y"))
    with pytest.raises(LoadRefused, match="no rows"):
        read(tmp_path, SCHOOLS[:1])
    assert not RegisterEntry.objects.exists()
    assert all(load.refusal and load.broken_off_at and not load.rows for load in RegisterLoad.objects.all())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_files_are_read_however_they_are_encoded_and_parted(tmp_path, encoding):
    lines = ("Name;URN;Town", "Ysgol Môn;190001;Llangefni")
    report = read(tmp_path, lines, encoding=encoding)
    assert RegisterEntry.objects.get().name == "Ysgol Môn"
    assert bool(report.said) == (encoding == "cp1252")


def test_a_charity_is_of_the_register_its_prefix_names_and_closed_where_that_says_so(tmp_path):
    lines = ("org_id,name,postcode,active,web", "GB-SC-SC012345,Clyde Readers,,True,clyde.example.org",
             "GB-CHC-1089464,Tees Readers,TS1 3BA,False,not a site", "XX-1,Elsewhere,,True,")  # fmt: skip
    report = read(tmp_path, lines, "charities")
    clyde, tees = RegisterEntry.objects.order_by("name")
    assert (clyde.scheme, clyde.website, clyde.closed_on) == ("GB-SC", "http://clyde.example.org", None)
    assert (tees.scheme, tees.website, tees.closed_on) == ("GB-CHC", "", report.load.as_of)
    assert report.remarks == [(4, "“XX-1” is no charity’s number.")]


@pytest.mark.skipif(not REAL.is_dir(), reason="The real registers are not on this machine.")
def test_the_real_registers_can_be_read():
    files = {
        "schools": "organisations/schools_england.csv",
        "colleges": "organisations/fe_colleges.csv",
        "universities": "organisations/universities.csv",
        "companies": "organisations/employers.csv",
        "charities": "charities/ukcat_sample.csv",
    }
    for kind, name in files.items():
        read_one, faults, rows = REGISTERS[kind].read, [], 0
        for rows, (line, row) in enumerate(read_rows(REAL / name, REGISTERS[kind], []), start=1):
            if kind == "schools" and rows > 2_000:
                break
            try:
                assert read_one(row).name, line
            except RowFault as fault:
                faults.append((line, str(fault)))
        assert rows > 150 and len(faults) < 3, (kind, faults)
    call_command("load_register", "universities", REAL / files["universities"], verbosity=0)
    assert find_entries("university of teeside")[0].entry.name == "Teesside University"


def test_moderators_read_which_file_changed_what_and_why_rows_were_left_out(
    client, tmp_path, django_assert_num_queries
):
    address = "/organisations/registers/"
    read(tmp_path, (*SCHOOLS, "190008,,Leeds,"), by="Ann Ashe", source="Register of 2026")
    with pytest.raises(FileFault):
        read(tmp_path, ("Title,Town", "x,y"))
    sign_in(client, ModeratorFactory())
    assert address in client.get("/moderation/").content.decode()
    text = client.get(address).content.decode()
    assert "by Ann Ashe" in text and "7 rows: 6 new, 0 changed, 0 as before, 0 closed, 1 left out" in text
    assert "Line 8: The name is missing." in text and "The file has no column “urn”" in text
    with CaptureQueriesContext(connection) as two:
        client.get(address)
    for day in range(1, 10):
        read(tmp_path, as_of=LATER + datetime.timedelta(days=day))
    with django_assert_num_queries(len(two)):
        client.get(address)
    sign_in(client, UserFactory())
    assert client.get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_second_load_in_another_process_is_refused_while_the_first_one_reads(tmp_path):
    """A thread with a connection of its own, begun between two batches of the first load."""
    told = []

    def beside():
        try:
            read(tmp_path / "other")
        except LoadRefused as why:
            told.append(str(why))
        finally:
            connection.close()

    def between(_rows):
        second = Thread(target=beside)
        second.start()
        second.join(30)

    load = read(tmp_path / "first", progress=between).load
    assert len(told) == 1 and told[0].startswith("Another load of this register is running")
    assert (load.added, RegisterEntry.objects.filter(load=load).count()) == (6, 6)
    assert RegisterLoad.objects.exclude(refusal="").get().rows == 0
