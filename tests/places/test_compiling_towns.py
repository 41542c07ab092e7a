"""The towns that ship: those of the register of schools without its noise, and those that are written down."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from places.domain.compiling_towns import tidy
from places.queries import gazetteer
from places.towns import DATA, towns

SCHOOLS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "organisations" / "schools_england.csv"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ASHTON-UNDER-LYNE", "Ashton-under-Lyne"),
        ("Wells-Next-the-Sea", "Wells-next-the-Sea"),
        ("askam-in-furness", "Askam-in-Furness"),
        ("Nr. Henley-on-Thames", "Henley-on-Thames"),
        ("NETTLEHAM, LINCOLN", "Nettleham"),
        ("The Crescent, Callerton Lane, Ponteland", "Ponteland"),
        ("Stockport (Greater Manchester)", "Stockport"),
        ("St. Helens", "St Helens"),
        ("Rainham. Essex", "Rainham"),
        (" , ", ""),
    ],
)
def test_the_registers_noise_is_taken_away(text: str, name: str) -> None:
    assert tidy(text) == name


@pytest.mark.once
@pytest.mark.skipif(not SCHOOLS.exists(), reason="the shared data folder is not beside this checkout")
def test_the_towns_that_ship_are_those_of_the_register(tmp_path: Path) -> None:
    made = tmp_path / "towns.json"
    call_command("compile_towns", str(SCHOOLS), "--to", str(made), verbosity=0)
    assert json.loads(made.read_text(encoding="utf-8")) == json.loads(DATA.read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_towns_lie_in_council_areas_and_near_them_once_each() -> None:
    places = gazetteer()
    assert all(one.authority_code in places and one.authority.is_authority for one in towns())
    assert max(Counter((one.name, one.authority_code) for one in towns()).values()) == 1
    nations = Counter(places.ancestors(one.authority_code)[-2][0] for one in towns())
    assert nations["W"] >= 100 and nations["S"] >= 150 and nations["N"] >= 40 and nations["E"] >= 1_300
