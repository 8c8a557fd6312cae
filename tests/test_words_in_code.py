"""No text that a person reads stands in the code outside the catalogue: looked for where it is drawn, and wherever it is written.

What the code cannot show, tests/journeys/test_pseudo.py sees on the pages. Every exception below has its reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READ = tuple(
    path
    for part in ("ui", "document", "charts")
    for path in sorted((ROOT / "assessment" / part).rglob("*.py"))
)
BESIDE = tuple(
    path for path in sorted((ROOT / "assessment" / "ui").rglob("*")) if path.suffix in {".js", ".css"}
)

CATALOGUE = {"t", "n", "N_", "Said", "Problem", "wrong"}
"""What stands in these calls is a message of the catalogue: see tests/extraction.py."""
DRAWING = {
    "audio_input", "badge", "button", "camera_input", "caption", "chat_input", "chat_message", "checkbox", "code", "color_picker",
    "container", "date_input", "dialog", "download_button", "error", "exception", "expander", "feedback", "file_uploader",
    "form_submit_button", "header", "html", "image", "info", "link_button", "markdown", "menu_button", "metric", "multiselect",
    "number_input", "Page", "page_link", "pills", "plotly_chart", "popover", "progress", "radio", "segmented_control", "select_slider",
    "selectbox", "set_page_config", "slider", "spinner", "status", "subheader", "success", "tabs", "text", "text_area", "text_input",
    "time_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
"""Streamlit's calls that put words on a page, on whatever container they are called."""
SHOWN = {
    "alt", "body", "caption", "captions", "delta", "delta_description", "help", "label", "options", "page_title", "placeholder",
    "tabs", "text", "title", "value",
}  # fmt: skip
"""Their parameters by name that are read; the others are ids, icons and measures."""
SAME_IN_EVERY_LANGUAGE = {
    "http…/?a=…": "the form of a private link",
    "http…/?d=…": "the form of a desk's",
}

NOT_READ = {
    ("ui/opening.py", "PostgreSQL"): "a name",
    ("ui/figure_axes.py", '"Source Sans", sans-serif'): "a typeface",
    ("document/understanding.py", "Fr."): "read from what a user types, not said",
    ("ui/offered.py", "Questionnaire “{}” from {} is offered."): "said on the console, which speaks English",
    (
        "ui/offered.py",
        "{}{}\nQuestionnaire “{}” is left out until this is put right and the app is started again.",
    ): "said on the console, which speaks English",
    ("ui/offered.py", "\n{} more: assessment validate {}"): "said on the console, which speaks English",
    ("ui/planning_proof.py", 'pip install "transformation-assessment[proof]"'): "a command",
    ("ui/tables.py", "told stacked"): "names of classes of the style sheet",
}

FOR_WHO_RUNS_IT = {
    "ui/health.py": "reasons for a load balancer, in English",
    "ui/watching.py": "what figures mean, read in Prometheus, which speaks English",
}

MARKUP = re.compile(
    r"<(script|style)\b.*?</\1>|</?[a-zA-Z][^<>]*>|:material/\w+:|:[a-z]+\[|&\w+;|%[sd]", re.DOTALL
)
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:.!?]? [^\W\d_]{2,}|^\W*[A-Z][a-z]+")
"""Two words, or one with a capital: ids, keys and kinds are written otherwise."""


def written(node: ast.expr) -> str | None:
    """Return a literal text, with `{}` for the values in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def has_letters(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", MARKUP.sub("", text)))


def drawn(node: ast.expr) -> Iterator[str]:
    """Yield the literal texts that an argument puts on the page: also one of two, part of a sum, item of a list."""
    text = written(node)
    if text is not None:
        yield text
    match node:
        case ast.JoinedStr():
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from drawn(part.value)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            yield from drawn(node.left)
            yield from drawn(node.right)
        case ast.IfExp():
            yield from drawn(node.body)
            yield from drawn(node.orelse)
        case ast.BoolOp():
            for value in node.values:
                yield from drawn(value)
        case ast.List() | ast.Tuple():
            for item in node.elts:
                yield from drawn(item)
        case ast.ListComp() | ast.GeneratorExp():
            yield from drawn(node.elt)
        case ast.Call(func=ast.Attribute(value=text, attr="format" | "replace" | "strip" | "join" as made)):
            for item in (text, *(node.args if made == "join" else ())):
                yield from drawn(item)
        case ast.Call() if name_of(node) == "plain":
            for item in node.args:
                yield from drawn(item)
        case _:
            pass


def drawn_in(source: str) -> list[str]:
    """Return the texts with letters that a module gives to Streamlit itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Attribute)
            or not _draws(node.func)
        ):
            continue
        read = 1 if node.func.attr == "download_button" else None  # its name, not the file's
        given = [*node.args[:read], *(word.value for word in node.keywords if word.arg in SHOWN)]
        found += [text for one in given for text in drawn(one) if has_letters(text)]
    return [text for text in found if text not in SAME_IN_EVERY_LANGUAGE]


def _draws(called: ast.Attribute) -> bool:
    to_the_log = isinstance(called.value, ast.Name) and called.value.id == "LOG"
    return called.attr in DRAWING and not to_the_log


def sentences_in(source: str) -> list[str]:
    """Return the literal texts of a module that read like a sentence or a title and are no message of the catalogue."""
    found: list[str] = []

    def walk(node: ast.AST) -> None:
        match node:
            case ast.Call() if name_of(node) in CATALOGUE:
                return
            case ast.Call(func=ast.Attribute(value=ast.Name(id="LOG"))):
                return  # for whoever runs the app
            case ast.Compare() | ast.MatchValue():
                return  # compared, not said
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                return
            case ast.Expr(value=ast.Constant()):
                return  # a docstring
            case ast.Dict():
                for key, value in zip(node.keys, node.values, strict=True):
                    if key is not None and not _is_said_there(key, value):
                        walk(key)
                    walk(value)
                return
            case ast.Constant() | ast.JoinedStr():
                text = written(node)
                if text is not None and SENTENCE.search(MARKUP.sub(" ", text).strip()):
                    found.append(text)
                for part in getattr(node, "values", ()):
                    if isinstance(part, ast.FormattedValue):
                        walk(part.value)
                return
            case _:
                pass
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    walk(child)

    walk(ast.parse(source))
    return found


def _is_said_there(key: ast.expr, value: ast.expr) -> bool:
    """Say whether an entry names a text and translates the same: how the words of others are found and replaced."""
    return (
        isinstance(value, ast.Call)
        and name_of(value) in CATALOGUE
        and bool(value.args)
        and written(value.args[0]) == written(key)
    )


def short(path: Path) -> str:
    return path.relative_to(ROOT / "assessment").as_posix()


def test_nothing_is_drawn_that_is_not_from_the_catalogue() -> None:
    found = {short(path): texts for path in READ if (texts := drawn_in(path.read_text("utf-8")))}
    assert found == {}


def test_no_sentence_is_written_outside_the_catalogue() -> None:
    found = [
        (short(path), text)
        for path in READ
        for text in sentences_in(path.read_text("utf-8"))
        if (short(path), text) not in NOT_READ and short(path) not in FOR_WHO_RUNS_IT
    ]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    found = {(short(path), text) for path in READ for text in sentences_in(path.read_text("utf-8"))}
    assert set(NOT_READ) <= found
    every = "\n".join(path.read_text("utf-8") for path in READ)
    assert [text for text in SAME_IN_EVERY_LANGUAGE if text not in every] == []


@pytest.mark.parametrize(
    "line",
    [
        'st.button("Save")',
        'left.text_input(c.t("Name"), placeholder="Your name")',
        'st.markdown(f"{count} answers")',
        'st.caption("open" if late else c.t("done"))',
        'st.metric(c.t("Level"), value, "as rated")',
        'st.markdown(" · ".join([c.t("a"), "of all"]))',
        'st.tabs([c.t("Overview"), "Details"])',
    ],
)
def test_a_text_that_bypasses_the_catalogue_is_found_where_it_is_drawn(line: str) -> None:
    assert drawn_in(line)


@pytest.mark.parametrize(
    "line",
    [
        'st.button(c.t("Save"), key="save", type="primary", icon=":material/save:")',
        "st.markdown(f'**{plain(name)}:** ' + c.n('{count} day', '{count} days', days))",
        'st.caption(" · ".join(parts))',
        'st.html(f"<script>(()=>{{say({name})}})()</script>")',
        'st.markdown(":red[:material/warning:]")',
    ],
)
def test_what_comes_from_the_catalogue_or_is_no_text_is_left_alone(line: str) -> None:
    assert drawn_in(line) == []


@pytest.mark.parametrize(
    "line",
    ['yield Paragraph(text="Nothing to show yet.")', 'TITLE = "Overview"', 'said = f"{count} of all"'],
)
def test_a_sentence_is_found_wherever_it_is_written(line: str) -> None:
    assert sentences_in(line)


# ── what stands beside the code ──────────────────────────────────────────────────────────────────────────────────────────────

SAID_BY_SCRIPT = re.compile(
    r"""(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel|alt|nodeValue)\s*=\s*(?P<one>['"`][^'"`${]*[^\W\d_][^'"`]*['"`])"""
    r"""|setAttribute\(\s*['"](?:aria-label|title|placeholder|alt|aria-description|aria-roledescription|aria-valuetext)['"]\s*,"""
    r"""\s*(?P<two>['"`][^'"`${]*[^\W\d_][^'"`]*['"`])""",
)
SAID_BY_STYLE = re.compile(r"""content:\s*(['"][^'"]*[^\W\d_][^'"]*['"])""")


@pytest.mark.parametrize("path", BESIDE, ids=lambda path: path.name)
def test_no_script_and_no_style_says_anything_of_its_own(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        assert [said for said in SAID_BY_STYLE.findall(text) if not said[1:-1].startswith("\\")] == []
        return
    said = [found["one"] or found["two"] for found in SAID_BY_SCRIPT.finditer(text)]
    assert [one for one in said if has_letters(re.sub(r"\$\{[^}]*\}", "", one[1:-1]))] == []


def test_a_word_in_a_script_is_found() -> None:
    assert SAID_BY_SCRIPT.search("button.textContent = 'Copy';")
    assert SAID_BY_SCRIPT.search("""one.setAttribute("aria-label", "Forget");""")
    assert not SAID_BY_SCRIPT.search(
        "one.textContent = words.copy; one.setAttribute('aria-label', words.forget)"
    )
    assert SAID_BY_STYLE.search("""p::after { content: "new" }""")
