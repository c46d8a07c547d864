"""Every sentence of the outbox (待上传), written out for the modules as ``sync_words.js``.

The modules cannot ask the server for a word when they need one most, so
``python -m gridapp.contact.words.outbox`` writes them down; a test holds the two together.
"""

import json
from pathlib import Path
from typing import Final

MODULE: Final = Path(__file__).resolve().parents[3] / "assets" / "field" / "sync_words.js"

WORDS: Final = {
    "count": "待上传 {count}",
    "all_sent": "都已上传",
    "need_you": "{count}项需要您处理",
    "saved": "已保存",
    "saved_and_sending": "已保存在这部手机上，正在上传。",
    "saved_offline": "已保存在这部手机上。现在没有网络，有网后自动上传，可以关闭本页。",
    "saved_later": "已保存在这部手机上。暂时没连上服务器，稍后自动上传，可以关闭本页。",
    "saved_held": "已保存在这部手机上，等前一项处理好后再上传。",
    "not_kept_full": "手机存储已满，没能保存。请先清理空间，不要关闭本页。",
    "waiting": "等待上传",
    "sending": "正在上传 {sent}/{total}",
    "held": "等前一项处理好后再上传",
    "needs_sign_in": "登录后继续上传",
    "needs_you": "需要您处理",
    "no_network": "没有网络，有网后自动上传。",
    "unreachable": "没有连上服务器，稍后自动再试。",
    "strange": "网络要求先登录（例如商场无线网），或者服务器没有正确回答，稍后自动再试。",
    "trouble": "服务器出了点问题，稍后自动再试。",
    "busy": "服务器正忙，稍后自动再试。",
    "photos_missing": "照片要再传一次，稍后自动上传。",
    "changed": "这件事现在是「{status}」，和您记录时不一样了。",
    "refused": "没有被接受，请修改后再传。",
    "twice": "同一份已经上传过，内容不一样。修改后会作为新的一份上传。",
    "others": "这部手机上还有其他人的{count}项没有上传，要由本人登录后上传。",
    "photos": "照片{count}张",
    "send_now": "立即上传",
    "edit": "修改",
    "retry": "再传一次",
    "look": "看最新情况",
    "sign_in": "去登录",
    "export": "存成文件",
    "export_all": "全部存成文件",
    "discard": "删除",
    "discard_sure": "删除后找不回来。确定删除这一项吗？",
    "leave_sure": "还有{count}项没有上传，退出后要等您再次登录才能上传。确定退出吗？",
    "again": "再来一件",
    "today": "回到今天",
    "broken": "这部手机打不开待上传的内容，请关闭其他页面后重新打开本页。",
    "no_memory": "这个浏览器不能离线保存，提交时要有网络。",
    "edit_gone": "这一项已经在别处处理过了。要另交一份，请填好后再提交。",
    "new_version": "有新版本",
    "new_version_use": "更新",
}


def module_text() -> str:
    """Write the words as an ES module."""
    words = json.dumps(WORDS, ensure_ascii=False, indent=2)
    return (
        "// Written by `python -m gridapp.contact.words.outbox`: change it there.\n\n"
        f"export const WORDS = {words};\n\n"
        "/** Say a sentence with its blanks filled in. */\n"
        "export const say = (name, facts = {}) =>\n"
        "  WORDS[name].replace(/\\{(\\w+)\\}/g, (_, blank) => facts[blank]);\n"
    )


if __name__ == "__main__":
    MODULE.write_text(module_text(), encoding="utf-8")
