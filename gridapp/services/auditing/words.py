"""What the auditor reads for a deed's name and for whom or what it was done to."""

from typing import Any, Final

from gridapp.domain.auditing import AUDITED
from gridapp.domain.labels import DEED, ROLE
from gridapp.domain.vocabulary import Deed, Role

# Turns that are no deeds of the matrix.
_TURNS: Final = {
    "session.sign_in": "登录",
    "session.sign_out": "退出登录",
    "session.failed": "登录失败",
    "session.locked": "连续输错，锁定账号",
    "person.change_password": "修改密码",
    "post.ask": "申请岗位",
    "password.ask": "申请重置密码",
    "audit.export": "导出审计记录",
    "area.numbers": "修改网格的户数或位置",
    "case.find_phone": "按电话查找事件",
    "risk_class.put": "修改风险等级",
    "upgrade.bounds": "升级时更正数据",
    "upgrade.case_lives": "升级时核定期限",
}
_SUBJECTS: Final = {
    "case": "事件",
    "block": "屏蔽",
    "print": "打印",
    "role": "岗位",
    "year": "年份",
    "day": "日期",
    "work": "后台任务",
    "boundary_batch": "边界导入",
    "phone": "电话尾号",
}
# What has no name of its own, or none that an auditor is to read.
_NAMELESS: Final = {
    "household": "联系户", "record": "登记", "verification": "人户核查", "point": "巡查点",
    "roster": "夜巡", "night": "夜巡", "duty": "夜巡", "notice": "通知", "import": "导入",
    "line": "业务线", "building": "楼栋", "area": "网格", "grid": "网格", "person": "人员",
    "unit": "部门", "category": "事项", "urgency": "默认时限", "week": "上班时间", "text": "短信",
    "colour": "关爱颜色", "visit_kind": "走访类别", "wording": "职责和承诺",
}  # fmt: skip
_TABLES: Final = {
    "areas": "网格表", "buildings": "楼栋表", "people": "人员表", "households": "住户表",
    "cases": "事件表", "contacts": "联系户表", "visit-kinds": "走访事由表",
}  # fmt: skip
_FACTS: Final = {
    "rows": "行数", "count": "数量", "cases": "事件", "nights": "夜巡", "from_on": "从",
    "to_on": "到", "last_on": "最后一天", "first_on": "第一天", "login": "账号", "name": "姓名",
    "before": "原名", "after": "现名", "new": "新增", "due_was": "原期限", "due_now": "现期限",
    "lives_ended_by_a_reopening": "补记重开前的办理",
    "missed_before_more_time_was_granted": "超期后才延期",
    "handled_at_moved_to_when_it_was_done": "处置改按办理时间计",
    "closed_at_moved_to_when_it_was_done": "结案改按办理时间计",
    "due_counted_from_the_reopening": "期限改从重开起算", "cards_taken_back": "撤回督办",
}  # fmt: skip


def deed_label(name: str) -> str:
    """Say a deed of the matrix, or another turn; one that nobody knows any more as it stands."""
    if name in _TURNS:
        return _TURNS[name]
    return DEED[Deed(name)] if name in set(Deed) else name


def deed_choices() -> list[tuple[str, str]]:
    """List what can be looked for: the turns, then the deeds that are written down."""
    return [*_TURNS.items(), *((deed.value, DEED[deed]) for deed in AUDITED)]


def subject_words(subject: str, names: dict[str, str]) -> str:
    """Say one subject."""
    if subject in names:
        return names[subject]
    kind, _, key = subject.partition(":")
    if kind == "role" and key in set(Role):
        return f"岗位 {ROLE[Role(key)]}"
    if kind == "export":
        return f"导出的{_TABLES.get(key, key)}"
    if kind in _NAMELESS:
        return _NAMELESS[kind]
    return f"{_SUBJECTS[kind]} {key}" if kind in _SUBJECTS else _TABLES.get(subject, subject)


def facts_words(facts: dict[str, Any]) -> str:
    """Say what else was written down, in the words that we have for it."""
    told = []
    if facts.get("role") in set(Role):
        told.append(ROLE[Role(facts["role"])])
    told += [f"{label}{facts[name]}" for name, label in _FACTS.items() if facts.get(name)]
    return "，".join(told)
