"""Checks of a tagged PDF with eyes other than ours: an independent validator, and the tree against the pages."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import page as page_validation
import pikepdf
from pikepdf import Array, Name

PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"}
Key = tuple[tuple[int, int], int]


def broken_rules(pdf: bytes, profile: str) -> str:
    """Return what the validator finds against `ua1` or `3a`; nothing if all is well."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(pdf)
        said = str(page_validation.validate_pdf(str(file), profile=profile))
    return "" if "Result: no failures" in said else said


def faults_of_structure(pdf: bytes) -> list[str]:
    """Return where tree, parent tree and marked content disagree, or where something is painted and not marked."""
    faults: list[str] = []
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        claimed: dict[Key, tuple[int, int]] = {}
        _walk(root.K[0] if isinstance(root.K, Array) else root.K, claimed, parents, faults)
        used: set[Key] = set()
        for number, page in enumerate(document.pages, start=1):
            own = parents.get(int(page.obj.get("/StructParents", -1)))
            if own is None:
                faults.append(f"page {number}: no entry in the parent tree")
                continue
            for mcid, tag in _marked(page, number, faults):
                key = (page.obj.objgen, mcid)
                if (
                    key in used
                    or mcid >= len(own)
                    or claimed.get(key) != own[mcid].objgen
                    or tag != own[mcid].S
                ):
                    faults.append(f"page {number}: content {mcid} does not agree with the tree")
                used.add(key)
        if set(claimed) - used:
            faults.append("the tree names content that is not there")
    return faults


def _walk(
    element: pikepdf.Object,
    claimed: dict[Key, tuple[int, int]],
    parents: dict[int, pikepdf.Object],
    faults: list[str],
) -> None:
    kids = element.get("/K")
    for kid in [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]:
        kind = kid.get("/Type")
        if kind == Name.MCR:
            claimed[(kid.Pg.objgen, int(kid.MCID))] = element.objgen
        elif kind == Name.OBJR:
            if parents[int(kid.Obj.StructParent)].objgen != element.objgen:
                faults.append("a link's parent is another element")
        else:
            if kid.P.objgen != element.objgen:
                faults.append("an element's parent is another element")
            _walk(kid, claimed, parents, faults)


def _marked(page: pikepdf.Page, number: int, faults: list[str]) -> list[tuple[int, pikepdf.Object]]:
    found = []
    open_ = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word in ("BDC", "BMC"):
            if open_:
                faults.append(f"page {number}: marked content within marked content")
            open_ += 1
            if word == "BDC" and "/MCID" in operands[1]:
                found.append((int(operands[1].MCID), operands[0]))
        elif word == "EMC":
            open_ -= 1
        elif word in PAINTING and not open_:
            faults.append(f"page {number}: {word} paints and is not marked")
    if open_:
        faults.append(f"page {number}: marked content is not closed")
    return found
