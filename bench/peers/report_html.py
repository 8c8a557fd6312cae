"""The peer of the PDF: the same blocks as HTML and CSS for WeasyPrint, in the same type, sizes and colours."""

from base64 import b64encode
from html import escape
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from assessment.theme import Palette

Data = dict[str, Any]

FACES = {
    "Light": (300, "normal"),
    "Regular": (400, "normal"),
    "Italic": (400, "italic"),
    "SemiBold": (600, "normal"),
}
SIZES = {
    "h1": (24, 28.5, 300, "ink"),
    "h2": (12, 16, 600, "ink"),
    "h3": (10, 13, 600, "ink"),
    "eyebrow": (8, 11, 600, "brand"),
    "lede": (12.5, 17.5, 300, "ink"),
    "body": (9.6, 14, 400, "text"),
    "small": (8.6, 11.8, 400, "text"),
    "caption": (7.6, 10, 400, "muted"),
    "cell": (8.2, 11, 400, "text"),
    "strong": (8.2, 11, 600, "ink"),
    "muted": (7.6, 10.2, 400, "muted"),
    "fact": (7.9, 10.2, 400, "text"),
    "quote": (8.2, 11, 400, "text"),
    "head": (7.6, 10, 600, "muted"),
    "figure": (25, 28, 300, "ink"),
    "number": (19, 22, 300, "brand"),
    "entry": (9.6, 12.5, 600, "ink"),
}
LAYOUT = """
@page { size: 210mm 297mm; margin: 26mm 20mm 20mm;
  @top-left { content: string(title); font-size: 7.4pt; color: MUTED; vertical-align: bottom; padding-bottom: 26pt; white-space: nowrap }
  @top-right { content: string(chapter); font-size: 7.4pt; color: MUTED; vertical-align: bottom; padding-bottom: 26pt; white-space: nowrap }
  @bottom-left { content: string(foot); font-size: 7.4pt; color: MUTED; white-space: nowrap }
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 7.4pt; color: MUTED } }
@page cover { margin: 0; @top-left { content: none } @top-right { content: none } @bottom-left { content: none } @bottom-right { content: none } }
html { font-family: "Source Sans 3"; hyphens: manual }
body, p, h1, h2, h3, ul, ol, dl, dt, dd { margin: 0; padding: 0 }
a { color: inherit; text-decoration: none }
.running-title { string-set: title content(); position: absolute; font-size: 0 }
.running-foot { string-set: foot content(); position: absolute; font-size: 0 }
.cover { page: cover; position: relative; width: 210mm; height: 297mm; overflow: hidden }
.cover > * { position: absolute }
h1 { bookmark-level: 1; margin-bottom: 8pt } h1.chapter { string-set: chapter attr(data-short) }
h2 { bookmark-level: none; margin: 8pt 0 5pt } h3 { bookmark-level: none; margin: 6pt 0 2pt }
h1, h2, h3, .eyebrow { break-after: avoid }
.eyebrow { margin-bottom: 3pt; text-transform: uppercase }
p.lede, p.caption { margin-bottom: 10pt } p.body, p.small { margin-bottom: 6pt }
ul, ol { margin-bottom: 6pt; padding-left: 14pt } li { margin-bottom: 3.5pt }
ul { list-style: none } ul > li::before { content: "–"; color: BRAND; float: left; margin-left: -14pt }
ul > li.lit::before { content: none } ul > li.lit { margin-left: -14pt }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 10pt }
th, td { text-align: left; vertical-align: top; padding: 4.2pt 10pt 5pt 0; border-bottom: 0.35pt solid LINE; font-weight: inherit }
thead th { border-bottom: 0.9pt solid INK } tr { break-inside: avoid } .right { text-align: right }
figure { margin: 0 0 10pt; break-inside: avoid } figure img { width: 100%; display: block }
.callout { background: TINT; border-left: 2.2pt solid BRAND; padding: 8pt 12pt 7pt; margin-bottom: 10pt } .callout.warning { border-color: RED }
.callout p { margin-bottom: 2.5pt }
.side { display: flex; gap: 12pt } .side > * { flex: 1 }
.key { border-top: 1.6pt solid BRAND; padding-top: 5pt; margin-bottom: 14pt } .key .figure { margin-bottom: 4pt }
.decision { display: flow-root; border-top: 0.5pt solid LINE; padding: 5pt 0 } .decision > .number { width: 26pt; float: left }
.decision > .what { width: 60%; float: left } .decision > .facts { margin-left: 66%; padding-left: 12pt }
.fact-row { margin-bottom: 1pt } .fact-row > .muted { width: 60pt; float: left } .fact-row > .fact { margin-left: 60pt }
.card { display: flow-root; background: TINT; margin-bottom: 11pt; padding: 8pt 8pt 6pt 10pt; break-inside: avoid }
.card > .what { width: 52%; float: left } .card > .facts { margin-left: 55% } .card p { margin-bottom: 2pt }
.contents a { display: flow-root; border-bottom: 0.4pt solid LINE; padding: 4pt 0 7pt } .contents .entry { width: 36%; float: left }
.contents .small { width: 56%; float: left } .contents a::after { content: target-counter(attr(href), page); float: right;
  font-weight: 600; font-size: 9.6pt; color: INK }
.contents { margin-bottom: 14pt }
.step { border-top: 0.9pt solid BRAND; padding: 7pt 9pt 10pt 0 }
.columns { display: flex; gap: 16pt } .columns > * { flex: 1; min-width: 0 }
.break { break-before: page }
svg.lamp { width: 12pt; height: 11pt; margin-right: 3pt; vertical-align: -2pt }
"""
LAMPS = {
    "red": '<rect x="0.8" y="0.4" width="9.6" height="9.6" rx="1.5" fill="{0}"/><path d="M3.7 3.3l3.8 3.8m-3.8 0l3.8-3.8" stroke="#fff"/>',
    "amber": '<path d="M5.6 0l5.6 10H0z" fill="{0}"/><path d="M5.6 3.6v2.9m0 1v1" stroke="#fff"/>',
    "green": '<circle cx="5.6" cy="5" r="5" fill="{0}"/><path d="M3.2 5l1.7 1.8 3.2-3.7" stroke="#fff" fill="none"/>',
    "not_assessed": '<circle cx="5.6" cy="5" r="4.4" stroke="{0}" fill="none"/><path d="M3.5 5h4.2" stroke="{0}"/>',
}


def style_sheet(palette: Palette, fonts: Path) -> str:
    """Return the CSS; the typeface is read from its folder."""
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(fonts / f"SourceSans3-{face}.ttf").as_uri()}") }}\n'
        for face, (weight, style) in FACES.items()
    )
    sizes = "".join(
        f".{name} {{ font-size: {size}pt; line-height: {leading}pt; font-weight: {weight}; "
        f"color: {getattr(palette, colour)} }}\n"
        for name, (size, leading, weight, colour) in SIZES.items()
    )
    layout = LAYOUT
    for name in ("muted", "brand", "line", "ink", "tint", "red"):
        layout = layout.replace(name.upper(), getattr(palette, name))
    return f"{faces}{sizes}.quote {{ font-style: italic }}\n{layout}"


def html_of(data: Data, palette: Palette) -> str:
    """Return the document as one HTML page."""
    blocks = data["blocks"]
    anchors = set(_anchors(blocks))
    writer = _Html(palette, anchors)
    body = "".join(map(writer.block, blocks))
    author = data["author"] or data["organisation"]
    return (
        f'<!DOCTYPE html><html lang="{data["language"]}"><head><meta charset="utf-8"><title>{escape(data["title"])}</title>'
        f'<meta name="author" content="{escape(author)}"><meta name="description" content="{escape(data["subject"])}"></head>'
        f'<body><div class="running-title">{escape(data["title"])}</div>'
        f'<div class="running-foot">{escape(data["running_foot"])}</div>{body}</body></html>'
    )


def _anchors(blocks: list[Data]) -> Any:
    for block in blocks:
        match block["kind"]:
            case "heading" | "card":
                yield block["anchor"]
            case "columns":
                yield from _anchors(block["left"] + block["right"])
            case "one_page":
                yield from _anchors(block["blocks"])


class _Html:
    """Writes blocks."""

    def __init__(self, palette: Palette, anchors: set[str]) -> None:
        self.palette, self.anchors = palette, anchors
        self.lights = {
            "red": palette.red,
            "amber": palette.amber,
            "green": palette.green,
            "not_assessed": palette.neutral,
        }

    def block(self, block: Data) -> str:
        made: str = getattr(self, f"_{block['kind']}")(block)
        return made

    def _said(self, text: str, name: str, *, to: str | None = None, tag: str = "p") -> str:
        words = escape(text)
        if to in self.anchors:
            words = f'<a href="#{to}">{words}</a>'
        return f'<{tag} class="{name}">{words}</{tag}>'

    def _lamp(self, light: str) -> str:
        shape = LAMPS[light].format(self.lights[light])
        return f'<svg class="lamp" viewBox="0 0 12 11" stroke-width="1.2" stroke-linecap="round" role="presentation">{shape}</svg>'

    def _line(self, line: Data, plain: str = "cell", tag: str = "p") -> str:
        name = plain if line["tone"] == "plain" else line["tone"]
        said = self._said(line["text"], name, to=line["link"], tag=tag)
        if line["light"]:
            return said.replace(">", f">{self._lamp(line['light'])}", 1)
        return said

    def _lines(self, lines: list[Data]) -> str:
        return "".join(map(self._line, lines))

    def _facts(self, facts: list[Data]) -> str:
        return "".join(
            f'<div class="fact-row">{self._said(one["name"], "muted", tag="div")}'
            f"{self._said(one['value'], 'fact', to=one['link'], tag='div')}</div>"
            for one in facts
        )

    def _heading(self, block: Data) -> str:
        tag = f"h{block['level']}"
        anchor = f' id="{block["anchor"]}"' if block["anchor"] else ""
        chapter = f' data-short="{escape(block["short"] or block["text"])}"' if block["level"] == 1 else ""
        eyebrow = self._said(block["eyebrow"], "eyebrow") if block["eyebrow"] else ""
        name = f"{tag} chapter" if block["level"] == 1 else tag
        return f'{eyebrow}<{tag} class="{name}"{anchor}{chapter}>{escape(block["text"])}</{tag}>'

    def _paragraph(self, block: Data) -> str:
        return self._said(block["text"], block["style"])

    def _bullets(self, block: Data, plain: str = "small") -> str:
        tag = "ol" if block["numbered"] else "ul"
        items = "".join(
            f"<li{' class=lit' if one['light'] else ''}>{self._line(one, plain, 'span')}</li>"
            for one in block["items"]
        )
        return f'<{tag} class="strong">{items}</{tag}>'

    def _table(self, block: Data) -> str:
        whole = sum(column["width"] for column in block["columns"])
        sides = [' class="right"' if column["align"] == "right" else "" for column in block["columns"]]
        columns = "".join(
            f'<col style="width:{100 * column["width"] / whole:.3f}%">' for column in block["columns"]
        )
        heads = "".join(
            f'<th scope="col"{side}>{self._said(column["head"], "head", tag="span")}</th>'
            for column, side in zip(block["columns"], sides, strict=True)
        )
        rows = []
        for row in block["rows"]:
            cells = []
            for number, (one, side) in enumerate(zip(row, sides, strict=True)):
                tag = "th" if block["row_heads"] and not number else "td"
                scope = ' scope="row"' if tag == "th" else ""
                cells.append(f"<{tag}{scope}{side}>{self._lines(one)}</{tag}>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return (
            f'<table aria-label="{escape(block["summary"])}"><colgroup>{columns}</colgroup>'
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )

    def _figure(self, block: Data) -> str:
        picture = b64encode(block["chart"]["svg"].encode()).decode()
        caption = (
            f"<figcaption>{self._said(block['caption'], 'caption')}</figcaption>" if block["caption"] else ""
        )
        return (
            f'<figure><img alt="{escape(block["chart"]["alt"])}" src="data:image/svg+xml;base64,{picture}">'
            f"{caption}</figure>"
        )

    def _callout(self, block: Data) -> str:
        return (
            f'<div class="callout {block["tone"]}">{self._said(block["title"], "entry")}'
            f"{self._lines(block['lines'])}</div>"
        )

    def _key_figures(self, block: Data) -> str:
        items = []
        for one in block["items"]:
            colour = f' style="border-color:{self.lights[one["light"]]}"' if one["light"] else ""
            lamp = self._lamp(one["light"]) if one["light"] else ""
            name = self._said(one["label"], "strong").replace(">", f">{lamp}", 1)
            note = self._said(one["note"], "muted") if one["note"] else ""
            items.append(f'<div class="key"{colour}>{self._said(one["value"], "figure")}{name}{note}</div>')
        return f'<div class="side">{"".join(items)}</div>'

    def _decisions(self, block: Data) -> str:
        return "".join(
            f'<div class="decision">{self._said(str(number), "number", tag="div")}'
            f'<div class="what">{self._said(one["title"], "entry", to=one["link"])}{self._facts(one["reasons"])}</div>'
            f'<div class="facts">{self._facts(one["facts"])}</div></div>'
            for number, one in enumerate(block["items"], start=1)
        )

    def _card(self, block: Data) -> str:
        wave = self.palette.waves[min(block["wave"], len(self.palette.waves) - 1)]
        subtitle = {"text": block["subtitle"], "tone": "muted", "link": None, "light": block["light"]}
        steps = [{"text": step, "tone": "plain", "link": None, "light": None} for step in block["steps"]]
        first = (
            self._said(block["steps_title"], "strong")
            + self._bullets({"items": steps, "numbered": True}, "cell")
            if steps
            else ""
        )
        return (
            f'<div class="card" id="{block["anchor"]}" style="border-top:1.6pt solid {wave}"><div class="what">'
            f"{self._said(block['title'], 'entry')}{self._line(subtitle)}{self._said(block['text'], 'cell')}{first}</div>"
            f'<div class="facts"><p class="muted right">{escape(block["mark"])}</p>{self._facts(block["facts"])}</div></div>'
        )

    def _contents(self, block: Data) -> str:
        lines = "".join(
            f'<a href="#{one["anchor"]}">{self._said(one["title"], "entry", tag="span")}'
            f"{self._said(one['claim'], 'small', tag='span')}</a>"
            for one in block["entries"]
        )
        return f'<div class="contents">{lines}</div>'

    def _steps(self, block: Data) -> str:
        items = "".join(
            f'<div class="step">{self._said(number, "figure")}{self._said(name, "strong")}{self._said(meaning, "muted")}</div>'
            for number, name, meaning in block["items"]
        )
        return f'<div class="side">{items}</div>'

    def _columns(self, block: Data) -> str:
        left, right = ("".join(map(self.block, block[side])) for side in ("left", "right"))
        return f'<div class="columns"><div>{left}</div><div>{right}</div></div>'

    def _one_page(self, block: Data) -> str:
        return "".join(map(self.block, block["blocks"]))

    def _page_break(self, _: Data) -> str:
        return '<div class="break"></div>'

    def _cover(self, block: Data) -> str:
        pale, soft = block["pale"], block["soft"]
        details = "<br>".join(map(escape, block["details"]))
        figures = "".join(
            f'<div style="border-top:0.6pt solid {soft};padding-top:4pt;color:{soft};font-size:8pt">'
            f'<div style="font-size:25pt;font-weight:300;color:#fff">{escape(one["value"])}</div>{escape(one["label"])}</div>'
            for one in block["figures"]
        )
        return (
            f'<div class="cover" style="background:{block["ground"]};color:#fff">{self._motif(block)}'
            f'<div style="left:20mm;top:53%;width:340pt;font-size:10pt">'
            f'<div style="font-size:11pt;color:{pale}">{escape(block["eyebrow"])}</div>'
            f'<h1 style="font-size:42pt;line-height:48pt;font-weight:300;bookmark-level:none">{escape(block["title"])}</h1>'
            f'<div style="width:46pt;height:2.4pt;background:{self.palette.accent};margin-bottom:14pt"></div>'
            f'<div style="font-size:13pt;font-weight:600">{escape(block["organisation"])}</div>{details}</div>'
            f'<div class="side" style="left:20mm;right:20mm;bottom:70pt">{figures}</div>'
            f'<div style="left:20mm;bottom:40pt;font-size:7.5pt;color:{soft}">{escape(block["footnote"])}</div></div>'
        )

    def _motif(self, block: Data) -> str:
        motif = block["motif"]
        x0, y0, ring, count = 571.0, 286.0, 62.0, len(motif["axes"])

        def at(axis: int, reach: float) -> str:
            angle = pi / 2 - 2 * pi * axis / count
            return f"{x0 + reach * cos(angle):.1f},{y0 - reach * sin(angle):.1f}"

        shapes = [
            f'<circle cx="{x0}" cy="{y0}" r="{ring * (number + 1) / 2}" stroke="{colour}" stroke-width="0.7" fill="none"/>'
            for number, colour in enumerate(block["rings"])
        ]
        shapes += [
            f'<polyline points="{x0},{y0} {at(axis, 341)}" stroke="{block["rings"][-1]}" stroke-width="0.7"/>'
            for axis in range(count)
        ]
        span = motif["highest"] - motif["lowest"]
        for series in reversed(motif["series"]):
            points = " ".join(
                at(axis, ring * (0.7 + 4.6 * (value - motif["lowest"]) / span))
                for axis, value in enumerate(series["values"])
                if value is not None
            )
            present = series["role"] == "present"
            paint = block["area"] if present else self.palette.accent
            fill = f'fill="{paint}" fill-opacity="0.18"' if present else 'fill="none" stroke-dasharray="5 4"'
            shapes.append(f'<polygon points="{points}" stroke="{paint}" stroke-width="1.4" {fill}/>')
        return (
            '<svg style="left:0;top:0;width:595pt;height:842pt" viewBox="0 0 595 842" role="presentation">'
            f"{''.join(shapes)}</svg>"
        )
