#!/usr/bin/env python
"""Django's own command line, on the same database and files as `motcua`."""

import os
import sys

from django.core.management import execute_from_command_line

from motcua.cli.environment import prepare

if __name__ == "__main__":
    prepare(None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    execute_from_command_line(sys.argv)
