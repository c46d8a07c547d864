"""Suggests categories from what a resident wrote: rules of words, the surest three first.

A person always chooses. Each rule names an item of the category table by its code; an item that a
town has added is suggested when its own name stands in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

SUGGESTED_MAX_COUNT: Final = 3

# What is said after this many characters is the history of a matter, seldom its kind.
_READ_CHARACTERS: Final = 400
_SURE, _LIKELY, _NAMED = 5, 2, 4

# code -> (patterns that settle it, patterns that point to it); <…|…> stands for one of several.
_RULES: Final[Mapping[str, tuple[str, str]]] = {
    "flooding": (
        "积水|内涝|倒灌|水淹|被淹|雨水口|雨水篦|排水不畅|明沟",
        "下水道|水坑|没过|漫|抽水|暴雨|下水.{0,3}堵",
    ),
    "manhole_cover": (
        "井盖|窨井|阴井|井圈|井座|检查井",
        "井",
    ),
    "street_lamp": (
        "路灯|灯杆|庭院灯|照明",
        "灯.{0,6}<不亮|坏|闪|灭|暗>|黑灯|没有灯|摸黑|漆黑",
    ),
    "water_supply": (
        "停水|断水|自来水|水压|爆管|水管|漏水|渗水|没水|水.{0,3}发黄|水质|水龙头|二次供水",
        "水表|供水|用水|喷水|冒水|阀门",
    ),
    "power_supply": (
        "停电|断电|跳闸|漏电|电线.{0,6}<断|垂|掉|裸>|没电|变压器|配电|电表",
        "供电|电压|电线|电箱|火花|焦味|电缆",
    ),
    "gas_supply": (
        "停气|断气|没气|燃气.{0,6}<停|打不着|不足>|天然气.{0,8}<停|开通|入户>",
        "供气|点火|煤气|燃气|天然气|灶",
    ),
    "heating": (
        "供暖|暖气|供热|地暖|室温",
        "不热|冷得|热力|制热|空调",
    ),
    "road_damage": (
        "路面.{0,8}<坑|破|裂|塌|翘|坏>|坑洼|坑槽|塌陷|地砖.{0,6}<松|翘|碎|破>|路面破损|修路",
        "坑|道路|路面|人行道|台阶|盲道|破损|裂|绊",
    ),
    "illegal_building": (
        (
            "违建|违章建|违法建|私搭|乱搭|搭建|加盖|私自.{0,6}<建|盖|改>|阳光房|违规建|雨棚|"
            "玻璃房|封起来|往外搭"
        ),
        "搭|彩钢|封.{0,4}<露台|阳台>|占用绿地|承重墙|拆除",
    ),
    "street_trading": (
        "占道|摆摊|流动摊|出店|店外|夜市|摊贩|占用人行道|小贩|<桌|椅|货>.{0,6}人行道",
        "摊|桌椅|沿街|烧烤|经营|叫卖",
    ),
    "bad_parking": (
        "乱停|违停|停车|停放|堵.{0,4}<门|出口|入口|路>|僵尸车|共享单车|停在|停满|占.{0,3}车位",
        "汽车|出口|车位|车辆|单车|电动车|挡住",
    ),
    "bill_posting": (
        "小广告|牛皮癣|张贴|乱贴|喷涂|涂写|贴.{0,4}广告|塞卡片|发卡片|传单",
        "广告|贴纸|横幅|电话号码|记号笔|卡片",
    ),
    "rubbish": (
        "垃圾|清运|异味|恶臭|臭味|满溢|苍蝇|堆.{0,6}杂物|杂物|厨余|旧沙发|大件",
        "堆|臭|脏|清理|扔|塑料袋|外卖盒|绿化带",
    ),
    "dirty_road": (
        "道路不洁|路面.{0,4}<脏|油|泥>|扬尘|油污|泥水|抛洒|狗屎|粪|落叶|呕吐",
        "脏|灰尘|清扫|保洁|泥",
    ),
    "construction_waste": (
        "建筑垃圾|装修垃圾|渣土|砖头|碎砖|混凝土块|建渣|碎玻璃|木板",
        "装修|工地|倾倒|水泥",
    ),
    "wire_charging": (
        "飞线|拉线充电|私拉|从.{0,6}拉.{0,6}<线|插>|插线板.{0,8}充",
        "充电|电瓶|插座|接线",
    ),
    "property_service": (
        "物业|电梯|门禁|单元门|楼道灯|保安|维修基金|业委会|绿化.{0,6}<枯|修剪|养护>|对讲",
        "小区|业主|维修资金|楼顶|收费|监控|围墙|屋顶|外墙",
    ),
    "elderly_care": (
        (
            "老人.{0,10}<独居|照顾|帮助|没人|助餐>|独居|残疾|助残|养老|助餐|轮椅|低保|救助|"
            "居家护理|护理|摔了|眼睛不好"
        ),
        "老人|老伯|阿姨|不方便|行动不便|生活困难|补贴|卧床",
    ),
    "policy_question": (
        (
            "请问|咨询|怎么办理|如何办理|政策|办理.{0,8}<手续|材料|流程>|能不能申请|社保|"
            "医保|公积金|落户|户口|入学|备案|加装电梯|怎么算|什么时候"
        ),
        "申请|补贴|怎么|条件|手续|证|材料|报销",
    ),
    "noise": (
        (
            "噪音|噪声|扰民|太吵|很吵|吵得|广场舞|音响|施工.{0,6}<夜|吵|声>|鸣笛|嗡嗡|"
            "装修.{0,6}<吵|声>"
        ),
        "吵|声音|响|夜里|半夜|深夜|晚上十|拖椅子|打桩|钻|睡不着|唱歌|低频",
    ),
    "fire_lane": (
        "消防通道|消防车|消防登高|安全出口|疏散通道|消火栓|灭火器|逃生|防火门|消防设施|消防",
        "通道.{0,6}<堵|占|堆>|堵塞|隐患|楼道.{0,6}堆",
    ),
    "bike_upstairs": (
        (
            "<电动车|电瓶车|电瓶>.{0,10}<上楼|进楼|推进|楼道|电梯|家里|入户|门厅>|"
            "楼道.{0,8}<电动车|电瓶车|充电>"
        ),
        "电动车|电瓶车|电瓶",
    ),
    "gas_leak": (
        "<煤气|燃气|天然气|液化气|气罐|气瓶>.{0,12}<味|漏|泄|臭|违规|老化>|漏气|煤气味|瓦斯|燃气",
        "煤气|天然气|液化气|气味",
    ),
    "food_safety": (
        (
            "食品|过期|变质|食物中毒|拉肚子|餐馆|饭店.{0,10}<卫生|脏|虫>|发霉|后厨|吃出|吃坏|"
            "盒饭|无证.{0,6}<吃|饭|食>"
        ),
        "吃|饭店|超市|卫生|外卖|菜",
    ),
    "missing_person": (
        (
            "走失|走丢|失踪|找不到.{0,6}<人|老人|孩子|爸|妈>|不见了.{0,8}<老人|孩子>|<老人|"
            "孩子|爸|妈|爷|奶>.{0,12}<不见|没回|没有回>|说不清家"
        ),
        "寻人|没回|一个人哭|糊涂|找人|迷路|痴呆",
    ),
    "dispute": (
        "纠纷|吵架|打架|打人|邻居.{0,12}<骂|吵|闹|矛盾>|调解|辱骂|威胁|矛盾|动手|家暴",
        "邻居|赔|争|协商|骂|楼上|楼下",
    ),
}


def _pattern(rule: str) -> re.Pattern[str]:
    return re.compile(rule.replace("<", "(?:").replace(">", ")"))


_COMPILED: Final = {
    code: (_pattern(sure), _pattern(likely)) for code, (sure, likely) in _RULES.items()
}


def suggest_categories(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Give the codes that a text points to, the surest first, at most three; none when none does.

    Args:
        text: What was written, of any length.
        names: The town's categories: code -> name, in the order of its table.
    """
    plain = unicodedata.normalize("NFKC", text[:_READ_CHARACTERS]).casefold()
    points = {code: _points(code, name, plain) for code, name in names.items()}
    likely = sorted((code for code in names if points[code]), key=lambda code: -points[code])
    return tuple(likely[:SUGGESTED_MAX_COUNT])


def _points(code: str, name: str, plain: str) -> int:
    """Count what speaks for a category: each word once, a sure one far more than a likely one."""
    said = _NAMED if name and name.casefold() in plain else 0
    if code not in _COMPILED:
        return said
    sure, likely = _COMPILED[code]
    return said + _SURE * _different(sure, plain) + _LIKELY * _different(likely, plain)


def _different(pattern: re.Pattern[str], plain: str) -> int:
    found: Iterable[re.Match[str]] = pattern.finditer(plain)
    return len({match[0] for match in found})
