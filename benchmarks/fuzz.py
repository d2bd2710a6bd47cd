"""A coverage-guided fuzz run over everything that reads what strangers send: reader, repair, layout, outline, sentences.

    pip install -e ".[bench]" atheris; python benchmarks/fuzz.py [SECONDS]

An input is bytes of a file, or a text put together from the pieces that the rules are about. Whatever it is, lawgov gives
a document whose spans are valid, or raises `InputError`; it never crashes, hangs (25 s, where watching makes it four times slower) or eats memory (2 GB).
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["lawgov"]):
    import lawgov
    from lawgov.document import Document
    from lawgov.reading import read, segment
    from lawgov.repair import repair

from forms.blocks import Block
from forms.pdf import as_pdf
from forms.web import PAGES
from forms.word import as_docx

REPORT = [
    Block("title", "岚柏县司法局2022年度法治政府建设情况报告"),
    Block("paragraph", "2022年，我局坚持依法行政。现将情况报告如下："),
    Block("heading", "一、主要做法", 1),
    Block("paragraph", "（一）强化执法监督。开展案卷评查2次；整改问题5个。"),
    Block("paragraph", "一是“谁执法谁普法”。二是办理行政复议案件12件！"),
    Block("signature", "岚柏县司法局"),
    Block("date", "2023年1月9日"),
]
ABOUT = {"site": "岚柏县人民政府", "agency": "岚柏县司法局", "date": "2023-01-09"}
PIECES = [
    *"。！？；：，、.!?;:,“”‘’《》（）()【】[]\"'　\n \t\r\f\x0b\x85\u2028\ufeff\u200b\ufffd?·—…",
    *("一、", "（二）", "(三)", "1.", "２．", "（4）", "①", "第一章", "第二节", "一是", "二要", "第三，", "首先，", "2.5", "12:30"),
    *("http://a.cn/b?c=d;e", "&nbsp;", "<p>", "</p>", "<br>", "<div class=share>", "<td>", "</td>", "<h2>", "<script>", "<!--", "-->", "<a href=x>"),
    *("鎮(zhèn)", "執(zhí)", "?jīng)Q", "?,F(xiàn)", ",。", ",，", "（qí）", "(qí)", "?", "?。ㄈ┩七M(jìn)", "建設", "国务院关于", "锟斤拷"),
    *("法治政府建设", "行政执法", "岚柏县人民政府", "关于", "报告", "2022年", "2023年1月9日", "二〇二三年一月", "存在的问题", "下一步，", "来源：", "附件"),
]


def checked(document: Document) -> None:
    """What every document holds to."""
    assert isinstance(document.text, str)
    end = 0
    for found in document.segments:
        assert 0 <= end <= found.start < found.end <= len(document.text), (end, found)
        assert document.text[found.start : found.end] == found.text
        end = found.end
    for done in document.repairs:
        assert all(0 <= span.start <= span.end <= len(document.text) for span in done.spans), done


def one_input(data: bytes) -> None:
    provider = atheris.FuzzedDataProvider(data)
    try:
        if data[:1] < b"\x60":
            text = "".join(provider.PickValueInList(PIECES) for _ in range(provider.ConsumeIntInRange(0, 400)))
            clean, _ = repair(text)
            assert repair(clean)[0] == clean or "?" in text or "\ufffd" in text or "(" in text, "repair is not idempotent"
            checked(segment(text + "依法行政" * 10) if data[:1] < b"\x30" else read((text + "依法行政" * 10).encode("utf-8")))
        else:
            checked(read(bytes(data[1:])))
    except lawgov.InputError:
        pass


def main() -> None:
    seconds = sys.argv[1] if len(sys.argv) > 1 else "3600"
    with tempfile.TemporaryDirectory() as folder:
        seeds = {"docx": as_docx(REPORT), "pdf": as_pdf(REPORT), "txt": "\n".join(b.text for b in REPORT).encode("gb18030")}
        seeds |= {name: page.render(REPORT, ABOUT) for name, page in PAGES.items()}
        for name, data in seeds.items():
            Path(folder, name).write_bytes(b"\xff" + data)
        warnings.simplefilter("ignore")
        atheris.Setup([sys.argv[0], folder, f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=2048", "-max_len=40000", "-print_final_stats=1"], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
