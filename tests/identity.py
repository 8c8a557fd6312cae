"""An OpenID Connect provider for tests, on this machine: discovery, authorization code with PKCE, RS256, sign-out. No passwords."""

import base64
import hashlib
import html
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "assessment", "only-for-tests"


class Provider:
    """Signs in whoever gives a name; what it says of them can be changed by a test."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {}
        """What it says beside or instead of the usual."""
        self._key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self._codes: dict[str, tuple[dict[str, str], str]] = {}

    def app(self) -> Starlette:
        routes = [
            Route("/.well-known/openid-configuration", self.configuration),
            Route("/authorize", self.authorize, methods=["GET", "POST"]),
            Route("/token", self.token, methods=["POST"]),
            Route("/jwks", self.jwks),
            Route("/logout", self.logout),
        ]
        return Starlette(routes=routes)

    async def configuration(self, _: Request) -> Response:
        at = self.issuer
        return JSONResponse(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/jwks",
                "end_session_endpoint": f"{at}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        if request.method == "POST":
            name = parse_qs((await request.body()).decode())["name"][0]
            code = secrets.token_urlsafe(16)
            self._codes[code] = asked, name
            back = urlencode({"code": code, "state": asked["state"]})
            return RedirectResponse(f"{asked['redirect_uri']}?{back}", 303)
        said = html.escape(asked["redirect_uri"])
        return HTMLResponse(
            f"<title>Provider</title><h1>Provider</h1><p>{said}</p><form method=post>"
            "<label>Name <input name=name></label><button>Go</button></form>"
        )

    async def token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_client = request.headers.get("authorization") == f"Basic {basic}"
        if not is_client and form.get("client_secret") != SECRET:
            return JSONResponse({"error": "invalid_client"}, 401)
        asked, name = self._codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": f"id-of-{name.lower()}",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            "name": name,
            "email": f"{name.lower()}@beratung.example",
            "email_verified": True,
            **self.claims,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self._key)
        return JSONResponse(
            {
                "access_token": secrets.token_hex(8),
                "token_type": "Bearer",
                "expires_in": 300,
                "id_token": signed,
            }
        )

    async def jwks(self, _: Request) -> Response:
        public = self._key.as_dict(private=False) | {"kid": "k1", "use": "sig", "alg": "RS256"}
        return JSONResponse({"keys": [public]})

    async def logout(self, request: Request) -> Response:
        back = request.query_params.get("post_logout_redirect_uri")
        return RedirectResponse(back, 303) if back else HTMLResponse("<h1>Signed out</h1>")


@contextmanager
def provider() -> Iterator[Provider]:
    """Run one until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    made = Provider(port)
    server = uvicorn.Server(
        uvicorn.Config(made.app(), host="127.0.0.1", port=port, log_level="warning", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield made
    server.should_exit = True
    thread.join(10)


def settings(made: Provider, *, app: str) -> str:
    """Return the file that tells an app at this address of the provider."""
    return (
        "[auth]\n"
        f'redirect_uri = "{app}/oauth2callback"\n'
        f'cookie_secret = "{secrets.token_hex(32)}"\n'
        f'client_id = "{CLIENT}"\n'
        f'client_secret = "{SECRET}"\n'
        f'server_metadata_url = "{made.issuer}/.well-known/openid-configuration"\n'
        'client_kwargs = { scope = "openid profile email", code_challenge_method = "S256" }\n'
    )
