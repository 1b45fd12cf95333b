"""The pages and endpoints of the development provider. Codes live for a minute, in this process."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from deploy.local.signin.people import Person
from shared import clock
from shared.http.tokens import DEVELOPMENT_ISSUER, DevelopmentIssuer

PAGES = Path(__file__).resolve().parent / "pages"

CODE_SECONDS = 60
REFRESH_SECONDS = 12 * 3600
CLIENT = "lumbung-console"


def create_app(
    issuer: DevelopmentIssuer,
    *,
    url: str,
    console: str,
    people: Callable[[], Sequence[Person]],
    hours: float = 12,
) -> Flask:
    """``url``: where this is reached; ``console``: the only place that codes are sent to."""
    app = Flask(__name__, static_folder=None, template_folder=PAGES)
    codes: dict[str, tuple[float, Mapping[str, str], Person]] = {}
    renewals: dict[str, tuple[float, Person]] = {}

    def grant(asked: Mapping[str, str], one: Person) -> ResponseReturnValue:
        """Back to the console with a code that stands for this person."""
        code = secrets.token_urlsafe(24)
        codes[code] = (clock.monotonic() + CODE_SECONDS, dict(asked), one)
        answer = {"code": code, "state": asked.get("state", "")}
        return redirect(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)

    @app.get("/.well-known/openid-configuration")
    def discovery() -> ResponseReturnValue:
        return jsonify(
            issuer=DEVELOPMENT_ISSUER,
            authorization_endpoint=f"{url}/authorize",
            token_endpoint=f"{url}/token",
            jwks_uri=f"{url}/jwks.json",
            end_session_endpoint=f"{url}/logout",
            response_types_supported=["code"],
            grant_types_supported=["authorization_code", "refresh_token"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["ES256"],
            token_endpoint_auth_methods_supported=["none"],
            code_challenge_methods_supported=["S256"],
            scopes_supported=["openid", "profile"],
        )

    @app.get("/jwks.json")
    def keys() -> ResponseReturnValue:
        return Response(issuer.jwks_path.read_text(encoding="ascii"), mimetype="application/json")

    @app.get("/authorize")
    def choose() -> ResponseReturnValue:
        wrong = _refused(request.args, console)
        if wrong:
            return wrong, 400
        groups: dict[str, list[Person]] = {}
        for one in people():
            if one.role == request.args.get("login_hint"):
                return grant(request.args, one)
            groups.setdefault(one.role, []).append(one)
        page = render_template("choose.html", groups=groups, asked=request.args)
        return Response(page, headers=_headers(console))

    @app.post("/authorize")
    def chosen() -> ResponseReturnValue:
        wrong = _refused(request.form, console)
        if wrong:
            return wrong, 400
        found = next((one for one in people() if one.key == request.form.get("who")), None)
        if found is None:
            return "There is nobody of this name.", 400
        return grant(request.form, found)

    @app.post("/token")
    def token() -> ResponseReturnValue:
        if request.form.get("grant_type") == "refresh_token":
            until, one = renewals.pop(request.form.get("refresh_token", ""), (0.0, None))
            nonce = None
        else:
            until, asked, one = codes.pop(request.form.get("code", ""), (0.0, {}, None))
            nonce = asked.get("nonce")
            digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
            proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if one is not None and not hmac.compare_digest(proof, asked.get("code_challenge", "")):
                one = None
        if one is None or until < clock.monotonic():
            return jsonify(error="invalid_grant"), 400
        renewal = secrets.token_urlsafe(24)
        renewals[renewal] = (clock.monotonic() + REFRESH_SECONDS, one)
        access = issuer.mint(one.role, one.name, one.centre, organisation=one.organisation, hours=hours)
        return jsonify(
            access_token=access,
            id_token=_identity(issuer, one, nonce),
            refresh_token=renewal,
            token_type="Bearer",
            expires_in=int(hours * 3600),
        )

    @app.get("/logout")
    def logout() -> ResponseReturnValue:
        back = request.args.get("post_logout_redirect_uri", "")
        if back.startswith(f"{console}/"):
            return redirect(back, 303)
        return render_template("left.html")

    @app.get("/style.css")
    def style() -> ResponseReturnValue:
        return Response((PAGES / "style.css").read_text(encoding="utf-8"), mimetype="text/css")

    @app.get("/readyz")
    def ready() -> ResponseReturnValue:
        return jsonify(ready=True)

    return app


def _refused(asked: Mapping[str, str], console: str) -> str | None:
    """Why this request for a code is not answered; in the words of the standard."""
    if asked.get("client_id") != CLIENT or not asked.get("redirect_uri", "").startswith(f"{console}/"):
        return "Unknown client or redirect_uri: only the console of this Lumbung may ask here."
    if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
        return "Only response_type=code with code_challenge_method=S256 is supported."
    return None


def _headers(console: str) -> dict[str, str]:
    place = urlsplit(console)
    return {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; "
        f"form-action 'self' {place.scheme}://{place.netloc}; frame-ancestors 'none'",
        "Cache-Control": "no-store",
    }


def _identity(issuer: DevelopmentIssuer, one: Person, nonce: str | None) -> str:
    now = int(clock.wall().timestamp())
    claims: dict[str, Any] = {
        "iss": DEVELOPMENT_ISSUER,
        "aud": CLIENT,
        "sub": "dev:" + "-".join(one.name.casefold().split()),
        "name": one.name,
        "iat": now,
        "exp": now + 600,
    }
    if nonce:
        claims["nonce"] = nonce
    if one.organisation_name:
        claims["organisation_name"] = one.organisation_name
    return issuer.sign(claims)
