"""The map of grids, its editor, and the field that sends a file: React parts of our own.

Their modules lie in ``frontend/map``; each loads only on a page that shows it. What they show and
change goes by HTTP, never through a state: a state would send it again with every event.
"""

from typing import Any, Final

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from gridapp.services.boundaries.picture import PALETTE

_LIBRARY: Final = "$/utils/map/grid_map"
_CONTROLS: Final = {
    "NavigationControl.ZoomIn": "放大",
    "NavigationControl.ZoomOut": "缩小",
    "ScaleControl.Feet": "英尺",
    "ScaleControl.Meters": "米",
    "ScaleControl.Kilometers": "公里",
    "ScaleControl.Miles": "英里",
    "ScaleControl.NauticalMiles": "海里",
    "Map.Title": "地图",
}
_MAP_WORDS: Final = {
    "map": "网格地图，可以拖动和缩放",
    "picture": "网格边界图",
    "no_map": "这台设备不能显示可缩放的地图，这里用图片代替。",
    "loading": "正在读取地图",
    "sketch": "示意图",
    "trouble": "地图没有读取成功，请刷新页面。",
    "controls": _CONTROLS,
}
_EDITOR_WORDS: Final = _MAP_WORDS | {
    "offline": "网络不通，边界还没有保存。请稍后再点一次保存。",
    "tools": "画图工具",
    "draw": "画边界",
    "draw_more": "再画一块",
    "split": "切分",
    "undo": "撤销一步",
    "redo": "恢复一步",
    "clear": "全部重画",
    "stop": "不画了",
    "draw_how": "逐个点边界的转角，最后点一下第一个点收口。靠近邻居的转角会自动对齐。",
    "mend_how": "拖动圆点可以移动，拖动小点可以加点，右键点圆点可以删掉（手机上用下面的坐标）。",
    "line_how": "画一条穿过网格的线，两端都在边界外面，最后一点再点一下结束。",
    "half_how": "选好划给谁，再在地图上点一下要划出去的那一半。",
    "sketched": "现在的边界是示意图，改动并保存后成为正式边界。",
    "split_to": "划给哪个网格",
    "choose": "请选择",
    "choose_first": "请先选择划给哪个网格，再点地图。",
    "split_done": "已切分。",
    "save_first": "请先保存刚才的修改，再切分。",
    "no_map_editor": "这台设备不能显示可缩放的地图。可以在下面填写坐标，效果一样。",
    "coordinates": "用坐标填写（不用鼠标）",
    "coordinates_label": "边界坐标（WGS-84）",
    "coordinates_help": "一行一个点，先经度后纬度，用逗号分开。有几块时，中间空一行。",
    "apply": "采用这些坐标",
    "wrong_line": "第{line}行看不懂，请写成：121.398500,31.250500",
    "too_few": "每一块至少要有3个点。",
    "wrong_shape": "这些坐标连不成一块，请检查顺序。",
    "clip": "保存时裁掉与相邻网格重叠的部分",
    "nothing": "还没有画边界。",
    "unsaved": "有修改还没有保存。",
    "saved": "已保存。",
    "save": "保存边界",
}
_FILE_WORDS: Final = {
    "sending": "正在上传 {part}%",
    "sent": "已上传：{name}",
    "choose": "选择文件",
    "trouble": "没有上传成功，请重试。",
    "offline": "网络不通，没有上传成功，请重试。",
    "insecure": "请用 https 打开本系统，再上传文件。",
}


def _picked(code: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (code,)


def _sent(sha256: rx.Var[str], name: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return sha256, name


class _GridMap(NoSSRComponent):
    """A map to look at; a tap on a grid tells its code."""

    library = _LIBRARY
    tag = "GridMap"

    src: rx.Var[str]
    picture: rx.Var[str]
    edition: rx.Var[int]
    tints: rx.Var[list[str]]
    words: rx.Var[dict[str, Any]]
    on_pick: rx.EventHandler[_picked]  # type: ignore[type-arg, valid-type]  # Reflex reads it


class _GridEditor(NoSSRComponent):
    """A map on which one grid's boundary is changed."""

    library = _LIBRARY
    tag = "GridEditor"

    src: rx.Var[str]
    grid: rx.Var[str]
    beside: rx.Var[list[Any]]
    tints: rx.Var[list[str]]
    words: rx.Var[dict[str, Any]]


class _FileSender(NoSSRComponent):
    """A field that sends one file as soon as it is chosen."""

    library = "$/utils/map/file_sender"
    tag = "FileSender"

    address: rx.Var[str]
    accept: rx.Var[str]
    most_bytes: rx.Var[int]
    words: rx.Var[dict[str, str]]
    on_sent: rx.EventHandler[_sent]  # type: ignore[type-arg, valid-type]  # likewise


def grid_map(
    *, src: rx.Var[str] | str, picture: rx.Var[str] | str, edition: rx.Var[int] | int, on_pick: Any
) -> rx.Component:
    """Show a map.

    Args:
        src: The address of its GeoJSON.
        picture: The address of a picture for devices without WebGL.
        edition: When it changes, the map is read anew.
        on_pick: Told the code of a grid that is tapped.
    """
    return _GridMap.create(
        src=src, picture=picture, edition=edition, tints=list(PALETTE), words=_MAP_WORDS,
        on_pick=on_pick,
    )  # fmt: skip


def grid_editor(*, src: rx.Var[str] | str, grid: rx.Var[str] | str, beside: Any) -> rx.Component:
    """Show the editor of one grid's boundary.

    Args:
        src: The address of the GeoJSON with the grid and its neighbours.
        grid: Its code.
        beside: The grids to which a part may go, each with ``code`` and ``name``.
    """
    return _GridEditor.create(
        src=src, grid=grid, beside=beside, tints=list(PALETTE), words=_EDITOR_WORDS
    )


def file_sender(  # noqa: PLR0913 - each is a part of the field
    *, address: str, accept: str, most_bytes: int, label: str, help_words: str, too_large: str,
    on_sent: Any,
) -> rx.Component:  # fmt: skip
    """Ask for one file and send it.

    Args:
        address: Where it goes; the SHA-256 of its content is added.
        accept: The endings that are offered.
        most_bytes: Above this it is not sent at all.
        label: What the field is called.
        help_words: What file is wanted.
        too_large: What is said of one that is too large.
        on_sent: Told the hash and the name once it has arrived.
    """
    words = _FILE_WORDS | {"label": label, "help": help_words, "too_large": too_large}
    return _FileSender.create(
        address=address, accept=accept, most_bytes=most_bytes, words=words, on_sent=on_sent
    )
