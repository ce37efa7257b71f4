"""HTML that a model wrote, to be looked at without trusting it."""

# For <iframe sandbox="...">. Never allow-same-origin: the document would be the app's own, and
# could read and rewrite it. Without allow-forms, -popups and -top-navigation it stays inside.
IFRAME_SANDBOX = "allow-scripts"

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
_HEAD = (
    "<!doctype html>"
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    '<meta name="referrer" content="no-referrer">'
    '<meta http-equiv="x-dns-prefetch-control" content="off">\n'
)


def sandboxed(html: str) -> str:
    """A document for the srcdoc of an iframe with sandbox=IFRAME_SANDBOX (escape it there).

    The policy is the first thing a parser meets, so nothing in the model's document comes before
    it: its own doctype, <html> and <head> are merged into the ones already open, and a policy
    can be narrowed by a later one but not widened or taken back. What it can't stop is the frame
    going elsewhere by itself (`location = ...`): the page around it needs a frame-src without
    foreign hosts for that.
    """
    return _HEAD + html.removeprefix("\ufeff").replace("\x00", "")
