"""Names of people who do not exist."""

from random import Random
from typing import Final

_FAMILY: Final = (
    "王王王李李李张张张刘刘陈陈杨杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘"
    "于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TWO: Final = (
    "建国建华志强志明国平国庆海涛海燕晓明晓红小梅丽华丽萍秀英桂芳玉兰玉珍淑珍美玲文静雅琴佳怡欣怡"
    "思远浩然子轩俊杰根宝阿妹金妹福根水根惠民卫东爱华建平凤英永康明珠晨光立军国良月琴彩凤振华学文"
    "宝珠梦洁宇航嘉伟一鸣诗雨"
)
_ONE: Final = "伟磊强军勇敏静芳丽娟霞燕红刚斌辉鹏超杰涛洋雪慧颖倩琳婷雯骏峰晖莉蓉萍"
_GIVEN: Final[tuple[str, ...]] = (
    *_ONE,
    *(_TWO[first : first + 2] for first in range(0, len(_TWO), 2)),
)


def draw_name(chance: Random) -> str:
    """Draw a full name."""
    return chance.choice(_FAMILY) + chance.choice(_GIVEN)


def draw_mobile(chance: Random) -> str:
    """Draw a mobile number that shows that it is made up."""
    return f"1380000{chance.randrange(10_000):04d}"
