"""What stands around the text and beside it: head and foot, sections, settings, fonts, colours of the theme, properties."""

from datetime import date

from assessment.document.blocks import Document
from assessment.exports.docx.looks import BOTTOM, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TOP, TYPEFACE
from assessment.exports.docx.markup import (
    NAMESPACES,
    Node,
    field,
    other,
    paragraph,
    run,
    tab,
    w,
    worded,
    written,
)
from assessment.exports.docx.sheet import CHAPTER, SLOTS, Colours
from assessment.exports.docx.writing import twips
from assessment.exports.spelling import one_line
from assessment.i18n import Catalogue

HEAD, FOOT = 34.0, 26.0
"""From the edges of the page."""
COVER_BOTTOM = 34.0
RUNNING, RUNNING_FOOT = 60, 110
"""Characters at the head of a page, so that title and chapter never meet; and at its foot."""
CREATOR = "transformation-assessment"
AT, OF = "\x01", "\x02"
"""Stand for the two numbers while the words around them are looked up."""


def head(document: Document) -> bytes:
    """Return the head of the page: the title, and the chapter, which Word takes from the text."""
    title = run(one_line(document.title, longest=RUNNING))
    return written(w("hdr", paragraph("Header", title, tab(), *field(f'STYLEREF "{CHAPTER}"'))))


def foot(document: Document, c: Catalogue) -> bytes:
    """Return the foot of the page, with the page and how many there are."""
    numbers = {AT: "PAGE", OF: "NUMPAGES"}
    said = c.t("Page {page} of {pages}", page=AT, pages=OF)
    parts: list[Node] = []
    for part in said.replace(AT, f"\x00{AT}\x00").replace(OF, f"\x00{OF}\x00").split("\x00"):
        parts += field(numbers[part], run("1")) if part in numbers else [run(part)] if part else []
    running = run(one_line(document.running_foot, longest=RUNNING_FOOT))
    return written(w("ftr", paragraph("Footer", running, tab(), *parts)))


def section(*, cover: bool) -> Node:
    """Return the properties of a section: A4, the cover without head and foot."""
    named = [] if cover else [("headerReference", "header"), ("footerReference", "footer")]
    references = [w(kind, type="default", **{}) for kind, _ in named]
    for reference, (_, target) in zip(references, named, strict=True):
        reference.set("r:id", target)
    return w(
        "sectPr",
        *references,
        w("type", val="nextPage"),
        w("pgSz", w=twips(PAGE_WIDTH), h=twips(PAGE_HEIGHT)),
        w(
            "pgMar",
            top=twips(TOP),
            right=twips(SIDE),
            bottom=twips(COVER_BOTTOM if cover else BOTTOM),
            left=twips(SIDE),
            header=twips(HEAD),
            footer=twips(FOOT),
            gutter=0,
        ),
    )


def settings(tongue: str) -> bytes:
    """Return the settings; nothing in them makes Word ask whether to bring fields up to date."""
    compatible = {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
        "differentiateMultirowTableHeaders": "1",
    }
    slots = {
        "bg1": "light1",
        "t1": "dark1",
        "bg2": "light2",
        "t2": "dark2",
        **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
        "hyperlink": "hyperlink",
        "followedHyperlink": "followedHyperlink",
    }
    return written(
        w(
            "settings",
            w("zoom", percent=100),
            w("defaultTabStop", val=709),
            w("autoHyphenation"),
            w("doNotHyphenateCaps"),
            w("characterSpacingControl", val="doNotCompress"),
            w(
                "compat",
                *(
                    w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
                    for name, value in compatible.items()
                ),
            ),
            w("themeFontLang", val=tongue),
            w("clrSchemeMapping", **slots),
        )
    )


def fonts() -> bytes:
    """Return the typeface with the one that has the same measures."""
    return written(
        w(
            "fonts",
            w(
                "font",
                w("altName", val="Carlito"),
                w("panose1", val="020F0502020204030204"),
                w("charset", val="00"),
                w("family", val="swiss"),
                w("pitch", val="variable"),
                name=TYPEFACE,
            ),
        )
    )


def theme(colours: Colours) -> bytes:
    """Return the theme: the report's colours and its typeface, each of which can be changed for the whole document."""
    by_slot = {slot: name for name, slot in SLOTS.items()}
    order = {
        "dk1": by_slot["text1"],
        "lt1": by_slot["background1"],
        "dk2": by_slot["text2"],
        "lt2": by_slot["background2"],
        **{f"accent{number}": by_slot[f"accent{number}"] for number in range(1, 7)},
        "hlink": "brand",
        "folHlink": "brand",
    }
    scheme = [other(f"a:{slot}", other("a:srgbClr", val=colours.value(name))) for slot, name in order.items()]

    def faces(kind: str) -> Node:
        return other(
            f"a:{kind}",
            other("a:latin", typeface=TYPEFACE),
            other("a:ea", typeface=""),
            other("a:cs", typeface=""),
        )

    def fill() -> Node:
        return other("a:solidFill", other("a:schemeClr", val="phClr"))

    root = other(
        "a:theme",
        other(
            "a:themeElements",
            other("a:clrScheme", *scheme, name="Report"),
            other("a:fontScheme", faces("majorFont"), faces("minorFont"), name="Report"),
            other(
                "a:fmtScheme",
                other("a:fillStyleLst", fill(), fill(), fill()),
                other("a:lnStyleLst", *(other("a:ln", fill(), w=width) for width in (6350, 12700, 19050))),
                other("a:effectStyleLst", *(other("a:effectStyle", other("a:effectLst")) for _ in range(3))),
                other("a:bgFillStyleLst", fill(), fill(), fill()),
                name="Report",
            ),
        ),
        name="Report",
    )
    return written(root, {"a": NAMESPACES["a"]})


def core(document: Document, tongue: str) -> bytes:
    """Return the properties: whose, what about, in which language, and as of when."""
    day = _moment(document.held_on)
    stamped = {"xsi:type": "dcterms:W3CDTF"}
    root = other(
        "cp:coreProperties",
        worded("dc:title", one_line(document.title, longest=250)),
        worded("dc:subject", one_line(document.subject, longest=250)),
        worded("dc:creator", one_line(document.author or document.organisation, longest=250)),
        worded("dc:language", tongue),
        worded("cp:lastModifiedBy", one_line(document.author or document.organisation, longest=250)),
        worded("dcterms:created", day, **stamped),
        worded("dcterms:modified", day, **stamped),
    )
    return written(
        root,
        {
            "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            "dc": "http://purl.org/dc/elements/1.1/",
            "dcterms": "http://purl.org/dc/terms/",
            "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        },
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def application() -> bytes:
    """Return what made the file."""
    root = other("Properties", worded("Application", CREATOR))
    root.set("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
    return written(root, {})
