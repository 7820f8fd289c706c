"""The parts of a draft version as a list of tasks, each with what it still lacks (C-03)."""

import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.catalogue.definitions import Content
from motcua.catalogue.process_pages import VersionLine
from motcua.catalogue.publication_facts import missing_parts
from motcua.catalogue.publication_pages import LineCard
from motcua.rules.declaration_flaws import declaration_flaws
from motcua.rules.declarations import UNANSWERED, FieldDefinition, FieldKind
from motcua.rules.publication import Extent
from motcua.ui.parts import Task, Tone
from motcua.workspace.publication_words import parts_in_words

_OF_PAPERS = frozenset({"papers"})


def composed_parts(
    key: uuid.UUID, card: LineCard, before: Sequence[FieldDefinition], processes: Sequence[VersionLine]
) -> list[Task]:
    """Return content, papers, fees, declaration and process of a draft; of a national procedure the list alone."""
    content = card.content
    assert content is not None  # whoever composes has it
    if card.extent is Extent.LIST:
        return [_general(key, card.code, content, frozenset({"title", "terms", "channels", "legal_basis"}))]
    every = missing_parts(content) | frozenset({"title"})
    return [
        _general(key, card.code, content, every - _OF_PAPERS),
        _papers(key, card.code, content),
        _fees(key, card.code, content),
        _declaration(key, card.code, content, before),
        _process(card.code, processes),
    ]


def _general(key: uuid.UUID, code: str, content: Content, parts: frozenset[str]) -> Task:
    missing = missing_parts(content) & parts
    hint = _("Còn thiếu: %(parts)s") % {"parts": parts_in_words(missing)} if missing else ""
    url = reverse("workspace:edit-content", args=[key, code])
    return _task(_("Nội dung chung và cách thức thực hiện"), url, hint)


def _papers(key: uuid.UUID, code: str, content: Content) -> Task:
    url = reverse("workspace:edit-content", args=[key, code]) + "#giay-to"
    hint = "" if content.papers else _("Chưa có giấy tờ nào")
    count = sum(not paper.is_note for paper in content.papers)
    done = ngettext("%(count)s giấy tờ", "%(count)s giấy tờ", count) % {"count": count}
    return _task(_("Thành phần hồ sơ"), url, hint, done)


def _fees(key: uuid.UUID, code: str, content: Content) -> Task:
    url = reverse("workspace:edit-content", args=[key, code]) + "#cach-nop"
    terms = [content.terms, *(channel.terms for channel in content.channels)]
    said = [one for one in terms if one.fee_vnd is not None or one.fee_text]
    if not said:
        return _task(_("Phí, lệ phí"), url, _("Chưa ghi phí, lệ phí; không thu thì ghi 0"))
    unfounded = [one for one in said if one.fee_vnd != 0 and not (one.fee_basis or content.terms.fee_basis)]
    return _task(_("Phí, lệ phí"), url, _("Chưa ghi văn bản quy định phí") if unfounded else "")


def _declaration(key: uuid.UUID, code: str, content: Content, before: Sequence[FieldDefinition]) -> Task:
    url = reverse("workspace:declaration", args=[key, code])
    flawed = len({flaw.key for flaw in declaration_flaws(content.declaration, before)})
    hint = ngettext("%(count)s câu hỏi cần sửa", "%(count)s câu hỏi cần sửa", flawed) % {"count": flawed}
    count = sum(field.kind not in {*UNANSWERED, FieldKind.GROUP} for field in content.declaration)
    done = ngettext("%(count)s câu hỏi", "%(count)s câu hỏi", count) % {"count": count}
    if not content.declaration:
        return Task(_("Tờ khai điện tử"), url, "", _("Không có tờ khai"), Tone.QUIET, "")
    return _task(_("Tờ khai điện tử"), url, hint if flawed else "", done)


def _process(code: str, processes: Sequence[VersionLine]) -> Task:
    name, url = _("Quy trình nội bộ"), reverse("workspace:process-versions", args=[code])
    if any(one.is_approved for one in processes):
        return _task(name, url, "", _("Đã phê duyệt"))
    if not processes:
        return _task(name, url, _("Chưa có quy trình nào: chưa nơi nào tiếp nhận được thủ tục này"))
    return _task(name, url, _("Quy trình chưa được phê duyệt"))


def _task(name: str, url: str, hint: str, done: str = "") -> Task:
    if hint:
        return Task(name, url, hint, _("Còn thiếu"), Tone.WARN, "edit")
    return Task(name, url, done, _("Đã đủ"), Tone.GOOD, "check")
