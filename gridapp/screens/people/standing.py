"""What a person reads for how somebody stands."""

from typing import Final

from gridapp.services.people.directory import Standing

STANDING: Final = {
    Standing.ANY: "",
    Standing.ON_POST: "在岗",
    Standing.WITHOUT_POST: "没有岗位",
    Standing.NOT_YET_IN: "还没登录过",
    Standing.LOCKED: "已锁定",
    Standing.DISABLED: "已停用",
}
