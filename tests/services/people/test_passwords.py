"""Which passwords are good enough, and how they are kept."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain.errors import WeakPasswordError
from gridapp.services.people.passwords import (
    HASHER,
    MOST_CHARACTERS,
    check_password,
    draw_password,
    fold,
    is_common,
    keep,
    matches,
)
from tests.cast import PASSWORD, QUICK


@pytest.mark.parametrize(
    "password",
    [
        "Zhenru-2026",
        "grid-demo-2026",
        "Hua1-Kai5",
        "春眠不觉晓Ab1",
        "Ab1!-#?=%&*(",
        "南大街Lu7号楼",
    ],
)
def test_a_good_password_passes(password: str) -> None:
    check_password(password, "li", "13800138001")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Zh-2026", "至少 8 位"),
        ("", "至少 8 位"),
        ("Zhenru-2026" * 12, "最多 128 位"),
        ("zhenru-street", "三类"),
        ("31415926535", "三类"),
        ("春眠不觉晓处处闻", "三类"),
        ("Wang-Lin-77x", "账号或手机号"),
        ("Call13800138001", "账号或手机号"),
        ("Admin@123", "太常见"),
    ],
)
def test_a_weak_password_is_told_why(password: str, why: str) -> None:
    with pytest.raises(WeakPasswordError, match=why):
        check_password(password, "wang-lin", "13800138001")


@pytest.mark.parametrize(
    "password",
    """
    Aa123456 Admin@123 Password1! Qwer1234 Woaini520! Woaini1314 P@ssw0rd P@ssw0rd1 1qaz@WSX
    !QAZ2wsx Abc@1234 Zxcv1234! Aa888888 Test2024! Wangge2026 Qwe123!@# A1b2c3d4 123456Aa
    Admin@20260101 Aa123456
    """.split(),  # noqa: SIM905 - a list of words is read more easily as text
)
def test_what_guessers_try_first_is_common(password: str) -> None:
    assert is_common(password)


@given(st.text(max_size=40))
def test_any_text_is_good_or_weak(password: str) -> None:
    try:
        check_password(password, "li")
    except WeakPasswordError:
        return
    assert len(fold(password)) >= 8


def test_a_drawn_password_is_good_and_new() -> None:
    drawn = [draw_password() for _ in range(50)]
    for password in drawn:
        check_password(password)
    assert len(set(drawn)) == 50


@pytest.mark.parametrize("password", [PASSWORD, "密码𠮷𠮷Ab1", "Half-\ud800-pair"])
def test_a_kept_password_matches_itself_alone(password: str) -> None:
    kept = keep(password, QUICK)
    assert password not in kept
    assert matches(kept, password, QUICK)
    assert not matches(kept, password + " ", QUICK)


def test_full_width_signs_are_the_same_password() -> None:
    assert matches(keep("Zhenru-2026", QUICK), "\uff3ahenru\uff0d\uff12026", QUICK)


def test_nothing_kept_matches_nothing() -> None:
    assert not matches("", "", QUICK)
    assert not matches("no hash at all", PASSWORD, QUICK)
    assert not matches(keep("a", QUICK), "a" * (MOST_CHARACTERS + 1), QUICK)


class _Counting(PasswordHasher):
    hashed = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.hashed += 1
        return super().hash(password, salt=salt)


def test_an_unknown_login_costs_as_much_as_a_known_one() -> None:
    counting = _Counting(time_cost=1, memory_cost=8, parallelism=1)
    assert not matches("", PASSWORD, counting)
    assert counting.hashed == 1


def test_what_is_kept_costs_a_guesser_19_mib_and_two_passes() -> None:
    cost = extract_parameters(keep(PASSWORD))
    assert (cost.memory_cost, cost.time_cost) == (19 * 1024, 2)
    assert not HASHER.check_needs_rehash(keep(PASSWORD))
