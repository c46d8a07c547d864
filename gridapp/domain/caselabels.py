"""What a person reads for the words that tell of a case; ``labels`` gives them on."""

from gridapp.domain.casewords import (
    AsideReason,
    BlockKind,
    Colour,
    FiveStep,
    Outcome,
    PhotoKind,
    Root,
    Satisfaction,
    Source,
    Supervision,
    Urgency,
)

OUTCOME = {
    Outcome.SOLVED: "已解决",
    Outcome.EXPLAINED: "已解释",
    Outcome.NOT_SOLVED: "未解决",
}

URGENCY = {
    Urgency.CRITICAL: "特急",
    Urgency.URGENT: "紧急",
    Urgency.ORDINARY: "一般",
    Urgency.COMPLEX: "疑难",
}

SOURCE = {
    Source.QR: "扫码上报",
    Source.WORKER: "网格员上报",
    Source.CHAT: "群聊代报",
    Source.HOTLINE: "12345 热线",
    Source.WALK_IN: "来访",
    Source.PETITION: "信访",
    Source.DEPUTY: "代表委员",
    Source.PATROL: "巡查发现",
    Source.VISIT: "走访发现",
    Source.CHECK: "检查发现",
}

COLOUR = {
    Colour.RED: "上报处理中",
    Colour.YELLOW: "随手清",
    Colour.GREEN: "已办结",
}

COLOUR_SHAPE = {Colour.RED: "▲", Colour.YELLOW: "◆", Colour.GREEN: "●"}

FIVE_STEP = {
    FiveStep.VISIT: "走访调研",
    FiveStep.FIND: "发现问题",
    FiveStep.COORDINATE: "协调协同",
    FiveStep.RESOLVE: "解决解释",
    FiveStep.FOLLOW: "跟踪问效",
}

SUPERVISION = {
    Supervision.NONE: "",
    Supervision.URGED: "已催办",
    Supervision.YELLOW_CARD: "黄牌督办",
    Supervision.RED_CARD: "红牌督办",
}

PHOTO_KIND = {
    PhotoKind.REPORT: "上报照片",
    PhotoKind.BEFORE: "处置前",
    PhotoKind.AFTER: "处置后",
    PhotoKind.WORDS: "补充照片",
}

ROOT = {
    Root.RUNNING: "城市运行",
    Root.MANAGEMENT: "公共管理",
    Root.SERVICE: "公共服务",
    Root.SAFETY: "公共安全",
}

SATISFACTION = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.BASICALLY: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
}

BLOCK_KIND = {
    BlockKind.DEVICE: "这部手机",
    BlockKind.PHONE: "这个电话",
    BlockKind.PLACE: "这个地点",
}

ASIDE_REASON = {
    AsideReason.BLOCKED: "在屏蔽名单里",
    AsideReason.DEVICE: "同一部手机短时间上报很多",
    AsideReason.PLACE: "这个地点短时间上报很多",
    AsideReason.ADDRESS: "同一网络短时间上报很多",
}
