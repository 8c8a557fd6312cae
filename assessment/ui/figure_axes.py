"""What all figures share: fonts, axes and numbers as the language writes them."""

from assessment.charts import Scaled

FONT = '"Source Sans", sans-serif'
CLEAR = "rgba(0,0,0,0)"


def figure_of(chart: Scaled) -> str:
    """Return plotly's format of a figure on the chart's axis."""
    return f".{chart.digits}f"


def suffix(chart: Scaled) -> str:
    """Return the sign after a figure on the chart's axis."""
    return "%" if chart.percent else ""


def ticks(chart: Scaled, separators: str) -> dict[str, object]:
    """Return the marks of the chart's axis."""
    whole = all(mark.is_integer() for mark in chart.marks)
    digits = 0 if whole else max(1, chart.digits)
    return {
        "tickmode": "array",
        "tickvals": list(chart.marks),
        "ticktext": [said(mark, digits, separators) + suffix(chart) for mark in chart.marks],
    }


def said(value: float, digits: int, separators: str) -> str:
    """Return a number as the language writes it; plotly's own formats know text from elsewhere only as it is."""
    decimal, group = separators[0], separators[1]
    return f"{value:,.{digits}f}".replace(",", "_").replace(".", decimal).replace("_", group)


def wrapped(text: str, width: int) -> str:
    """Return a text in lines of about so many signs."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "<br>".join(lines)
