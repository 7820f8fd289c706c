"""What happens to the books of a desk: lists of dossiers handed on, the yearly register."""

from dataclasses import dataclass

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossiersHandedOver(Event):
    """A unit drew up the list, named by its number, of `codes` that it hands to another."""

    to_unit: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossiersTakenOver(Event):
    """Somebody of the other unit signed for a hand-over list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterClosed(Event):
    """The head of the desk closed the register of a year, named by the desk's code and the year."""

    line_count: int
    file_sha256: str
