"""Every page of the site that is looked at, in the states in which people meet it; and the addresses that show none."""

from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.rules.transitions import Status
from tests.journeys import states
from tests.journeys.province import BIRTH, DEATH, DESK_CODE, DRAFTED, ISSUED, LAID, LINKED, LOCAL, WARD
from tests.journeys.visitor import Visitor

GUEST, CITIZEN, STRANGER = "", "congdan", "moi"
DESK, HEAD, DISPATCHER, OFFICER = "tiepnhan.dbp", "motcua.dbp", "phancong.dbp", "hotich.dbp"
LEADER, CLERK, ADMINISTRATOR, KEEPER = "lanhdao.dbp", "vanthu.dbp", "quantri", "kiemsoat"
ASKED = "cutru.dbp"
BESIDE = "dangky.vpdk"
FORM_01 = "form 01"
NO_JOB = "7b1c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b12"
_BOOK: dict[str, str | int] = {"desk": DESK_CODE, "year": 2026}
CONTROL, CHAIRMAN = "kiemsoat", "chutich"
_DESK: dict[str, str | int] = {"desk": DESK_CODE}
_KIT: dict[str, str | int] = {"code": f"{DESK_CODE}-2026-1"}
_SLOT: dict[str, str | int] = {**_KIT, "number": 9001}
_ON_PAPER: dict[str, str | int] = {**_SLOT, "procedure": BIRTH, "day": "2026-03-02"}
_PROCESS: dict[str, str | int] = {"procedure": BIRTH, "number": 1}
_DRAFTED: dict[str, str | int] = {"key": DRAFTED}
_LOCAL: dict[str, str | int] = {**_DRAFTED, "procedure": LOCAL}
_LISTED: dict[str, str | int] = {**_DRAFTED, "procedure": BIRTH}
_TAKE_DOWN_LINKED: dict[str, str | int] = {"desk": DESK_CODE, "group": LINKED, "competent": WARD}
_TAKE_DOWN: dict[str, str | int] = {"desk": DESK_CODE, "procedure": BIRTH, "competent": WARD}


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as `who` meets it. `then` is done on the page before it is looked at; `answer` is the last status.

    `of` names the status of the dossier in the address; a guest's draft is the one that guest began. `step` names the
    open step of a building permit, whose process branches, when the address is about that one. Who comes `apart` gets
    a browser of their own, because this leaves something behind in it.
    """

    route: str
    who: str = GUEST
    of: Status | None = None
    kwargs: dict[str, str | int] = field(default_factory=dict)
    query: str = ""
    then: Callable[[Visitor], None] | None = None
    answer: int = 200
    apart: bool = False
    step: str = ""

    def __str__(self) -> str:
        parts = (
            self.who or "guest",
            self.of or self.step,
            self.query,
            self.then.__name__ if self.then else "",
            self.answer,
        )
        return " ".join([self.route, *(str(part) for part in parts if part and part != 200)])


_READING = [
    Visit("portal:home"),
    Visit("portal:home", CITIZEN),
    Visit("portal:home", then=states.in_english, apart=True),
    Visit("portal:home", then=states.with_suggestions),
    Visit("portal:search"),
    Visit("portal:search", query="?q=khai+sinh"),
    Visit("portal:search", query="?q=zzzz"),
    Visit("portal:sectors"),
    Visit("portal:sector", kwargs={"code": "ho-tich"}),
    Visit("portal:life-event", kwargs={"slug": "sinh-con"}),
    Visit("portal:procedure", kwargs={"code": BIRTH}, then=states.all_opened),
    Visit("portal:procedure", kwargs={"code": BIRTH}, query=f"?noi={WARD}"),
    Visit("portal:procedure", kwargs={"code": "1.013225"}, then=states.in_english, apart=True),
    Visit("portal:procedure", kwargs={"code": "0.000000"}, answer=404),
    Visit("portal:linked-group", kwargs={"code": LINKED}),
    Visit("portal:linked-group", kwargs={"code": LINKED}, query=f"?noi={WARD}", then=states.all_opened),
    Visit("portal:linked-group", kwargs={"code": "khong-co"}, answer=404),
    Visit("portal:desks"),
    Visit("portal:guide"),
    Visit("portal:accessibility"),
    Visit("portal:privacy"),
    Visit("api-1:openapi-view"),
]
_FILING = [
    Visit("portal:choose-place", kwargs={"code": BIRTH}),
    Visit("portal:choose-place", CITIZEN, kwargs={"code": BIRTH}),
    Visit("portal:choose-place", kwargs={"code": BIRTH}, then=states.sent_empty("Bắt đầu"), answer=422, apart=True),
    Visit("portal:choose-linked-place", kwargs={"code": LINKED}),
    Visit("portal:applicant", of=Status.DRAFT),
    Visit("portal:applicant", of=Status.DRAFT, then=states.without_a_name, answer=422),
    Visit("portal:applicant", CITIZEN, of=Status.DRAFT, then=states.all_opened),
    Visit("portal:declaration", of=Status.DRAFT),
    Visit("portal:declaration", of=Status.DRAFT, then=states.sent_empty("Lưu và tiếp tục"), answer=422),
    Visit("portal:papers", CITIZEN, of=Status.DRAFT, then=states.all_opened),
    Visit("portal:papers", of=Status.DRAFT, then=states.sent_empty("Gửi tệp này"), answer=422),
    Visit("portal:return", of=Status.DRAFT),
    Visit("portal:return", of=Status.DRAFT, then=states.by_post_to_nowhere, answer=422),
    Visit("portal:contact", of=Status.DRAFT),
    Visit("portal:contact", of=Status.DRAFT, then=states.with_a_wrong_code, answer=422),
    Visit("portal:check-answers", of=Status.DRAFT),
    Visit("portal:check-answers", CITIZEN, of=Status.DRAFT),
    Visit("portal:submitted", CITIZEN, of=Status.SUBMITTED),
]
_FOLLOWING = [
    Visit("portal:look-up"),
    Visit("portal:look-up", then=states.sent_empty("Xem tiến độ"), answer=422),
    Visit("portal:look-up", then=states.with_a_wrong_pin, answer=422),
    Visit("portal:public-status", CITIZEN, of=Status.IN_PROGRESS, then=states.all_opened),
    Visit("portal:public-status", CITIZEN, of=Status.INTAKE_SUPPLEMENT),
    Visit("portal:look-up", then=states.looked_up(Status.IN_PROGRESS), apart=True),
    Visit("portal:prove", of=Status.IN_PROGRESS, then=states.proving(Status.IN_PROGRESS), apart=True),
    Visit(
        "portal:prove",
        of=Status.IN_PROGRESS,
        then=states.proving_wrongly(Status.IN_PROGRESS),
        answer=422,
        apart=True,
    ),
    Visit("portal:my-dossiers"),
    Visit("portal:my-dossiers", CITIZEN),
    Visit("portal:my-dossiers", STRANGER),
    *(
        Visit("portal:dossier", CITIZEN, of=status, then=states.all_opened)
        for status in Status
        if status not in {Status.TRANSFERRED, Status.PENDING_SIGN, Status.SIGNED}
    ),
    Visit("portal:dossier", of=Status.DRAFT),
    Visit("portal:dossier", GUEST, of=Status.SUBMITTED, answer=404),
    Visit("portal:dossier", STRANGER, of=Status.SUBMITTED, answer=404),
    Visit("portal:supplement", CITIZEN, of=Status.INTAKE_SUPPLEMENT),
    Visit("portal:supplement", CITIZEN, of=Status.INTAKE_SUPPLEMENT, then=states.sent_empty("Thay"), answer=422),
    Visit("portal:delete-draft", CITIZEN, of=Status.DRAFT),
    Visit("portal:supplement", CITIZEN, of=Status.SUPPLEMENT),
    Visit("portal:withdraw", CITIZEN, of=Status.SUBMITTED),
    Visit("portal:rate", CITIZEN, of=Status.RETURNED),
    Visit("portal:rate", CITIZEN, of=Status.RETURNED, then=states.sent_empty("Gửi đánh giá"), answer=422),
    Visit("portal:rate", CITIZEN, of=Status.RETURNED, then=states.rated),
]
_ACCOUNTS = [
    Visit("account_login"),
    Visit("account_login", then=states.with_a_wrong_password, apart=True),
    Visit("account_logout", CITIZEN, apart=True),
    Visit("account_inactive"),
    Visit("account_signup"),
    Visit("account_signup", then=states.sent_empty("Mở tài khoản")),
    Visit("account_email_verification_sent", then=states.signing_up, apart=True),
    Visit("account_reauthenticate", CITIZEN),
    Visit("account_reauthenticate", CITIZEN, then=states.sent_empty("Xác nhận")),
    Visit("account_email", CITIZEN),
    Visit("account_change_password", CITIZEN),
    Visit("account_change_password", CITIZEN, then=states.sent_first_button_empty),
    Visit("account_reset_password"),
    Visit("account_reset_password", then=states.sent_first_button_empty),
    Visit("account_reset_password_done"),
    Visit("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "khong-con"}),
    Visit("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "khong-con"}, then=states.by_a_good_key),
    Visit("account_reset_password_from_key_done"),
    Visit("mfa_index", CITIZEN),
    Visit("mfa_index", DESK),
    Visit("mfa_authenticate", then=states.after_the_password(DESK), apart=True),
    Visit("mfa_authenticate", then=states.after_the_password_with_a_wrong_code(DESK), apart=True),
    Visit("mfa_reauthenticate", DESK),
    Visit("mfa_activate_totp", CITIZEN),
    Visit("mfa_activate_totp", CITIZEN, then=states.sent_empty("Bật")),
    Visit("mfa_deactivate_totp", DESK),
    Visit("mfa_view_recovery_codes", DESK, then=states.recovery_codes_made),
    Visit("mfa_generate_recovery_codes", DESK),
]
_LISTS = [
    Visit("workspace:worklist", DESK),
    Visit("workspace:worklist", HEAD),
    Visit("workspace:worklist", LEADER),
    Visit("workspace:worklist", DESK, then=states.in_english, apart=True),
    Visit("workspace:worklist", DESK, then=states.menu_opened),
    Visit("workspace:worklist", CITIZEN, answer=403),
    Visit("workspace:worklist", DESK, query="?ngan=qua-han&q=H18&cot=buoc&cot=noi-nhan"),
    Visit("workspace:worklist", DESK, then=states.filter_kept, apart=True),
    Visit("workspace:worklist", DESK, then=states.keys_shown),
    Visit("workspace:worklist", DESK, then=states.bulk_previewed, apart=True),
    Visit("workspace:bulk-job", DESK, kwargs={"key": NO_JOB}, then=states.bulk_ordered, apart=True),
    Visit("workspace:take-back", DESK, kwargs={"key": NO_JOB}, then=states.bulk_taken_back, apart=True),
    Visit("workspace:bulk-jobs", DESK),
    Visit("workspace:phrases", DESK),
    Visit("workspace:phrases", DESK, then=states.sent_empty("Lưu câu mẫu"), answer=422),
    Visit("workspace:notice-periods", DESK),
    Visit("workspace:register", DESK),
    Visit("workspace:register", DESK, query="?status=WITHDRAWN"),
    Visit("workspace:notices", DESK),
    Visit("workspace:absence", DESK),
    Visit("workspace:linked", DISPATCHER),
    Visit("workspace:late", DESK),
    Visit("workspace:register-book", DESK),
    Visit("workspace:handovers", DESK),
    Visit("workspace:handovers", DESK, query="?ngay=2026-03-03"),
    Visit("workspace:paper-mode", DESK),
    Visit("workspace:paper-mode", HEAD),
    Visit("workspace:reserve-kit", HEAD, kwargs=_DESK),
    Visit("workspace:declare-outage", HEAD, kwargs=_DESK),
    Visit("workspace:declare-outage", HEAD, kwargs=_DESK, then=states.sent_empty("Khai báo"), answer=422),
    Visit("workspace:end-outage", HEAD, kwargs=_DESK),
    Visit("workspace:paper-kit", DESK, kwargs=_KIT),
    Visit("workspace:paper-kit", HEAD, kwargs=_KIT),
    Visit("workspace:spoil-slot", DESK, kwargs=_SLOT),
    Visit("workspace:spoil-slot", DESK, kwargs=_SLOT, then=states.sent_empty("Báo hỏng"), answer=422),
    Visit("workspace:paper-slots", DESK),
    Visit("workspace:paper-slots", DESK, query="?q=9999"),
    Visit("workspace:paper-slot", DESK, kwargs=_SLOT),
    Visit("workspace:enter-from-paper", DESK, kwargs=_ON_PAPER),
    Visit("workspace:enter-from-paper", DESK, kwargs=_ON_PAPER, then=states.sent_empty("Nhập hồ sơ"), answer=422),
    Visit("workspace:decline-from-paper", DESK, kwargs=_ON_PAPER),
    Visit("workspace:decline-from-paper", DESK, kwargs=_ON_PAPER, then=states.sent_empty("Nhập hồ sơ"), answer=422),
    Visit("workspace:ask-from-paper", DESK, kwargs=_ON_PAPER),
    Visit("workspace:ask-from-paper", DESK, kwargs=_ON_PAPER, then=states.sent_empty("Nhập hồ sơ"), answer=422),
    Visit("workspace:find", DESK),
    Visit("workspace:find", DESK, query="?q=T-"),
    Visit("workspace:find", DESK, query="?q=khong-co"),
    Visit("workspace:calendar", KEEPER),
    Visit("workspace:calendar", KEEPER, then=states.sent_empty("Ghi và xem ảnh hưởng"), answer=422),
    Visit("workspace:calendar-preview", KEEPER, kwargs={"pk": 1}, then=states.announced, apart=True),
    Visit("workspace:administration", ADMINISTRATOR),
    Visit("workspace:administration", ADMINISTRATOR, then=states.sent_empty("Giao vai trò"), answer=422),
    Visit("workspace:administration", DESK, answer=403),
    Visit("workspace:processes", CONTROL),
    Visit("workspace:process-versions", CONTROL, kwargs={"procedure": BIRTH}),
    Visit("workspace:process-versions", CONTROL, kwargs={"procedure": BIRTH}, then=states.draft_begun),
    Visit("workspace:process", CONTROL, kwargs=_PROCESS),
    Visit("workspace:edit-process", CONTROL, kwargs=_PROCESS, answer=409),
    Visit("workspace:approve-process", CONTROL, kwargs=_PROCESS, answer=403),
    Visit("workspace:publications", CONTROL),
    Visit("workspace:publications", CONTROL, query="?trang=9"),
    Visit("workspace:begin-publication", CONTROL),
    Visit("workspace:begin-publication", CONTROL, then=states.sent_empty("Bắt đầu soạn"), answer=422),
    Visit("workspace:publication", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:publication", CHAIRMAN, kwargs={"key": LAID}),
    Visit("workspace:publication", CONTROL, kwargs={"key": ISSUED}),
    Visit("workspace:change-publication", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:add-to-publication", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:add-to-publication", CONTROL, kwargs=_DRAFTED, query="?q=khai"),
    Visit("workspace:enter-in-publication", CONTROL, kwargs={**_DRAFTED, "procedure": DEATH}),
    Visit("workspace:new-in-publication", CONTROL, kwargs=_DRAFTED),
    Visit(
        "workspace:new-in-publication",
        CONTROL,
        kwargs=_DRAFTED,
        then=states.sent_empty("Thêm và soạn nội dung"),
        answer=422,
    ),
    Visit("workspace:publication-line", CONTROL, kwargs=_LOCAL),
    Visit("workspace:publication-line", CONTROL, kwargs=_LISTED),
    Visit("workspace:edit-content", CONTROL, kwargs=_LOCAL),
    Visit("workspace:edit-content", CONTROL, kwargs=_LOCAL, then=states.paper_without_a_name, answer=422),
    Visit("workspace:edit-content", CONTROL, kwargs=_LISTED),
    Visit("workspace:sign-publication", CHAIRMAN, kwargs={"key": LAID}),
    Visit("workspace:sign-publication", CHAIRMAN, kwargs={"key": LAID}, then=states.sent_empty("Trả lại"), answer=422),
    Visit("workspace:publication-entry", CONTROL, kwargs={"key": ISSUED}),
    Visit("workspace:counter", DESK),
    Visit("workspace:counter", DESK, query="?q=khai+sinh"),
    Visit("workspace:counter", DISPATCHER, answer=403),
    Visit("workspace:take-down", DESK, kwargs=_TAKE_DOWN),
    Visit("workspace:take-down", DESK, kwargs=_TAKE_DOWN, then=states.sent_empty("Ghi nhận hồ sơ"), answer=422),
    Visit("workspace:take-down-linked", DESK, kwargs=_TAKE_DOWN_LINKED),
    Visit(
        "workspace:take-down-linked",
        DESK,
        kwargs=_TAKE_DOWN_LINKED,
        then=states.sent_empty("Ghi nhận hồ sơ"),
        answer=422,
    ),
    Visit("workspace:slip", DESK, of=Status.SUBMITTED),
]
_ACTS = [
    *(Visit("workspace:dossier", DESK, of=status, then=states.all_opened) for status in Status if status != "DRAFT"),
    Visit("workspace:dossier", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:dossier", OFFICER, of=Status.SUBMITTED, answer=404),
    Visit("workspace:accepted", DESK, of=Status.ACCEPTED),
    Visit("workspace:accept", DESK, of=Status.SUBMITTED),
    Visit("workspace:accept", DESK, of=Status.SUBMITTED, then=states.sent_empty("Tiếp nhận hồ sơ"), answer=422),
    Visit("workspace:accept", DESK, of=Status.SUBMITTED, then=states.seen_too_long_ago, answer=409),
    Visit("workspace:accept", DESK, of=Status.SUBMITTED, then=states.session_over, apart=True),
    Visit("workspace:accept", DESK, of=Status.SUBMITTED, then=states.token_lost, answer=403, apart=True),
    Visit("workspace:accept", DESK, of=Status.RETURNED, answer=409),
    Visit("workspace:request-supplement", DESK, of=Status.SUBMITTED),
    Visit("workspace:request-supplement", DESK, of=Status.SUBMITTED, then=states.supplement_previewed),
    Visit("workspace:request-supplement", DESK, of=Status.SUBMITTED, then=states.sent_empty("Gửi yêu cầu"), answer=422),
    Visit("workspace:receive-supplement", DESK, of=Status.INTAKE_SUPPLEMENT),
    Visit(
        "workspace:receive-supplement", DESK, of=Status.INTAKE_SUPPLEMENT, then=states.sent_empty("Nhận"), answer=422
    ),
    Visit("workspace:receive-supplement", DESK, of=Status.SUBMITTED, answer=409),
    Visit("workspace:withdraw", DESK, of=Status.IN_PROGRESS),
    Visit("workspace:withdraw", DESK, of=Status.IN_PROGRESS, then=states.sent_empty("Rút hồ sơ"), answer=422),
    Visit("workspace:decline", DESK, of=Status.SUBMITTED),
    Visit("workspace:decline", DESK, of=Status.SUBMITTED, then=states.sent_empty("Từ chối tiếp nhận"), answer=422),
    Visit("workspace:transfer", DESK, of=Status.ACCEPTED),
    Visit("workspace:assign", DISPATCHER, of=Status.TRANSFERRED),
    Visit("workspace:assign", DISPATCHER, of=Status.TRANSFERRED, then=states.sent_empty("Phân công"), answer=422),
    Visit("workspace:propose", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:propose", OFFICER, of=Status.IN_PROGRESS, then=states.sent_empty("Trình ký"), answer=422),
    Visit("workspace:return-for-rework", LEADER, of=Status.PENDING_SIGN),
    Visit("workspace:return-for-rework", LEADER, of=Status.PENDING_SIGN, then=states.sent_empty("Trả lại"), answer=422),
    Visit("workspace:sign", LEADER, of=Status.PENDING_SIGN),
    Visit("workspace:issue", CLERK, of=Status.SIGNED),
    Visit("workspace:issue", CLERK, of=Status.SIGNED, then=states.sent_empty("Cấp số"), answer=422),
    Visit("workspace:hand-over", DESK, of=Status.DONE),
    Visit("workspace:enter-hand-over", DESK, of=Status.DONE),
    Visit("workspace:enter-hand-over", DESK, of=Status.DONE, then=states.sent_empty("Nhập kết quả đã trả"), answer=422),
    Visit("workspace:hand-over", DESK, of=Status.DONE, then=states.with_nobody_named, answer=422),
]
_WHOLE_LIFE = [
    Visit("workspace:guide", DESK, of=Status.SUBMITTED),
    Visit("workspace:supplement-after", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:supplement-again", LEADER, of=Status.IN_PROGRESS),
    Visit("workspace:record-verification", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:consult", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:answer-consultation", ASKED, of=Status.CONSULTING),
    Visit("workspace:go-on-unanswered", OFFICER, of=Status.CONSULTING),
    Visit("workspace:await-financial", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:settle-financial", DESK, of=Status.FINANCIAL),
    Visit("workspace:propose-refusal", OFFICER, of=Status.IN_PROGRESS),
    Visit("workspace:issue-refusal", CLERK, of=Status.SIGNED),
    Visit("workspace:extend", LEADER, of=Status.IN_PROGRESS),
    Visit("workspace:extend", LEADER, of=Status.IN_PROGRESS, then=states.sent_empty("Xin lỗi"), answer=422),
    Visit("workspace:stop", LEADER, of=Status.IN_PROGRESS),
    Visit("workspace:close-unanswered", DESK, of=Status.SUPPLEMENT),
    Visit("workspace:post-result", DESK, of=Status.DONE),
    Visit("workspace:release-online", DESK, of=Status.DONE),
    Visit("workspace:settle-at-once", DESK, of=Status.ACCEPTED),
    Visit("workspace:settle-at-once", DESK, of=Status.ACCEPTED, then=states.sent_empty("Trả kết quả ngay"), answer=422),
    Visit("workspace:report-error", DESK, of=Status.DONE),
    Visit("workspace:correct", LEADER, of=Status.CORRECTING),
]
_BRANCHED = [
    Visit("workspace:dossier", OFFICER, step="B2"),
    Visit("workspace:assign-leg", DISPATCHER, step="B2"),
    Visit("workspace:assign-leg", DISPATCHER, step="B2", then=states.sent_empty("Giao bước"), answer=422),
    Visit("workspace:finish-leg", BESIDE, step="B2"),
    Visit("workspace:finish-leg", BESIDE, step="B2", then=states.sent_empty("Hoàn thành"), answer=422),
    Visit("workspace:pass-on", OFFICER, step="B5"),
    Visit("workspace:pass-on", OFFICER, step="B5", then=states.sent_empty("Chuyển bước"), answer=422),
    Visit("workspace:approve-draft", DISPATCHER, step="B7"),
    Visit("workspace:give-back-draft", DISPATCHER, step="B7"),
    Visit("workspace:give-back-draft", DISPATCHER, step="B7", then=states.sent_empty("Trả lại"), answer=422),
]
_DEMONSTRATION = [
    Visit("demo:sign-ins"),
    Visit("demo:outbox"),
    Visit("demo:style-guide"),
]
AT_THE_PORTAL = [*_READING, *_FILING, *_FOLLOWING, *_DEMONSTRATION]
AT_WORK = [*_ACCOUNTS, *_LISTS]
ACTING = [*_ACTS, *_WHOLE_LIFE, *_BRANCHED]
VISITS = [*AT_THE_PORTAL, *AT_WORK, *ACTING]


@dataclass(frozen=True, slots=True)
class Bare:
    """An address that never answers with a page of its own, and what stands there `instead`."""

    visit: Visit
    instead: str


NO_PAGES = [
    Bare(Visit("workspace:read-notices", DESK), "marks notices as read"),
    Bare(Visit("workspace:keep-filter", DESK), "keeps a filter"),
    Bare(Visit("workspace:drop-filter", DESK, kwargs={"pk": 1}), "removes a filter"),
    Bare(Visit("workspace:bulk", DESK), "the preview, looked at from the worklist"),
    Bare(Visit("workspace:order-bulk", DESK, kwargs={"act": "MEMO"}), "orders; refused: the preview"),
    Bare(Visit("workspace:cancel-bulk", DESK, kwargs={"key": NO_JOB}), "stops a job"),
    Bare(Visit("workspace:drop-phrase", DESK, kwargs={"pk": 1}), "removes wording"),
    Bare(Visit("workspace:present", DESK, Status.SUBMITTED), "who else is there, a part of the page"),
    Bare(Visit("workspace:follow", DESK, Status.SUBMITTED), "follows"),
    Bare(Visit("workspace:remind", DESK, Status.SUBMITTED), "reminds"),
    Bare(Visit("workspace:memo", DESK, Status.SUBMITTED), "leaves a note"),
    Bare(Visit("workspace:end-absence", DESK, kwargs={"pk": 1}), "ends an absence"),
    Bare(Visit("portal:suggest", query="?q=khai"), "a list under the search box, looked at with the first page"),
    Bare(Visit("portal:autosave", CITIZEN, Status.DRAFT, {"part": "nguoi-nop"}), "the moment of saving, as JSON"),
    Bare(Visit("portal:send-proof", CITIZEN, Status.SUBMITTED), "sends a code"),
    Bare(Visit("portal:upload-paper", CITIZEN, Status.DRAFT, {"position": 1}), "takes a file; refused: the papers"),
    Bare(Visit("portal:view-paper", CITIZEN, Status.DRAFT, {"position": 1}), "a file"),
    Bare(Visit("portal:remove-paper", CITIZEN, Status.DRAFT, {"position": 1}), "takes a file away"),
    Bare(
        Visit("portal:no-paper", CITIZEN, Status.INTAKE_SUPPLEMENT, {"position": 1}),
        "takes a reason; refused: the supplement",
    ),
    Bare(Visit("portal:send-code", CITIZEN, Status.DRAFT, {"channel": "dien-thoai"}), "sends a code"),
    Bare(
        Visit("portal:confirm-code", CITIZEN, Status.DRAFT, {"channel": "dien-thoai"}), "takes a code; wrong: contact"
    ),
    Bare(Visit("portal:submit", CITIZEN, Status.DRAFT), "hands in"),
    Bare(Visit("portal:leave", CITIZEN, Status.SUBMITTED), "forgets"),
    Bare(Visit("portal:result", CITIZEN, Status.RETURNED), "a file"),
    Bare(Visit("portal:issued-form", CITIZEN, Status.ACCEPTED, {"pk": FORM_01}), "a file"),
    Bare(Visit("home-after-sign-in", CITIZEN), "leads on"),
    Bare(Visit("set_language"), "leads back"),
    Bare(Visit("account_set_password", CITIZEN), "leads on: everybody has a password"),
    Bare(Visit("account_confirm_login_code"), "leads on: nobody signs in by a code alone"),
    Bare(Visit("mfa_download_recovery_codes", DESK), "a file"),
    Bare(Visit("workspace:calendar-effects", KEEPER, kwargs={"pk": 1}), "a file"),
    Bare(Visit("workspace:revoke", ADMINISTRATOR, kwargs={"pk": 1}), "takes a role away"),
    Bare(Visit("workspace:register-book-file", DESK, kwargs={**_BOOK, "shape": "xlsx"}), "a file"),
    Bare(Visit("workspace:handover-paper", DESK, kwargs={"number": "khong-co"}), "a file"),
    Bare(Visit("workspace:take-handover", DESK, kwargs={"number": "khong-co"}), "signs for a list"),
    Bare(Visit("workspace:paper-kit-file", HEAD, kwargs=_KIT), "a file"),
    Bare(Visit("workspace:withdraw-kit", HEAD, kwargs=_KIT), "withdraws a kit"),
    Bare(Visit("workspace:close-register", HEAD, kwargs=_BOOK), "closes a book"),
    Bare(Visit("workspace:import-process", CONTROL, kwargs=_PROCESS), "takes a file"),
    Bare(Visit("workspace:submit-process", CONTROL, kwargs=_PROCESS), "lays before the chairman"),
    Bare(Visit("workspace:process-sheet", CONTROL, kwargs=_PROCESS), "a file"),
    Bare(Visit("workspace:process-bpmn", CONTROL, kwargs=_PROCESS), "a file"),
    Bare(Visit("workspace:submit-publication", CONTROL, kwargs=_DRAFTED), "lays before the chairman"),
    Bare(Visit("workspace:remove-from-publication", CONTROL, kwargs=_LOCAL), "takes a line out"),
    Bare(Visit("workspace:session", DESK), "a token, as text"),
    Bare(Visit("workspace:paper", DESK, Status.SUBMITTED, {"position": 1}), "a file"),
    Bare(Visit("workspace:life-file", DESK, Status.CORRECTING, {"kind": "ban-sai", "pk": 0}), "a file"),
    Bare(Visit("workspace:issued-form", DESK, Status.ACCEPTED, {"pk": FORM_01}), "a file"),
    Bare(Visit("workspace:control-sheet", DESK, Status.RETURNED), "a file"),
    Bare(Visit("workspace:result", DESK, Status.RETURNED), "a file"),
    Bare(Visit("workspace:signed-draft", DESK, Status.RETURNED), "a file"),
]
