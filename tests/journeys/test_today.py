"""Today in the field: what the phone took along is read, searched and worked from offline."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import PASSWORD, Hamlet, served_hamlet

pytestmark = pytest.mark.journey

PAGES_ARE_KEPT = """async () => {
  const count = async () => (await (await caches.open("grid-pages")).keys()).length;
  while ((await count()) < 5) await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hamlet]:
    """A hamlet served without its front end: the field needs none."""
    with served_hamlet(tmp_path_factory.mktemp("field"), "--api-only") as hamlet:
        yield hamlet


def open_today(page: Page, town: Hamlet, login: str = "li") -> None:
    """Sign in and wait until the phone has all that it keeps."""
    page.goto(f"{town.address}/sign-in?next=/field/today")
    page.get_by_label("账号或手机号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("list", name="我的任务")).to_be_visible()
    page.evaluate(PAGES_ARE_KEPT)


def test_today_opens_without_network_and_says_how_old_it_is(
    town: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    open_today(anywhere, town)
    tasks = anywhere.get_by_role("list", name="我的任务").locator("li")
    count = tasks.count()
    anywhere.context.set_offline(offline=True)
    anywhere.reload()
    expect(tasks).to_have_count(count)
    expect(anywhere.get_by_text("的内容，现在没有网络。")).to_be_visible()
    shoot(anywhere, "today-offline")
