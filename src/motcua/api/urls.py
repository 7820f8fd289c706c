"""The JSON API and its version."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser

from motcua.api.docs import PlainPage
from motcua.api.errors import NotJson, handle_errors
from motcua.api.openapi import described
from motcua.api.refusals import handle_refusals
from motcua.api.v1 import (
    bulk,
    catalogue,
    catalogue_control,
    catalogue_days,
    counter,
    course,
    declarations,
    intake,
    law,
    legal_drafts,
    legs,
    linked,
    national,
    outcome,
    own,
    paper_answers,
    paper_mode,
    petitions,
    postings,
    process,
    service_levels,
    status,
    work,
    work_life,
)

_DESCRIPTION = "Everything the portal and the workspace do, for machines. See docs/features/api.md."


class OnlyJson(Parser):
    """Takes no body that says it is something else than JSON."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body; raises `NotJson`. A part of a form has no type of its own."""
        if request.content_type not in {None, "", "application/json"}:
            raise NotJson
        return super().parse_body(request)


class Api(NinjaAPI):
    """The API with names of operations as its clients write them, and its problems described."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the function: it is the only one of that name."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the description, with the problems every operation may answer with."""
        return described(super().get_openapi_schema(**kwargs))


api = Api(title="motcua", version="1", description=_DESCRIPTION, parser=OnlyJson(), docs=PlainPage())
handle_errors(api)
handle_refusals(api)
api.add_router("/procedures", catalogue.router)
api.add_router("/procedures", national.public)
api.add_router("/procedures", declarations.router)
api.add_router("/linked-groups", linked.router)
api.add_router("/status", status.router)
api.add_router("", petitions.public)
api.add_router("/my/petitions", petitions.own)
api.add_router("/work/petitions", petitions.work)
api.add_router("/me", work.me_router)
api.add_router("/my/dossiers", own.router)
api.add_router("/my/linked-applications", linked.own_router)
api.add_router("/work", work.router)
api.add_router("/work/dossiers", work_life.router)
api.add_router("/work/linked-applications", linked.work_router)
api.add_router("/work", counter.router)
api.add_router("/work", paper_mode.router)
api.add_router("/work", postings.router)
api.add_router("/work", paper_answers.kits)
api.add_router("/work/dossiers", paper_answers.dossiers)
api.add_router("/work/dossiers", intake.router)
api.add_router("/work/dossiers", process.router)
api.add_router("/work/dossiers", course.router)
api.add_router("/work/dossiers", legs.router)
api.add_router("/work/dossiers", outcome.router)
api.add_router("/work/bulk-orders", bulk.router)
api.add_router("/work/catalogue", catalogue_days.router)
api.add_router("/work/publication-decisions", catalogue_control.decisions_router)
api.add_router("/work/reviews", catalogue_control.reviews_router)
api.add_router("/work/service-levels", service_levels.router)
api.add_router("/work/legal-documents", law.router)
api.add_router("/work/legal-drafts", legal_drafts.router)
api.add_router("/work/national-database", national.router)
