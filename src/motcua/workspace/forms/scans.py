"""The box for a file that an officer hands over with a form."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from motcua.documents.models import StoredFile
from motcua.documents.storage import FileRefused
from motcua.ui.forms import FileUpload
from motcua.workspace.refusals import told
from motcua.workspace.uploads import Uploads


class ScanField(forms.FileField):
    """A file, optional unless said otherwise; its answer is the file as it was kept, with this try or one before."""

    kept: StoredFile | None = None
    refused: FileRefused | None = None

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        box = FileUpload(accept="application/pdf,image/jpeg,image/png", max_bytes=settings.PAPER_MAX_BYTES)
        super().__init__(required=required, widget=box, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> StoredFile | None:  # noqa: ARG002  # as Django calls it
        """Return the file that was taken in, now or with an earlier try; say why the one sent was not."""
        if self.refused is not None:
            raise ValidationError(told(self.refused).sentence)
        if self.required and self.kept is None:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.kept


def hand_over(form: forms.Form, uploads: Uploads) -> None:
    """Give each box of `form` the file that came for it."""
    for name, box in form.fields.items():
        if isinstance(box, ScanField):
            box.kept, box.refused = uploads.files.get(name), uploads.refused.get(name)
            assert isinstance(box.widget, FileUpload)
            if box.kept is not None:
                box.widget.show_kept(box.kept.original_name, uploads.tokens[name])
