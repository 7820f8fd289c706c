"""The addresses of accounts: allauth's, those of acts it gives no hook for surrounded by the record."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from motcua.portal.adapters import recorded_view

urlpatterns = [
    path("email/", recorded_view(account.email, buttons=["action_primary", "action_remove"]), name="account_email"),
    path("2fa/totp/activate/", recorded_view(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", recorded_view(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/generate/",
        recorded_view(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("", include("allauth.urls")),
]
