"""The settings of a server that need more than an option: mail, webhook, sign-in. They are in one TOML file, without
which all of this is off. Secrets are in files of their own or in the environment."""

from __future__ import annotations

import os
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class SettingsProblem(Exception):
    """A setting is missing or wrong; the message is a sentence for the operator."""


class Secret(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a secret is: in a file, or in a variable of the environment. One of the two is named."""

    file: str = ""
    environment: str = ""

    def read(self) -> str:
        """The secret, without the blanks around it. Raises SettingsProblem."""
        if bool(self.file) == bool(self.environment):
            raise SettingsProblem("A secret needs either “file” or “environment”.")
        try:
            value = Path(self.file).read_text("utf-8") if self.file else os.environ.get(self.environment, "")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsProblem(f"The secret in {self.file} cannot be read: {error}.") from error
        if not value.strip():
            raise SettingsProblem(f"The secret in {self.file or self.environment} is empty.")
        return value.strip()


class MailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mail server, and who receives the reminders. `security`: STARTTLS, TLS from the start, or none, which only a
    server on the same machine may have."""

    host: Text
    sender: Text
    recipients: Annotated[list[Text], msgspec.Meta(min_length=1, max_length=20)]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: Secret | None = None

    def check(self) -> None:
        """Raises SettingsProblem."""
        if self.security == "none" and not is_here(self.host):
            raise SettingsProblem("Mail without TLS is sent only to a server on this machine (127.0.0.1, localhost).")
        if bool(self.user) != (self.password is not None):
            raise SettingsProblem("Mail needs both “user” and “password”, or neither.")
        if self.password is not None:
            self.password.read()
        for address in (self.sender, *self.recipients):
            name, _, domain = address.rpartition("@")
            if not name or not domain or any(character.isspace() or character in "<>,\0" for character in address):
                raise SettingsProblem(f"“{address}” is not a mail address.")


class WebhookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The address that is told of reminders, and the secret that signs what it is sent."""

    url: Text
    secret: Secret

    def check(self) -> None:
        """Raises SettingsProblem."""
        require_secure(self.url)
        if len(self.secret.read()) < 24:
            raise SettingsProblem("The secret of the webhook needs 24 characters or more.")


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings; what is None is off."""

    mail: MailSettings | None = None
    webhook: WebhookSettings | None = None


def read_settings(path: Path) -> ServerSettings:
    """The settings in a TOML file. Raises SettingsProblem."""
    try:
        settings = msgspec.convert(tomllib.loads(path.read_text("utf-8")), ServerSettings)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SettingsProblem(f"The settings in {path} cannot be read: {error}.") from error
    for name in ServerSettings.__struct_fields__:
        part = getattr(settings, name)
        try:
            if part is not None:
                part.check()
        except SettingsProblem as error:
            raise SettingsProblem(f"{path}, [{name}]: {error}") from error
    return settings


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def require_secure(url: str) -> None:
    """Raises SettingsProblem for anything but an HTTPS address, or an HTTP address of this machine."""
    try:
        split = urlsplit(url)
        secure = split.scheme == "https" or (split.scheme == "http" and is_here(split.hostname or ""))
        known = bool(split.hostname) and split.port != 0 and split.username is None and not split.fragment
    except ValueError:
        secure = known = False
    if not secure or not known:
        raise SettingsProblem(f"“{url}” is not an address that begins with https://.")
