"""The key this installation signs packages with, and signatures of others (Ed25519).

The key is a file of the data folder, readable by the program alone: never in the database, the record or the logs.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from motcua.province_setup.models import AcceptedKey

_SECRET_BYTES = 32


class KeyUnreadable(Exception):
    """The key file of this installation is there, and is no key or cannot be read."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature over a manifest with the public key to check it by, both in hexadecimal digits."""

    public_key: str
    signature: str

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the public key: what two people compare."""
        return hashlib.sha256(bytes.fromhex(self.public_key)).hexdigest()

    def holds_for(self, manifest: bytes) -> bool:
        """Tell whether that key signed exactly this manifest."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), manifest)
        except (InvalidSignature, ValueError):
            return False
        return True


def key_file() -> Path:
    """Return where the key of this installation is kept."""
    return Path(settings.DATA_DIR) / "package-key"


def sign(manifest: bytes) -> Signature:
    """Sign with the key of this installation, made at its first use. Raises `KeyUnreadable`."""
    key = _own_key()
    return Signature(key.public_key().public_bytes_raw().hex(), key.sign(manifest).hex())


def own_fingerprint() -> str:
    """Return the fingerprint of this installation's key; empty while it has none. Raises `KeyUnreadable`."""
    if not key_file().exists():
        return ""
    return hashlib.sha256(_own_key().public_key().public_bytes_raw()).hexdigest()


def _own_key() -> Ed25519PrivateKey:
    path = key_file()
    if not path.exists():
        _make(path)
    try:
        secret = path.read_bytes()
    except OSError as fault:
        raise KeyUnreadable(str(path)) from fault
    if len(secret) != _SECRET_BYTES:
        raise KeyUnreadable(str(path))
    return Ed25519PrivateKey.from_private_bytes(secret)


def _make(path: Path) -> None:
    """Write a new key whole or not at all; of two programs at once the first one's stays."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(Ed25519PrivateKey.generate().private_bytes_raw())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            return
    finally:
        aside.unlink(missing_ok=True)


def is_trusted(fingerprint: str) -> bool:
    """Tell whether packages of that key are taken: our own, those of the settings, and those somebody accepted."""
    configured = {key.strip().lower() for key in settings.TRUSTED_PACKAGE_KEYS}
    if fingerprint in configured or fingerprint == own_fingerprint():
        return True
    return AcceptedKey.objects.filter(fingerprint=fingerprint).exists()
