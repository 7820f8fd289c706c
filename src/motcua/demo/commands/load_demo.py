"""Load the demonstration province: its units, people, procedures and boards, and a package of all its set-up."""

from collections.abc import Callable
from datetime import datetime

from motcua.accounts.models import User
from motcua.demo.commands.load_catalogue import load_catalogue, procedure_count
from motcua.demo.commands.load_drafts import load_drafts
from motcua.demo.commands.load_laws import law_count, load_laws
from motcua.demo.commands.load_levels import load_levels
from motcua.demo.commands.load_national import load_national, national_count
from motcua.demo.commands.load_news import load_news
from motcua.demo.commands.load_people import load_people, people_count
from motcua.demo.commands.load_postings import load_postings, posting_count
from motcua.demo.commands.load_publication import load_publication
from motcua.demo.commands.load_units import load_units, unit_count
from motcua.province_setup.commands.packages import make_package

ADMINISTRATOR = "quantri"
Progress = Callable[[int, int], None]


def load_demo(*, at: datetime, progress: Progress | None = None) -> None:
    """Load everything the demonstration consists of; what is there already is left as it is."""
    counts = (unit_count(), people_count(), law_count(), procedure_count(), posting_count(), national_count())
    total = sum(counts)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, total)

    units = load_units(at=at, step=step)
    load_people(units=units, at=at, step=step)
    load_laws(at=at, step=step)
    load_catalogue(units=units, at=at, step=step)
    load_postings(units=units, at=at, step=step)
    load_national(at=at, step=step)
    load_levels(units=units, at=at)
    load_publication(units=units, at=at)
    load_drafts(units=units, at=at)
    load_news(units=units, at=at)
    make_package(actor=User.objects.get(username=ADMINISTRATOR), at=at)
