# mypy: disallow-subclassing-any=False
"""Files inside the PDF, as PDF/A-3 wants them: named, typed, dated, and said how they relate to the pages."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.pdfbase import pdfdoc

from assessment.exports.pdf.structure import Written, text

Relation = Literal["Source", "Data"]
"""What the pages were made from; what they were made with (ISO 19005-3, AFRelationship)."""


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF."""

    name: str
    media_type: str
    description: str
    content: bytes
    relation: Relation


def embed(document: pdfdoc.PDFDocument, files: Sequence[Attachment]) -> None:
    """Put files into the document: into its list of files for readers, and beside the pages for archives."""
    if not files:
        return
    references = [_filespec(document, number, file) for number, file in enumerate(files)]

    def spec(number: int) -> str:
        object_number, version = document.idToObjectNumberAndVersion[references[number].name]
        return f"{object_number} {version} R"

    order = sorted(range(len(files)), key=lambda number: files[number].name)
    names = " ".join(f"{text(files[number].name)} {spec(number)}" for number in order)
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "AF"]
    catalogue.Names = Written(f"<</EmbeddedFiles <</Names [{names}]>>>>".encode("latin-1"))
    catalogue.AF = Written(f"[{' '.join(spec(number) for number in range(len(files)))}]".encode("latin-1"))


def _filespec(document: pdfdoc.PDFDocument, number: int, file: Attachment) -> pdfdoc.PDFObjectReference:
    stamp = pdfdoc.PDFDate(ts=document._timeStamp).format(document).decode("latin-1")
    packed = zlib.compress(file.content)
    subtype = file.media_type.replace("/", "#2F")
    checksum = hashlib.md5(file.content, usedforsecurity=False).hexdigest()
    head = (
        f"<</Type/EmbeddedFile/Subtype/{subtype}/Filter/FlateDecode/Length {len(packed)}"
        f"/Params<</Size {len(file.content)}/ModDate {stamp}/CheckSum<{checksum}>>>>>"
    )
    body = b"".join((head.encode("latin-1"), b"\nstream\r\n", packed, b"\r\nendstream"))
    document.Reference(Written(body), f"EmbeddedFile{number}")
    inside, version = document.idToObjectNumberAndVersion[f"EmbeddedFile{number}"]
    name = text(file.name)
    spec = (
        f"<</Type/Filespec/F {name}/UF {name}/Desc {text(file.description)}/AFRelationship/{file.relation}"
        f"/EF<</F {inside} {version} R/UF {inside} {version} R>>>>"
    )
    return document.Reference(Written(spec.encode("latin-1")), f"Filespec{number}")
