"""A line in the format of the national portal's public records, read as a definition."""

from decimal import Decimal, InvalidOperation
from typing import Final

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ProcedureDefinition,
    Provenance,
    ResultDefinition,
    TermsDefinition,
)
from motcua.organisations.records import RecordUnclear, Values
from motcua.rules.identifiers import ProcedureCodeUnclear, bare_procedure_code
from motcua.rules.time_limits import LimitUnit, TimeLimit, TimeLimitUnclear, parse_time_limit
from motcua.rules.vietnamese import nfc, search_key

_LEVELS: Final = {
    "ministry": "MINISTRY",
    "province": "PROVINCE",
    "district": "DISTRICT",
    "commune": "COMMUNE",
    "other": "OTHER",
}
_ONLINE: Final = {
    "": "UNKNOWN",
    "unknown": "UNKNOWN",
    "none": "NONE",
    "available": "AVAILABLE",
    "partial": "PARTIAL",
    "full": "END_TO_END",
}
_METHODS: Final = {"direct": "DIRECT", "online": "ONLINE", "postal": "POSTAL"}
_SCOPES: Final = {"": "NATIONAL", "national": "NATIONAL", "local": "LOCAL"}
_UNITS: Final = {
    "working_day": LimitUnit.WORKING_DAY,
    "day": LimitUnit.DAY,
    "working_hour": LimitUnit.WORKING_HOUR,
    "hour": LimitUnit.HOUR,
    "month": LimitUnit.MONTH,
    "year": LimitUnit.YEAR,
}
_MOST_QUANTITY: Final = 999
_MOST_LIMIT: Final = 99_999
_LEAST_BELIEVABLE_FEE: Final = 1_000  # "20 VNĐ" stands for 20,000
_PLAIN_CASES: Final = ("", "giai to phai", "thanh phan ho so")
_NO_SECTOR: Final = "Chưa phân lĩnh vực"


def definition_of(values: Values) -> ProcedureDefinition:
    """Return the procedure that a line describes; raises `RecordUnclear` and then nothing of it is to be used.

    A time limit or a fee that is not understood is no fault: it is kept as text and flagged.
    """
    title = nfc(values.text("title"))
    if not search_key(title):
        raise RecordUnclear("TITLE_MISSING", "title")
    is_full = values.text("completeness") != "catalogue"
    content = Content(
        title=title,
        level=_known(_LEVELS, "level", values.text("level")),
        levels=tuple(_known(_LEVELS, "levels", level) for level in values.texts("levels")),
        terms=_terms(values, limit_is_expected=is_full),
        papers=tuple(_paper(paper) for paper in values.lists("components")),
        channels=_channels(values),
        results=tuple(_result(result) for result in values.lists("results")),
        decision_no=values.text("decision_no", 100),
        online_level=_known(_ONLINE, "online_level", values.text("online_level")),
        handled_by=values.texts("handled_by", 40),
        is_one_stop=values.flag("one_stop"),
        names_abolished_body=values.flag("legacy_authority"),
        deciding_agency=values.text("deciding_agency"),
        is_deciding_agency_inferred=values.flag("deciding_agency_inferred"),
        implementing_agencies=values.texts("implementing_agencies"),
        coordinating_agencies=values.text("coordinating_agencies"),
        delegated_agency=values.text("delegated_agency"),
        receiving_address=values.text("receiving_address"),
        subjects=values.texts("applicants"),
        conditions=values.text("requirements"),
        steps=values.texts("steps"),
        are_steps_shortened=values.flag("steps_truncated"),
        legal_basis=values.texts("legal_basis", 200),
        is_full=is_full,
    )
    return ProcedureDefinition(
        code=_code(values),
        sector=nfc(values.text("field", 250)) or _NO_SECTOR,
        content=content,
        scope=_known(_SCOPES, "scope", values.text("scope")),
        issuing_authority=nfc(values.text("issuing_authority", 200)),
        kind=nfc(values.text("procedure_type", 200)),
        source=Provenance(values.text("source", 100), values.text("source_url", 300), values.text("source_date", 10)),
    )


def _code(values: Values) -> str:
    written = values.text("code")
    try:
        return bare_procedure_code(written)
    except ProcedureCodeUnclear as unclear:
        raise RecordUnclear("CODE_MALFORMED", repr(written[:60])) from unclear


def _known(words: dict[str, str], key: str, written: str) -> str:
    if written not in words:
        raise RecordUnclear("WORD_UNKNOWN", f"{key}={written[:40]!r}")
    return words[written]


def _terms(values: Values, *, limit_is_expected: bool) -> TermsDefinition:
    limit, text = _limit(values), values.text("time_limit_text") or values.text("time_limit_raw")
    fee, currency = values.whole("fee_amount_vnd"), values.text("fee_currency", 3) or "VND"
    fee_is_believable = fee is None or fee == 0 or fee >= _LEAST_BELIEVABLE_FEE
    fee_text = values.text("fee_text")
    return TermsDefinition(
        limit=limit,
        limit_text=text,
        limit_needs_review=_differs(limit, text) if text else limit is None and limit_is_expected,
        fee_vnd=fee if fee_is_believable and currency == "VND" else None,
        fee_currency=currency,
        fee_text=fee_text,
        fee_needs_review=values.flag("fee_needs_review")
        or not fee_is_believable
        or (fee is None and currency == "VND" and bool(fee_text)),
    )


def _limit(values: Values) -> TimeLimit | None:
    """Return what the record itself says of the limit, else what its text clearly says; a bare number says nothing."""
    given = values.named("time_limit")
    if given is not None:
        return _given_limit(given)
    try:
        return parse_time_limit(values.text("time_limit_text"))
    except TimeLimitUnclear:
        return None


def _given_limit(given: Values) -> TimeLimit | None:
    if given.text("rule") == "same_day":
        return TimeLimit(Decimal(0), LimitUnit.SAME_DAY)
    try:
        amount = Decimal(given.text("amount"))
        is_storable = 0 < amount <= _MOST_LIMIT and amount == round(amount, 2)
        whole = Decimal(int(amount)) if is_storable and amount == int(amount) else amount
        return TimeLimit(whole, _UNITS[given.text("unit")]) if is_storable else None
    except (InvalidOperation, KeyError, TimeLimitUnclear):
        return None


def _differs(limit: TimeLimit | None, text: str) -> bool:
    try:
        return parse_time_limit(text) != limit
    except TimeLimitUnclear:
        return True


def _paper(values: Values) -> PaperDefinition:
    name, case = values.text("name"), values.text("case", 500)
    if not name:
        raise RecordUnclear("PAPER_WITHOUT_NAME", "components")
    is_note = values.flag("is_note")
    is_for_everyone = not case or search_key(case).startswith(_PLAIN_CASES[1:])
    return PaperDefinition(
        name=name,
        case=case,
        originals=_quantity(values, "originals"),
        copies=_quantity(values, "copies"),
        form_no=values.text("form_no", 100),
        form_files=values.texts("form_files", 500),
        is_required=is_for_everyone and not is_note and "nếu có)" not in name.lower(),
        is_note=is_note,
    )


def _quantity(values: Values, key: str) -> int:
    quantity = values.whole(key) or 0
    if quantity > _MOST_QUANTITY:
        raise RecordUnclear("NOT_A_WHOLE_NUMBER", f"{key}={quantity}")
    return quantity


def _channels(values: Values) -> tuple[ChannelDefinition, ...]:
    listed = tuple(
        ChannelDefinition(
            method=_known(_METHODS, "method", channel.text("method")),
            terms=_terms(channel, limit_is_expected=False),
            note=channel.text("note"),
        )
        for channel in values.lists("channels")
    )
    named = tuple(_known(_METHODS, "submission_methods", method) for method in values.texts("submission_methods"))
    there = {channel.method for channel in listed}
    return listed + tuple(ChannelDefinition(method=method) for method in named if method not in there)


def _result(values: Values) -> ResultDefinition:
    name = values.text("name")
    if not name:
        raise RecordUnclear("RESULT_WITHOUT_NAME", "results")
    return ResultDefinition(name=name, code=values.text("code", 50))
