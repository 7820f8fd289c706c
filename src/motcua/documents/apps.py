from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.documents"

    def ready(self) -> None:
        import_module("motcua.documents.subscribers")
