"""Who a request is from. Pages find that out in their runs; a picture or an upload has none."""

import json
from collections.abc import Mapping

from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components import services
from components.access.errors import AccessError
from components.access.person import LOCAL, Person, shared
from components.services.settings import access
from components.ui.server.cookies import COOKIE


def asker(connection: HTTPConnection) -> Person:
    """The person, looked up anew: may ask the database.

    Raises AccessError for whoever isn't let in, StoreError when that can't be looked up.
    """
    return person_of(connection.cookies)


def person_of(cookies: Mapping[str, str]) -> Person:
    """The same by cookies alone."""
    rules = access()
    if rules.mode == "local":
        return LOCAL
    if rules.mode == "password":
        if not services.passes().holds(cookies.get(COOKIE, "")):
            raise AccessError("access_sign_in")
        return shared(rules.role)
    return services.people().admit(_claims(cookies), rules)


def _claims(cookies: Mapping[str, str]) -> Mapping[str, object]:
    """What the provider said, out of Streamlit's own signed cookie. Raises AccessError."""
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        given = cookies.get(name)
        try:
            signed = given.encode("latin-1") if given is not None else None
        except UnicodeEncodeError:
            return None
        return decode_signed_value(secret, name, signed) if signed is not None else None

    try:
        claims = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        claims = {}
    if not isinstance(claims, dict) or not claims.get("is_logged_in"):
        raise AccessError("access_sign_in")
    return claims
