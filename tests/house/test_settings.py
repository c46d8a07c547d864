"""A wrong setting stops the start with one sentence that names the variable and the mend."""

import pytest

from gridapp.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GRID_DATABASE_URL", "mysql://x", "sqlite:///"),
        ("GRID_PUBLIC_URL", "grid.example.cn", "https://"),
        ("GRID_SECRET_KEY", "short", "32 个字符"),
        ("GRID_FILES_URL", "s3://bucket", "目录"),
        ("GRID_SESSION_IDLE_MINUTES", "1", "不能小于 5"),
        ("GRID_SESSION_IDLE_MINUTES", "soon", "请改成 整数"),
        ("GRID_REPORTER_KEPT_DAYS", "99999", "不能大于 3650"),
        ("GRID_SERVICE_WORKER", "perhaps", "true 或 false"),
        ("GRID_TRUSTED_PROXIES", "nginx", "127.0.0.1"),
        ("GRID_TRUSTED_PROXIES", "127.0.0.1, *", "“*”不是代理的地址"),
        ("GRID_TRUSTED_PROXIES", "0.0.0.0/0", "逗号隔开"),
    ],
)
def test_a_wrong_setting_names_itself_and_the_mend(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert str(refused.value).startswith(f"{name}：")
    assert sentence in str(refused.value)


def test_a_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRID_SECRET_KEY", "my-short-secret")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "my-short-secret" not in str(refused.value)
