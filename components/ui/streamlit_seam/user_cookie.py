"""What a sign-in left in the browser: Streamlit's own signed cookie."""

import json
from collections.abc import Mapping

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def claims(cookies: Mapping[str, str]) -> Mapping[str, object]:
    """What the provider said; nothing where no cookie of ours is among them."""
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        given = cookies.get(name)
        try:
            signed = given.encode("latin-1") if given is not None else None
        except UnicodeEncodeError:
            return None
        return decode_signed_value(secret, name, signed) if signed is not None else None

    try:
        found = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
