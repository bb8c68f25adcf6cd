//! The kinds of problems: one table for answers, for the pages that explain them, and for the docs.

use actix_web::http::{
    StatusCode,
    header::{self, HeaderName, HeaderValue},
};

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    NotJson,
    BadRequest,
    InvalidSignature,
    UnsupportedGrantType,
    MissingToken,
    InvalidToken,
    InvalidClient,
    WrongRole,
    NotFound,
    UnknownUser,
    UnknownConversation,
    UnknownMessage,
    UnknownAgent,
    MethodNotAllowed,
    SlowBody,
    BodyTooLarge,
    UnsupportedMediaType,
    InvalidFields,
    TooManyRequests,
    CorruptData,
    Internal,
    StoreUnavailable,
    Overloaded,
    NotReady,
}

/// What everybody may know of a kind.
struct Entry {
    /// Its URI reference.
    uri: &'static str,
    status: StatusCode,
    title: &'static str,
    /// What it means and what to do about it.
    advice: &'static str,
}

impl Kind {
    pub(crate) const ALL: [Self; 24] = [
        Self::NotJson,
        Self::BadRequest,
        Self::InvalidSignature,
        Self::UnsupportedGrantType,
        Self::MissingToken,
        Self::InvalidToken,
        Self::InvalidClient,
        Self::WrongRole,
        Self::NotFound,
        Self::UnknownUser,
        Self::UnknownConversation,
        Self::UnknownMessage,
        Self::UnknownAgent,
        Self::MethodNotAllowed,
        Self::SlowBody,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::InvalidFields,
        Self::TooManyRequests,
        Self::CorruptData,
        Self::Internal,
        Self::StoreUnavailable,
        Self::Overloaded,
        Self::NotReady,
    ];

    pub(crate) fn uri(self) -> &'static str {
        self.entry().uri
    }

    pub(crate) fn status(self) -> StatusCode {
        self.entry().status
    }

    pub(crate) fn title(self) -> &'static str {
        self.entry().title
    }

    pub(crate) fn advice(self) -> &'static str {
        self.entry().advice
    }

    /// The error code of RFC 6749 that says the same.
    pub(crate) fn oauth_code(self) -> &'static str {
        match self {
            Self::InvalidClient => "invalid_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::CorruptData | Self::Internal => "server_error",
            Self::TooManyRequests | Self::StoreUnavailable | Self::Overloaded => "temporarily_unavailable",
            _ => "invalid_request",
        }
    }

    /// The header that an answer of this kind carries where nothing better is known.
    pub(super) fn header(self) -> Option<(HeaderName, HeaderValue)> {
        let challenge = |challenge| Some((header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge)));
        match self {
            Self::MissingToken => challenge(r#"Bearer realm="deskport""#),
            Self::InvalidToken => challenge(r#"Bearer realm="deskport", error="invalid_token""#),
            Self::WrongRole => {
                challenge(r#"Bearer realm="deskport", error="insufficient_scope", scope="fin""#)
            }
            Self::InvalidClient => challenge(r#"Basic realm="deskport", charset="UTF-8""#),
            Self::TooManyRequests | Self::Overloaded => Some((header::RETRY_AFTER, HeaderValue::from(1))),
            Self::StoreUnavailable | Self::NotReady => Some((header::RETRY_AFTER, HeaderValue::from(5))),
            _ => None,
        }
    }

    #[rustfmt::skip]
    const fn entry(self) -> Entry {
        let (uri, status, title, advice) = match self {
            Self::NotJson => ("/problems/not-json", StatusCode::BAD_REQUEST,
                "The body is not JSON",
                "The body must be one JSON object in UTF-8, nested at most 128 levels deep. The detail says where reading stopped."),
            Self::BadRequest => ("/problems/bad-request", StatusCode::BAD_REQUEST,
                "The request cannot be read",
                "The request breaks the rules of HTTP, of its query or of the token endpoint. The detail says which."),
            Self::InvalidSignature => ("/problems/invalid-signature", StatusCode::BAD_REQUEST,
                "The request's signature is missing, wrong or stale",
                "This server checks X-Fin-Signature and X-Fin-Request-Timestamp. Compare the key in Fin's deployment settings with the server's, and the server's clock with the real time. A new token does not help."),
            Self::UnsupportedGrantType => ("/problems/unsupported-grant-type", StatusCode::BAD_REQUEST,
                "The grant type is not supported",
                "The token endpoint knows grant_type=client_credentials only."),
            Self::MissingToken => ("/problems/missing-token", StatusCode::UNAUTHORIZED,
                "A bearer token is missing",
                "Send Authorization: Bearer and a token. Fetch one from the token endpoint, or have one made with `deskport token create`."),
            Self::InvalidToken => ("/problems/invalid-token", StatusCode::UNAUTHORIZED,
                "The bearer token opens nothing",
                "The token is unknown, has expired or was revoked. Fetch a new one from the token endpoint."),
            Self::InvalidClient => ("/problems/invalid-client", StatusCode::UNAUTHORIZED,
                "The client is unknown or its secret is wrong",
                "Compare client id and secret with those that the server gave out. A client may have been revoked."),
            Self::WrongRole => ("/problems/wrong-role", StatusCode::FORBIDDEN,
                "The bearer token is for another face",
                "Each credential has a role, and a role opens only its own face. The Fin face needs the role fin, the desk face the role desk."),
            Self::NotFound => ("/problems/not-found", StatusCode::NOT_FOUND,
                "There is nothing at this path",
                "Compare the path with the list of endpoints, and the prefix with the server's settings."),
            Self::UnknownUser => ("/problems/unknown-user", StatusCode::NOT_FOUND,
                "There is no end user with this id",
                "End users come into being by create_user, or by the `user` of a conversation's request."),
            Self::UnknownConversation => ("/problems/unknown-conversation", StatusCode::NOT_FOUND,
                "There is no conversation with this id",
                "Conversations come into being by create_conversation."),
            Self::UnknownMessage => ("/problems/unknown-message", StatusCode::NOT_FOUND,
                "There is no message with this id in this conversation",
                "Messages belong to one conversation each; it may be another one, or the message's author was erased."),
            Self::UnknownAgent => ("/problems/unknown-agent", StatusCode::NOT_FOUND,
                "There is no agent with this id",
                "Agents come into being through the desk face or with `deskport agent`."),
            Self::MethodNotAllowed => ("/problems/method-not-allowed", StatusCode::METHOD_NOT_ALLOWED,
                "This path does not know this method",
                "The header Allow names the methods that it knows."),
            Self::SlowBody => ("/problems/slow-body", StatusCode::REQUEST_TIMEOUT,
                "The body took too long to arrive",
                "Send the request again on a better connection."),
            Self::BodyTooLarge => ("/problems/body-too-large", StatusCode::PAYLOAD_TOO_LARGE,
                "The body is too large",
                "The server's settings say how large a request may be. Send files as attachments, by their address."),
            Self::UnsupportedMediaType => ("/problems/unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The body is of an unsupported type",
                "Send application/json in UTF-8 without a content coding. The token endpoint takes application/x-www-form-urlencoded as well."),
            Self::InvalidFields => ("/problems/invalid-fields", StatusCode::UNPROCESSABLE_ENTITY,
                "The request is well-formed and impossible",
                "The member `errors` names each field and what is wrong with it. The same request never succeeds."),
            Self::TooManyRequests => ("/problems/too-many-requests", StatusCode::TOO_MANY_REQUESTS,
                "Too many requests",
                "The header Retry-After says in how many seconds another attempt makes sense."),
            Self::CorruptData => ("/problems/corrupt-data", StatusCode::INTERNAL_SERVER_ERROR,
                "Stored data cannot be read",
                "A person must look: the server's log has the cause under the answer's X-Request-Id."),
            Self::Internal => ("/problems/internal-error", StatusCode::INTERNAL_SERVER_ERROR,
                "The server failed",
                "The server's log has the cause under the answer's X-Request-Id. The same request may work later."),
            Self::StoreUnavailable => ("/problems/store-unavailable", StatusCode::SERVICE_UNAVAILABLE,
                "The store cannot be reached",
                "Send the same request again after the seconds of Retry-After; repeats are harmless."),
            Self::Overloaded => ("/problems/overloaded", StatusCode::SERVICE_UNAVAILABLE,
                "The server has more work than it can do",
                "Send the same request again after the seconds of Retry-After; repeats are harmless."),
            Self::NotReady => ("/problems/not-ready", StatusCode::SERVICE_UNAVAILABLE,
                "The server is not ready",
                "The store does not answer, or its schema is not the one that this version needs. `deskport migrate` brings it up to date."),
        };
        Entry { uri, status, title, advice }
    }
}
