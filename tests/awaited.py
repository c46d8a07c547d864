"""Waits for what a page promises: Playwright's own waiting takes a promise itself for a yes."""

from typing import Any, Final

from playwright.sync_api import Page

# Only how long a broken page is waited for.
_PATIENCE_MS: Final = 30_000


def wait_for(page: Page, condition: str, told: Any = None) -> None:
    """Wait until a function of the page, async or not, gives something true.

    Raises:
        AssertionError: It never did.
    """
    asked = f"""async (told) => {{
      const isSo = {condition};
      const end = performance.now() + {_PATIENCE_MS};
      while (performance.now() < end) {{
        if (await isSo(told)) return true;
        await new Promise((done) => setTimeout(done, 50));
      }}
      return false;
    }}"""
    assert page.evaluate(asked, told), condition
