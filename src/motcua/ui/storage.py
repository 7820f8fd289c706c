"""Static files under names that carry their hash, so that phones keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise carries no types
    """WhiteNoise's storage: hashed names, gzip and brotli beside each file."""
