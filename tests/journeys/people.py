"""What the people of the journeys do with their hands: sign in, open, fill in, press, read."""

from typing import Final

from playwright.sync_api import FilePayload, Locator, Page, expect

from gridapp.demo.drawings.scenes import Scene, draw_photo
from tests.journeys.hamlet import PASSWORD, Hamlet

Figures = dict[str, int]

# What has a button of its own on a case's page; the others stand behind 更多操作.
_MOVES_ON: Final = {"受理", "派遣", "核查通过", "结案"}
_COUNTS: Final = ("上报", "结案", "正在办理")


def sign_in(page: Page, address: str, login: str) -> None:
    """Sign in by hand, and arrive where this person's day begins."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("账号或手机号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    expect(page.get_by_role("navigation", name="主要页面")).to_be_visible()


def width_of(page: Page) -> int:
    """Give the width of a window, by which the same story is told apart at each size."""
    assert page.viewport_size is not None
    return page.viewport_size["width"]


def press(page: Page | Locator, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def photo(scene: Scene, *, mended: bool = False) -> FilePayload:
    """Draw what a camera sees."""
    body = draw_photo(scene, 7, mended=mended)
    return FilePayload(name="IMG_2.jpg", mimeType="image/jpeg", buffer=body)


def take(page: Page, picker: str, taken: FilePayload) -> None:
    """Add a photo to a picker and wait until it is shown."""
    root = page.locator(f"[data-photos={picker}]")
    root.locator("input[type=file]").set_input_files(taken)
    expect(root.locator(".photo-remove")).to_have_count(1)


def fill_report(page: Page, address: str, code: str, text: str, taken: FilePayload) -> None:
    """Open the form from the code on the door and fill it in, with a photo."""
    page.goto(f"{address}/q/{code}")
    page.get_by_role("link", name="上报问题").click()
    take(page, "photos", taken)
    page.get_by_label("发生了什么").fill(text)


def send_report(page: Page) -> str:
    """Send the form; gives the case's number from the receipt."""
    press(page, "提交")
    expect(page.get_by_text("谢谢您告诉我们")).to_be_visible()
    return page.locator(".result-no").inner_text()


def find(page: Page, address: str, words: str, no: str) -> None:
    """Find a case at the desk by words of it, and open it."""
    page.goto(f"{address}/desk")
    page.get_by_role("searchbox", name="搜索事件").fill(words)
    press(page, "搜索")
    page.get_by_role("list", name="事件列表").locator(f"a[href$='{no}']").click()
    expect(page.get_by_role("article", name=f"事件 {no}")).to_be_visible()


def open_case(page: Page, address: str, no: str, where: str = "desk") -> Locator:
    """Open a case by its number and give the page's part that tells of it."""
    page.goto(f"{address}/{where}/case?no={no}")
    case = page.get_by_role("article", name=f"事件 {no}")
    expect(case).to_be_visible()
    return case


def do(page: Page, deed: str, said: str = "", words: str = "", **chosen: str) -> None:
    """Do a deed by its form and read what the page says of it.

    Args:
        page: The case's page.
        deed: The label of its button.
        said: How the case stands after it, where the deed's own name does not say so.
        words: What to write into the form.
        chosen: What to choose in the fields of these names.
    """
    if deed not in _MOVES_ON:
        press(page, "更多操作")
    press(page, deed)
    form = page.get_by_role("dialog")
    for name, label in chosen.items():
        form.locator(f"select[name={name}]").select_option(label=label)
    if words:
        form.locator("textarea[name=words]").fill(words)
    press(form, f"确认{deed}")
    stands = f"，这件事现在{said}" if said else ""
    expect(page.get_by_role("status").first).to_have_text(f"已{deed}{stands}。")


def handle(page: Page, outcome: str, words: str, scene: Scene) -> None:
    """Take a case and handle it, with a photo of how it was left."""
    press(page, "接单")
    page.get_by_role("link", name="处置", exact=True).click()
    page.get_by_role("radio", name=outcome, exact=True).check()
    page.get_by_label("怎么处理的").fill(words)
    take(page, "after", photo(scene, mended=True))
    press(page, "提交结果")
    expect(page.get_by_role("heading", name="已提交")).to_be_visible()


def expect_figures(page: Page, address: str, expected: Figures) -> None:
    """Wait until the leader's page shows these counts of this year.

    A page that is opened again first shows what it last knew, and then what is true now.
    """
    page.goto(f"{address}/leader")
    press(page, "今年")
    tiles = page.get_by_role("region", name="件数").locator(".stat")
    for name, count in expected.items():
        expect(tiles.filter(has_text=name).locator(".stat-figure")).to_have_text(str(count))


def figures(page: Page, address: str) -> Figures:
    """Read the counts of this year from the leader's page."""
    page.goto(f"{address}/leader")
    press(page, "今年")
    expect(page.get_by_role("button", name="今年")).to_have_attribute("aria-pressed", "true")
    tiles = page.get_by_role("region", name="件数").locator(".stat")
    return {
        name: int(tiles.filter(has_text=name).locator(".stat-figure").inner_text())
        for name in _COUNTS
    }


def open_check_in(page: Page, hamlet: Hamlet) -> None:
    """Sign in as Li and open the check-in page, with its modules running."""
    sign_in(page, hamlet.address, "li")
    page.goto(f"{hamlet.address}/field/check_in")
    expect(page.locator("form[data-form]")).to_have_attribute("data-ready", "")


def expect_checked_in(page: Page, hamlet: Hamlet) -> None:
    """Read that one has checked in at Li's first building."""
    expect(page.get_by_role("heading", name=f"已签到：{hamlet.home.name}")).to_be_visible()
