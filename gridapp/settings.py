"""One frozen ``Settings`` from ``GRID_*`` variables or ``.env``; a wrong one stops the start."""

import json
import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

Network = IPv4Network | IPv6Network

_SECRET_MIN_CHARACTERS = 32
_TOKEN_MIN_CHARACTERS = 16
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


_KINDS = {"int_parsing": "整数", "float_parsing": "数字", "bool_parsing": "true 或 false"}

# The push services of Chromium, Firefox, Safari and Edge; other browsers use one of them.
_PUSH_SERVICES = (
    "fcm.googleapis.com updates.push.services.mozilla.com web.push.apple.com .notify.windows.com"
)


class SettingsError(Exception):
    """A setting is wrong; the sentence names the variable and the mend."""


class Settings(BaseSettings):
    """What the operator decides; every field is the variable ``GRID_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="GRID_", env_file=".env", frozen=True, extra="ignore"
    )

    data_dir: Path = Path("./data")
    database_url: str = ""
    redis_url: str = ""
    trusted_proxies: str = ""
    public_url: str = "http://127.0.0.1:3000"
    secret_key: str = ""
    files_url: str = ""
    # With less left on the disk photos and files wait, so that words still find room.
    free_disk_mb: int = Field(default=500, ge=0, le=1_000_000)
    demo_password: str = "grid-demo-2026"  # noqa: S105 - printed on the demo's sign-in page
    reporter_kept_days: int = Field(default=365, ge=30, le=3650)
    session_idle_minutes: int = Field(default=480, ge=5, le=7 * 24 * 60)
    session_max_hours: int = Field(default=24 * 14, ge=1, le=24 * 90)
    service_worker: bool = True
    # A building's page is handed out so long before it is made anew.
    place_kept_s: float = Field(default=2, ge=0, le=60)
    qr_capitals: bool = True
    sms_url: str = ""
    sms_token: str = ""
    sms_template: str = '{"phone": "{phone}", "text": "{text}", "key": "{key}"}'
    sms_accepted: str = ""
    sms_signature: str = ""
    sms_timeout_s: float = Field(default=10, gt=0, le=60)
    push_services: str = _PUSH_SERVICES
    push_contact: str = ""
    metrics_token: str = Field(default="", repr=False)
    test_pauses: Path | None = None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError(
                "请写成 sqlite:///目录/文件.db 或 postgresql+psycopg://用户@主机/库名。"
            )
        return url

    @field_validator("public_url")
    @classmethod
    def _whole_origin(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("请写完整的网址，例如 https://grid.example.cn。")
        return url.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _few_networks(cls, told: str) -> str:
        for word in told.replace(",", " ").split():
            try:
                is_everybody = ip_network(word, strict=False).prefixlen == 0
            except ValueError:
                is_everybody = True
            if is_everybody:  # whoever may be anybody, his word about others counts for nothing
                raise ValueError(
                    f"“{word}”不是代理的地址或网段，"
                    "请写成 127.0.0.1 或 10.0.8.0/24 这样，几个之间用逗号隔开。"
                )
        return told

    @field_validator("sms_url")
    @classmethod
    def _whole_gateway(cls, url: str) -> str:
        parts = urlsplit(url)
        is_own = parts.hostname in _OWN_MACHINE
        if url and not (parts.netloc and parts.scheme in {"https", "http" if is_own else "https"}):
            raise ValueError("请写短信网关完整的 https 网址，或者不设置。")
        return url

    @field_validator("sms_template")
    @classmethod
    def _json_object(cls, template: str) -> str:
        try:
            is_object = isinstance(json.loads(template), dict)
        except ValueError:
            is_object = False
        if not is_object or "{phone}" not in template or "{text}" not in template:
            raise ValueError("请写一个 JSON 对象，其中要有 {phone} 和 {text}。")
        return template

    @field_validator("test_pauses")
    @classmethod
    def _only_for_tests(cls, folder: Path | None, others: ValidationInfo) -> Path | None:
        host = urlsplit(others.data.get("public_url", "")).hostname
        if folder is not None and host not in _OWN_MACHINE:
            raise ValueError("只供本机测试，对外的服务不能设置，请去掉。")
        return folder

    @field_validator("files_url")
    @classmethod
    def _a_folder(cls, url: str) -> str:
        if "://" in url:
            raise ValueError("请写一个目录；暂不支持对象存储。")
        return url

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: str) -> str:
        if key and len(key) < _SECRET_MIN_CHARACTERS:
            raise ValueError("至少 32 个字符；不设置则自动生成。")
        return key

    @field_validator("metrics_token")
    @classmethod
    def _hard_to_guess(cls, token: str) -> str:
        if token and len(token) < _TOKEN_MIN_CHARACTERS:
            raise ValueError("至少 16 个字符；不设置则只有登录的管理员和审计员能看指标。")
        return token

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        # Frozen for everyone but the maker: defaults that depend on other fields are set here.
        if not self.database_url:
            url = f"sqlite:///{self.data_dir.absolute() / 'gridapp.db'}"
            object.__setattr__(self, "database_url", url)
        if not self.files_url:
            object.__setattr__(self, "files_url", str(self.data_dir.absolute() / "files"))
        return self

    @property
    def origin(self) -> str:
        """The origin of the public address: scheme, host and port."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def proxy_networks(self) -> tuple[Network, ...]:
        """The proxies whose word about a visitor's address counts."""
        words = self.trusted_proxies.replace(",", " ").split()
        return tuple(ip_network(word, strict=False) for word in words)

    @property
    def push_hosts(self) -> tuple[str, ...]:
        """The push services that notices may be posted to; none turns notices off."""
        return tuple(self.push_services.split())

    @property
    def is_https(self) -> bool:
        """Whether people come over TLS, so that cookies may be ``Secure``."""
        return self.public_url.startswith("https://")


def _kept_secret(data_dir: Path) -> str:
    """Read the secret key kept in the data directory, or make one on the first start."""
    path = data_dir / "secret.key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _sentence(mistake: ErrorDetails) -> str:
    """Name the variable and the mend."""
    name = f"GRID_{'_'.join(str(part) for part in mistake['loc']).upper()}"
    if mistake["type"] == "value_error":
        return f"{name}：{mistake['msg'].removeprefix('Value error, ')}"
    limits = mistake.get("ctx", {})
    for kind, word in (("ge", "小于"), ("le", "大于")):
        if kind in limits:
            return f"{name}：不能{word} {limits[kind]}，现在是 {mistake['input']}。"
    return f"{name}：读不懂“{mistake['input']}”，请改成 {_KINDS.get(mistake['type'], '正确的值')}。"


def load_settings() -> Settings:
    """Read the settings once; makes the data directory and its secret key when absent.

    Raises:
        SettingsError: A variable is wrong; the sentence names it and the mend.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error.errors()[0])) from error
    if settings.secret_key:
        return settings
    return settings.model_copy(update={"secret_key": _kept_secret(settings.data_dir)})
