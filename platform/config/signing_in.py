"""django-allauth: e-mailed codes, passwords, passkeys, second factors, and the limits on all of them."""

from __future__ import annotations

from typing import Any

from config.environment import read_environment

_env = read_environment()

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password they sign in by code
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupNameForm"
ACCOUNT_FORMS = {"signup": "accounts.signup.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# No SUPPORTS_CHANGE: its form is only shown where an account was made, which tells whether there was one already.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # mail may be slow
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = _env.trusted_proxies

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
# A passkey signs in alone, so it has to ask for a finger, a face or a PIN: then it is two factors in one.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _env.site_url.startswith("http://")
MFA_TOTP_ISSUER = "Stepping Stones"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks

# Whose word on an address counts is said for each provider below, never for all.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False


def _social(client_id: str, secret: str, **more: Any) -> dict[str, Any]:
    """A provider's settings; without a client id and its secret it has no app and no button."""
    apps = [{"client_id": client_id, "secret": secret, "key": ""}] if client_id and secret else []
    return {"APPS": apps, **more}


SOCIALACCOUNT_PROVIDERS = {
    # Google says which addresses it has verified; only those open an account that is there already.
    "google": _social(
        _env.google_client_id,
        _env.google_client_secret,
        SCOPE=["profile", "email"],
        EMAIL_AUTHENTICATION=True,
        OAUTH_PKCE_ENABLED=True,
    ),
    # A tenant's administrator may write any address into Microsoft's directory ("nOAuth"): it is never taken as
    # verified and never opens an account that is there already. One connects it from inside.
    "microsoft": _social(
        _env.microsoft_client_id, _env.microsoft_client_secret, VERIFIED_EMAIL=False, EMAIL_AUTHENTICATION=False
    ),
}
