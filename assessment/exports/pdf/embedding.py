# mypy: disallow-subclassing-any=False
"""Files inside the PDF, as PDF/A-3 wants them: named, typed, dated, and said how they relate to the pages."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.pdfbase import pdfdoc

from assessment.exports.pdf.structure import Written, text

QUICKLY = 4
"""Compression that takes half the time of the usual one, for a twentieth more."""

Relation = Literal["Source", "Data"]
"""What the pages were made from; what they were made with (ISO 19005-3, AFRelationship)."""


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF, compressed from the beginning: it waits while all pages are set."""

    name: str
    media_type: str
    description: str
    packed: bytes
    size: int
    """Of the content, not compressed."""
    checksum: str
    relation: Relation

    @classmethod
    def of(
        cls, name: str, content: bytes, *, media_type: str, description: str, relation: Relation
    ) -> "Attachment":
        """Return the file of this content."""
        return cls(
            name=name,
            media_type=media_type,
            description=description,
            packed=zlib.compress(content, QUICKLY),
            size=len(content),
            checksum=hashlib.md5(content, usedforsecurity=False).hexdigest(),
            relation=relation,
        )


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
    subtype = file.media_type.replace("/", "#2F")
    head = (
        f"<</Type/EmbeddedFile/Subtype/{subtype}/Filter/FlateDecode/Length {len(file.packed)}"
        f"/Params<</Size {file.size}/ModDate {stamp}/CheckSum<{file.checksum}>>>>>"
    )
    body = b"".join((head.encode("latin-1"), b"\nstream\r\n", file.packed, b"\r\nendstream"))
    document.Reference(Written(body), f"EmbeddedFile{number}")
    inside, version = document.idToObjectNumberAndVersion[f"EmbeddedFile{number}"]
    name = text(file.name)
    spec = (
        f"<</Type/Filespec/F {name}/UF {name}/Desc {text(file.description)}/AFRelationship/{file.relation}"
        f"/EF<</F {inside} {version} R/UF {inside} {version} R>>>>"
    )
    return document.Reference(Written(spec.encode("latin-1")), f"Filespec{number}")
