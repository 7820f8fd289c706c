"""The photo of a petition: kept once it is found good, so that a form with a mistake does not ask for it again."""

from dataclasses import dataclass

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from motcua.documents.models import StoredFile
from motcua.documents.storage import FileRefused, store_upload
from motcua.portal.forms.petitions import PetitionForm
from motcua.portal.ownership import citizen
from motcua.ui.forms import FileUpload

KEPT = "photo-kept"
_KEPT_FOR = 3600
_SALT = "portal.petition.photo"


@dataclass(frozen=True, slots=True)
class Photo:
    """The photo, None where there is none; `is_refused` when what was sent is no file that we take."""

    file: StoredFile | None
    is_refused: bool = False


def photo_of(request: HttpRequest, form: PetitionForm) -> Photo:
    """Take in the photo of a form, or the one it handed in before; what is refused is said at the field."""
    sent = request.FILES.get("photo") if form.is_bound else None
    if not isinstance(sent, UploadedFile):
        return _shown(form, _kept(request.POST.get(KEPT, "")))
    try:
        file = store_upload(sent, name=sent.name or "anh", by=citizen(request), at=timezone.now())
    except FileRefused as refusal:
        form.refuse_photo(refusal)
        return Photo(None, is_refused=True)
    return _shown(form, file)


def _shown(form: PetitionForm, file: StoredFile | None) -> Photo:
    widget = form.fields["photo"].widget
    assert isinstance(widget, FileUpload)
    if file is not None:
        widget.show_kept(file.original_name, signing.dumps(file.pk, salt=_SALT))
    return Photo(file)


def _kept(token: str) -> StoredFile | None:
    try:
        pk = signing.loads(token, salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=pk).first()
