"""The phone judges building codes as the server does."""

from random import Random

from playwright.sync_api import Page

from gridapp.domain.codes import (
    BUILDING_ALPHABET,
    building_code,
    building_code_fault,
    draw_building_code,
    normalise,
)

CHANCE = Random(7)  # noqa: S311 - the same draw every time
CODES = [draw_building_code(CHANCE) for _ in range(40)]
FAULTS = """async (codes) => {
  const { faultOf } = await import("/field/code.js");
  return codes.map(faultOf);
}"""
READ = """async (texts) => {
  const { codeIn } = await import("/field/code.js");
  return texts.map(codeIn);
}"""
NORMALISED = """async (texts) => {
  const { normalise } = await import("/field/code.js");
  return texts.map(normalise);
}"""


def misread(code: str) -> list[str]:
    """Every code that differs from this one in one sign."""
    return [
        code[:at] + sign + code[at + 1 :]
        for at in range(len(code))
        for sign in BUILDING_ALPHABET
        if sign != code[at]
    ]


def test_both_find_the_same_fault_in_each_code(page: Page) -> None:
    given = [*CODES, *misread(CODES[0]), "", "ABC", "ZRZ2220", "ABCDEFGHJ", "楼栋码", "A" * 7]
    assert page.evaluate(FAULTS, given) == [building_code_fault(code) for code in given]


def test_both_write_a_typed_code_alike(page: Page) -> None:
    given = ["abcd 2345", "ＡＢＣ２３４", "ab-cd－23", " a\tb\nc ", "\u200babc", "x" * 65, ""]
    assert page.evaluate(NORMALISED, given) == [normalise(text) for text in given]


def test_a_code_is_read_out_of_an_address_in_any_letter_case(page: Page) -> None:
    code = building_code("ZRZ2222")
    given = {
        f"HTTPS://GRID.EXAMPLE.CN/Q/{code}": code,
        f"http://127.0.0.1:3000/q/{code.lower()}?x=1#y": code,
        f" {code.lower()} ": code,
        f"https://grid.example.cn/report?at={code}": "",
        "https://pay.example.cn/q/AAAAAAAA": "",
        "https://pay.example.cn/q/%E0%A4%A": "",
        "": "",
    }
    assert page.evaluate(READ, list(given)) == list(given.values())
