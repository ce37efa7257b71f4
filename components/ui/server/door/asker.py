"""Who a request is from. Pages find that out in their runs; a picture or an upload has none."""

from collections.abc import Mapping

from starlette.requests import HTTPConnection

from components import services
from components.access.errors import AccessError
from components.access.person import LOCAL, Person, shared
from components.ui.server.cookies import COOKIE
from components.ui.streamlit_seam.user_cookie import claims


def asker(connection: HTTPConnection) -> Person:
    """The person, looked up anew: may ask the database.

    Raises AccessError for whoever isn't let in, StoreError when that can't be looked up.
    """
    return person_of(connection.cookies)


def person_of(cookies: Mapping[str, str]) -> Person:
    """The same by cookies alone."""
    rules = services.app().access()
    if rules.mode == "local":
        return LOCAL
    if rules.mode == "password":
        if not services.app().passes().holds(cookies.get(COOKIE, "")):
            raise AccessError("access_sign_in")
        return shared(rules.role)
    said = claims(cookies)
    if not said.get("is_logged_in"):
        raise AccessError("access_sign_in")
    return services.app().people().admit(said, rules)
