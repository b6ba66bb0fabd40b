"""Sign-in by OpenID Connect: the authorization code flow with PKCE, state and nonce
(https://openid.net/specs/openid-connect-core-1_0.html), with Authlib.

All requests to the provider are asynchronous, have a time-out, go to HTTPS (or this machine) only, follow no redirect
and read a limited number of bytes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from ssl import SSLContext
from typing import Any, TypeVar

import httpx2
import msgspec
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from acquis.web.http.limits import RateLimit
from acquis.web.http.settings import OpenIdSettings, SettingsProblem, require_secure
from acquis.web.http.sign_in_attempts import SignInAttempt

T = TypeVar("T")

TIMEOUT_S, TOTAL_S = 5, 15
"""For each step of a request to the provider, and for everything that one request of a browser needs of it."""
LIMIT = 256 * 1024
"""The most bytes of an answer of the provider."""
METADATA_MS, KEYS_MS = 3_600_000, 60_000
"""How long what the provider says of itself is kept, and after what time an unknown key is looked for again."""
AT_ONCE = 8
"""The most exchanges with the provider at the same time."""
LEEWAY_S = 60
"""By how much the clock of the provider may differ."""
SCOPE = "openid email profile"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures with the key of the provider; none that the client secret could make."""


class SignInFault(Exception):
    """A sign-in that failed. `code`: of the refusal; `reason`: for the security log, without secrets."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


class ProviderMetadata(msgspec.Struct, frozen=True):
    """What a provider says of itself (https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Requests to secure addresses alone, and answers of at most `LIMIT` bytes, which are not compressed."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        require_secure(str(request.url))
        request.headers["accept-encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        body = bytearray()
        try:
            if response.headers.get("content-encoding", "identity") != "identity":
                raise SignInFault("sign_in_failed", "the answer is compressed")
            async for chunk in response.stream:  # type: ignore[union-attr]  # an asynchronous transport has such a stream
                body += chunk
                if len(body) > LIMIT:
                    raise SignInFault("sign_in_failed", "the answer is too large")
        finally:
            await response.aclose()
        return httpx2.Response(response.status_code, headers=response.headers, content=bytes(body), request=request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class OpenId:
    """The provider of the settings. `now`: the present time (ms since 1970)."""

    def __init__(self, settings: OpenIdSettings, now: Callable[[], int]) -> None:
        self.settings, self._now = settings, now
        self.limit = RateLimit(30, 0.5)
        """Of sign-ins for each network."""
        self._busy = asyncio.Semaphore(AT_ONCE)
        self._known: tuple[int, ProviderMetadata] | None = None
        self._keys: tuple[int, KeySet] | None = None
        self._context: SSLContext | None = None

    async def address(self, attempt: SignInAttempt, back: str) -> str:
        """The address of the provider at which a person signs in. `back`: the address to which the browser comes back.
        Raises SignInFault."""
        return await self._asked(lambda client: self._address(client, attempt, back))

    async def claims(self, attempt: SignInAttempt, code: str, issuer: str, back: str) -> dict[str, Any]:
        """The verified claims of the person for whom the provider gave a code. `issuer`: as which the provider named
        itself when it sent the browser back (RFC 9207), empty if it did not. Raises SignInFault."""
        return await self._asked(lambda client: self._claims(client, attempt, code, issuer, back))

    async def _asked(self, ask: Callable[[AsyncOAuth2Client], Awaitable[T]]) -> T:
        """What is asked of the provider, in time. Raises SignInFault."""
        if self._busy.locked():
            raise SignInFault("sign_in_unreachable", "too many at the same time")
        try:
            async with self._busy, asyncio.timeout(TOTAL_S):
                if self._context is None:  # reads the certificates of the machine
                    self._context = await asyncio.to_thread(httpx2.create_ssl_context)
                async with self._client(self._context) as client:
                    return await ask(client)
        except TimeoutError as error:
            raise SignInFault("sign_in_unreachable", "time-out") from error
        except (httpx2.HTTPError, OSError) as error:
            raise SignInFault("sign_in_unreachable", type(error).__name__) from error
        except OAuthError as error:
            reason = error.error if re.fullmatch(r"[a-z_]{1,40}", str(error.error)) else ""
            raise SignInFault("sign_in_failed", reason or "the provider refused the code") from error
        except SettingsProblem as error:
            raise SignInFault("sign_in_failed", "an address is not secure") from error
        except JoseError as error:
            raise SignInFault("sign_in_failed", f"the ID token is not valid: {_fault(error)}") from error
        except (ValueError, TypeError, KeyError, RecursionError, httpx2.InvalidURL) as error:
            raise SignInFault("sign_in_failed", f"an answer cannot be read: {type(error).__name__}") from error

    def _client(self, context: SSLContext) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self.settings.client_id,
            self.settings.client_secret.read(),
            scope=SCOPE,
            code_challenge_method="S256",
            transport=BoundedTransport(httpx2.AsyncHTTPTransport(verify=context)),
            timeout=TIMEOUT_S,
            trust_env=False,
        )

    async def _address(self, client: AsyncOAuth2Client, attempt: SignInAttempt, back: str) -> str:
        metadata = await self._metadata(client)
        address, _ = client.create_authorization_url(
            metadata.authorization_endpoint,
            state=attempt.derived("state"),
            nonce=attempt.derived("nonce"),
            code_verifier=attempt.derived("verifier"),
            redirect_uri=back,
        )
        return str(address)

    async def _claims(
        self, client: AsyncOAuth2Client, attempt: SignInAttempt, code: str, issuer: str, back: str
    ) -> dict[str, Any]:
        metadata = await self._metadata(client)
        named = metadata.authorization_response_iss_parameter_supported
        if (named or issuer) and issuer != metadata.issuer:
            raise SignInFault("sign_in_failed", "another issuer answered")
        basic = "client_secret_basic" in metadata.token_endpoint_auth_methods_supported
        client.token_endpoint_auth_method = "client_secret_basic" if basic else "client_secret_post"
        token = await client.fetch_token(
            metadata.token_endpoint, code=code, code_verifier=attempt.derived("verifier"), redirect_uri=back
        )
        claims = await self._verified(client, metadata, attempt, token)
        if not metadata.userinfo_endpoint:
            return claims
        document = await _document(client, metadata.userinfo_endpoint, f"Bearer {token['access_token']}")
        if document.get("sub") != claims["sub"]:
            raise SignInFault("sign_in_failed", "the user info is of another subject")
        return {**document, **claims}

    async def _verified(
        self, client: AsyncOAuth2Client, metadata: ProviderMetadata, attempt: SignInAttempt, token: dict[str, Any]
    ) -> dict[str, Any]:
        """The claims of an ID token. Raises SignInFault, JoseError, ValueError, KeyError."""
        keys = await self._provider_keys(client, metadata)
        try:
            read = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # the provider may have a new key
            read = jwt.decode(token["id_token"], await self._provider_keys(client, metadata, True), ALGORITHMS)
        expected = {"iss": metadata.issuer, "aud": self.settings.client_id}
        options = {name: {"essential": True, "value": value} for name, value in expected.items()}
        given = {
            "nonce": attempt.derived("nonce"),
            "client_id": self.settings.client_id,
            "access_token": token["access_token"],
        }
        CodeIDToken(read.claims, read.header, options, given).validate(self._now() // 1000, LEEWAY_S)
        claims = dict(read.claims)
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise SignInFault("sign_in_failed", "the subject is not valid")
        return claims

    async def _metadata(self, client: AsyncOAuth2Client) -> ProviderMetadata:
        now = self._now()
        if self._known is None or not 0 <= now - self._known[0] < METADATA_MS:
            document = await _document(client, f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            metadata = msgspec.convert(document, ProviderMetadata)
            if metadata.issuer != self.settings.issuer:
                raise SignInFault("sign_in_failed", "the provider names another issuer")
            require_secure(metadata.authorization_endpoint)
            self._known = now, metadata
        return self._known[1]

    async def _provider_keys(
        self, client: AsyncOAuth2Client, metadata: ProviderMetadata, renewed: bool = False
    ) -> KeySet:
        """The keys of the provider; `renewed`: fetched again, if they are not fresh."""
        now, longest = self._now(), KEYS_MS if renewed else METADATA_MS
        if self._keys is None or not 0 <= now - self._keys[0] < longest:
            document: Any = await _document(client, metadata.jwks_uri)
            self._keys = now, KeySet.import_key_set(document)
        return self._keys[1]


def _fault(error: JoseError) -> str:
    """What is wrong with an ID token, in the words of JOSE: a code, and the name of a claim."""
    return f"{error.error} {getattr(error, 'claim', '')}".strip()


async def _document(client: AsyncOAuth2Client, address: str, authorization: str = "") -> dict[str, Any]:
    """The JSON object at an address of the provider. Raises SignInFault, ValueError, httpx2.HTTPError."""
    headers = {"accept": "application/json", **({"authorization": authorization} if authorization else {})}
    response = await client.request("GET", address, headers=headers, withhold_token=True)
    if response.status_code != 200:
        code = "sign_in_unreachable" if response.status_code >= 500 else "sign_in_failed"
        raise SignInFault(code, f"the provider answered with status {response.status_code}")
    return msgspec.json.decode(response.content, type=dict[str, Any])
