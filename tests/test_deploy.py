"""What is shipped to run the app on servers: checked by the programs that read it, as far as they are here."""

import re
import shutil
import ssl
import subprocess
import threading
import time
import tomllib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from click.testing import CliRunner

from assessment.cli import main
from assessment.cli.privacy import purge
from tests.journeys.proxy import SHIPPED, free_port, laid_out, program

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    """The instructions, one a line."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_nginx_takes_the_configuration_that_is_shipped(tmp_path: Path) -> None:
    listen = (SHIPPED / "listen.conf").read_text("utf-8").replace("/var/log/nginx", str(tmp_path))
    listen = listen.replace("443", str(free_port()))
    servers = (SHIPPED / "servers.conf").read_text("utf-8")
    whole = laid_out(tmp_path, servers=servers, listen=listen, redirect=True)
    redirect = tmp_path / "conf.d" / "redirect.conf"
    redirect.write_text(
        redirect.read_text("utf-8")
        .replace(":80;", f":{free_port()};")
        .replace("listen 80", f"listen {free_port()}")
    )
    (tmp_path / "tls").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=assessment.example",
         "-keyout", str(tmp_path / "tls" / "key.pem"), "-out", str(tmp_path / "tls" / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    done = subprocess.run(
        [program(), "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0 and "test is successful" in done.stderr, done.stderr
    assert "warn" not in done.stderr


def test_nginx_writes_down_no_query_no_path_and_no_address() -> None:
    whole = (SHIPPED / "assessment.conf").read_text("utf-8")
    form = whole.split("log_format")[1].split(";")[0]
    named = set(re.findall(r"\$(\w+)", form))
    assert named == {
        "time_iso8601",
        "assessment_kind",
        "request_method",
        "status",
        "body_bytes_sent",
        "request_time",
        "upstream_addr",
    }
    listen = (SHIPPED / "listen.conf").read_text("utf-8")
    assert re.search(r"^access_log \S+ assessment;$", listen, re.MULTILINE)
    assert re.search(r"^error_log +\S+ alert;$", listen, re.MULTILINE)


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_over_https_no_cookie_of_the_app_goes_over_http_later(scheme: str, tmp_path: Path) -> None:
    class SignsIn(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Set-Cookie", "_streamlit_user=who; Path=/; HttpOnly; SameSite=lax")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    port, tls = free_port(), tmp_path / "tls"
    tls.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), SignsIn) as app:
        threading.Thread(target=app.serve_forever, daemon=True).start()
        listen = f"server_name assessment.example;\nlisten 127.0.0.1:{port}{' ssl' if scheme == 'https' else ''};\naccess_log off;\n"
        if scheme == "https":
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=assessment.example",
                 "-keyout", str(tls / "key.pem"), "-out", str(tls / "certificate.pem")],
                check=True, capture_output=True,
            )  # fmt: skip
            listen += f"ssl_certificate {tls}/certificate.pem;\nssl_certificate_key {tls}/key.pem;\n"
        whole = laid_out(tmp_path, servers=f"server 127.0.0.1:{app.server_port};\n", listen=listen)
        command = [program(), "-c", str(whole), "-p", str(tmp_path)]
        running = subprocess.Popen(command)
        cookies: list[str] = []
        try:
            context = ssl._create_unverified_context()
            address = f"{scheme}://127.0.0.1:{port}/auth/callback"
            for _ in range(100):
                with suppress(URLError), urlopen(address, context=context) as answer:
                    cookies = answer.headers.get_all("Set-Cookie") or []
                    break
                time.sleep(0.1)
        finally:
            running.terminate()
            running.wait()
            app.shutdown()
    [who] = [one for one in cookies if one.startswith("_streamlit_user=")]
    assert "HttpOnly" in who and "samesite=lax" in who.lower()
    assert all(("Secure" in one) == (scheme == "https") for one in cookies), cookies


def test_nginx_lets_pass_what_the_app_takes_and_not_much_more() -> None:
    from assessment.ui.server import SETTINGS

    whole = (SHIPPED / "assessment.conf").read_text("utf-8")
    (limit,) = re.findall(r"client_max_body_size (\d+)m;", whole)
    assert int(limit) == SETTINGS["server.maxUploadSize"] + 1  # type: ignore[operator]


def test_every_file_that_compose_names_is_there_or_is_a_secret(compose: dict[str, Any]) -> None:
    sources = [
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    ]
    assert len(sources) == 5
    for source in sources:
        assert (DEPLOY / source).is_file() or source.startswith("./secrets/")
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "deploy/secrets/" in ignored
    for secret in compose["secrets"].values():
        assert secret["file"].startswith("secrets/")
    app = compose["services"]["app1"]
    assert (DEPLOY / app["build"]["context"] / app["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"


def test_compose_runs_three_app_servers_that_can_write_nothing_and_reach_nothing(
    compose: dict[str, Any],
) -> None:
    apps = [name for name in compose["services"] if name.startswith("app")]
    lines = (SHIPPED / "servers-compose.conf").read_text("utf-8").splitlines()
    assert [f"server {name}:8501 max_fails=1 fail_timeout=5s;" for name in apps] == lines[1:]
    assert len(apps) == 3
    for name in apps:
        app = compose["services"][name]
        assert app["read_only"] is True and app["cap_drop"] == ["ALL"]
        assert app["networks"] == ["inside"] and "ports" not in app
        assert app["depends_on"]["database"]["condition"] == "service_healthy"
    assert compose["networks"]["inside"]["internal"] is True
    for service in compose["services"].values():
        assert "no-new-privileges:true" in service["security_opt"]
        assert re.search(r":\d+\.\d+", service["image"]) and "latest" not in service["image"]
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("secrets", [])) <= set(compose["secrets"])


def test_what_is_added_for_the_sign_on_gives_every_app_server_the_file_and_a_way_to_the_provider(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    added = yaml.safe_load((DEPLOY / "compose.sign-on.yaml").read_text("utf-8"))
    assert set(added["services"]) == {name for name in compose["services"] if name.startswith("app")}
    for app in added["services"].values():
        place = app["environment"]["ASSESSMENT_SIGN_ON"]
        assert app["volumes"] == [f"./secrets/sign-on.toml:{place}:ro"]
        assert set(app["networks"]) == {"inside", "outside"} <= set(compose["networks"])
    dropped = (DEPLOY / "systemd" / "sign-on.conf").read_text("utf-8")
    (name, place) = re.findall(r"^LoadCredential=(\S+):(\S+)$", dropped, re.MULTILINE)[0]
    assert f"Environment=ASSESSMENT_SIGN_ON=%d/{name}" in dropped.splitlines()
    told = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert place in told and "deploy/secrets/sign-on.toml" in told
    analyze = shutil.which("systemd-analyze")
    if analyze is None:  # where there is no systemd nobody installs the unit either
        return
    unit = tmp_path / "assessment@8501.service"
    unit.write_text((DEPLOY / "systemd" / "assessment@.service").read_text("utf-8"))
    folder = tmp_path / "assessment@8501.service.d"
    folder.mkdir()
    for text, taken in ((dropped, True), (dropped.replace("LoadCredential", "LoadCredentials"), False)):
        (folder / "sign-on.conf").write_text(text)
        said = subprocess.run([analyze, "verify", str(unit)], capture_output=True, check=False, text=True)
        assert ("Unknown" not in said.stderr and "Failed to parse" not in said.stderr) == taken, said.stderr


def test_no_secret_is_in_the_tree() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file() and "secrets" not in file.parts:
            text = file.read_text("utf-8")
            assert "BEGIN" not in text
            for password in re.findall(r"://\w+:([^@\s]+)@", text):
                assert password in ("PASSWORD", "THE-SAME")
            for value in re.findall(r"ASSESSMENT_CALLER_KEY=(\S+)", text):
                assert value == "…"


def test_the_image_runs_as_nobody_with_hashed_requirements_and_says_whether_it_is_ready(
    dockerfile: list[str],
) -> None:
    installing = [line for line in dockerfile if "pip install" in line]
    assert all("--require-hashes" in line or "--no-deps dist/*.whl" in line for line in installing)
    assert "USER 10001:10001" in dockerfile
    assert dockerfile.index("USER 10001:10001") < next(
        n for n, line in enumerate(dockerfile) if line.startswith("CMD")
    )
    assert any(line.startswith("HEALTHCHECK") and "/readyz" in line for line in dockerfile)
    bases = [line.split()[1] for line in dockerfile if line.startswith("FROM")]
    assert set(bases) == {"python:3.11-slim-bookworm"}


def test_what_the_image_copies_is_there_and_gives_the_wheel(dockerfile: list[str], tmp_path: Path) -> None:
    """The copying and the building as in the image, in a folder of its own that holds nothing else."""
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    for line in dockerfile:
        if not line.startswith("COPY") or "--from" in line:
            continue
        *sources, target = line.split()[1:]
        for source in sources:
            assert source.split("/")[0] in allowed, f"{source} is kept out by .dockerignore"
            there = tmp_path / (Path(target) / Path(source).name if target.endswith("/") else target)
            there.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, there, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, there)
    build = next(line for line in dockerfile if "hatchling build" in line)
    import sys

    subprocess.run([sys.executable, *build.split()[2:]], cwd=tmp_path, check=True, capture_output=True)
    assert list((tmp_path / "dist").glob("*.whl"))


def test_the_servers_lock_holds_what_a_server_needs_with_hashes() -> None:
    lock = (ROOT / "requirements" / "server.txt").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in ("psycopg-binary", "prometheus-client", "highspy", "streamlit"):
        assert re.search(rf"^{wanted}==\S+ ", lock, re.MULTILINE), wanted
    assert {"postgresql", "metrics", "proof"} <= set(project["optional-dependencies"])
    for block in re.split(r"\n(?=[a-z])", lock.strip()):
        if not block.startswith("#"):
            assert "--hash=sha256:" in block, block[:60]
    run = dict(
        re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / "run.txt").read_text("utf-8"), re.MULTILINE)
    )
    server = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    assert run.items() <= server.items(), "the same versions as on a laptop"


@pytest.mark.parametrize("name", ["assessment@.service", "assessment-purge.service"])
def test_systemd_takes_the_unit_and_finds_it_closed(name: str, tmp_path: Path) -> None:
    unit = (DEPLOY / "systemd" / name).read_text("utf-8")
    for wanted in (
        "DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "CapabilityBoundingSet=\n", "EnvironmentFile=/etc/assessment/environment",
    ):  # fmt: skip
        assert wanted in unit
    assert ("Restart=always" in unit) == ("@" in name)  # what runs once a night is not begun again and again
    analyze = shutil.which("systemd-analyze")
    if analyze is None:  # where there is no systemd nobody installs the unit either
        return
    copied = tmp_path / name.replace("@", "@8501")
    copied.write_text(unit)
    said = subprocess.run([analyze, "verify", str(copied)], capture_output=True, check=False, text=True)
    assert "Unknown" not in said.stderr and "Failed to parse" not in said.stderr
    closed = subprocess.run(
        [analyze, "security", "--offline=yes", str(copied)], capture_output=True, check=False, text=True
    )
    found = re.search(r"exposure level for \S+: ([\d.]+)", closed.stdout)
    assert found is None or float(found[1]) < 2


def test_what_purges_every_night_is_what_the_command_line_knows() -> None:
    unit = (DEPLOY / "systemd" / "assessment-purge.service").read_text("utf-8")
    timer = (DEPLOY / "systemd" / "assessment-purge.timer").read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=\S+/assessment (.+)$", unit, re.MULTILINE)
    help_of = CliRunner().invoke(main, [*command.split(), "--help"])
    assert help_of.exit_code == 0 and "every night" in help_of.output
    assert "OnCalendar=*-*-* 03:15" in timer
    settings = (DEPLOY / "systemd" / "environment.example").read_text("utf-8")
    named = set(re.findall(r"^#?(ASSESSMENT_\w+_MONTHS)=", settings, re.MULTILINE))
    assert named == {option.envvar for option in purge.params if getattr(option, "envvar", None)}
