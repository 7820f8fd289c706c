"""The addresses of the citizens' portal."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from motcua.portal.views import (
    account,
    dossiers,
    filing,
    home,
    linked,
    look_up,
    papers,
    procedures,
    proof,
    rating,
    supplement,
)

_PAGES = [
    path("", home.home, name="home"),
    path("tim/", procedures.search, name="search"),
    path("tim/goi-y/", procedures.suggest, name="suggest"),
    path("linh-vuc/", procedures.sectors, name="sectors"),
    path("linh-vuc/<slug:code>/", procedures.sector, name="sector"),
    path("doi-song/<slug:slug>/", procedures.life_event, name="life-event"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/nop/", filing.choose_place, name="choose-place"),
    path("lien-thong/<slug:code>/", linked.group, name="linked-group"),
    path("lien-thong/<slug:code>/nop/", linked.choose_place, name="choose-linked-place"),
    path("noi-tiep-nhan/", home.desks, name="desks"),
    path("huong-dan/", home.guide, name="guide"),
    path("tro-nang/", home.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan/", home.privacy, name="privacy"),
    path("tra-cuu/", look_up.look_up, name="look-up"),
    path("tra-cuu/<str:code>/", look_up.public_status, name="public-status"),
    path("tra-cuu/<str:code>/xac-nhan/", proof.prove, name="prove"),
    path("tra-cuu/<str:code>/gui-ma/", proof.send_code, name="send-proof"),
    path("ho-so-cua-toi/", dossiers.my_dossiers, name="my-dossiers"),
    path("ho-so/<str:code>/", dossiers.dossier, name="dossier"),
    path("ho-so/<str:code>/nguoi-nop/", filing.applicant, name="applicant"),
    path("ho-so/<str:code>/to-khai/", filing.declaration, name="declaration"),
    path("ho-so/<str:code>/luu/<slug:part>/", filing.autosave, name="autosave"),
    path("ho-so/<str:code>/giay-to/", papers.papers, name="papers"),
    path("ho-so/<str:code>/giay-to/<int:position>/", papers.upload, name="upload-paper"),
    path("ho-so/<str:code>/giay-to/<int:position>/xem/", papers.view_paper, name="view-paper"),
    path("ho-so/<str:code>/giay-to/<int:position>/bo/", papers.remove, name="remove-paper"),
    path("ho-so/<str:code>/giay-to/<int:position>/khong-co/", supplement.no_paper, name="no-paper"),
    path("ho-so/<str:code>/nhan-ket-qua/", filing.return_channel, name="return"),
    path("ho-so/<str:code>/lien-he/", filing.contact, name="contact"),
    path("ho-so/<str:code>/lien-he/<slug:channel>/gui/", filing.send_code, name="send-code"),
    path("ho-so/<str:code>/lien-he/<slug:channel>/xac-nhan/", filing.confirm_code, name="confirm-code"),
    path("ho-so/<str:code>/kiem-tra/", filing.check_answers, name="check-answers"),
    path("ho-so/<str:code>/nop/", filing.hand_in, name="submit"),
    path("ho-so/<str:code>/da-nop/", filing.confirmation, name="submitted"),
    path("ho-so/<str:code>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/<str:code>/xoa-ban-nhap/", dossiers.delete, name="delete-draft"),
    path("ho-so/<str:code>/rut/", dossiers.withdraw_dossier, name="withdraw"),
    path("ho-so/<str:code>/danh-gia/", rating.rate, name="rate"),
    path("ho-so/<str:code>/roi-may-nay/", dossiers.leave, name="leave"),
    path("ho-so/<str:code>/ket-qua/", dossiers.result, name="result"),
    path("ho-so/<str:code>/giay/<int:pk>/", dossiers.issued_form, name="issued-form"),
]

urlpatterns = [
    path("", include((_PAGES, "portal"))),
    path("vao-viec/", account.home_after_sign_in, name="home-after-sign-in"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
]
