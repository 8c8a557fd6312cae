"""Files made to hold the program up, to fill its memory, or to bring in what nobody has looked at; and files that are kept whole."""

import base64
import gzip
import io
import json
import sqlite3
import traceback
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pydantic import ValidationError
from sqlalchemy import text

from assessment import errors
from assessment.answers import Answer, AnswerSheet
from assessment.authoring import folder as authored
from assessment.authoring.opening import book_in
from assessment.brand import LOGO_MOST, Brand
from assessment.clients import ClientFile, KeptAssessment, KeptEarlier, KeptSite
from assessment.contributions import differences
from assessment.errors import MOST_TOLD, AnswersError, AssessmentError, QuestionnaireError, StoreError
from assessment.loader import (
    client_as_bytes,
    clients,
    logo_from,
    read_client,
    read_questionnaire,
    read_sheet,
    read_upload,
)
from assessment.questionnaire import Questionnaire
from assessment.report import Subject
from assessment.roadmap import Terms
from assessment.store import Created, Store, backup_file, copies
from assessment.store import backup as whole
from assessment.store.database import Database
from assessment.store.engines import without_password
from assessment.verifying import verify
from tests.conftest import a_questionnaire, a_sheet, capacity, level_question, section
from tests.test_cli import run
from tests.test_contributions import said
from tests.test_store import raw

NAME = "handed-in"
SUBJECT = Subject(held_on=date(2026, 5, 4))


def picture(colour: str = "#1F4E79", side: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def with_logo(raw: bytes, name: str = "") -> Brand:
    return Brand(name=name, logo=base64.b64encode(raw))


def of(*brands: Brand, own: Brand | None = None, questionnaire: str = "service-transformation") -> ClientFile:
    """A client with an assessment for each brand."""
    sheet = AnswerSheet(questionnaire=questionnaire, version="1.1.0")
    made = tuple(
        KeptAssessment(id=str(number), language="en", subject=SUBJECT, sheet=sheet, brand=brand)
        for number, brand in enumerate(brands)
    )
    site = KeptSite(name="Nord (fictitious)", assessments=made)
    return ClientFile(name="Nord AG (fictitious)", brand=own or Brand(), sites=(site,))


def taken(file: ClientFile) -> ClientFile:
    return read_client(client_as_bytes(file), NAME)


# ── a client's file ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_logo_in_a_client_s_file_is_written_anew_and_brings_nothing_else_along() -> None:
    smuggled = picture() + b"<script>alert(1)</script>"
    file = taken(of(with_logo(smuggled), own=with_logo(smuggled, "Blau")))
    ours = logo_from(smuggled, name=NAME)
    assert b"script" not in ours
    assert file.brand == with_logo(ours, "Blau")
    assert file.sites[0].assessments[0].brand.logo == ours
    assert taken(file) == file, "what is written anew stays as it is"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda: of(own=with_logo(b"<svg onload='alert(1)'/>")), "cannot be read as PNG or JPEG"),
        (lambda: of(with_logo(picture(side=1001))), "larger than 1000 by 1000 pixels"),
        (
            lambda: of(*(with_logo(picture(f"#0000{n:02X}")) for n in range(clients.MOST_LOGOS + 1))),
            "201 different logos",
        ),
        (lambda: of(*[Brand()] * (clients.MOST_ASSESSMENTS + 1)), "2001 assessments"),
        (
            lambda: of(Brand(), questionnaire="service-transformatoin"),
            "Did you mean “service-transformation”",
        ),
    ],
)
def test_a_client_with_what_no_desk_has_written_is_refused(file: Callable[[], ClientFile], says: str) -> None:
    with pytest.raises(AnswersError, match=says) as caught:
        taken(file())
    assert NAME in str(caught.value)


def test_a_logo_has_a_size_that_fits_a_row() -> None:
    with pytest.raises(ValidationError):
        with_logo(b"x" * (LOGO_MOST + 1))
    assert len(with_logo(b"x" * LOGO_MOST).logo) == LOGO_MOST


def test_a_questionnaire_is_read_once_for_a_client_however_many_assessments_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def counted(wanted: str) -> Questionnaire:
        asked.append(wanted)
        return read_questionnaire(wanted)

    monkeypatch.setattr(clients, "read_questionnaire", counted)
    assert len(taken(of(*[Brand()] * 50)).sites[0].assessments) == 50
    assert asked == ["service-transformation"]


def test_what_an_assessment_is_compared_with_is_checked_by_the_questionnaire_beside_it() -> None:
    known = read_questionnaire("team-health")
    strange = AnswerSheet(
        questionnaire=known.id, version=known.version, answers=(Answer(question="nobody", value=1),)
    )
    file = of(Brand())
    [site] = file.sites
    earlier = KeptEarlier(questionnaire=0, sheet=strange, subject=SUBJECT)
    worse = site.assessments[0].model_copy(update={"earlier": earlier})
    file = file.model_copy(
        update={
            "questionnaires": (known,),
            "sites": (site.model_copy(update={"assessments": (worse,)}),),
        }
    )
    with pytest.raises(
        AnswersError, match=r"Nord \(fictitious\) › 1 › answers › nobody: there is no question"
    ):
        taken(file)


# ── workbooks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def workbook_with(part: str, content: bytes) -> bytes:
    """A workbook of one cell whose part is another."""
    plain = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 300_000 + b"</cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet>" + b"<a/>" * 2_100_000 + b"</worksheet>"),
    ],
)
def test_a_small_workbook_with_millions_of_styles_or_tags_is_refused_before_any_is_read(
    part: str, content: bytes
) -> None:
    bomb = workbook_with(part, content)
    assert len(bomb) < 100_000
    with pytest.raises(QuestionnaireError, match="more cells and formats") as caught:
        book_in(bomb, NAME)
    assert part in str(caught.value)
    assert book_in(workbook_with("none", b""), NAME).grids[0].rows[0].cells == {1: "x"}


# ── a file with more faults than anybody reads ───────────────────────────────────────────────────────────────────────


def test_of_a_hundred_thousand_unknown_words_those_are_compared_that_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []
    closest = errors.get_close_matches

    def counted(word: str, *rest: object, **more: object) -> list[str]:
        compared.append(word)
        return closest(word, *rest, **more)  # type: ignore[arg-type, call-overload, no-any-return]

    monkeypatch.setattr(errors, "get_close_matches", counted)
    answers = {f"w1-q{number}x": 1 for number in range(100_000)}
    data = {"questionnaire": "service-transformation", "version": "1.1.0", "answers": answers}
    with pytest.raises(AnswersError) as caught:
        read_upload(json.dumps(data).encode(), NAME)
    assert len(compared) == MOST_TOLD
    assert len(caught.value.problems) == errors.MOST_WRONG
    assert str(caught.value).endswith(f"and {errors.MOST_WRONG - MOST_TOLD} more")
    assert "Did you mean “w1-q1”?" in str(caught.value)


def test_a_list_of_millions_in_lines_is_refused_while_it_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("questionnaire:\n" + "-\n" * 1_000_000)
    with pytest.raises(AnswersError, match="more than 250000 values"):
        read_sheet(file)


def test_a_report_to_verify_has_no_more_values_than_a_report(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(b'{"scorecard": [' + b"{}," * 300_000 + b"{}]}")
    with pytest.raises(AnswersError, match="more than 250000 values"):
        verify(file.read_bytes(), file=NAME)


@pytest.mark.parametrize("way", ["../elsewhere", "/etc/people", "people/../../x", "People", "a" * 81])
def test_a_section_stands_in_a_file_beside_the_head_and_nowhere_else(tmp_path: Path, way: str) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (tmp_path / "elsewhere.yaml").write_text("id: elsewhere\ntitle: secret\n")
    (mine / "questionnaire.yaml").write_text(f'id: mine\nversion: 1.0.0\nsections: ["{way}"]\n')
    with pytest.raises(QuestionnaireError, match="is no id of a section") as caught:
        read_questionnaire(mine)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "at", ["2199-12-31T23:30:00-05:00", "2000-01-01T00:30:00+02:00", "9999-12-31T23:59:59-05:00"]
)
def test_a_moment_lies_in_the_years_that_are_kept_by_the_clock_it_is_stored_in(at: str) -> None:
    with pytest.raises(ValidationError, match="2000 and 2199"):
        Answer(question="a", value=1, at=datetime.fromisoformat(at))
    assert Answer(question="a", value=1, at=datetime.fromisoformat("2199-12-31T23:30:00+01:00")).at


def test_an_answer_that_a_question_no_longer_admits_says_nothing() -> None:
    known = a_questionnaire(section("s", level_question("a", levels=range(1, 5)), level_question("b")))
    found = differences(known, a_sheet(known, {}), [said("Kim", a=9, b=2), said("Lou", a=3, gone=1)])
    assert [(each.question, [one.answer.value for one in each.offered]) for each in found] == [
        ("a", [3]),
        ("b", [2]),
    ]


# ── what a database says ─────────────────────────────────────────────────────────────────────────────────────────────


def test_no_error_of_the_database_carries_what_somebody_wrote(store: Store, url: str, made: Created) -> None:
    engine = raw(url)
    with engine.begin() as connection:
        for statement in (
            "CREATE UNIQUE INDEX once ON answer (comment)",
            "UPDATE answer SET comment = 'nothing'",
        ):
            connection.execute(text(statement))
    engine.dispose()
    secret = "wir haben 12 Leute entlassen"
    store.save_answer(made.assessment, Answer(question="w1-q1", value=2, comment=secret), seen=0)
    with pytest.raises(StoreError) as caught:
        store.save_answer(made.assessment, Answer(question="w1-q2", value=2, comment=secret), seen=0)
    assert "refused" in str(caught.value)
    assert secret not in str(caught.value)
    told = "".join(traceback.format_exception(caught.value))
    chained = (
        told
        if "postgresql" not in url
        else "\n".join(line for line in told.splitlines() if not line.startswith("DETAIL:"))
    )
    assert "Error" in told and secret not in chained


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://anna:s3cret/assessment", "postgresql:***"),
        ("anna:s3cret", "anna:***"),
        ("postgresql://anna:s3cret@host/assessment", "postgresql:***@host/assessment"),
        ("postgresql://host:5432/assessment", "postgresql://host:5432/assessment"),
        ("assessment.db", "assessment.db"),
    ],
)
def test_a_url_is_told_without_what_may_be_a_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_plan_that_a_colleague_has_changed_meanwhile_stands(store: Store, made: Created) -> None:
    mine, theirs = Terms(capacity=capacity(5)), Terms(capacity=capacity(9))
    assert store.save_plan(made.assessment, theirs, over=None)
    assert not store.save_plan(made.assessment, mine, over=None), "made from what was there before"
    assert store.open(made.token).plan == theirs
    assert store.save_plan(made.assessment, mine, over=theirs)
    assert store.open(made.token).plan == mine


# ── files that are kept whole ────────────────────────────────────────────────────────────────────────────────────────


def answers_in(folder: Path) -> Path:
    file = folder / "answers.json"
    file.write_text(
        json.dumps({"questionnaire": "team-health", "version": "1.0.0", "answers": {}}), encoding="utf-8"
    )
    return file


def test_a_command_never_writes_over_what_it_reads(tmp_path: Path) -> None:
    file = answers_in(tmp_path)
    before = file.read_bytes()
    (tmp_path / "again.json").symlink_to(file)
    for output in (file, tmp_path / "again.json", tmp_path / "." / "answers.json"):
        done = run("report", str(file), "-o", str(output))
        assert done.exit_code == 1 and "would be lost" in done.stderr
    assert file.read_bytes() == before


def test_a_report_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, output = answers_in(tmp_path), tmp_path / "report.json"
    output.write_text("the one before")
    output.chmod(0o640)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        done = run("report", str(file), "-o", str(output))
    assert done.exit_code == 1 and "No space left" in done.stderr
    assert output.read_text() == "the one before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["answers.json", "report.json"]
    assert run("report", str(file), "-o", str(output)).exit_code == 0
    assert output.read_text() != "the one before" and output.stat().st_mode & 0o777 == 0o640


def test_a_questionnaire_that_cannot_be_replaced_keeps_its_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = read_questionnaire("service-transformation")
    place = tmp_path / known.id
    assert len(authored.write_folder(known, place)) > 10
    other = known.model_copy(
        update={"title": known.title.model_copy(update={"root": {"de": "A", "en": "A", "nl": "A"}})}
    )
    moves: list[str] = []
    move = authored.shutil.move

    def a_few(source: Path, target: Path) -> None:
        if len(moves) == 5:
            raise OSError(28, "No space left on device")
        moves.append(target.name)
        move(source, target)

    monkeypatch.setattr(authored.shutil, "move", a_few)
    with pytest.raises(QuestionnaireError, match="No space left"):
        authored.write_folder(other, place, force=True)
    assert len(moves) == 5 and "questionnaire.yaml" not in moves
    assert read_questionnaire(place) == known


# ── databases that are somebody else's ───────────────────────────────────────────────────────────────────────────────


def test_a_backup_is_not_put_into_another_program_s_file_nor_is_anything_set_in_it(tmp_path: Path) -> None:
    kept = tmp_path / "kept.gz"
    with Store(f"sqlite:///{tmp_path}/ours.db") as ours:
        ours.create("team-health", "1.0.0", language="en")
    whole.backup(f"sqlite:///{tmp_path}/ours.db", kept)
    theirs = tmp_path / "theirs.db"
    with sqlite3.connect(theirs) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("CREATE TABLE assessment (mine)")
    connection.close()
    before = theirs.read_bytes()
    with pytest.raises(StoreError):
        whole.restore(kept, f"sqlite:///{theirs}", force=True)
    assert theirs.read_bytes() == before


def test_a_file_made_for_a_restore_stays_if_another_program_has_begun_to_fill_it(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    database = Database(f"sqlite:///{file}", patience=5, as_it_is=True, may_be_missing=True)
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE theirs (a)")
    other.close()
    database.close(unmade=True)
    assert file.exists()
    empty = tmp_path / "empty.db"
    Database(f"sqlite:///{empty}", patience=5, as_it_is=True, may_be_missing=True).close(unmade=True)
    assert not empty.exists()


def test_a_backup_that_came_there_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "kept.gz"
    with pytest.raises(StoreError, match="there already"), backup_file.written(file, replace=False):
        file.write_bytes(gzip.compress(b"another's"))
    assert gzip.decompress(file.read_bytes()) == b"another's"
    assert [each.name for each in tmp_path.iterdir()] == ["kept.gz"]


def test_of_copies_before_a_migration_only_those_go_that_the_program_made(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with Store(f"sqlite:///{file}") as store:
        store.clients.open("Beratung (fictitious)")  # a desk, and no assessment yet
    mine = [tmp_path / f"a.db.before-{name}" for name in ("the-move", "0001.old", "2025-12-24")]
    for each in mine:
        each.write_text("mine")
    for number in range(1, 6):
        assert copies.put_a_copy_beside(file, found="0010", head=f"{number:04}") is not None
    left = {each.name for each in tmp_path.glob("a.db.before-*")}
    assert left == {*(each.name for each in mine), *(f"a.db.before-{number:04}" for number in (3, 4, 5))}


def test_the_first_problems_of_many_are_in_an_error_s_own_text() -> None:
    error = AssessmentError(errors.Problem(f"problem {number}.") for number in range(1000))
    assert str(error).count("\n") == MOST_TOLD and str(error).endswith("and 980 more")
