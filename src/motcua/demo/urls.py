"""Addresses that exist in the demonstration only: the outbox, the one-time codes, the style guide."""

from django.urls import path

from motcua.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.show_sign_ins, name="sign-ins"),
    path("hop-thu/", views.show_outbox, name="outbox"),
    path("giao-dien/", views.show_style_guide, name="style-guide"),
]
