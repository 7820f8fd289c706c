"""The addresses of the officers' workspace."""

from django.urls import path

from motcua.workspace.views import (
    absence,
    administration,
    counter,
    dossiers,
    intake,
    process,
    register,
    watching,
    worklist,
)

app_name = "workspace"

urlpatterns = [
    path("", worklist.home, name="worklist"),
    path("quan-tri/", administration.people, name="administration"),
    path("quan-tri/thu-hoi/<int:pk>/", administration.revoke, name="revoke"),
    path("vang-mat/", absence.absence, name="absence"),
    path("vang-mat/<int:pk>/ket-thuc/", absence.end_absence, name="end-absence"),
    path("thong-bao/", watching.notices, name="notices"),
    path("thong-bao/da-doc/", watching.read_notices, name="read-notices"),
    path("qua-han/", watching.late, name="late"),
    path("phien/", register.session, name="session"),
    path("ho-so-cua-bo-phan/", register.everything, name="register"),
    path("tim/", register.look_up, name="find"),
    path("tiep-nhan-truc-tiep/", counter.pick, name="counter"),
    path(
        "tiep-nhan-truc-tiep/<str:desk>/<str:procedure>/<str:competent>/",
        counter.take_down,
        name="take-down",
    ),
    path("ho-so/<str:code>/phieu/", counter.slip, name="slip"),
    path("ho-so/<str:code>/", dossiers.dossier, name="dossier"),
    path("ho-so/<str:code>/da-tiep-nhan/", dossiers.accepted, name="accepted"),
    path("ho-so/<str:code>/tep/<int:position>/", dossiers.paper, name="paper"),
    path("ho-so/<str:code>/giay/<int:pk>/", dossiers.issued_form, name="issued-form"),
    path("ho-so/<str:code>/ket-qua/", dossiers.result, name="result"),
    path("ho-so/<str:code>/ket-qua/ban-ky/", dossiers.signed_draft, name="signed-draft"),
    path("ho-so/<str:code>/tiep-nhan/", intake.accept, name="accept"),
    path("ho-so/<str:code>/yeu-cau-bo-sung/", intake.request_supplement, name="request-supplement"),
    path("ho-so/<str:code>/nhan-bo-sung/", intake.take_supplement, name="receive-supplement"),
    path("ho-so/<str:code>/tu-choi/", intake.decline, name="decline"),
    path("ho-so/<str:code>/chuyen/", intake.transfer, name="transfer"),
    path("ho-so/<str:code>/phan-cong/", process.assign, name="assign"),
    path("ho-so/<str:code>/trinh-ky/", process.propose, name="propose"),
    path("ho-so/<str:code>/lam-lai/", process.return_for_rework, name="return-for-rework"),
    path("ho-so/<str:code>/ky/", process.sign, name="sign"),
    path("ho-so/<str:code>/phat-hanh/", process.issue, name="issue"),
    path("ho-so/<str:code>/tra-ket-qua/", intake.hand_over, name="hand-over"),
    path("ho-so/<str:code>/rut/", intake.withdraw, name="withdraw"),
]
