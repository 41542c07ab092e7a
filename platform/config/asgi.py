"""What uvicorn serves: `PYTHONPATH=platform uvicorn config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

from config.refusing import Refusals
from config.serving import KeptThreads, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from config.sockets import with_sockets  # noqa: E402  needs the apps

application = Refusals(KeptThreads(with_sockets(pages)))
settle()
