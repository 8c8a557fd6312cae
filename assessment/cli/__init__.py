"""The command line: the whole line without a browser. Exit codes: 0 fine, 1 the input is wrong, 2 wrong usage."""

import json
import os
from pathlib import Path

import click

from assessment.cli.assessing import plan, sample, score
from assessment.cli.authoring import export_, import_
from assessment.cli.benchmarking import benchmark
from assessment.cli.comparing import comparison
from assessment.cli.contributing import form, merge
from assessment.cli.database import db
from assessment.cli.inspecting import release, validate
from assessment.cli.privacy import person, purge
from assessment.cli.reporting import report
from assessment.cli.rolling_up import rollup
from assessment.cli.simulating import simulate_
from assessment.cli.telling import Suggesting, print_or_write, told
from assessment.cli.verifying import verify
from assessment.errors import AssessmentError
from assessment.loader import schema
from assessment.report import ENGINE_VERSION

PACKAGE = Path(__file__).resolve().parent.parent


@click.group(cls=Suggesting, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(ENGINE_VERSION, prog_name="assessment")
def main() -> None:
    """Assess how far a customer service's transformation has come, and plan what to do next."""


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--address", default="127.0.0.1", show_default=True, help="Interface to listen on.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the SQLite database; default: ASSESSMENT_DATA, else data. DATABASE_URL goes before both.",
)
@click.option(
    "--questionnaires",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with questionnaires of your own, offered beside the shipped ones; default: ASSESSMENT_QUESTIONNAIRES.",
)
@click.option(
    "--sign-on",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar="ASSESSMENT_SIGN_ON",  # read here too: a name that is wrong is told at the start, not on each page
    help="File with the OpenID Connect provider that people sign in with (docs/operations.md); default: ASSESSMENT_SIGN_ON, else nobody signs in.",
)
@click.option(
    "--log",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    envvar="ASSESSMENT_LOG",
    show_envvar=True,
    help="How the log is written; json: one object a line.",
)
@click.option(
    "--metrics-port",
    type=click.IntRange(1, 65535),
    envvar="ASSESSMENT_METRICS_PORT",
    show_envvar=True,
    help="Serve figures for Prometheus at /metrics on this port; default: nowhere.",
)
@click.option(
    "--metrics-address",
    default="127.0.0.1",
    show_default=True,
    envvar="ASSESSMENT_METRICS_ADDRESS",
    show_envvar=True,
    help="Interface for the figures.",
)
@told
def serve(
    port: int,
    address: str,
    data: Path | None,
    questionnaires: Path | None,
    sign_on: Path | None,
    form: str,
    metrics_port: int | None,
    metrics_address: str,
) -> None:
    """Start the app in the browser."""
    from assessment.ui import logs, offered, opening, server, signing, watching

    os.environ[logs.FORM] = form
    if form == "json":
        logs.write_lines()
    script = PACKAGE / "app.py"
    if not script.is_file():
        script = PACKAGE.parent / "app.py"
    if data is not None:
        os.environ["ASSESSMENT_DATA"] = str(data)
    if questionnaires is not None:
        os.environ["ASSESSMENT_QUESTIONNAIRES"] = str(questionnaires.resolve())
    if sign_on is not None:
        signing.check(sign_on)
        os.environ["ASSESSMENT_SIGN_ON"] = str(sign_on.resolve())
    say = logs.LOG.info if form == "json" else click.echo
    for own in offered.own():
        click.echo(own.told, err=bool(own.problems))
    try:
        opening.store()  # a database that cannot be opened is told here, not in the browser
        if metrics_port is not None:
            watching.begin(opening.store, port=metrics_port, address=metrics_address)
    except AssessmentError as error:
        if form != "json":
            raise
        for problem in error.problems:
            logs.LOG.error("%s", problem)
        raise SystemExit(1) from None
    say(
        f"The app is on http://{'localhost' if address == '127.0.0.1' else address}:{port} (stop with Ctrl+C)."
    )
    server.serve(script, port=port, address=address)


@main.command("schema")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False))
@told
def schema_(output: Path | None) -> None:
    """Write the JSON Schema of questionnaires, for editors that check while one types."""
    print_or_write(json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n", output)


for command in (
    validate,
    release,
    sample,
    score,
    plan,
    report,
    verify,
    comparison,
    simulate_,
    import_,
    rollup,
    benchmark,
    export_,
    form,
    merge,
    db,
):
    main.add_command(command)
db.add_command(purge)
db.add_command(person)
