"""Words of a building's page and of the search for one."""

CONTACTS = "有事找他们"
NO_CONTACTS = "这里的网格员还没有登记电话，请用下面的按钮上报，街道会安排人处理。"
NO_PHONE = "值班电话待登记"
REPORT = "上报问题"
CALL = "拨打电话"

SEARCH_TAB = "选择地点"
SEARCH_TITLE = "您在哪栋楼"
SEARCH_LEAD = "找到楼栋，就能上报，也能看到网格员的电话。"
UNKNOWN_TITLE = "没有认出这个码"
UNKNOWN_LEAD = "可能是牌子换过了，或者有一位看错了。找到楼栋，一样可以上报。"
SEARCH_LABEL = "小区、路名或楼栋"
SEARCH_HELP = "例如「兰溪路 101弄」；也可以输入门口的8位楼栋码。"
SEARCH = "查找"
NOTHING_TITLE = "没有找到"
NOTHING = "换个写法再试，例如只写路名，或只写小区名。"
TOO_MANY = "结果较多，只列出前{count}个。多写几个字会更准。"
FOUND = "找到{count}个"


def where(community: str, grid: str) -> str:
    """Say in which community and grid a building lies; a grid often names its community."""
    return grid if not community or grid.startswith(community) else f"{community} {grid}"


def open_words(count: int) -> str:
    """Say how many matters are open here."""
    return f"本楼有{count}件事正在处理。" if count else "本楼目前没有在办的事。"
