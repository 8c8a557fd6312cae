"""Sums in formulas: points added up, from the fewest to the most that the parts which apply can give."""

from assessment.exports.xlsx.formulas import (
    Formula,
    Operand,
    count,
    is_number,
    made,
    number_of,
    products,
    some,
    when,
)
from assessment.exports.xlsx.places import FIRST_WAY, LABEL, LACKS, SURELY, WEIGHT
from assessment.exports.xlsx.working import Working, added


def _ends(b: Working, number: int, way: int) -> tuple[Operand, Operand, Operand]:
    """Return from where to where a part's points run, and those it has while nothing of it is answered."""
    if number < len(b.block.sections):
        part = b.block.sections[number]
        if part.method == "sum":
            return b.there(part, "low", way), b.there(part, "high", way), b.there(part, "sum", way)
        low, high = part.low, part.low + part.width
    else:
        leaf = b.block.leaves[number - len(b.block.sections)]
        low, high = leaf.low, leaf.low + leaf.width
    return low, high, max(low, min(high, 0.0))


def write_sum(b: Working, way: int) -> None:
    """Write the index and the shares of a sum, in one of the six columns."""
    c, rows = b.tell.c, b.block.rows
    for number in range(b.block.parts):
        _term(b, number, way)
    parts = bool(b.block.parts)
    weights = b.span("part", WEIGHT) if parts else made(0)
    low, high, points = (
        b.put(key, way, products(weights, b.span(name, FIRST_WAY + way)) if parts else 0)
        for key, name in (("low", "from"), ("high", "to"), ("sum", "points"))
    )
    b.label("low", c.t("Fewest points"))
    b.label("high", c.t("Most points"))
    b.label("sum", c.t("Points, times their weight, added up"))
    b.label("weight", c.t("Points between fewest and most that count"))
    if not parts:
        b.put("weight", way, 0)
        _index(b, way, "", points)
        for number in range(1, len(b.scheme.thresholds)):
            b.share(number, way, "")
        return
    column = b.span("part", FIRST_WAY + way)
    widths = b.span("to", FIRST_WAY + way) - b.span("from", FIRST_WAY + way)
    wide = b.put("weight", way, products(weights * is_number(column) * widths))
    some_count = count(column) > 0
    position = when(high.same(low), 0, (points - low) / (high - low))
    _index(b, way, when(some_count, position, ""), points)
    for number in range(1, len(b.scheme.thresholds)):
        terms = []
        if b.block.leaves:
            leaves = b.span("part", FIRST_WAY + way, leaves_only=True)
            own = b.span("to", FIRST_WAY + way, leaves_only=True) - b.span(
                "from", FIRST_WAY + way, leaves_only=True
            )
            weighed = b.span("part", WEIGHT, leaves_only=True) * is_number(leaves) * own
            terms.append(products(weighed * (leaves >= b.threshold(number))))
        for place, part in enumerate(b.block.sections):
            begin, end = (b.sheet.cell(rows[name, place], FIRST_WAY + way) for name in ("from", "to"))
            heavy = b.sheet.cell(rows["part", place], WEIGHT)
            terms.append(heavy * (end - begin) * number_of(b.there(part, ("share", number), way)))
        b.share(number, way, when(some_count, when(wide > 0, added(terms) / wide, 0), ""))


def _index(b: Working, way: int, position: Operand, points: Formula) -> None:
    there = b.put("position", way, position)
    b.label("position", b.tell.c.t("Position"))
    b.put("index", way, when(is_number(there), points, ""), "index")
    b.label("index", b.tell.c.t("Index"), "strong")


def _term(b: Working, number: int, way: int) -> None:
    """Write where a part's points run, as far as it applies, and those that it adds."""
    c, row = b.tell.c, b.block.rows["part", number]
    worth = b.sheet.cell(row, FIRST_WAY + way)
    low, high, nothing = _ends(b, number, way)
    name = str(b.sheet.cell(row, LABEL).value)
    if way % 3:
        surely = b.sheet.cell(row, SURELY).same(1)
        # what may yet turn out not to apply may also add nothing
        begin = when(is_number(worth), when(surely, low, _at_most_0(low)), 0)
        end = when(is_number(worth), when(surely, high, _at_least_0(high)), 0)
    else:
        applies = some(is_number(worth), b.sheet.cell(row, LACKS).same(1))
        begin, end = when(applies, low, 0), when(applies, high, 0)
    from_, to = b.put(("from", number), way, begin), b.put(("to", number), way, end)
    points = from_ + worth * (to - from_)
    without: Operand = 0 if way % 3 else when(b.sheet.cell(row, LACKS).same(1), nothing, 0)
    b.put(("points", number), way, when(is_number(worth), points, without))
    b.label(("from", number), c.t("{part}: fewest points", part=name))
    b.label(("to", number), c.t("{part}: most points", part=name))
    b.label(("points", number), c.t("{part}: points", part=name))


def _at_most_0(low: Operand) -> Formula:
    known = made(low)
    return made(min(known.value, 0.0)) if known.fixed else when(known < 0, known, 0)


def _at_least_0(high: Operand) -> Formula:
    known = made(high)
    return made(max(known.value, 0.0)) if known.fixed else when(known > 0, known, 0)
