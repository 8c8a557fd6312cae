"""The parts of a Word file in one archive, with their kinds and how they belong together; nothing leads outside."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from assessment.exports.docx.markup import other, written
from assessment.exports.zipped import settled

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True)
class Part:
    """A part beside the text; its name is also its kind and what the text calls it."""

    name: str
    content: bytes

    @property
    def path(self) -> str:
        """Where it stands, seen from the text."""
        return "theme/theme1.xml" if self.name == "theme" else f"{self.name}.xml"

    @property
    def media_type(self) -> str:
        """What it is."""
        if self.name == "theme":
            return "application/vnd.openxmlformats-officedocument.theme+xml"
        return f"{_WORD}.{self.name}+xml"


def packed(
    parts: Sequence[Part], *, text: bytes, pictures: Sequence[bytes], core: bytes, application: bytes
) -> bytes:
    """Return the file."""
    names = [f"media/picture{number}.png" for number in range(1, len(pictures) + 1)]
    entries = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relationships(
            [
                ("text", f"{_OFFICE}/officeDocument", "word/document.xml"),
                ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ("application", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "word/document.xml": text,
        "word/_rels/document.xml.rels": _relationships(
            [
                *((part.name, f"{_OFFICE}/{part.name}", part.path) for part in parts),
                *(
                    (f"picture{number}", f"{_OFFICE}/image", name)
                    for number, name in enumerate(names, start=1)
                ),
            ]
        ),
        **{f"word/{part.path}": part.content for part in parts},
        **{f"word/{name}": raw for name, raw in zip(names, pictures, strict=True)},
        "docProps/core.xml": core,
        "docProps/app.xml": application,
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return settled(target.getvalue())


def _types(parts: Sequence[Part]) -> bytes:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        **{f"/word/{part.path}": part.media_type for part in parts},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    root = other(
        "Types",
        *(other("Default", Extension=suffix, ContentType=kind) for suffix, kind in defaults.items()),
        *(other("Override", PartName=name, ContentType=kind) for name, kind in kinds.items()),
    )
    root.set("xmlns", f"{_PACKAGE}/content-types")
    return written(root, {})


def _relationships(links: Sequence[tuple[str, str, str]]) -> bytes:
    root = other(
        "Relationships",
        *(other("Relationship", Id=name, Type=kind, Target=target) for name, kind, target in links),
    )
    root.set("xmlns", f"{_PACKAGE}/relationships")
    return written(root, {})
