"""Every table of the program is carried by a kind of the package, or is left out for a reason that is said here."""

from typing import Final

from django.apps import apps

from motcua.province_setup.kinds import BY_NAME

CARRIED: Final = {
    "units": "Unit UnitIdentifier Succession",
    "office-hours": "OfficeHours",
    "calendars": "CalendarAnnouncement CalendarDay",
    "roles": "RolePlace",
    "legal-documents": "LegalDocument DocumentRelation",
    "sectors": "Sector SectorClock",
    "procedures": "Procedure ProcedureVersion NoneDeclaration RequiredPaper Channel ExpectedResult",
    "publication-decisions": "PublicationDecision PublicationLine",
    "processes": "Workflow WorkflowStep",
    "offers": "Offering",
    "linked-groups": "LinkedGroup GroupLeg",
    "plain-words": "PlainSummary",
    "life-events": "LifeEvent LifeEventStep",
    "service-levels": "ServiceLevel",
    "service-targets": "ServiceTarget",
    "feedback-addresses": "FeedbackAddress",
    "hourly-incomes": "HourlyIncome",
    "search-words": "SearchSynonym",
}
LEFT_OUT: Final = {
    "people and what they may do": "User Grant Delegation ApiToken NoticePreference SavedFilter Following StockPhrase",
    "the record of what happened": "EventRecord DailyDigest",
    "running work of the machine": "Sequence KeptAnswer",
    "derived from what is carried": "EffectChange SearchWord SearchSlip",
    "drafts, reviews and their findings: work under way": (
        "BasisReview BasisReviewItem LegalDraft LegalDraftTie LegalDraftItem ReviewPlan Review PartReview CostLine"
    ),
    "files and papers of people": "StoredFile IssuedDocument PaperKit PaperSlot",
    "dossiers and what is done about them": (
        "LinkedApplication FormerLinkedPromise LinkedLeg Dossier Applicant ContactCode Paper Step SupplementRequest "
        "SupplementItem Declining Withdrawal Result CodeSending LookupFailure RegisterBook RegisterLine HandoverList "
        "HandoverItem CalendarRecount Opening Memo BulkJob BulkItem FormerPromise ExcludedWait Alarm IrregularAct "
        "Extension Ending Consultation FinancialObligation Verification Guidance Correction Rating Outage PaperEntry "
        "PaperReturn VersionMove"
    ),
    "what was seen on a wall, with photographs": "PostingConfirmation PostingLine",
    "petitions of people": "Petition ContactProof MoreAsked Transfer Opinion Answer PublishedAnswer",
    "letters to people": "OfficialLetter Notice Message PetitionMessage",
    "read from the national database, and what somebody here said about it": (
        "NationalSnapshot NationalRecord NameMapping NationalDifference NationalEntry"
    ),
    "what people were asked and answered, under way or closed": (
        "Survey SurveyQuestion SurveyInvitation SurveyTurnout AnswerSheet SheetMark"
    ),
    "what the portal has published or is about to: written here, by people": (
        "NewsSection Article Edition ArticlePhoto ViewTick DailyViews"
    ),
    "figures, derived from dossiers": "FigureMark DossierTally Tally FigureProof",
    "how the province counts: somebody there chose and answers for it, no neighbour's to take over": "CountingChoice",
    "about packages themselves": ("ConfigurationPackage PackageApplication PackageComparison ComparedItem AcceptedKey"),
}


def test_every_table_is_carried_or_left_out_for_a_reason() -> None:
    ours = [app for app in apps.get_app_configs() if app.name.startswith("motcua.")]
    models = sorted(model.__name__ for app in ours for model in app.get_models())
    said = [name for names in (*CARRIED.values(), *LEFT_OUT.values()) for name in names.split()]

    assert len(models) > 90
    assert sorted(said) == models


def test_every_kind_says_which_tables_it_carries() -> None:
    assert CARRIED.keys() == BY_NAME.keys()
