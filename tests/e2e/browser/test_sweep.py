"""Pages in the other language and theme: axe finds nothing that matters, what can be pressed can be
hit, and what has the focus shows it."""

import pytest

from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.sweeping import in_the_way
from tests.e2e.browser.visiting import Visit

PAGES = ("/compare", "/cost")


def test_the_sweep_sees_what_is_wrong(app: RunningApp, visit: Visit) -> None:
    """Or the tests below could find nothing for want of eyes."""
    person = visit(app).open("/faq?lang=en")
    person.page.evaluate(
        """() => document.querySelector('h1').insertAdjacentHTML('afterend',
          '<button></button><p style="color: #999; background: #aaa">pale</p><h4>deep</h4>'
          + '<button id="tiny" style="width: 12px; height: 12px; padding: 0">x</button>'
          + '<button id="dull" style="outline: 0; width: 40px; height: 40px">y</button>')"""
    )
    found = in_the_way(person.page)
    assert {"button-name", "color-contrast", "heading-order"} <= {each.split()[0] for each in found}
    assert any(each.startswith("target") and 'id="tiny"' in each for each in found)
    assert [each for each in found if each.startswith("focus") and 'id="dull"' in each]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_stands_in_the_way(app: RunningApp, visit: Visit, path: str) -> None:
    """In Chinese, dark; test_states looks at the rest in English, light."""
    person = visit(app)
    person.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert in_the_way(person.open(f"{path}?lang=zh").page) == []
