"""What a stored version says, as it was defined."""

from typing import Any, Final

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ResultDefinition,
    TermsDefinition,
)
from motcua.catalogue.models import Channel, ProcedureVersion
from motcua.rules.declarations import from_stored
from motcua.rules.time_limits import TimeLimit

_OWN_ROWS: Final = frozenset({"terms", "papers", "channels", "results", "declaration"})


def content_of(version: ProcedureVersion) -> Content:
    """Return a stored version as it is written, in three queries unless its parts are loaded."""
    plain = {name: _frozen(getattr(version, name)) for name in Content.__slots__ if name not in _OWN_ROWS}
    return Content(
        terms=terms_of(version),
        papers=tuple(
            PaperDefinition(
                name=row.name,
                case=row.case,
                originals=row.originals,
                copies=row.copies,
                form_no=row.form_no,
                form_files=tuple(row.form_files),
                is_required=row.is_required,
                is_note=row.is_note,
            )
            for row in sorted(version.papers.all(), key=lambda row: row.position)
        ),
        channels=tuple(
            ChannelDefinition(method=row.method, terms=terms_of(row), note=row.note)
            for row in sorted(version.channels.all(), key=lambda row: row.position)
        ),
        results=tuple(
            ResultDefinition(name=row.name, code=row.code)
            for row in sorted(version.results.all(), key=lambda row: row.position)
        ),
        declaration=tuple(from_stored(field) for field in version.declaration),
        **plain,
    )


def terms_of(row: ProcedureVersion | Channel) -> TermsDefinition:
    """Return the limit and the fee of a version or a channel as they are written."""
    return TermsDefinition(
        limit=_written(row.limit),
        limit_text=row.limit_text,
        limit_needs_review=row.limit_needs_review,
        fee_vnd=row.fee_vnd,
        fee_currency=row.fee_currency,
        fee_text=row.fee_text,
        fee_needs_review=row.fee_needs_review,
        fee_basis=row.fee_basis,
    )


def _written(limit: TimeLimit | None) -> TimeLimit | None:
    """Return a stored limit with its amount as people write it, so that the same content has the same hash."""
    if limit is None:
        return None
    whole = limit.amount.to_integral_value()
    return TimeLimit(whole if whole == limit.amount else limit.amount.normalize(), limit.unit)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
