"""What the national database tells, as small as a test can use."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.commands.take_records import LoadReport, Told, take_records
from motcua.exchange.facts import definition_here
from motcua.exchange.national_format import record_of
from tests.catalogue.publishing import Province
from tests.make import MONDAY


def told_as_here(code: str, **changes: object) -> dict[str, Any]:
    """The record that says what we say of a procedure, but for what a test cares about."""
    version = ProcedureVersion.objects.open_ended().select_related("procedure__sector").get(procedure__code=code)
    return {**record_of(definition_here(version)), **changes}


def written(*records: Mapping[str, Any] | str) -> bytes:
    """JSON lines."""
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records).encode()


def taken(
    province: Province, *records: Mapping[str, Any] | str, whole: bool = False, at: datetime = MONDAY
) -> LoadReport:
    """The report of a file that the officer brings."""
    told = Told(written(*records), "quoc-gia.jsonl", is_whole=whole)
    return take_records(told=told, actor=province.officer, at=at)
