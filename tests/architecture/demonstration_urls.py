"""Every address of the site, those of the demonstration among them."""

from django.urls import include, path

from motcua.config.urls import handler400, handler403, handler404, handler500
from motcua.config.urls import urlpatterns as of_the_site

urlpatterns = [*of_the_site, path("trinh-dien/", include("motcua.demo.urls"))]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
