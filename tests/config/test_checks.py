"""What is right on a laptop and wrong on the open internet is said by `check --deploy`."""

from __future__ import annotations

import pytest

from config.checks import deployed_for_people
from tests.config.test_environment import start

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")  # it is only read here

POSTGRESQL = {"default": {"ENGINE": "django.db.backends.postgresql"}}
IN_PROCESS = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SHARED = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
MANIFEST = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture
def deployed(settings):
    settings.SITE_URL = "https://steppingstones.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SECOND_FACTOR_REQUIRED = True
    settings.DATABASES = POSTGRESQL
    settings.CACHES = SHARED
    settings.STORAGES = MANIFEST
    return settings


def test_a_proper_deployment_hears_nothing(deployed):
    assert deployed_for_people(None) == []


@pytest.mark.parametrize(
    ("name", "value", "warning", "mended_by"),
    [
        ("SITE_URL", "http://steppingstones.example", "W001", "Passkeys"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "W002", "EMAIL_URL"),
        ("SECOND_FACTOR_REQUIRED", False, "W003", "SECOND_FACTOR"),
        ("CACHES", IN_PROCESS, "W004", "REDIS_URL"),
        ("STORAGES", PLAIN, "W005", "collectstatic"),
    ],
)
def test_each_fault_is_named_alone_with_what_mends_it(deployed, name, value, warning, mended_by):
    setattr(deployed, name, value)
    (found,) = deployed_for_people(None)
    assert found.id == f"steppingstones.{warning}"
    assert mended_by in found.hint


@pytest.mark.once
def test_collected_files_are_served_by_name_and_hash_from_the_next_start(tmp_path):
    collected = start(tmp_path, "collectstatic", "--noinput", "--verbosity=0")
    assert collected.returncode == 0, collected.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
    answer = start(tmp_path, "check", "--deploy")
    assert "W002" in answer.stderr
    assert "W005" not in answer.stderr
