"""Routes whose addresses take the same codes."""

OF_A_PROCESS = (
    "workspace:process",
    "workspace:edit-process",
    "workspace:import-process",
    "workspace:submit-process",
    "workspace:approve-process",
    "workspace:process-sheet",
    "workspace:process-bpmn",
)
OF_A_DRAFT_PUBLICATION = (
    "workspace:publication",
    "workspace:change-publication",
    "workspace:add-to-publication",
    "workspace:new-in-publication",
    "workspace:submit-publication",
    "workspace:publication-paper",
    "workspace:publication-annex",
)
OF_A_LEGAL_DRAFT = (
    "workspace:legal-draft",
    "workspace:change-legal-draft",
    "workspace:tie-legal-draft",
    "workspace:submit-legal-draft",
)
OF_A_BOARD = (
    "workspace:posting-place",
    "workspace:posting-board-file",
    "workspace:confirm-posting",
    "workspace:confirm-taken-down",
    "workspace:feedback-address",
)
OF_A_POSTING = (
    "workspace:posting-confirmation",
    "workspace:posting-photo",
    "workspace:correct-posting",
    "workspace:withdraw-posting",
)
OF_A_PROCEDURE = (
    "portal:history",
    "portal:procedure-json",
    "portal:procedure-csv",
    "portal:procedure-json-ld",
    "portal:checklist",
    "portal:checklist-pdf",
    "portal:blank-form",
)
OF_A_LINE = (
    "workspace:publication-line",
    "workspace:edit-content",
    "workspace:remove-from-publication",
    "workspace:compose",
    "workspace:declaration",
    "workspace:declaration-preview",
    "workspace:add-field",
)
OF_A_PLAN = ("workspace:review-plan", "workspace:issue-review-plan", "workspace:pick-review")
OF_A_LEVEL = ("workspace:correct-level", "workspace:end-level", "workspace:withdraw-level")
OF_A_REVIEW = (
    "workspace:review",
    "workspace:move-review",
    "workspace:review-costs-file",
    "workspace:review-paper",
    "workspace:propose-review",
)
OF_A_PETITION = (
    "portal:petition",
    "portal:confirm-petition",
    "portal:send-petition-code",
    "portal:petition-sent",
    "portal:add-to-petition",
    "portal:reopen-petition",
    "portal:petition-settled",
    "workspace:petition",
    "workspace:petition-receipt",
    "workspace:petition-photo",
)
OF_A_DESK = ("workspace:reserve-kit", "workspace:declare-outage", "workspace:end-outage")
OF_A_KIT = ("workspace:paper-kit", "workspace:paper-kit-file", "workspace:withdraw-kit")
OF_A_JOB = ("workspace:bulk-job", "workspace:cancel-bulk", "workspace:take-back")
OF_AN_OPEN_SURVEY = ("workspace:survey", "workspace:enter-slip", "workspace:survey-slips")
OF_A_PACKAGE = (
    "workspace:package",
    "workspace:package-file",
    "workspace:accept-package-key",
    "workspace:compare-package",
    "workspace:apply-package",
)
OF_A_LAW = ("workspace:law", "workspace:change-law", "workspace:relate-law", "workspace:basis-review")
OF_AN_ARTICLE = ("portal:article", "workspace:article")
OF_A_DRAFT_ARTICLE = ("workspace:change-article", "workspace:add-article-photo")
