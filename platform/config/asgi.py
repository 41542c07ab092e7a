"""What uvicorn serves: `PYTHONPATH=platform uvicorn config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

from config.serving import KeptThreads, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = KeptThreads(get_asgi_application())
settle()
