"""The shell that phones keep: versioned addresses, worker, manifest."""

import json
import re

import pytest

from gridapp.contact.assets import asset, asset_version, served_files
from gridapp.contact.modules import needed_modules
from gridapp.contact.words.written import FIELD_DIR, WRITTEN, module_text
from tests.contact.visitor import Visitor


@pytest.mark.parametrize("name", WRITTEN)
def test_the_written_words_are_current(name: str) -> None:
    assert (FIELD_DIR / name).read_text(encoding="utf-8") == module_text(WRITTEN[name])


def said_words() -> list[tuple[str, str, set[str]]]:
    """Each module that says something: its name, where its words are, and which it says."""
    said = []
    for path in sorted(FIELD_DIR.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        if found := re.search(r'import \{ say \} from "(\S+)"', text):
            source = (path.parent / found[1]).resolve().relative_to(FIELD_DIR).as_posix()
            said.append((path.name, source, set(re.findall(r'\bsay\("(\w+)"', text))))
    return said


@pytest.mark.parametrize(("module", "source", "said"), said_words())
def test_every_word_that_a_module_says_is_there(module: str, source: str, said: set[str]) -> None:
    assert said <= WRITTEN[source].keys(), module


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


def test_a_module_is_sent_squeezed_and_whole(zhang: Visitor) -> None:
    answer = zhang.get(asset("/field/outbox.js"), headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == (FIELD_DIR / "outbox.js").read_text(encoding="utf-8")


def test_a_page_names_all_modules_that_it_needs_in_the_end() -> None:
    needed = needed_modules("/field/today/page.js")
    assert needed[0] == "/field/today/page.js"
    assert {"/field/store.js", "/field/today/case.js", "/field/sender.js"} <= set(needed)
    assert {path.lstrip("/") for path in needed} <= set(served_files())
