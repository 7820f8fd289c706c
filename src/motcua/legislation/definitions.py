"""What somebody says about a legal document, as plain values."""

from dataclasses import dataclass
from datetime import date

from motcua.rules.legal_numbers import Kind
from motcua.rules.vietnamese import search_key


@dataclass(frozen=True, slots=True)
class DocumentDefinition:
    """One document: the columns of `LegalDocument` that people write. Days are half-open; None: not known."""

    number: str
    kind: Kind
    title: str = ""
    issuer: str = ""
    territory: str = ""
    is_own: bool = False
    issued_on: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    end_reason: str = ""
    is_declared_valid: bool = False
    note: str = ""
    source: str = ""
    source_url: str = ""

    @property
    def search_key(self) -> str:
        """The words it is found by."""
        return search_key(f"{self.number} {self.number.replace('/', ' ')} {self.title} {self.issuer} {self.territory}")


WRITTEN = tuple(DocumentDefinition.__dataclass_fields__)
"""The columns that `DocumentDefinition` fills."""
