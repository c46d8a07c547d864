"""An audit tells known holes, and never calls sound what it could not look up."""

import json
from collections.abc import Mapping

from gridapp.cli.audit import read_audit, sentences

SOUND = {"name": "starlette", "version": "1.10.0", "vulns": []}
HOLE = {"id": "CVE-2026-84383", "fix_versions": ["1.7.0"], "description": ""}
BROKEN = {"name": "pi-heif", "version": "1.4.0", "vulns": [HOLE]}
UNKNOWN = {"name": "gridapp", "skip_reason": "Dependency not found"}


def told(*packages: Mapping[str, object]) -> list[str]:
    return sentences(read_audit(json.dumps({"dependencies": packages, "fixes": []})))


def test_a_known_hole_is_named_with_the_version_that_mends_it() -> None:
    assert told(SOUND, BROKEN, UNKNOWN) == [
        "pi-heif 1.4.0：CVE-2026-84383，修复版本 1.7.0",
        "2 个依赖包里有 1 个已知漏洞，另有 1 个查不到。",
    ]


def test_where_no_advisory_can_be_had_nothing_is_called_sound() -> None:
    assert told(UNKNOWN, UNKNOWN) == ["依赖漏洞没有检查：取不到漏洞数据（2 个包都查不到）。"]
    assert sentences(read_audit("")) == ["依赖漏洞没有检查：取不到漏洞数据（没有应答）。"]


def test_all_sound_is_said_with_how_many_were_looked_up() -> None:
    assert told(SOUND) == ["1 个依赖包里有 0 个已知漏洞。"]
