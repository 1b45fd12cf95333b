"""Sign-in for development: an OIDC provider (code flow with PKCE) that signs anybody in as anybody, with one click.

It stands in for the province's provider on a laptop and in tests, says on every page that it is no real login, and
refuses to start outside development. Run by the supervisor as ``python -m deploy.local.signin``.
"""
