"""Which roles there are at which units, without the people: as a configuration package carries them."""

from dataclasses import dataclass

from motcua.accounts.models import Grant, RolePlace


@dataclass(frozen=True, slots=True)
class CarriedRole:
    """A role at a unit, named by its code."""

    unit: str
    role: str


def carried_roles() -> list[CarriedRole]:
    """Return the roles that somebody holds without an end, and those that a package said are needed."""
    held = Grant.objects.filter(valid_until=None).values_list("unit__code", "role")
    needed = RolePlace.objects.values_list("unit__code", "role")
    return [CarriedRole(unit, role) for unit, role in sorted({*held, *needed})]
