"""The product as one ASGI application, with two addresses that only announce."""

from django.conf import settings

from config.asgi import application

settings.ROOT_URLCONF = "tests.benchmarks.live.urls"

__all__ = ["application"]
