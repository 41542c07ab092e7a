"""What uvicorn serves: `PYTHONPATH=platform uvicorn config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

from config.sockets import with_sockets  # noqa: E402  needs the apps

application = with_sockets(pages)
