"""`manage.py refresh_catalogue`: bring the English catalogue in step with the sentences of code and templates."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import motcua
from motcua.ui import catalogues


class Command(BaseCommand):
    """Write the catalogue anew and name every sentence that still needs its English."""

    help = "Add new sentences to locale/en, drop those nothing uses, and list what is not translated yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Refresh; end with an error as long as an English sentence is missing."""
        package = Path(motcua.__file__).parent
        refreshed = catalogues.refreshed(package)
        (package / catalogues.CATALOGUE).write_text(refreshed.text, encoding="utf-8")
        for sentence in refreshed.dropped:
            self.stdout.write(f"- {sentence}")
        for sentence in refreshed.untranslated:
            self.stdout.write(f"+ {sentence}")
        if refreshed.untranslated:
            raise CommandError(f"{catalogues.CATALOGUE}: {len(refreshed.untranslated)} without English.")
