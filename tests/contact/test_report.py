"""A report without any script: nothing typed is lost, and what is sent twice is one report."""

import re

import pytest
from sqlmodel import col, select

from gridapp.domain.vocabulary import AsideReason, Source
from gridapp.guard import limits
from gridapp.guard.limits import Limit
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.limits import LIMITS
from gridapp.services.photos.clean import photo_pool
from gridapp.tables import BuildingCode, Case, CasePhoto
from tests.cast import Cast
from tests.contact.conftest import jpeg
from tests.contact.visitor import Visitor, hidden_fields
from tests.crowd import crowded
from tests.makers import report
from tests.services.photos.drawn_photos import HEIC

CUT = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhalf a sen'
TEXT = "2单元3楼的灯不亮"


def cases(desk: Desk) -> list[Case]:
    with desk.looking(RESIDENT) as act:
        return list(act.session.exec(select(Case).order_by(col(Case.id))))


def test_a_place_and_a_sentence_are_enough(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    receipt = zhang.follow(zhang.fill(form, "/report", {"text": TEXT}))
    [case] = cases(desk)
    assert (case.text, case.source, case.building_id) == (TEXT, Source.QR, cast.building1)
    assert "<h1>已收到</h1>" in receipt.text
    assert "答复您" in receipt.text


def test_photos_come_along(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    photos = {"photos": [jpeg("navy"), jpeg("red")]}
    receipt = zhang.follow(zhang.fill(form, "/report", {"text": TEXT}, photos))
    with desk.looking(RESIDENT) as act:
        assert len(act.session.exec(select(CasePhoto)).all()) == 2
    assert receipt.text.count("?size=thumb") == 2


def test_the_same_form_sent_twice_is_one_report(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    told = {"text": "两行\r\n第二行", "name": " 张女士 "}
    first = zhang.fill(form, "/report", told, {"photos": [jpeg()]})
    again = zhang.fill(form, "/report", told, {"photos": [jpeg()]})
    assert first.headers["location"].split("?")[0] == again.headers["location"].split("?")[0]
    assert "没有重复提交" in zhang.follow(again).text
    assert len(cases(desk)) == 1


def test_back_and_changed_asks_before_it_becomes_a_second_report(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    zhang.fill(form, "/report", {"text": TEXT})
    asked = zhang.fill(form, "/report", {"text": "还有一件事"})
    assert asked.status_code == 422
    assert "刚才那一份已经收到" in asked.text
    assert "还有一件事</textarea>" in asked.text
    zhang.fill(asked, "/report", {"text": "还有一件事"})
    assert [case.text for case in cases(desk)] == [TEXT, "还有一件事"]


@pytest.mark.parametrize("text", ["", "   ", "\u3000\n \t", "\u3164\u200b"])
def test_only_spaces_are_no_report_and_the_photo_stays(
    zhang: Visitor, desk: Desk, cast: Cast, text: str
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    asked = zhang.fill(form, "/report", {"text": text}, {"photos": [jpeg()]})
    assert asked.status_code == 422
    assert re.search(r'role="alert"[^>]*>\s*<p>请写一句发生了什么', asked.text)
    receipt = zhang.follow(zhang.fill(asked, "/report", {"text": TEXT}))
    assert "?size=thumb" in receipt.text
    assert len(cases(desk)) == 1


def test_photos_are_added_one_by_one_and_all_typed_is_kept(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    page = zhang.get(f"/report?at={cast.code1}")
    told = {"text": TEXT, "phone": "138 0013 8000", "do": "photo"}
    for colour in ("navy", "red", "green", "white", "black"):
        page = zhang.fill(page, "/report", told, {"photos": [jpeg(colour)]})
        assert page.status_code == 200
        assert f"{TEXT}</textarea>" in page.text
    assert cases(desk) == []
    zhang.fill(page, "/report", {"text": TEXT}, {"photos": [jpeg("pink")]})
    with desk.looking(RESIDENT) as act:
        assert len(act.session.exec(select(CasePhoto)).all()) == 6


def test_a_seventh_photo_is_told_and_six_stay(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    photos = {"photos": [jpeg(c) for c in ("navy", "red", "green", "white", "black", "pink")]}
    page = zhang.fill(form, "/report", {"text": TEXT, "do": "photo"}, photos)
    asked = zhang.fill(page, "/report", {"text": TEXT}, {"photos": [jpeg("gold")]})
    assert "最多6张照片" in asked.text
    assert len(hidden_fields(asked, "/report")["photos_kept"]) == 6


def test_categories_are_suggested_without_script(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    told = {"text": "路灯不亮三天了，垃圾也堆着", "do": "kind"}
    page = zhang.fill(form, "/report", told)
    assert page.text.count('name="suggested"') == 2
    zhang.fill(page, "/report", {"text": told["text"], "suggested": "rubbish"})
    assert cases(desk)[0].category_id == cast.categories["rubbish"]


def test_a_text_that_points_nowhere_says_so(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    page = zhang.fill(form, "/report", {"text": "有点事想说", "do": "kind"})
    assert "没有看出是哪一类" in page.text
    assert 'name="suggested"' not in page.text


def test_the_enter_key_sends_and_does_not_add_a_photo(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}").text
    first = next(one for one in re.findall(r"<button[^>]*>", form) if 'form="report"' in one)
    assert "name=" not in first
    assert form.index(first) < form.index('action="/report"')


def test_a_poster_retired_while_writing_costs_no_word(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    with desk.acting(RESIDENT) as act:
        act.session.get_one(BuildingCode, cast.code1).retired_at = act.now
    lost = zhang.fill(form, "/report", {"text": TEXT})
    assert lost.status_code == 404
    assert f"{TEXT}</textarea>" in lost.text


def test_while_all_decoders_are_busy_a_form_keeps_what_was_typed(
    zhang: Visitor, desk: Desk, cast: Cast
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    with crowded(photo_pool()):
        asked = zhang.fill(form, "/report", {"text": TEXT}, {"photos": [jpeg()]})
    assert asked.status_code == 422
    assert "请过半分钟重新选择照片" in asked.text
    assert f"{TEXT}</textarea>" in asked.text
    zhang.follow(zhang.fill(asked, "/report", {"text": TEXT}, {"photos": [jpeg()]}))
    assert len(cases(desk)) == 1


def test_one_phone_is_known_again_by_its_cookie(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    for text in ("灯不亮", "门坏了"):
        zhang.fill(zhang.get(f"/report?at={cast.code1}"), "/report", {"text": text})
    first, second = cases(desk)
    assert first.device == second.device == zhang.cookie("grid_device")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"%PDF-1.7 not a photo", "不是可以识别的照片"),
        (jpeg()[:300], "照片没有传完整"),
        (HEIC.read_bytes(), "暂时不能接收 HEIC"),
        (b"\xff\xd8\xff" + bytes(13_000_000), "太大"),
    ],
    ids=["a PDF named .jpg", "cut off", "HEIC", "13 MB"],
)
def test_a_bad_photo_costs_neither_text_nor_the_good_one(
    zhang: Visitor, cast: Cast, body: bytes, sentence: str
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    asked = zhang.fill(form, "/report", {"text": TEXT}, {"photos": [jpeg(), body]})
    assert asked.status_code == 422
    assert sentence in asked.text
    assert f"{TEXT}</textarea>" in asked.text
    assert len(hidden_fields(asked, "/report")["photos_kept"]) == 1


@pytest.mark.parametrize("typed", ["+86 138-0013-8000", "１３８００１３８０００"])
def test_a_phone_may_be_written_as_people_do(
    zhang: Visitor, desk: Desk, cast: Cast, typed: str
) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    zhang.follow(zhang.fill(form, "/report", {"text": TEXT, "phone": typed}))
    assert cases(desk)[0].reporter_phone == "13800138000"


def test_a_wrong_phone_is_told_and_nothing_is_lost(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    told = {"text": TEXT, "phone": "12345", "name": "张", "category": "lamp"}
    asked = zhang.fill(form, "/report", told)
    assert "好像不对，请填手机号" in asked.text
    assert 'value="12345"' in asked.text
    assert '<input type="radio" name="suggested" value="lamp" checked>' in asked.text
    assert cases(desk) == []


def test_20000_characters_are_refused_with_the_text_kept(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    asked = zhang.fill(form, "/report", {"text": "长" * 20_000})
    assert asked.status_code == 422
    assert "1万字" in asked.text
    assert "长" * 20_000 in asked.text


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "{{ 7*7 }}", "𠮷野家門口😀䶮"])
def test_what_is_typed_is_shown_as_it_was_typed(zhang: Visitor, cast: Cast, text: str) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    receipt = zhang.follow(zhang.fill(form, "/report", {"text": text}))
    assert "<script>alert" not in receipt.text
    assert text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in receipt.text


def test_photos_let_go_meanwhile_are_asked_for_again(zhang: Visitor, cast: Cast) -> None:
    form = zhang.get(f"/report?at={cast.code1}")
    asked = zhang.fill(form, "/report", {"text": TEXT, "photos_kept": "0" * 64})
    assert asked.status_code == 422
    assert "请重新添加" in asked.text
    assert f"{TEXT}</textarea>" in asked.text


@pytest.mark.parametrize("before", [LIMITS.place_calm_count, LIMITS.place_full_count])
def test_at_a_hot_place_a_form_without_script_is_kept_and_its_reporter_told(
    zhang: Visitor, desk: Desk, cast: Cast, before: int
) -> None:
    for _ in range(before):
        report(desk, cast)
    form, photos = zhang.get(f"/report?at={cast.code1}"), {"photos": [jpeg()]}
    receipt = zhang.follow(zhang.fill(form, "/report", {"text": TEXT}, photos))
    assert "已经收下" in receipt.text
    assert len(cases(desk)) == before + 1
    assert cases(desk)[-1].aside_for is AsideReason.PLACE


def test_a_flood_from_one_address_is_set_aside_though_each_form_is_a_new_device(
    zhang: Visitor, desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ADDRESS_REPORTS", Limit("test", 1))
    for _ in range(2):
        told = {"at": cast.code1, "text": TEXT}
        zhang.post("/report", data=told, headers={"cookie": ""})
    assert [case.aside_for for case in cases(desk)] == [None, AsideReason.ADDRESS]


def test_a_form_from_another_site_is_refused(zhang: Visitor, desk: Desk, cast: Cast) -> None:
    told = {"at": cast.code1, "text": TEXT}
    foreign = zhang.post("/report", data=told, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert cases(desk) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (CUT, "multipart/form-data; boundary=x"),
        (CUT, "multipart/form-data"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
    ids=["broken", "cut off", "no boundary", "json", "nothing"],
)
def test_what_is_no_form_gets_an_answer(zhang: Visitor, body: bytes, kind: str) -> None:
    answer = zhang.post("/report", content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert "没有办成" in answer.text


def test_a_form_without_end_is_refused_before_it_is_read(zhang: Visitor) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a"\r\n\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = zhang.post("/report", content=head + bytes(49_000_000), headers=kind)
    assert answer.status_code == 413
    assert "照片加起来太大" in answer.text


def test_a_browser_without_cookies_keeps_the_photos_of_its_form(zhang: Visitor, cast: Cast) -> None:
    page = zhang.get(f"/report?at={cast.code1}")
    page = zhang.fill(page, "/report", {"text": TEXT, "do": "photo"}, {"photos": [jpeg()]})
    zhang.forget_cookies()
    receipt = zhang.follow(zhang.fill(page, "/report", {"text": TEXT}))
    assert "?size=thumb" in receipt.text
