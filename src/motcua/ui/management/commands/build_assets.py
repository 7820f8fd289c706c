"""`manage.py build_assets`: make the fonts, scripts and catalogues that installed packages provide."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import motcua
from motcua.ui import assets


class Command(BaseCommand):
    """Build what is missing or older than its source; a second run does nothing."""

    help = "Build the web fonts, copy htmx and compile the translations into BUILT_ASSETS_DIR."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build, and name each file written."""
        for built in assets.build(folder=settings.BUILT_ASSETS_DIR, package=Path(motcua.__file__).parent):
            if built.is_new and options["verbosity"]:
                self.stdout.write(f"{built.path.name} {built.path.stat().st_size:,} B")
