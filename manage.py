#!/usr/bin/env python3
"""The way in: `manage.py demo` sets up and serves everything on this machine."""

import os
import sys
from pathlib import Path

# platform/ is a source root, not a package (the standard library owns that name).
sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
