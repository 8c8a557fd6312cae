"""What PDF/UA-1 and PDF/A-3a ask for beside the structure: XMP, the colour space, two repairs of reportlab."""

from collections.abc import Callable
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc, ttfonts


@cache
def conform() -> None:
    """Repair, once a process, two things that reportlab 5.1 writes and the standards forbid."""
    ttfonts.makeToUnicodeCMap = _to_unicode
    pdfdoc.PDFStream.format = _stream_with_line_end(pdfdoc.PDFStream.format)


def _to_unicode(fontname: str, subset: list[int]) -> str:
    """Return the map from a font's codes to Unicode; .notdef has none, and U+0000 would be forbidden."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point and not 0xD800 <= point <= 0xDFFF
    ]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _stream_with_line_end(written: Callable[[Any, Any], bytes]) -> Callable[[Any, Any], bytes]:
    """Return the writer of streams with a line end before `endstream` (PDF/A-2, 6.1.7.1)."""

    def write(self: pdfdoc.PDFStream, document: pdfdoc.PDFDocument) -> bytes:
        body: bytes = written(self, document)
        end = b"endstream\n"
        # Both characters: after data that ends in a carriage return, a lone line feed would be read as its pair.
        return body[: -len(end)] + b"\r\n" + end if body.endswith(end) else body

    return write


@cache
def srgb() -> bytes:
    """Return the sRGB profile, with the date that LittleCMS writes into bytes 24 to 35 pinned."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes.fromhex("07d000010001000000000000") + profile[36:]


def output_intents(document: pdfdoc.PDFDocument) -> pdfdoc.PDFArray:
    """Return the declaration that all colours are sRGB."""
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb())
    profile.filters = [pdfdoc.PDFZCompress]
    name = pdfdoc.PDFString("sRGB IEC61966-2.1")
    return pdfdoc.PDFArray(
        [
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("OutputIntent"),
                    "S": pdfdoc.PDFName("GTS_PDFA1"),
                    "OutputConditionIdentifier": name,
                    "Info": name,
                    "DestOutputProfile": document.Reference(profile, "sRGB"),
                }
            )
        ]
    )


def xmp(document: pdfdoc.PDFDocument) -> bytes:
    """Return the metadata packet; it says the same as the information dictionary, as PDF/A demands."""
    info = document.info
    stamp = document._timeStamp
    year, month, day, hour, minute, second = stamp.YMDhms
    offset = f"{stamp.dhh:+03d}:{stamp.dmm:02d}" if stamp.dhh or stamp.dmm else "Z"
    written = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{offset}"
    values = {
        name: escape(str(value or ""))
        for name, value in {
            "title": info.title,
            "author": info.author,
            "subject": info.subject,
            "keywords": info.keywords,
            "producer": info.producer,
            "creator": info.creator,
            "language": getattr(document.Catalog.Lang, "s", document.Catalog.Lang) or "x-default",
        }.items()
    }
    return _PACKET.format(written=written, extension=_EXTENSION, **values).encode()


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{written}</xmp:CreateDate><xmp:ModifyDate>{written}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>{extension}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

# PDF/A wants a schema that it does not know, here that of PDF/UA, to be described.
_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
