"""5,000 posters in one job: how fast, how much memory, how large, and whether all of them read.

``python -m bench.print [COUNT]`` prints posters a second by the wall clock and by processor time,
the peak memory of the largest process, the size of 1,000 posters, and how many of a sample of 500
decode at 150 dpi. Targets: at least 100 a second on two free cores, at most 400 MB, at most 10 MB,
all. On a machine that does other work too, go by the processor time.
"""

import resource
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pypdfium2 as pdfium

from gridapp.domain.codes import draw_building_code
from gridapp.printing.proof import codes_in, picture_of
from gridapp.printing.shop import Ears, print_pdf
from gridapp.services.prints.views import Batch, Face, Printable, Sheet

SAMPLE: Final = 500
_MB: Final = 1_000_000
_KB: Final = 1024
_SURNAMES: Final = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN: Final = "建国小梅志强海涛玉珍立军国平静磊雪芳敏𠮷鿼"


def pages(count: int) -> tuple[Printable, ...]:
    """Make posters of a town in which every building and one person in ten is another."""
    chance = Random(7)  # noqa: S311 - a made-up town
    made = []
    for number in range(count):
        code = draw_building_code(chance)
        name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2))
        worker = Face(name, "专职网格员", f"021-5273{number // 10:04d}", f"第{number // 50}网格")
        head = Face("陈志强", "网格长", "13800138003", "南大街社区")
        made.append(
            Printable(
                name=f"{chance.choice(_SURNAMES)}家宅路{number // 10}弄{number % 10 + 1}号楼",
                address=f"兰溪路{number}号",
                place=f"真如镇街道 · 南大街社区 · 第{number // 50}网格",
                url=f"HTTPS://GRID.EXAMPLE.CN/Q/{code}",
                code=code,
                faces=(worker, head),
            )
        )
    return tuple(made)


def unread(pdf: Path, batch: Batch) -> int:
    """Count the posters of a sample whose code does not read."""
    document = pdfium.PdfDocument(pdf)
    step = max(1, len(batch.pages) // SAMPLE)
    looked_at = range(0, len(batch.pages), step)
    wrong = [n for n in looked_at if codes_in(picture_of(document, n)) != [batch.pages[n].url]]
    document.close()
    return len(wrong)


def _spent_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peaks_mb() -> tuple[float, float]:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, press = (resource.getrusage(who).ru_maxrss / _KB for who in whose)
    return own, press


def main(count: int) -> None:
    """Print, measure, read back."""
    batch = Batch(Sheet.POSTER, pages(count))
    with TemporaryDirectory() as name:
        out = Path(name) / "posters.pdf"
        started, spent = time.monotonic(), _spent_s()
        print_pdf(batch, out, Ears())
        took_s, spent_s = time.monotonic() - started, _spent_s() - spent
        own_mb, press_mb = _peaks_mb()
        print(f"{count} posters in {took_s:.1f} s: {count / took_s:.0f}/s by the clock")
        print(f"{count / spent_s:.0f}/s of one processor, {spent_s:.1f} s of processor time")
        print(f"peak: {press_mb:.0f} MB a press, {own_mb:.0f} MB the shop")
        print(f"{out.stat().st_size / count * 1000 / _MB:.1f} MB per 1,000")
        print(f"{unread(out, batch)} of a sample of {min(count, SAMPLE)} do not read at 150 dpi")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
