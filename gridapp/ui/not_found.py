"""What an address that leads nowhere shows: the words, and a document that needs no script."""

from gridapp.ui.styles import ICON, STYLESHEETS, VIEWPORT

TAB_TITLE = "没有这个页面 · 社区网格"
BRAND = "社区网格"
TITLE = "没有这个页面"
LEAD = "地址可能写错了，或者页面已经更换。"
BACK_HOME = "回到首页"

_LINKS = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in STYLESHEETS)

DOCUMENT = (
    f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    f'<meta name="viewport" content="{VIEWPORT}">'
    f'<title>{TAB_TITLE}</title><link rel="icon" href="{ICON}">{_LINKS}</head>'
    f'<body><div class="page"><main class="page-body"><header class="hero">'
    f'<p class="brand">{BRAND}</p><h1>{TITLE}</h1><p class="lead">{LEAD}</p></header></main>'
    f'<div class="bottom-bar" role="region" aria-label="操作">'
    f'<a class="button primary" href="/">{BACK_HOME}</a></div>'
    f"</div></body></html>"
)
