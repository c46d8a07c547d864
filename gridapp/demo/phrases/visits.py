"""What workers write after a visit, by what came of it."""

from typing import Final

from gridapp.domain.vocabulary import VisitOutcome

FOUND: Final = {
    VisitOutcome.MET: (
        "身体都好，家里煤气软管上个月刚换过。",
        "血压药快吃完了，已提醒子女周末来取。",
        "说楼道灯晚上太暗，上下楼不方便。",
        "想申请助餐服务，已留下申请表，下次来取。",
        "家里收拾得干净，提醒了防范养老诈骗。",
        "",
    ),
    VisitOutcome.BY_PHONE: ("电话里说一切都好，这几天住在女儿家。", "通了电话，没有什么困难。"),
    VisitOutcome.NOT_HOME: ("敲门没有人应，邻居说出门买菜了。", ""),
    VisitOutcome.DECLINED: ("正在休息，约了改天再来。",),
}
