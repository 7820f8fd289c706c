"""What can happen to configuration packages; `package` is the SHA-256 of a manifest."""

from dataclasses import dataclass

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageMade(Event):
    """A package was made; the subject is `package:` and the first 16 digits of its manifest's SHA-256."""

    package: str
    fingerprint: str
    item_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReceived(Event):
    """A package of another installation was uploaded and found whole; the subject is as with one made."""

    package: str
    fingerprint: str
    item_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageApplied(Event):
    """A package was applied; the subject is as with one made.

    `anew` are procedures published anew by decision, `taken` records that were settled for the package by decision, as
    `legal-documents/` and the code.
    """

    package: str
    fingerprint: str
    kinds: tuple[str, ...]
    new_count: int
    changed_count: int
    clash_count: int
    anew: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAccepted(Event):
    """Packages of another key are taken from now on; the subject is `key:` and 16 digits of its fingerprint."""

    fingerprint: str
