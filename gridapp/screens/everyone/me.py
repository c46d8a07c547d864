"""The own page of staff: who is signed in, which pages there are, and the way out."""

import reflex as rx

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow_signed_in
from gridapp.screens.staff import PRODUCT, NavState, entered, greet, notice_bar, staff_tabs
from gridapp.screens.who import BLOCKERS, EXPORTERS, NOTICE_POSTERS
from gridapp.ui.cells import link_cell
from gridapp.ui.frame import staff_frame, top_bar
from gridapp.ui.native_form import native_form
from gridapp.ui.offline import INSTALLABLE, field_shell

_TITLE = "我的"
_PASSWORD = "修改密码"  # noqa: S105 - a label
_PASSWORD_HINT = "建议每半年换一次"  # noqa: S105 - likewise
_BLOCKS = "屏蔽名单"
_BLOCKS_HINT = "哪些手机、电话和地点的上报要先甄别"
_NOTICES = "社区通知"
_NOTICES_HINT = "发给本网格居民的通知，显示在他们的首页"
_SIGN_OUT = "退出登录"
_PRINT = "打印"
_PRINT_HINT = "海报、公示牌、联系卡、工作证"
_EXPORT = "导出"
_EXPORT_HINT = "管辖范围内的网格、楼栋、事件，导出成表格"
_PATROLS = "巡查"
_PATROLS_HINT = "看哪些点位看过、排夜巡"
_REGISTER = "登记簿"
_REGISTER_HINT = "本网格的楼栋、户室、商铺，人户核查"
_SIGN_OUT_HINT = "公用的手机和电脑，离开前请退出。"


class MeState(NavState):
    """Whether the page is open to the reader."""

    is_ready: bool = False
    may_block: bool = False
    leads_patrols: bool = False
    keeps_register: bool = False
    may_export: bool = False
    may_print: bool = False
    may_post: bool = False

    @rx.event
    @allow_signed_in
    async def load(self) -> None:
        """Open the page."""
        actor = await greet(self)
        self.may_block = bool(actor.roles & set(BLOCKERS))
        self.may_post = bool(actor.roles & set(NOTICE_POSTERS))
        self.may_export = bool(actor.roles & set(EXPORTERS))
        self.leads_patrols = may_at_all(Deed.SEE_COVERAGE, actor.roles)
        self.keeps_register = may_at_all(Deed.AMEND_HOUSEHOLD, actor.roles)
        self.may_print = may_at_all(Deed.ORDER_PRINT, actor.roles)
        self.is_ready = True


def _mine() -> rx.Component:
    return rx.fragment(
        rx.el.section(
            rx.el.h2(NavState.name),
            rx.el.p(NavState.roles, class_name="quiet"),
            class_name="card",
        ),
        rx.el.nav(
            rx.cond(MeState.leads_patrols, link_cell(_PATROLS, _PATROLS_HINT, "/patrols")),
            rx.cond(
                MeState.keeps_register, link_cell(_REGISTER, _REGISTER_HINT, "/worker/register")
            ),
            rx.cond(MeState.may_print, link_cell(_PRINT, _PRINT_HINT, "/admin/print")),
            rx.cond(MeState.may_post, link_cell(_NOTICES, _NOTICES_HINT, "/notices")),
            rx.cond(MeState.may_export, link_cell(_EXPORT, _EXPORT_HINT, "/admin/export")),
            link_cell(_PASSWORD, _PASSWORD_HINT, "/password"),
            rx.cond(MeState.may_block, link_cell(_BLOCKS, _BLOCKS_HINT, "/desk/blocks")),
            class_name="cells",
        ),
        native_form(
            rx.el.button(_SIGN_OUT, type="submit", class_name="button plain"),
            rx.el.p(_SIGN_OUT_HINT, class_name="note"),
            action="/sign-out",
            method="post",
            class_name="stack",
        ),
    )


@rx.page(route="/me", title=f"{_TITLE} · {PRODUCT}", meta=INSTALLABLE, on_load=MeState.load)
def me() -> rx.Component:
    """Show who is signed in and the way out."""
    return staff_frame(
        entered(lambda: rx.fragment(notice_bar(), _mine()), is_ready=MeState.is_ready),
        head=top_bar(_TITLE),
        shell=field_shell(is_quiet=True),
        tabs=staff_tabs("/me"),
    )
