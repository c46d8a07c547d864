"""What is shown of a person tells too little to find the person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain import privacy


def wide(text: str) -> str:
    """Write ASCII in the full-width forms that Chinese keyboards give."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "13800008000", "138 0000 8000", "138-0000-8000", " +86 138 0000 8000 ", "8613800008000",
        "0086-13800008000", "013800008000", wide("13800008000"), wide("+86") + "13800008000",
        "138\u20130000\u20138000", "138\u00a00000\u30008000", "\u202d13800008000\u202c",
    ],
)  # fmt: skip
def test_a_mobile_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert privacy.normalise_phone(typed) == "13800008000"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0371-66668888", "037166668888"),
        ("(010) 8888 6666", "01088886666"),
        ("+86 371 6666 8888", None),
        ("400-123-4567", "4001234567"),
        ("12800008000", None),
        ("1380000800", None),
        ("138000080000", None),
        ("110", None),
        ("", None),
        ("电话", None),
        ("1" * 9000, None),
    ],
)
def test_what_is_no_mainland_number_is_told_apart(typed: str, kept: str | None) -> None:
    assert privacy.normalise_phone(typed) == kept


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800008000", "138****8000"),
        ("+86 138-0000-8000", "138****8000"),
        ("037166668888", "0371****8888"),
        ("12345", "****"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_first_and_last_digits(phone: str, masked: str) -> None:
    assert privacy.mask_phone(phone) == masked


def test_a_phone_is_read_in_groups() -> None:
    assert privacy.spaced_phone("+8613800008000") == "138 0000 8000"
    assert privacy.spaced_phone("0371-66668888") == "0371 6666 8888"
    assert privacy.spaced_phone("021-52730101") == "021 5273 0101"
    assert privacy.spaced_phone("0571-8881234") == "0571 888 1234"
    assert [privacy.spaced_phone(other) for other in ("12345", "转8", "")] == ["12345", "转8", ""]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("李小明", "李**"),
        ("李 明", "李*"),
        ("欧阳锋", "欧阳*"),
        ("欧阳修文", "欧阳**"),
        ("欧阳", "欧*"),
        ("王", "王*"),
        ("𠮷田", "𠮷*"),
        ("买买提·艾力", "买**"),
        ("John Smith", "J**"),
        ("  ", ""),
    ],
)
def test_a_name_keeps_its_family_name(name: str, masked: str) -> None:
    assert privacy.mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("41010219900101123x", "410***********123X"),
        (wide("410102199001011234"), "410***********1234"),
        ("410102900101123", "410********1123"),
        ("4101021", "*******"),
        ("", ""),
    ],
)
def test_an_id_number_keeps_three_and_four(number: str, masked: str) -> None:
    assert privacy.mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("桃园小区3号楼2单元1101室", "桃园小区3号楼"),
        ("桃园小区 12 号楼 3 单元", "桃园小区 12 号楼"),
        ("建设路12号院5号楼1单元", "建设路12号院5号楼"),
        ("绿都广场B座12层1203室", "绿都广场B座"),
        ("绿都广场B座1203", "绿都广场B座"),
        ("幸福小区3楼2单元501", "幸福小区3楼"),
        ("幸福小区3号楼二楼201", "幸福小区3号楼"),
        ("1号楼501室" + wide("(") + "原2号楼" + wide(")"), "1号楼"),
        ("光明路6号2单元301", "光明路6号"),
        ("桃园小区3-2-501", "桃园小区3"),
        ("桃园小区 501", "桃园小区"),
        ("桃园小区" + wide("3") + "号楼" + wide("501"), "桃园小区3号楼"),
        ("中原路100号", "中原路100号"),
        ("501室", ""),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_building(address: str, shown: str) -> None:
    assert privacy.mask_address(address) == shown


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("请打13800008000谢谢", "请打138****8000谢谢"),
        ("13800008000或139-0000-9000", "138****8000或139****9000"),
        ("座机(0371)66668888", "座机0371****8888"),
        ("身份证41010219900101123X的老人", "身份证410***********123X的老人"),
        (wide("13800008000"), "138****8000"),
        ("编号26093000042", "编号26093000042"),
        ("2026-09-21 10:00至2026-09-22 11:30", "2026-09-21 10:00至2026-09-22 11:30"),
        ("订单1380000800012345", "订单1380000800012345"),
        ("拨打12345和110都行", "拨打12345和110都行"),
    ],
)
def test_numbers_of_people_are_masked_inside_words(text: str, public: str) -> None:
    assert privacy.scrub(text) == public


@given(
    st.text("路灯坏了 , 。\n", max_size=8), MOBILE, st.sampled_from(["", " ", "-"]), st.booleans()
)
def test_no_mobile_number_survives_the_scrub(
    words: str,
    phone: str,
    gap: str,
    full_width: bool,
) -> None:
    written = gap.join([phone[:3], phone[3:7], phone[7:]])
    written = wide(written) if full_width else written
    assert privacy.scrub(f"{words}{written}{words}") == f"{words}{privacy.mask_phone(phone)}{words}"


@given(st.text(max_size=200))
def test_no_text_breaks_the_masks(text: str) -> None:
    privacy.scrub(text)
    privacy.mask_address(text)
    assert "*" in privacy.mask_name(text) or not privacy.mask_name(text)
    assert privacy.mask_phone(text).count("*") in {0, 4}
