"""Words of a building's page and of the search for one."""

from gridapp.services.areas.lost_codes import LostCode

CONTACTS = "有事找他们"
NO_CONTACTS = "这里的网格员还没有登记电话，请用下面的按钮上报，街道会安排人处理。"
NO_PHONE = "值班电话待登记"
REPORT = "上报问题"

ABOUT = "查看网格员电话，上报身边的问题，不用注册。"
MATTERS = "这里已有人反映"
MATTERS_HELP = "如果是同一件事，点一下就行，不用再报。"
MATTERS_SHOWN = 4
ME_TOO = "我也遇到"

SEARCH_TAB = "选择地点"
SEARCH_TITLE = "您在哪栋楼"
SEARCH_LEAD = "找到楼栋，就能上报，也能看到网格员的电话。"
SEARCH_LABEL = "小区、路名或楼栋"
SEARCH_HELP = "例如「兰溪路 101弄」；也可以输入门口的8位楼栋码。"
SEARCH = "查找"
NOTHING_TITLE = "没有找到"
NOTHING = "换个写法再试，例如只写路名，或只写小区名。"


def where(community: str, grid: str) -> str:
    """Say in which community and grid a building lies; a grid often names its community."""
    return grid if not community or grid.startswith(community) else f"{community} {grid}"


def found(count: int, *, is_cut: bool) -> tuple[str, ...]:
    """Say how many were found, in parts that stay whole on a line."""
    if is_cut:
        return f"结果较多，只列出前{count}个。", "多写几个字会更准。"
    return (f"找到{count}个",)


def more_words(count: int) -> str:
    """Say how many more matters there are."""
    return f"还有{count}件"


def unsorted_words(count: int) -> str:
    """Say how many matters nobody has put into a category yet."""
    return f"另有{count}件刚收到，正在核对。"


def me_too_words(count: int) -> str:
    """Say how many others met a matter; nothing while nobody has."""
    return f"{count}人也遇到" if count else ""


def lost(code: LostCode) -> tuple[str, str]:
    """Say in a title and a sentence what became of a code."""
    if code.building:
        return f"{code.building}的牌子换过了", "旧牌子上的码已经停用。"
    if code.is_retired:
        return "这块牌子已经停用", "找到现在的楼栋，一样可以上报。"
    if code.is_whole:
        return "这个码不是本街道的", "可能是别的街道的牌子。在本街道找到楼栋，就可以上报。"
    return "没有认出这个码", "可能有一位看错了。找到楼栋，一样可以上报。"


MOVED = "看这栋楼现在的页面"
NOTHING_OPEN = "本楼目前没有在办的事。"
KEPT_TEXT = "您刚才写的内容还在，选好楼栋后可以复制过去"
