"""The settings of a server that need more than an option: mail, webhook, sign-in, sites with frames. They are in one
TOML file, without which all of this is off. Secrets are in files of their own or in the environment."""

from __future__ import annotations

import os
import re
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Listed = Annotated[list[Text], msgspec.Meta(max_length=500)]


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
    server on the same machine may have. `notes`: whether people can leave an address for one note at publication."""

    host: Text
    sender: Text
    recipients: Annotated[list[Text], msgspec.Meta(min_length=1, max_length=20)]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: Secret | None = None
    notes: bool = False

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


class FloorWebhookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address that is told what happens on the floor, and of which sessions; of all if none is named."""

    url: Text
    secret: Secret
    sessions: Listed = []

    @property
    def webhook(self) -> WebhookSettings:
        """The address and its secret."""
        return WebhookSettings(self.url, self.secret)

    def check(self) -> None:
        """Raises SettingsProblem."""
        self.webhook.check()
        for session in self.sessions:
            _check_session(session)


class AccessRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who gets a role by signing in: everybody with one of the subjects, of the verified e-mail addresses, or of the
    values of a claim. `session`: the id of a session; empty for an organizer of all sessions."""

    role: Literal["organizer", "onsite_moderator", "online_moderator", "rapporteur"]
    session: str = ""
    subjects: Listed = []
    emails: Listed = []
    claim: str = ""
    values: Listed = []

    def check(self) -> None:
        """Raises SettingsProblem."""
        if self.session:
            _check_session(self.session)
        if not self.session and self.role != "organizer":
            raise SettingsProblem(f"The role {self.role} needs “session”: only organizers have all sessions.")
        if self.claim == "email":
            raise SettingsProblem("E-mail addresses belong in “emails”, where they count only if they are verified.")
        if bool(self.claim) != bool(self.values):
            raise SettingsProblem("A rule by a claim needs both “claim” and “values”.")
        if not (self.subjects or self.emails or self.values):
            raise SettingsProblem("Each rule names somebody: “subjects”, “emails”, or “claim” and “values”.")
        for address in self.emails:
            if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
                raise SettingsProblem(f"“{address}” is not a mail address.")


class OpenIdSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The provider with which staff sign in by OpenID Connect, and who gets which role. `name`: of the provider, for
    the button; `hours`: how long a sign-in lasts."""

    issuer: Text
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    client_id: Text
    client_secret: Secret
    access: Annotated[list[AccessRule], msgspec.Meta(min_length=1, max_length=500)]
    hours: Annotated[int, msgspec.Meta(ge=1, le=168)] = 12

    def check(self) -> None:
        """Raises SettingsProblem."""
        require_secure(self.issuer)
        if urlsplit(self.issuer).query:
            raise SettingsProblem(f"“{self.issuer}” is not the address of an issuer: it has a query.")
        self.client_secret.read()
        for rule in self.access:
            rule.check()


class EmbeddingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sites (origins) whose pages may show sessions in a frame."""

    sites: Annotated[list[Text], msgspec.Meta(min_length=1, max_length=50)]

    def check(self) -> None:
        """Raises SettingsProblem."""
        for site in self.sites:
            require_secure(site)
            if not re.fullmatch(r"https?://[\w.:\[\]-]+", site, re.ASCII):
                raise SettingsProblem(f"“{site}” is not a site such as https://meeting.example.org, without a path.")


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings; what is None or empty is off."""

    mail: MailSettings | None = None
    webhook: WebhookSettings | None = None
    floor_webhooks: Annotated[list[FloorWebhookSettings], msgspec.Meta(max_length=10)] = []
    openid: OpenIdSettings | None = None
    embedding: EmbeddingSettings | None = None


def read_settings(path: Path) -> ServerSettings:
    """The settings in a TOML file. Raises SettingsProblem."""
    try:
        settings = msgspec.convert(tomllib.loads(path.read_text("utf-8")), ServerSettings)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SettingsProblem(f"The settings in {path} cannot be read: {error}.") from error
    for name in ServerSettings.__struct_fields__:
        part = getattr(settings, name)
        try:
            for each in part if isinstance(part, list) else [part] if part is not None else ():
                each.check()
        except SettingsProblem as error:
            raise SettingsProblem(f"{path}, [{name}]: {error}") from error
    addresses = [hook.url for hook in settings.floor_webhooks]
    if len(addresses) != len(set(addresses)):
        raise SettingsProblem(f"{path}, [floor_webhooks]: An address stands there twice.")
    return settings


def _check_session(id: str) -> None:
    if not re.fullmatch(r"[\w-]{1,60}", id, re.ASCII):
        raise SettingsProblem(f"“{id}” is not the id of a session, as in the address /s/….")


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
