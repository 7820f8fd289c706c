"""Every address of the site, by face: citizens, officers, machines."""

from django.conf import settings
from django.urls import include, path

from motcua.api.urls import api

urlpatterns = [
    path("", include("motcua.portal.urls")),
    path("tai-khoan/", include("motcua.portal.account_urls")),
    path("xu-ly/", include("motcua.workspace.urls")),
    path("api/v1/", api.urls),
]
if settings.IS_DEMONSTRATION:
    urlpatterns.append(path("trinh-dien/", include("motcua.demo.urls")))

handler400 = "motcua.portal.views.errors.bad_request"
handler403 = "motcua.portal.views.errors.forbidden"
handler404 = "motcua.portal.views.errors.not_found"
handler500 = "motcua.portal.views.errors.server_error"
