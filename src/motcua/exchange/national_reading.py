"""A record of the national database, read as the definition that the catalogue's loader takes."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ProcedureDefinition,
    ResultDefinition,
    TermsDefinition,
)
from motcua.exchange.national_format import OWN_KEY, NationalRecord
from motcua.exchange.national_words import CHANNEL_OF, LEVEL_OF, NO_SECTOR, ONLINE_OF, TIME_UNIT_OF
from motcua.organisations.records import RecordUnclear, Values
from motcua.rules.declarations import Condition, Effect, FieldDefinition
from motcua.rules.identifiers import ProcedureCodeUnclear, bare_procedure_code
from motcua.rules.time_limits import TimeLimit, TimeLimitUnclear, parse_time_limit
from motcua.rules.vietnamese import nfc, search_key

_MOST_QUANTITY: Final = 999
_MOST_LIMIT: Final = 99_999
_LONGEST_LIMIT: Final = 20
_VND: Final = frozenset({"", "vnd", "dong"})
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LONGEST: Final = {"decision_no": 100, "issuing_authority": 200, "kind": 200, "sector": 250}


def code_of(record: NationalRecord) -> str:
    """Return the code of the record without a province's ending (C-11); raises `RecordUnclear`."""
    written = Values(dict(record)).text("MATTHC")
    try:
        return bare_procedure_code(written)
    except ProcedureCodeUnclear as unclear:
        raise RecordUnclear("CODE_MALFORMED", repr(written[:60])) from unclear


def digest_of(record: NationalRecord) -> str:
    """Return the SHA-256 of what the record says, in whatever order."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def definition_of(record: NationalRecord, ours: ProcedureDefinition | None = None) -> ProcedureDefinition:
    """Return the procedure that the record describes; raises `RecordUnclear`, and then nothing of it is to be used.

    What the record does not speak of stays as in `ours`; what it says is empty, is empty. A limit or a fee that is not
    understood is kept as text and flagged, never guessed.
    """
    values, code = Values(dict(record)), code_of(record)
    title = nfc(values.text("TENTTHC"))
    if not search_key(title):
        raise RecordUnclear("TITLE_MISSING", "TENTTHC")
    base = ours or ProcedureDefinition(code, NO_SECTOR, Content(title=title, level="OTHER", terms=TermsDefinition()))
    said: dict[str, Any] = {"title": title, **_own(values), **_told(values, _PLAIN), **_told(values, _PARTS)}
    said |= _times(values)
    outer = _told(values, _OUTER)
    return replace(base, code=code, content=replace(base.content, **said), **outer)


def _told(values: Values, readers: Mapping[str, tuple[str, Any]]) -> dict[str, Any]:
    """Return what the record speaks of, by the names of our fields."""
    return {name: read(values, key) for name, (key, read) in readers.items() if key in values.values}


def _text(longest: int | None = None) -> Any:
    return lambda values, key: values.text(key, longest)


def _word(words: Mapping[str, str]) -> Any:
    def read(values: Values, key: str) -> str:
        return _known(words, key, values.text(key))

    return read


def _known(words: Mapping[str, str], key: str, written: str) -> str:
    found = words.get(search_key(written))
    if found is None:
        raise RecordUnclear("WORD_UNKNOWN", f"{key}={written[:40]!r}")
    return found


def _each(name: str, longest: int | None = None) -> Any:
    """Return a reader of a list of named values of which one is text."""
    return lambda values, key: tuple(text for text in (one.text(name, longest) for one in values.lists(key)) if text)


def _steps(values: Values, key: str) -> tuple[str, ...]:
    found: list[str] = []
    for group in values.lists(key):
        found += [group.text("TRUONGHOP"), *(step.text("TENTRINHTU") for step in group.lists("TRINHTU"))]
    return tuple(text for text in found if text)


def _channels(values: Values, key: str) -> tuple[ChannelDefinition, ...]:
    return tuple(channel for way in values.lists(key) for channel in _ways(way))


def _ways(way: Values) -> Iterator[ChannelDefinition]:
    """Yield one channel for each time of a way to file: a way may have several, each with its fees."""
    number = way.text("KENH")
    if number not in CHANNEL_OF:
        raise RecordUnclear("WORD_UNKNOWN", f"KENH={number[:40]!r}")
    times = way.lists("THOIGIAN") or (Values({}),)
    for time in times:
        yield ChannelDefinition(method=CHANNEL_OF[number], terms=_terms(time), note=way.text("MOTA"))


def _papers(values: Values, key: str) -> tuple[PaperDefinition, ...]:
    return tuple(
        _paper(paper, group.text("TRUONGHOP", 500)) for group in values.lists(key) for paper in group.lists("GIAYTO")
    )


def _paper(paper: Values, case: str) -> PaperDefinition:
    name = paper.text("TENGIAYTO")
    if not name:
        raise RecordUnclear("PAPER_WITHOUT_NAME", "THANHPHANHOSO")
    is_note = paper.flag("GHICHU")
    is_required = paper.flag("BATBUOC") if "BATBUOC" in paper.values else not case
    first = paper.text("URL", 500)
    return PaperDefinition(
        name=name,
        case=case,
        originals=_quantity(paper, "SOBANCHINH"),
        copies=_quantity(paper, "SOBANSAO"),
        form_no=paper.text("TENMAUDON", 100),
        form_files=((first,) if first else ()) + paper.texts("URLKHAC", 500),
        is_required=is_required and not is_note,
        is_note=is_note,
    )


def _quantity(values: Values, key: str) -> int:
    quantity = values.whole(key) or 0
    if quantity > _MOST_QUANTITY:
        raise RecordUnclear("NOT_A_WHOLE_NUMBER", f"{key}={quantity}")
    return quantity


def _results(values: Values, key: str) -> tuple[ResultDefinition, ...]:
    found = (ResultDefinition(one.text("TENKETQUA"), one.text("MAKETQUA", 50)) for one in values.lists(key))
    return tuple(result for result in found if result.name)


def _set_count(values: Values, key: str) -> int:
    return _quantity(values, key) or 1


def _sector(values: Values, key: str) -> str:
    names = (nfc(one.text("TENLINHVUC", _LONGEST["sector"])) for one in values.lists(key))
    return next((name for name in names if name), NO_SECTOR)


def _levels(values: Values, key: str) -> tuple[str, ...]:
    return tuple(_known(LEVEL_OF, key, word) for word in values.texts(key))


def _scope(values: Values, key: str) -> str:
    return "LOCAL" if values.flag(key) else "NATIONAL"


_PLAIN: Final = {
    "decision_no": ("SOQUYETDINH", _text(_LONGEST["decision_no"])),
    "level": ("CAPTHUCHIEN", _word(LEVEL_OF)),
    "levels": ("CACCAPTHUCHIEN", _levels),
    "online_level": ("MUCDOTRUCTUYEN", _word(ONLINE_OF)),
    "set_count": ("SOBOHOSO", _set_count),
    "deciding_agency": ("COQUANCOTHAMQUYEN", _text()),
    "delegated_agency": ("COQUANUYQUYEN", _text()),
    "coordinating_agencies": ("COQUANPHOIHOP", _text()),
    "receiving_address": ("DIACHITIEPNHAN", _text()),
    "conditions": ("YEUCAU", _text()),
    "keywords": ("TUKHOA", lambda values, key: values.texts(key, 100)),
}
_PARTS: Final = {
    "steps": ("TRINHTUTHUCHIEN", _steps),
    "channels": ("CACHTHUCTHUCHIEN", _channels),
    "papers": ("THANHPHANHOSO", _papers),
    "subjects": ("DOITUONGTHUCHIEN", _each("TENDOITUONG")),
    "implementing_agencies": ("COQUANTHUCHIEN", _each("TENDONVI")),
    "results": ("KETQUATHUCHIEN", _results),
    "legal_basis": ("CANCUPHAPLY", _each("SOVANBAN", 200)),
}
_OUTER: Final = {
    "sector": ("LINHVUCTHUCHIEN", _sector),
    "issuing_authority": ("TENCOQUANCONGBO", _text(_LONGEST["issuing_authority"])),
    "kind": ("LOAITHUTUC", _text(_LONGEST["kind"])),
    "scope": ("DIAPHUONG", _scope),
}


def _times(values: Values) -> dict[str, TermsDefinition]:
    """Return the terms of the whole procedure: those told as such, else those of the first way that tells a limit."""
    told = values.named("THOIGIANCHUNG")
    if told is not None:
        return {"terms": _terms(told)}
    if "CACHTHUCTHUCHIEN" not in values.values:
        return {}
    ways = [channel.terms for channel in _channels(values, "CACHTHUCTHUCHIEN")]
    return {"terms": next((terms for terms in ways if terms.limit), ways[0] if ways else TermsDefinition())}


def _terms(time: Values) -> TermsDefinition:
    written, text = _written_limit(time), time.text("MOTA")
    limit, is_read = _limit(time)
    limit_text = text if is_read else "; ".join(filter(None, [written, text]))
    is_ours = "CANXEMLAI" in time.values
    if limit is None and not written and not is_ours:
        limit = _parsed(limit_text)
    is_doubtful = limit is None and bool(limit_text)
    return replace(
        _fees(time.lists("PHILEPHI")),
        limit=limit,
        limit_text=limit_text,
        limit_needs_review=time.flag("CANXEMLAI") if is_ours else is_doubtful,
    )


def _written_limit(time: Values) -> str:
    return " ".join(filter(None, [time.text("THOIGIANGIAIQUYET"), time.text("DONVITINH")]))


def _limit(time: Values) -> tuple[TimeLimit | None, bool]:
    """Return the limit, and whether what was written was read, as also nothing is; a bare number is not."""
    amount, unit = time.text("THOIGIANGIAIQUYET"), TIME_UNIT_OF.get(search_key(time.text("DONVITINH")))
    if not amount and not time.text("DONVITINH"):
        return None, True
    try:
        number = Decimal(amount.replace(",", ".")) if len(amount) <= _LONGEST_LIMIT else Decimal(-1)
        if unit is None or not 0 <= number <= _MOST_LIMIT or number != round(number, 2):
            return None, False
        return TimeLimit(_as_written(number), unit), True
    except (InvalidOperation, TimeLimitUnclear):
        return None, False


def _as_written(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _parsed(text: str) -> TimeLimit | None:
    try:
        return parse_time_limit(text)
    except TimeLimitUnclear:
        return None


def _fees(fees: tuple[Values, ...]) -> TermsDefinition:
    """Return one fee as such, several as text to be looked at: none of them is dropped."""
    if not fees:
        return TermsDefinition()
    if len(fees) > 1:
        written = filter(None, map(_fee_in_words, fees))
        return TermsDefinition(fee_text="; ".join(written), fee_needs_review=True)
    fee = fees[0]
    currency, text = fee.text("DONVI"), fee.text("MOTA")
    is_vnd, is_code = search_key(currency) in _VND, _CURRENCY.fullmatch(currency) is not None
    amount = fee.whole("SOTIEN") if is_vnd else None
    is_foreign_amount = not is_vnd and (bool(fee.text("SOTIEN")) or not is_code)
    said = _fee_in_words(fee) if is_foreign_amount else text
    return TermsDefinition(
        fee_vnd=amount,
        fee_currency=currency if is_code and not is_vnd else "VND",
        fee_text=said,
        fee_basis=fee.text("CANCU", 200),
        fee_needs_review=fee.flag("CANXEMLAI") if "CANXEMLAI" in fee.values else amount is None and bool(said),
    )


def _fee_in_words(fee: Values) -> str:
    amount = " ".join(filter(None, [fee.text("SOTIEN"), fee.text("DONVI")]))
    return ": ".join(filter(None, [fee.text("MAPHILEPHI"), "; ".join(filter(None, [amount, fee.text("MOTA")]))]))


def _own(values: Values) -> dict[str, Any]:
    """Return what is ours alone, from a record that we wrote; nothing from any other."""
    own = values.named(OWN_KEY)
    if own is None:
        return {}
    questions = tuple(_question(field) for field in own.lists("declaration"))
    flags = ("is_one_stop", "names_abolished_body", "is_deciding_agency_inferred", "are_steps_shortened", "is_full")
    return {
        "short_title": own.text("short_title", 200),
        "summary": own.text("summary"),
        "life_events": own.texts("life_events", 60),
        "handled_by": own.texts("handled_by", 40),
        "declaration": questions,
        **{name: own.flag(name) for name in flags},
    }


def _question(field: Values) -> FieldDefinition:
    return FieldDefinition(
        key=field.text("key"),
        label=field.text("label"),
        kind=field.text("kind"),
        required=field.flag("required"),
        options=field.texts("options"),
        help=field.text("help"),
        least=field.whole("least"),
        most=field.whole("most"),
        condition=_condition(field.named("condition")),
        group=field.text("group"),
        prefill=field.text("prefill"),
        default=field.text("default"),
    )


def _condition(told: Values | None) -> Condition | None:
    if told is None:
        return None
    effect = told.text("effect")
    if effect not in list(Effect):
        raise RecordUnclear("WORD_UNKNOWN", f"effect={effect[:40]!r}")
    return Condition(told.text("field"), told.texts("values"), Effect(effect))
