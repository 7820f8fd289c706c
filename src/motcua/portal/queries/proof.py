"""Over which ways an applicant can be reached, told to somebody who may not be the applicant."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.dossiers.facts import usable_ways
from motcua.dossiers.models import ContactCode, Dossier
from motcua.portal.code_words import SLUGS
from motcua.rules.completeness import ContactWay


@dataclass(frozen=True, slots=True)
class ProofWay:
    """A way to send a code."""

    slug: str
    label: str


def proof_ways(dossier: Dossier) -> tuple[ProofWay, ...]:
    """Return the ways there are; the addresses themselves are personal and not told (B-26)."""
    usable = usable_ways()
    ways = []
    if dossier.applicant.phone and ContactWay.SMS in usable:
        ways.append(ProofWay(SLUGS[ContactCode.Channel.SMS], _("Tin nhắn tới số điện thoại đã khai")))
    if dossier.applicant.email and ContactWay.EMAIL in usable:
        ways.append(ProofWay(SLUGS[ContactCode.Channel.EMAIL], _("Thư điện tử đã khai")))
    return tuple(ways)
