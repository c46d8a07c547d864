"""What a person reads for each word of the vocabulary, in Chinese, in one place."""

from gridapp.domain.vocabulary import (
    BlockKind,
    Colour,
    Deed,
    FiveStep,
    GridKind,
    GridLevel,
    Outcome,
    PhotoKind,
    Role,
    Root,
    Satisfaction,
    Source,
    Status,
    Supervision,
    Urgency,
    VisitOutcome,
    WorkKind,
    WorkState,
)

GRID_LEVEL = {
    GridLevel.DISTRICT: "区",
    GridLevel.STREET: "街道",
    GridLevel.COMMUNITY: "社区",
    GridLevel.GRID: "网格",
    GridLevel.MICRO: "微网格",
}

GRID_KIND = {
    GridKind.RESIDENTIAL: "居民网格",
    GridKind.DEDICATED: "专属网格",
    GridKind.COMPREHENSIVE: "综合网格",
}

ROLE = {
    Role.RESIDENT: "居民",
    Role.VOLUNTEER: "志愿者",
    Role.GRID_WORKER: "网格员",
    Role.GRID_HEAD: "网格长",
    Role.UNIT_OFFICER: "部门经办人",
    Role.DISPATCHER: "派单员",
    Role.VERIFIER: "核查员",
    Role.LEADER: "街道领导",
    Role.ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDITOR: "审计员",
}

STATUS = {
    Status.REPORTED: "待受理",
    Status.ACCEPTED: "待派遣",
    Status.DISPATCHED: "待接单",
    Status.TAKEN: "处置中",
    Status.HANDLED: "待核查",
    Status.VERIFIED: "待结案",
    Status.CLOSED: "已结案",
    Status.DECLINED: "不予受理",
    Status.PAUSED: "已挂起",
    Status.MERGED: "已并案",
}

# What the reporter reads: what happened, without the office's inner words.
STATUS_FOR_REPORTER = {
    Status.REPORTED: "已收到",
    Status.ACCEPTED: "已受理",
    Status.DISPATCHED: "已安排人处理",
    Status.TAKEN: "正在处理",
    Status.HANDLED: "已处理，正在核查",
    Status.VERIFIED: "已核查",
    Status.CLOSED: "已办结",
    Status.DECLINED: "不予受理",
    Status.PAUSED: "暂缓处理",
    Status.MERGED: "已与同类事件合并处理",
}

DEED = {
    Deed.REPORT: "上报",
    Deed.SETTLE: "随手清",
    Deed.ACCEPT: "受理",
    Deed.DECLINE: "不予受理",
    Deed.DISPATCH: "派遣",
    Deed.TAKE: "接单",
    Deed.RETURN: "退回",
    Deed.HANDLE: "处置",
    Deed.VERIFY: "核查通过",
    Deed.REDO: "返工",
    Deed.CLOSE: "结案",
    Deed.REOPEN: "重开",
    Deed.PAUSE: "挂起",
    Deed.RESUME: "恢复办理",
    Deed.ASK_EXTENSION: "申请延期",
    Deed.EXTEND: "同意延期",
    Deed.URGE: "催办",
    Deed.SUPERVISE: "督办",
    Deed.MERGE: "并案",
    Deed.RATE: "评价",
    Deed.PUBLISH: "对外公开",
    Deed.UNPUBLISH: "不再公开",
    Deed.CHOOSE_MESSAGES: "选择是否接收短信",
    Deed.ADD_WORDS: "补充说明",
    Deed.THANK: "致谢",
    Deed.LEAVE_PHONE: "留电话",
    Deed.ME_TOO: "我也遇到",
    Deed.SEE_CASE: "查看事件",
    Deed.REVEAL: "查看完整信息",
    Deed.BLOCK: "屏蔽上报",
    Deed.UNBLOCK: "解除屏蔽",
    Deed.WRITE_NOTE: "随手记",
    Deed.PROMOTE_NOTE: "转为事件",
    Deed.SEE_NOTE: "查看随手记",
    Deed.CHECK_IN: "签到",
    Deed.SEE_CHECK_IN: "查看签到",
    Deed.FIND: "巡查发现",
    Deed.ADD_POINT: "新增巡查点",
    Deed.CHANGE_POINT: "修改巡查点",
    Deed.RETIRE_POINT: "停用巡查点",
    Deed.MAKE_ROSTER: "排夜巡",
    Deed.STAFF_ROSTER: "调整夜巡人员",
    Deed.CANCEL_ROSTER: "取消夜巡",
    Deed.ASK_COVER: "请人顶班",
    Deed.COVER: "顶班",
    Deed.SEE_ROSTER: "查看夜巡安排",
    Deed.SEE_COVERAGE: "查看巡查日历",
    Deed.ADD_HOUSEHOLD: "新增联系户",
    Deed.CHANGE_HOUSEHOLD: "修改联系户",
    Deed.END_HOUSEHOLD: "结束联系",
    Deed.REVEAL_HOUSEHOLD: "查看联系户完整信息",
    Deed.RECORD_VISIT: "记走访",
    Deed.CORRECT_VISIT: "更正",
    Deed.PROMOTE_VISIT: "转为事件",
    Deed.SEE_VISIT: "查看走访",
    Deed.SEE_REGISTER: "查看登记簿",
    Deed.REVEAL_RECORD: "查看登记完整信息",
    Deed.ENTER_HOUSEHOLD: "登记户室",
    Deed.AMEND_HOUSEHOLD: "修改户室",
    Deed.STRIKE_HOUSEHOLD: "注销户室",
    Deed.ENTER_PREMISES: "登记商铺企业场所",
    Deed.AMEND_PREMISES: "修改商铺企业场所",
    Deed.STRIKE_PREMISES: "注销商铺企业场所",
    Deed.CHECK_PREMISES: "记检查",
    Deed.ADD_BUILDING: "新增楼栋",
    Deed.CHANGE_BUILDING: "修改楼栋",
    Deed.RETIRE_BUILDING: "停用楼栋",
    Deed.ISSUE_CODE: "发楼栋码",
    Deed.REPLACE_CODE: "更换楼栋码",
    Deed.RETIRE_CODE: "停用楼栋码",
    Deed.START_VERIFICATION: "发起核查",
    Deed.END_VERIFICATION: "结束核查",
    Deed.VERIFY_RECORD: "记核查",
    Deed.DECIDE_RECORD: "裁定出入",
    Deed.SEE_AREA: "查看网格",
    Deed.CHANGE_AREA: "维护网格",
    Deed.CHANGE_PERSON: "维护人员",
    Deed.RESET_PASSWORD: "重置密码",
    Deed.ADD_CATEGORY: "新增事项",
    Deed.CHANGE_CATEGORY: "修改事项",
    Deed.RETIRE_CATEGORY: "停用或启用事项",
    Deed.ORDER_CATEGORY: "调整事项次序",
    Deed.CHANGE_URGENCY: "修改默认时限",
    Deed.CHANGE_WEEK: "修改上班时间",
    Deed.CHANGE_DAY: "修改某天是否上班",
    Deed.LOAD_YEAR: "载入放假安排",
    Deed.CHANGE_TEXT: "修改短信内容",
    Deed.CHANGE_COLOUR: "修改关爱颜色",
    Deed.ADD_VISIT_KIND: "新增走访类别",
    Deed.CHANGE_VISIT_KIND: "修改走访类别",
    Deed.RETIRE_VISIT_KIND: "停用或启用走访类别",
    Deed.CANCEL_CHANGE: "取消待生效的修改",
    Deed.SEE_STATS: "查看统计",
    Deed.PRINT: "打印登记",
    Deed.ORDER_PRINT: "打印",
    Deed.HANG: "登记已张贴",
    Deed.CANCEL_WORK: "取消任务",
    Deed.RESUME_WORK: "继续任务",
    Deed.IMPORT: "导入",
    Deed.CHECK_IMPORT: "检查导入文件",
    Deed.UNDO_IMPORT: "撤销导入",
    Deed.DROP_IMPORT: "放弃导入",
    Deed.EXPORT: "导出",
    Deed.SEE_AUDIT: "查看审计",
}

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

VISIT_OUTCOME = {
    VisitOutcome.MET: "见到了",
    VisitOutcome.BY_PHONE: "电话联系",
    VisitOutcome.NOT_HOME: "不在家",
    VisitOutcome.DECLINED: "不便接待",
}

WORK_KIND = {
    WorkKind.PRINT: "打印",
    WorkKind.CHECK_IMPORT: "检查导入文件",
    WorkKind.IMPORT: "导入",
    WorkKind.UNDO_IMPORT: "撤销导入",
    WorkKind.EXPORT: "导出",
}

WORK_STATE = {
    WorkState.WAITING: "排队等候",
    WorkState.RUNNING: "正在进行",
    WorkState.DONE: "已完成",
    WorkState.FAILED: "没有完成",
    WorkState.CANCELLED: "已取消",
}
