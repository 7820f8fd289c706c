"""What can be applied for: procedures, what they ask and say in each period, how they are handled, who offers them."""

from motcua.catalogue.models.declared import NoneDeclaration
from motcua.catalogue.models.linked import GroupLeg, LinkedGroup
from motcua.catalogue.models.parts import Channel, ExpectedResult, RequiredPaper
from motcua.catalogue.models.people import LifeEvent, LifeEventStep, PlainSummary
from motcua.catalogue.models.procedure import Procedure, ProcedureVersion, Sector
from motcua.catalogue.models.process import Offering, SectorClock, Workflow, WorkflowStep
from motcua.catalogue.models.publication import PublicationDecision, PublicationLine
from motcua.catalogue.models.review import CostLine, HourlyIncome, PartReview, Review, ReviewPlan, VerdictChoice
from motcua.catalogue.models.search import SearchSlip, SearchSynonym, SearchWord
from motcua.catalogue.models.service_level import ServiceLevel, ServiceTarget

__all__ = [
    "Channel",
    "CostLine",
    "ExpectedResult",
    "GroupLeg",
    "HourlyIncome",
    "LifeEvent",
    "LifeEventStep",
    "LinkedGroup",
    "NoneDeclaration",
    "Offering",
    "PartReview",
    "PlainSummary",
    "Procedure",
    "ProcedureVersion",
    "PublicationDecision",
    "PublicationLine",
    "RequiredPaper",
    "Review",
    "ReviewPlan",
    "SearchSlip",
    "SearchSynonym",
    "SearchWord",
    "Sector",
    "SectorClock",
    "ServiceLevel",
    "ServiceTarget",
    "VerdictChoice",
    "Workflow",
    "WorkflowStep",
]
