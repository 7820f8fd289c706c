"""How long finding a procedure takes among 5,000, and whether the right one is among the first three.

Run: python -m benchmarks search. The real national records are used where they stand beside the checkout
(../shared/data/procedures.jsonl.gz), topped up to 5,000 with made-up titles of the same words; without them all titles
are made up, and only the time is measured.
"""

import json
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.installation import installed, machine
from benchmarks.latencies import Latencies, timed

CATALOGUE = 5_000
ROUNDS = 40
TODAY = date(2026, 11, 2)
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "procedures.jsonl.gz"

# What people type, and the codes of which one has to be among the first three.
TYPED = {
    "khai sinh": ["1.001193"],
    "giay phep xay dung": ["1.013225"],
    "gpxd": ["1.013225"],
    "xây dựng giấy phép": ["1.013225"],
    "khai sjnh": ["1.001193"],
    "khai si": ["1.001193"],
    "khaisinh": ["1.001193"],
    "đăng kí khai tử": ["1.000656"],
    "chứng tử": ["1.000656"],
    "xác nhận tình trạng hôn nhân": ["1.004873"],
    "giấy độc thân": ["1.004873"],
    "hon nhan tinh trang": ["1.004873"],
    "kết hôn": ["1.004746", "1.000593", "2.000806"],
    "hộ kinh doanh": ["1.001612"],
    "hkd": ["1.001612"],
    "thanh lap ho kinh daonh": ["1.001612"],
    "sổ đỏ": ["1.012753", "1.013978", "1.012783"],
    "so do": ["1.012753", "1.013978", "1.012783"],
    "thường trú": ["1.004222"],
    "nhập hộ khẩu": ["1.004222"],
    "tạm trú": ["1.004194"],
    "tạm trú gia hạn": ["1.002755"],
    "cccd": ["1.014063", "1.014064"],
    "lltp": ["3.000333"],
    "bằng lái xe": ["3.000347", "3.000348"],
    "sao y bản chính": ["2.000815"],
    "chung thuc ban sao": ["2.000815"],
    "trợ cấp xã hội": ["1.001776"],
    "the bao hiem y te": ["1.014137", "2.001023"],
    "muốn làm giấy khai sinh": ["1.001193"],
    "giấy phép xây dựg nhà ở": ["1.013225", "1.013226", "1.013232"],
    "1.001193": ["1.001193"],
}
MADE_UP_OF = (
    "cấp đổi lại giấy phép chứng nhận đăng ký khai sinh kết hôn xây dựng nhà ở đất đai hộ kinh doanh môi trường nước "
    "khoáng sản giáo dục y tế dược phẩm hành nghề lao động việc làm bảo hiểm xã hội người cao tuổi khuyết tật vận tải "
    "giao thông phương tiện thủy đường bộ đầu tư doanh nghiệp thành lập chấm dứt gia hạn điều chỉnh thu hồi xác nhận"
)


def main() -> None:
    """Print the latencies of the query function, the share of right answers, and the slowest texts."""
    with installed(is_durable=True):
        from motcua.catalogue.search import find_procedures  # noqa: PLC0415  # Django is loaded by `installed`

        codes = _fill()
        print(machine())
        print(f"{len(codes)} procedures, {len(TYPED)} texts typed, {ROUNDS} rounds")
        took: dict[str, list[float]] = {text: [] for text in TYPED}
        for _ in range(ROUNDS):
            for text, times in took.items():
                times.append(timed(lambda text=text: find_procedures(text, on=TODAY)))  # type: ignore[misc]  # text is bound
        every = [seconds for times in took.values() for seconds in times]
        percentile_99 = sorted(every)[int(len(every) * 0.99)] * 1000
        print(f"find_procedures   {Latencies.of(every)}   p99 {percentile_99:.1f} ms")
        _print_ratio(Latencies.of(every))
        for text, times in sorted(took.items(), key=lambda item: -Latencies.of(item[1]).p50)[:3]:
            print(f"  slowest: {Latencies.of(times).p50:5.1f} ms  {text!r}")
        _judge({text: [hit.code for hit in find_procedures(text, on=TODAY, limit=3)] for text in TYPED}, codes)


def _print_ratio(ours: Latencies) -> None:
    """Compare with what a database does without us: every title scanned for the text as typed, accents and all."""
    from motcua.catalogue.models import ProcedureVersion  # noqa: PLC0415  # Django is loaded by `installed`

    def scanned(text: str) -> object:
        found = ProcedureVersion.objects.on(TODAY).filter(title__icontains=text)
        return list(found.values_list("procedure__code", "title")[:20])

    scans = Latencies.of([timed(lambda text=text: scanned(text)) for text in TYPED for _ in range(ROUNDS)])  # type: ignore[misc]  # text is bound
    print(f"scan of titles    {scans}")
    print(f"ratio ours / scan: p50 {ours.p50 / scans.p50:.2f}, p95 {ours.p95 / scans.p95:.2f}")


def _judge(first_three: dict[str, list[str]], codes: set[str]) -> None:
    asked = {text: right for text, right in TYPED.items() if codes & set(right)}
    wrong = [text for text, right in asked.items() if not set(right) & set(first_three[text])]
    if asked:
        print(f"right one among the first three: {len(asked) - len(wrong)} of {len(asked)}; not: {wrong or 'none'}")
    else:
        print("the real records are not beside this checkout: whether answers are right was not measured")


def _fill() -> set[str]:
    from motcua.catalogue.commands.load_procedures import load_procedures  # noqa: PLC0415
    from motcua.catalogue.commands.teach_synonyms import teach_synonyms  # noqa: PLC0415
    from motcua.catalogue.models import Procedure  # noqa: PLC0415

    at = datetime.combine(TODAY, datetime.min.time(), UTC)
    if REAL.is_file():
        print(f"loading the real records took {timed(lambda: load_procedures(REAL, at=at)):.1f} s")
        print(f"loading them again took {timed(lambda: load_procedures(REAL, at=at)):.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.jsonl"
        path.write_text("\n".join(_made_up(CATALOGUE - Procedure.objects.count())), encoding="utf-8")
        load_procedures(path, at=at)
    teach_synonyms(at=at)
    return set(Procedure.objects.values_list("code", flat=True))


def _made_up(count: int) -> Iterator[str]:
    pick = random.Random(20261102)
    for number in range(count):
        title = " ".join(pick.choices(MADE_UP_OF.split(), k=pick.randint(6, 30)))
        yield json.dumps({"code": f"9.{number:06}", "title": title, "level": "province", "field": title[:12]})


if __name__ == "__main__":
    main()
