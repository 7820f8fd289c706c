"""What runs in an installation is among the packages that an installation gets."""

import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

import motcua

REQUIREMENTS = Path(motcua.__file__).parents[2] / "requirements"
FOR_DEVELOPING = {"django-linear-migrations", "django-zeal"}


def pinned(name: str) -> set[str]:
    """Return the packages that a requirements file pins, by their normalised names."""
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return {normalised(found[1]) for line in lines if (found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", line))}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("setting", ["INSTALLED_APPS", "MIDDLEWARE"])
def test_every_app_and_middleware_comes_with_the_base_requirements(setting: str) -> None:
    tops = {name.partition(".")[0] for name in getattr(settings, setting)} - {"motcua"}
    distributions = packages_distributions()

    named = {normalised(distribution) for top in tops for distribution in distributions[top]}

    assert named
    assert named - FOR_DEVELOPING - pinned("base.txt") == set()


def test_what_is_for_developing_alone_is_pinned_there_and_not_in_the_base() -> None:
    assert pinned("dev.txt") >= FOR_DEVELOPING
    assert not FOR_DEVELOPING & pinned("base.txt")
