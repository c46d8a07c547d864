"""Chinese search finds what holds the words, and the same on both databases."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridapp.domain.searching import grams, query_grams
from tests.databases import POSTGRES

TEXTS = [
    "3号楼路灯不亮，晚上看不清路",
    "楼下施工噪音扰民，物业不管",
    "A座12单元漏水，已报12345",
    "𠮷祥里小区䶮字路口积水😀",
    "WiFi坏了 路 灯 全 亮",
    "井盖松动 it's 50% off; DROP TABLE",
    "鿼水泥厂旁边\U00030edeめん館",
    "",
]
Found = Callable[[str], list[int]]
Finder = Callable[[list[str]], Found]


def on_sqlite(texts: list[str]) -> Iterator[Found]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE VIRTUAL TABLE found USING fts5(grams, tokenize = 'unicode61')")
        base.executemany("INSERT INTO found VALUES (?)", [(grams(text),) for text in texts])
        select = "SELECT rowid - 1 FROM found WHERE found MATCH ? ORDER BY rowid"
        yield lambda asked: [n for (n,) in base.execute(select, [query_grams(asked).for_fts5()])]


def on_postgres(texts: list[str]) -> Iterator[Found]:
    with psycopg.connect(f"postgresql://{POSTGRES}/postgres", autocommit=True) as base:
        base.execute("CREATE TEMPORARY TABLE found (n int, grams text)")
        rows = [(n, grams(text)) for n, text in enumerate(texts)]
        base.cursor().executemany("INSERT INTO found VALUES (%s, %s)", rows)
        select = (
            "SELECT n FROM found WHERE to_tsvector('simple', grams) @@ to_tsquery('simple', %s) "
            "ORDER BY n"
        )
        yield lambda asked: [
            n for (n,) in base.execute(select, [query_grams(asked).for_tsquery()]).fetchall()
        ]


def by_row(texts: list[str]) -> Iterator[Found]:
    with closing(sqlite3.connect(":memory:")) as base:

        def is_like(text: str, pattern: str) -> bool:
            (like,) = base.execute(
                "SELECT ' ' || ? || ' ' LIKE ?", [grams(text), pattern]
            ).fetchone()
            return bool(like)

        def find(asked: str) -> list[int]:
            patterns = query_grams(asked).for_like()
            return [
                n
                for n, text in enumerate(texts)
                if all(is_like(text, pattern) for pattern in patterns)
            ]

        yield find


@pytest.fixture(
    scope="module",
    params=[on_sqlite, by_row, pytest.param(on_postgres, marks=pytest.mark.postgres)],
)
def found(request: pytest.FixtureRequest) -> Iterator[Found]:
    try:
        yield from request.param(TEXTS)
    except psycopg.OperationalError as refusal:
        pytest.skip(f"no PostgreSQL server answers: {refusal}")


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("路灯", [0]),
        ("路灯不亮", [0]),
        ("噪音", [1]),
        ("路灯 不亮", [0]),
        ("不亮 路灯", [0]),
        ("不亮\uff0c路灯", [0]),
        ("路灯 噪音", []),
        ("灯路", []),
        ("灯", [0, 4]),
        (" 路😀", [0, 3, 4]),
        ("𠮷", [3]),
        ("鬱", []),
        ("3号楼", [0]),
        ("3号", [0]),
        ("A座", [2]),
        ("a座12单元", [2]),
        ("\uff21座", [2]),
        ("座12", [2]),
        ("12345", [2]),
        ("1234", []),
        ("wifi", [4]),
        ("WIFI坏", [4]),
        ("𠮷祥", [3]),
        ("䶮字", [3]),
        ("鿼水", [6]),
        ("\U00030edeめん", [6]),
        ("路\U000e0100灯", [0]),
        ("路\u200b灯", [0]),
        ("路😀灯", [0, 4]),
        ("井盖 IT'S", [5]),
    ],
)
def test_a_text_is_found_by_its_words(found: Found, asked: str, numbers: list[int]) -> None:
    assert found(asked) == numbers


@pytest.mark.parametrize(
    "hostile",
    [
        '路灯"', "路灯*", "路灯:*", "路灯''", "^路灯", "-路灯", "_路灯", "{路灯}", "(((路灯",
        "路灯\\", "路灯;--", "路灯\x00", "%路灯%", "+路灯~", "路灯&!|<->",
    ],
)  # fmt: skip
def test_a_sign_beside_a_word_changes_nothing(found: Found, hostile: str) -> None:
    assert found(hostile) == [0]


@pytest.mark.parametrize(
    "hostile",
    [
        "路灯 OR 噪音", "NOT 噪音 路灯", "路灯 | 噪音", "NEAR(路灯 噪音)", "路灯 <-> 噪音",
        "grams:路灯", "路灯 噪音 " * 5000, "路灯" * 5000,
    ],
)  # fmt: skip
def test_nothing_typed_is_taken_for_an_operator(found: Found, hostile: str) -> None:
    assert found(hostile) == []


@pytest.mark.parametrize(
    "empty", ["", "   ", "😀😀", "!?…", "\u200b", "\u3000", "'", "*", '"', "%", "(((", "\x00"]
)
def test_nothing_asked_is_nothing_to_look_for(empty: str) -> None:
    assert not query_grams(empty)
    assert grams(empty) == ""


@pytest.mark.parametrize(
    ("one", "prefix"),
    [("3", "3"), (" A😀", "a"), ("b b", "b"), ("\uff21", "a")],
)
def test_a_single_letter_asks_for_the_beginning_of_a_place(one: str, prefix: str) -> None:
    query = query_grams(one)
    assert (query.phrases, query.prefix) == ((), prefix)


def test_what_is_stored_is_plain_ascii() -> None:
    assert all(grams(text).isascii() for text in TEXTS)
    assert grams("路灯") == "cbtnbqpb bqpb"


def test_a_very_long_word_is_still_found_whole(found: Found) -> None:
    assert len(grams("a" * 20_000)) < 50
    assert found("a" * 20_000) == []


SIGNS = st.text("路灯亮𠮷䶮a1B é,。 😀'\"*", max_size=14)


@given(SIGNS, st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_part_of_a_text_without_words_cut_is_found(text: str, data: st.DataObject) -> None:
    han = "".join(sign for sign in text if sign in "路灯亮𠮷䶮")
    start = data.draw(st.integers(0, len(han)))
    part = han[start : data.draw(st.integers(start, len(han)))]
    (phrase,) = query_grams(part).phrases or ("",)
    whole = "" if phrase.endswith("*") else " "
    assert f" {phrase.removesuffix('*')}{whole}" in f" {grams(han)} " or not phrase


@pytest.mark.postgres
@given(st.lists(SIGNS, max_size=6), st.lists(SIGNS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_both_databases_find_the_same(texts: list[str], asked: list[str]) -> None:
    queries = [words for words in asked if query_grams(words).phrases]
    try:
        (one,), (two,) = ([[found(q) for q in queries] for found in finder(texts)]
                          for finder in (on_sqlite, on_postgres))  # fmt: skip
    except psycopg.OperationalError as refusal:
        pytest.skip(f"no PostgreSQL server answers: {refusal}")
    assert one == two


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_breaks_the_cutting(text: str, asked: str) -> None:
    assert grams(text).isascii()
    assert query_grams(asked).for_fts5().isascii()
