"""django-allauth: e-mailed codes, passwords, passkeys, second factors, and the limits on all of them."""

from __future__ import annotations

from typing import Any

from config.environment import read_environment

_env = read_environment()

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupNameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = _env.trusted_proxies

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _env.site_url.startswith("http://")
MFA_TOTP_ISSUER = "Stepping Stones"

SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_ONLY = False


def _social(client_id: str, secret: str, **more: Any) -> dict[str, Any]:
    """A provider's settings; without a client id it has no app and no button."""
    apps = [{"client_id": client_id, "secret": secret, "key": ""}] if client_id and secret else []
    return {"APPS": apps, "VERIFIED_EMAIL": True, **more}


SOCIALACCOUNT_PROVIDERS = {
    "google": _social(_env.google_client_id, _env.google_client_secret, SCOPE=["profile", "email"]),
    # Microsoft lets a tenant's administrator write any address: never trust it as verified.
    "microsoft": {
        **_social(_env.microsoft_client_id, _env.microsoft_client_secret),
        "VERIFIED_EMAIL": False,
    },
}
