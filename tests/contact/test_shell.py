"""The shell that phones keep: versioned addresses, worker, manifest."""

import json
import re

import pytest

from gridapp.contact.assets import ASSETS_DIR, asset, asset_version, served_files
from gridapp.contact.words.outbox import MODULE, WORDS, module_text
from tests.contact.visitor import Visitor


def test_the_written_words_are_current() -> None:
    assert MODULE.read_text(encoding="utf-8") == module_text()


def test_every_word_that_the_modules_say_is_there() -> None:
    modules = "".join(path.read_text("utf-8") for path in (ASSETS_DIR / "field").glob("*.js"))
    assert set(re.findall(r'\bsay\("(\w+)"', modules)) <= WORDS.keys()


def test_an_asset_of_this_version_is_kept_for_ever(zhang: Visitor) -> None:
    answer = zhang.get(asset("/field/outbox.js"))
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/field/outbox.js"])
def test_an_address_of_an_older_version_still_opens_but_is_not_kept(
    zhang: Visitor, path: str
) -> None:
    answer = zhang.get(f"/v/000000000000{path}")
    assert [answer.status_code, answer.headers["cache-control"]] == [200, "no-cache"]


def test_nothing_outside_the_assets_is_served(zhang: Visitor) -> None:
    assert zhang.get(f"/v/{asset_version()}/../gridapp/settings.py").status_code == 404


def test_the_worker_is_always_asked_for_and_keeps_assets_that_exist(zhang: Visitor) -> None:
    answer = zhang.get("/sw.js")
    shell = json.loads(re.search(r"const SHELL = (\[.*\]);", answer.text)[1])  # type: ignore[index]  # a miss fails the test
    prefix = f"/v/{asset_version()}/"
    assert answer.headers["cache-control"] == "no-cache"
    assert shell
    assert {path.removeprefix(prefix) for path in shell} <= set(served_files())


def test_the_manifest_speaks_chinese_and_has_icons_of_both_kinds(zhang: Visitor) -> None:
    manifest = zhang.get("/manifest.webmanifest").json()
    purposes = {icon["purpose"] for icon in manifest["icons"]}
    assert [manifest["lang"], purposes] == ["zh-CN", {"any", "maskable"}]
