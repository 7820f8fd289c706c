"""`manage.py openapi`: print the description of the API, as docs/api/openapi.json keeps it."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.api.openapi import as_text
from motcua.api.urls import api


class Command(BaseCommand):
    """Print; `python manage.py openapi > docs/api/openapi.json` after a change of the API."""

    help = "Print the description of the API (OpenAPI 3.1)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(as_text(api.get_openapi_schema()), ending="")
