"""An official's lists and what they read: who they are, what waits for them, one dossier and its files."""

from datetime import date

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.accounts.queries import posts_of
from motcua.api.auth import Asked, AskedByOfficer, BearerToken, OfficerToken
from motcua.api.files import SENDS_FILE, send, send_form
from motcua.api.pagination import Cursor, cursor_at, mark_of
from motcua.api.shapes import Moment, Position, Shape, Standing, Text
from motcua.api.v1.dossier_shapes import DossierShape, RemainingShape, dossier_shape
from motcua.api.writing import etag
from motcua.dossiers.models import Paper, Result
from motcua.dossiers.queries.dossier_page import dossier_page
from motcua.dossiers.queries.linked import whole_of
from motcua.dossiers.queries.register import find, register
from motcua.dossiers.queries.worklist import Part, Shelf, worklist
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status

router = Router(tags=["Work"], auth=OfficerToken())
me_router = Router(tags=["Who is calling"], auth=BearerToken())


class PostShape(Shape):
    """A role held in a unit today; `valid_until` is the first day without it."""

    role: Role
    unit_code: str
    unit: str
    valid_from: date
    valid_until: date | None


class Me(Shape):
    """Whose token this is."""

    username: str
    name: str
    posts: list[PostShape]


class WorklistAsked(BaseModel):
    """Which shelf of the worklist, and which page of it."""

    shelf: Shelf = Shelf.ALL
    cursor: Cursor = ""


class WorklistRowShape(Standing):
    """One dossier that waits; `remaining` is null while no clock runs."""

    public_code: str
    reference: str
    procedure_title: str
    applicant: str
    unit: str
    assignee: str
    action_due_at: Moment | None
    remaining: RemainingShape | None


class WorklistShape(Shape):
    """What waits, the least remaining time first, with how much is on every shelf."""

    items: list[WorklistRowShape]
    counts: dict[Shelf, int]
    next_cursor: str | None


class RegisterAsked(BaseModel):
    """Of which status, beginning with which code, and which page; a code gives up to 20 lines and no page."""

    status: Status | None = None
    code: Text = Field("", max_length=64, description="Beginning of a code or reference.")
    cursor: Cursor = ""


class RegisterRowShape(Standing):
    """One dossier the official may see."""

    public_code: str
    procedure_title: str
    applicant: str
    submitted_at: Moment | None
    due_at: Moment | None
    finished_at: Moment | None


class RegisterShape(Shape):
    """Dossiers the official may see, the newest first."""

    items: list[RegisterRowShape]
    next_cursor: str | None


@me_router.get("", response=Me)
def read_me(request: Asked) -> Me:
    """Tell whose token this is, and the roles they hold today."""
    user = request.auth.user
    posts = [
        PostShape(
            role=post.role,
            unit_code=post.unit.code,
            unit=post.unit.name,
            valid_from=post.grant.valid_from,
            valid_until=post.grant.valid_until,
        )
        for post in posts_of(user, request.auth.today)
    ]
    return Me(username=user.username, name=user.display_name, posts=posts)


@router.get("/worklist", response=WorklistShape)
def read_worklist(request: AskedByOfficer, asked: Query[WorklistAsked]) -> WorklistShape:
    """List what waits for the official, the least remaining working time first."""
    officer = request.auth
    part = Part(shelf=asked.shelf, after=mark_of(asked.cursor))
    found = worklist(officer.user, officer.grants, at=officer.at, part=part)
    rows = [
        WorklistRowShape(
            public_code=row.code,
            reference=row.reference,
            procedure_title=row.procedure,
            applicant=row.applicant,
            status=row.status,
            unit=row.unit,
            assignee=row.assignee,
            action_due_at=row.action_due_at,
            remaining=RemainingShape.of(row.remaining),
        )
        for row in found.rows
    ]
    return WorklistShape(items=rows, counts=found.counts, next_cursor=cursor_at(found.after))


@router.get("/dossiers", response=RegisterShape)
def list_dossiers(request: AskedByOfficer, asked: Query[RegisterAsked]) -> RegisterShape:
    """List the dossiers the official may see, of one status or of all, or those whose code begins so."""
    officer = request.auth
    if asked.code:
        rows, after = find(officer.user, officer.grants, at=officer.at, text=asked.code), None
    else:
        page = register(officer.user, officer.grants, at=officer.at, status=asked.status, after=mark_of(asked.cursor))
        rows, after = page.rows, page.after
    items = [
        RegisterRowShape(
            public_code=row.code,
            procedure_title=row.procedure,
            applicant=row.applicant,
            status=row.status,
            submitted_at=row.submitted_at,
            due_at=row.due_at,
            finished_at=row.finished_at,
        )
        for row in rows
    ]
    return RegisterShape(items=items, next_cursor=cursor_at(after))


@router.get("/dossiers/{code}", response=DossierShape)
def read_dossier(request: AskedByOfficer, code: str, response: HttpResponse) -> DossierShape:
    """Return everything about a dossier, with the acts open to the official; its ETag goes back as If-Match."""
    officer = request.auth
    page = dossier_page(officer.dossier(code), officer.user, officer.grants, at=officer.at)
    response.headers["ETag"] = etag(page.version)
    return dossier_shape(page, whole_of(page.dossier, at=officer.at))


@router.get("/dossiers/{code}/papers/{position}/file", response=None, openapi_extra=SENDS_FILE)
def read_paper(request: AskedByOfficer, code: str, position: Position) -> FileResponse:
    """Return the file handed in for one paper."""
    papers = Paper.objects.select_related("file").filter(dossier=request.auth.dossier_seen(code))
    return send(get_object_or_404(papers, position=position).file)


@router.get("/dossiers/{code}/forms/{ordinal}", response=None, openapi_extra=SENDS_FILE)
def read_form(request: AskedByOfficer, code: str, ordinal: int) -> HttpResponse:
    """Return a form issued about the dossier, as PDF."""
    return send_form(request.auth.dossier_seen(code).reference, ordinal)


@router.get("/dossiers/{code}/result", response=None, openapi_extra=SENDS_FILE)
def read_result(request: AskedByOfficer, code: str) -> FileResponse:
    """Return the file of the result, the draft before it is signed."""
    results = Result.objects.select_related("file")
    return send(get_object_or_404(results, dossier=request.auth.dossier_seen(code)).file)


@router.get("/dossiers/{code}/result/signed", response=None, openapi_extra=SENDS_FILE)
def read_signed_result(request: AskedByOfficer, code: str) -> FileResponse:
    """Return the file that was signed, kept beside the stamped one."""
    results = Result.objects.select_related("signed_file")
    return send(get_object_or_404(results, dossier=request.auth.dossier_seen(code)).signed_file)
