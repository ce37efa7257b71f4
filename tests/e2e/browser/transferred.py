"""What a page's requests transfer, as the browser itself counts it: headers and compressed bodies,
nothing from its cache."""

from typing import Any

from playwright.sync_api import Page

QUIET = 1500  # ms without a request
LONGEST = 60_000  # ms


class Transferred:
    """Counts from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)
        self._open: set[str] = set()
        self.sizes: dict[str, int] = {}
        """Bytes by address."""
        self._addresses: dict[str, str] = {}
        self._session.on("Network.requestWillBeSent", self._sent)
        self._session.on("Network.loadingFinished", self._came)
        self._session.on("Network.loadingFailed", lambda e: self._open.discard(e["requestId"]))
        self._session.send("Network.enable")

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())

    @property
    def requests(self) -> int:
        return len(self.sizes)

    def throttle(self, kbits: int, latency: int) -> None:
        """kbits: a second, each way; latency: ms that are added to each request."""
        speed = kbits * 1000 / 8
        given = {"offline": False, "latency": latency}
        given |= {"downloadThroughput": speed, "uploadThroughput": speed}
        self._session.send("Network.emulateNetworkConditions", given)

    def wait(self) -> None:
        """Until nothing has been under way for a while."""
        quiet = waited = 0
        while quiet < QUIET and waited < LONGEST:
            before = len(self._addresses)
            self._page.wait_for_timeout(100)
            waited += 100
            busy = self._open or len(self._addresses) != before
            quiet = 0 if busy else quiet + 100

    def _sent(self, event: dict[str, Any]) -> None:
        url = str(event["request"]["url"])
        if url.startswith("http"):
            self._addresses[event["requestId"]] = url
            self._open.add(event["requestId"])

    def _came(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])
        if url := self._addresses.get(event["requestId"]):
            self.sizes[url] = self.sizes.get(url, 0) + int(event["encodedDataLength"])
