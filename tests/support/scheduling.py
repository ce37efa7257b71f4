"""Which tests go to which of the workers."""

from xdist.scheduler import LoadScopeScheduling

BROWSED = "tests/e2e/"


class ByModule(LoadScopeScheduling):
    """All tests with a browser go to one worker, the others by their modules, whose fixtures are
    made once. A browser and the app that it visits keep a core and a half busy by themselves."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSED if nodeid.startswith(BROWSED) else nodeid.partition("::")[0]
