"""Whatever goes wrong is told as application/problem+json (RFC 9457) with a stable `code`; never as a page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.api.auth import NoRoleToday
from motcua.api.wording import sentence_for
from motcua.kernel.events import JsonValue

Handler = Callable[[HttpRequest, Any], HttpResponse]
CONTENT_TYPE = "application/problem+json"
CHALLENGE = 'Bearer realm="motcua", charset="UTF-8"'
_CODES: dict[int, tuple[str, str | Promise]] = {
    400: ("bad_request", gettext_lazy("Không đọc được yêu cầu này.")),
    401: ("unauthorized", gettext_lazy("Cần mã truy cập còn hiệu lực trong tiêu đề Authorization: Bearer.")),
    403: ("forbidden", gettext_lazy("Bạn không được phép làm việc này.")),
    404: ("not_found", gettext_lazy("Không có gì ở địa chỉ này, hoặc bạn không được xem.")),
    405: ("method_not_allowed", gettext_lazy("Địa chỉ này không nhận phương thức vừa dùng.")),
    413: ("request_too_large", gettext_lazy("Yêu cầu quá lớn. Mỗi tệp không quá 20 MB, phần còn lại không quá 2 MB.")),
    415: ("unsupported_media_type", gettext_lazy("Nội dung phải là application/json.")),
    422: ("invalid_request", gettext_lazy("Một số mục chưa hợp lệ; xem errors.")),
    429: ("too_many_requests", gettext_lazy("Bạn đã thử quá nhiều lần. Hãy chờ rồi thử lại.")),
    500: ("server_error", gettext_lazy("Hệ thống đang gặp trục trặc; lỗi đã được ghi lại.")),
}
"""By status: the code and the sentence of a problem that has no better ones."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing wrong with what was sent: `path` names it with points between the levels, as in `papers.1.state`."""

    path: str
    code: str
    message: str


class FieldsInvalid(Exception):
    """What was sent has the right form, but says things that cannot be."""

    def __init__(self, faults: Iterable[FieldFault]) -> None:
        super().__init__("fields are invalid")
        self.faults = tuple(faults)


class NotJson(Exception):
    """The body is declared to be something else than JSON."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is told: `detail` is a sentence in the caller's language, `more` what a program can work with."""

    status: int
    code: str
    detail: str
    more: Mapping[str, JsonValue] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def general_problem(status: int) -> Problem:
    """Return the problem of a status about which no more is known."""
    code, sentence = _CODES.get(status) or _CODES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
    return Problem(status=status, code=code, detail=str(sentence))


def answer_with(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer with `problem`, and the id under which the logs know the request."""
    body = {
        "type": f"urn:motcua:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        "request_id": getattr(request, "number", ""),
        **problem.more,
    }
    return JsonResponse(
        body,
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers=dict(problem.headers),
        json_dumps_params={"ensure_ascii": False},
    )


def without_pages(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Put a problem in place of a page of errors that Django or a middleware made; what else it says is kept."""
    if answer.status_code < HTTPStatus.BAD_REQUEST or answer.headers.get("Content-Type") == CONTENT_TYPE:
        return answer
    assert isinstance(answer, HttpResponse)  # no error is streamed
    answer.content = answer_with(request, general_problem(answer.status_code)).content
    answer.headers["Content-Type"] = CONTENT_TYPE
    answer.headers["Content-Length"] = str(len(answer.content))
    return answer


def handle_errors(api: NinjaAPI) -> None:
    """Have `api` tell its own errors; what nobody knows rises, is logged once and answered 500."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _answering(status: int) -> Handler:
    def handler(request: HttpRequest, exc: Exception) -> HttpResponse:
        return answer_with(request, general_problem(status))

    return handler


def _unauthorized(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    general = general_problem(401)
    is_named = "Authorization" in request.headers
    challenge = f'{CHALLENGE}, error="invalid_token"' if is_named else CHALLENGE
    code = "invalid_token" if is_named else general.code
    return answer_with(
        request, Problem(status=401, code=code, detail=general.detail, headers={"WWW-Authenticate": challenge})
    )


def _no_role(request: HttpRequest, exc: NoRoleToday) -> HttpResponse:
    detail = _("Hôm nay bạn không giữ vai trò nào.")
    return answer_with(request, Problem(status=403, code="no_role_today", detail=detail))


def _http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    if isinstance(exc.__cause__, NotJson):
        return answer_with(request, general_problem(415))
    if exc.status_code == HTTPStatus.BAD_REQUEST:
        detail = _("Nội dung không phải là JSON đọc được.")
        return answer_with(request, Problem(status=400, code="malformed_json", detail=detail))
    return answer_with(request, general_problem(exc.status_code))


def _invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    return _told_faults(request, [_fault(error) for error in exc.errors])


def _fields_invalid(request: HttpRequest, exc: FieldsInvalid) -> HttpResponse:
    return _told_faults(request, exc.faults)


def _told_faults(request: HttpRequest, faults: Iterable[FieldFault]) -> HttpResponse:
    general = general_problem(422)
    errors: list[JsonValue] = [{"path": fault.path, "code": fault.code, "message": fault.message} for fault in faults]
    return answer_with(request, Problem(422, general.code, general.detail, more={"errors": errors}))


def _fault(error: Mapping[str, object]) -> FieldFault:
    """Return a fault found by the schema: where it lies, without the names our own functions have for it."""
    place = error["loc"]
    assert isinstance(place, tuple)
    source, *path = place
    if path[:1] == ["payload"]:
        path = path[1:]
    kind, context = str(error["type"]), error.get("ctx")
    return FieldFault(
        path=".".join(str(part) for part in path) or str(source),
        code=kind,
        message=sentence_for(kind, context if isinstance(context, Mapping) else {}),
    )


_HANDLERS: dict[type[Exception], Handler] = {
    AuthenticationError: _unauthorized,
    ValidationError: _invalid,
    FieldsInvalid: _fields_invalid,
    HttpError: _http_error,
    NoRoleToday: _no_role,
    Http404: _answering(404),
    RequestDataTooBig: _answering(413),
    MultiPartParserError: _answering(400),
    SuspiciousOperation: _answering(400),
    BadRequest: _answering(400),
}
