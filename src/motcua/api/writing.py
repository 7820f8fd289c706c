"""How every write goes: what the caller saw before it, and once only however often it is sent."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from motcua.api.auth import Caller
from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.kernel.answers import Answer, Request, answer_once

_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,100}")
_IF_MATCH: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string", "examples": ['"7"']},
    "required": False,
    "description": "The ETag of the dossier as last read. When it has changed since: 409 `stale_dossier`.",
}
_IDEMPOTENCY_KEY: dict[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 100},
    "required": False,
    "description": "Chosen by the caller. A repeat under the same key within a week gets the same answer; "
    "another request under it: 422 `idempotency_key_reused`.",
}
REPEATABLE: dict[str, Any] = {"parameters": [_IDEMPOTENCY_KEY]}
"""For the openapi_extra of a write that may be repeated."""
CREATING: dict[str, Any] = {"parameters": [_IDEMPOTENCY_KEY | {"required": True}]}
"""The same for a write that makes something new: without the key it is refused."""
ACTING: dict[str, Any] = {"parameters": [_IF_MATCH, _IDEMPOTENCY_KEY]}
"""The same for an act of an official on a dossier."""


def seen_version(request: HttpRequest) -> int | None:
    """Return the version of the dossier that the caller saw; None when they do not say."""
    said = request.headers.get("If-Match", "").strip()
    if said in {"", "*"}:
        return None
    found = _ETAG.fullmatch(said)
    if found is None:
        raise FieldsInvalid([FieldFault("If-Match", "etag_unclear", _("Đây không phải ETag của một hồ sơ."))])
    return int(found[1])


def etag(version: int) -> str:
    """Return the ETag of a dossier at that version."""
    return f'"{version}"'


def idempotency_key(request: HttpRequest, *, is_required: bool) -> str:
    """Return the key of a write; empty when there is none and none is required."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key and is_required:
        raise FieldsInvalid([FieldFault("Idempotency-Key", "missing", _("Thiếu mục này."))])
    if key and not _KEY.fullmatch(key):
        message = _("Khóa có 1 đến 100 ký tự ASCII, không có dấu cách.")
        raise FieldsInvalid([FieldFault("Idempotency-Key", "key_unclear", message)])
    return key


def written(
    request: HttpRequest,
    caller: Caller,
    act: Callable[[], BaseModel],
    *,
    said: BaseModel | None = None,
    files: Sequence[UploadedFile] = (),
    status: int = 200,
) -> HttpResponse:
    """Do `act` and answer with what it returns; under an Idempotency-Key it is done once only.

    `said` and `files` are what the request carried. An answer with a `version` gets the ETag of that version.
    """
    key = idempotency_key(request, is_required=status == HTTPStatus.CREATED)

    def answered() -> Answer:
        return Answer(status=status, body=act().model_dump(mode="json"))

    if not key:
        return _sent(answered())
    request_hash = _hash(request, said, files)
    return _sent(answer_once(Request(caller.user, key, request_hash, caller.at), answered))


def created(answer: HttpResponse, where: str) -> HttpResponse:
    """Say in `answer` where the dossier lies that has just been made."""
    answer.headers["Location"] = f"{where}{json.loads(answer.content)['reference']}"
    return answer


def _sent(answer: Answer) -> HttpResponse:
    sent = JsonResponse(answer.body, status=answer.status, json_dumps_params={"ensure_ascii": False})
    version = answer.body.get("version")
    if isinstance(version, int):
        sent.headers["ETag"] = etag(version)
    if answer.is_repeat:
        sent.headers["Idempotent-Replayed"] = "true"
    return sent


def _hash(request: HttpRequest, said: BaseModel | None, files: Sequence[UploadedFile]) -> str:
    body: Mapping[str, object] = said.model_dump(mode="json") if said else {}
    parts = [request.method, request.path, json.dumps(body, sort_keys=True), *map(_file_hash, files)]
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def _file_hash(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return f"{file.name} {digest.hexdigest()}"
