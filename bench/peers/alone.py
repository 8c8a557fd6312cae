"""One report in a process of its own, which imports nothing else: prints its processor time in seconds and its peak in MB.

`alone.py ours FOLDER` reads the report; `alone.py Typst FOLDER` and `alone.py WeasyPrint FOLDER` find everything that they
were handed in files.
"""

import json
import sys
import time
from pathlib import Path

PEERS = Path(__file__).parent


def ours(folder: Path) -> bytes:
    """Read the report, compose it, and set it."""
    from assessment.exports.json import parse
    from assessment.exports.pdf import render

    return render(parse((folder / "report.json").read_bytes()), "en")


def typst(folder: Path) -> bytes:
    """Set the blocks by the template."""
    from typst import Compiler

    inputs = json.loads((folder / "inputs.json").read_text("utf-8"))
    compiler = Compiler(
        str(PEERS / "report.typ"), font_paths=[str(folder / "fonts")], ignore_system_fonts=True
    )
    made: bytes = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    return made


def weasyprint(folder: Path) -> bytes:
    """Set the page by the style sheet."""
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(string=(folder / "report.css").read_text("utf-8"), font_config=fonts)
    files = [Attachment(**file) for file in json.loads((folder / "files.json").read_text("utf-8"))]
    made: bytes = HTML(string=(folder / "report.html").read_text("utf-8")).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", attachments=files
    )
    return made


def peak() -> float:
    """Return the peak of this process's memory in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # the other figure also knows the process that started this one
        said = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(said.split()[1]) / 1000
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    {"ours": ours, "Typst": typst, "WeasyPrint": weasyprint}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"seconds": time.process_time(), "peak": peak()}))
