"""The product as one ASGI application, with two addresses that only announce."""

import os

from django.conf import settings

from config.asgi import application

settings.ROOT_URLCONF = "tests.benchmarks.live.urls"
if os.environ.get("LOSING_LAYER"):
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "tests.benchmarks.live.losing.LosingLayer"}}

__all__ = ["application"]
