"""What others ask about the catalogue."""

from motcua.catalogue.queries.procedures import (
    CaseCard,
    ChannelCard,
    Counts,
    DeskCard,
    PaperCard,
    ProcedurePage,
    QuestionCard,
    SectorCard,
    TermsCard,
    counts,
    offering_at,
    offering_units,
    procedure_page,
    sectors,
)

__all__ = [
    "CaseCard",
    "ChannelCard",
    "Counts",
    "DeskCard",
    "PaperCard",
    "ProcedurePage",
    "QuestionCard",
    "SectorCard",
    "TermsCard",
    "counts",
    "offering_at",
    "offering_units",
    "procedure_page",
    "sectors",
]
