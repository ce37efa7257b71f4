"""Why somebody is not let in, and why a server doesn't start."""

from components.errors import AppError


class AccessError(AppError):
    """Somebody who isn't let in, or may not do what they asked for.

    access_sign_in: nobody has signed in yet; access_signed_out: an older sign-in was ended.
    """

    codes = frozenset(
        {
            "access_sign_in",
            "access_signed_out",
            "access_off",
            "access_not_allowed",
            "access_unverified",
            "access_no_address",
            "access_no_identity",
            "access_viewer",
            "access_not_admin",
            "access_wrong_password",
            "access_wait_seconds",
            "access_wait_minutes",
            "access_unchecked",
        }
    )


class AccessConfigError(AppError):
    """A setting of access that a server must not start with. No value of a secret is in it."""

    codes = frozenset(
        {
            "access_config_open",
            "access_config_mode",
            "access_config_password",
            "access_config_password_short",
            "access_config_auth",
            "access_config_auth_unused",
            "access_config_auth_package",
            "access_config_allow",
            "access_config_role",
            "access_config_switch",
            "access_config_list",
            "access_config_unknown",
        }
    )
