//! The only place where errors become status codes (decisions 6 to 8).

mod answer;
mod from;
mod kind;
mod page;

use std::{borrow::Cow, error::Error, fmt};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use deskport_application::{Role, StoreError};
use deskport_wire::{FieldError, Invalid};

pub(crate) use self::{
    answer::{Form, TokenRefusal},
    kind::Kind,
    page::resources as pages,
};

/// Why a request is not answered as it wished.
#[derive(Debug)]
pub(crate) struct Problem {
    kind: Kind,
    /// In a box, since most results are none.
    this: Box<Occurrence>,
}

/// What is special about one occurrence of a problem.
#[derive(Debug, Default)]
struct Occurrence {
    detail: Option<Cow<'static, str>>,
    errors: Vec<FieldError>,
    header: Option<(HeaderName, HeaderValue)>,
    /// For the log only.
    cause: Option<StoreError>,
}

impl Problem {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, this: Box::new(Occurrence { header: kind.header(), ..Occurrence::default() }) }
    }

    /// The same with what is special about this occurrence.
    pub(crate) fn because(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.this.detail = Some(detail.into());
        self
    }

    /// The same with a moment from which another attempt makes sense.
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.this.header = Some((header::RETRY_AFTER, HeaderValue::from(seconds)));
        self
    }

    /// The same with what led to it.
    fn caused_by(mut self, cause: StoreError) -> Self {
        self.this.cause = Some(cause);
        self
    }

    /// One field refers to something that the helpdesk does not have.
    fn invalid(field: &str, reason: impl fmt::Display) -> Self {
        Invalid::field(field, reason).into()
    }

    /// The token is for another face than the one of `role`.
    pub(crate) fn wrong_role(role: Role) -> Self {
        let challenge = match role {
            Role::Fin => return Self::new(Kind::WrongRole),
            Role::Desk => r#"Bearer realm="deskport", error="insufficient_scope", scope="desk""#,
            Role::Admin => r#"Bearer realm="deskport", error="insufficient_scope", scope="admin""#,
        };
        let mut problem = Self::new(Kind::WrongRole);
        problem.this.header = Some((header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge)));
        problem
    }

    /// The store cannot serve requests now, whatever the reason.
    pub(crate) fn not_ready(cause: StoreError) -> Self {
        let reason = match cause {
            StoreError::Unavailable(_) => "the store is unavailable",
            StoreError::Overloaded => "the store is overloaded",
            StoreError::Corrupt { .. } => "stored data or its schema does not fit this version",
            StoreError::Backend(_) => "the store failed",
        };
        Self::new(Kind::NotReady).because(reason).caused_by(cause)
    }

    /// What the framework answered by itself, told by its status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        Self::new(match status {
            StatusCode::NOT_FOUND => Kind::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Kind::BodyTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
            status if status.is_client_error() => Kind::BadRequest,
            _ => Kind::Internal,
        })
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    pub(crate) fn cause(&self) -> Option<&StoreError> {
        self.this.cause.as_ref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.title())
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause().map(|cause| cause as _)
    }
}

/// The answer without its body, which [`Problem::answer`] writes once the request's form is known.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.kind.status())
    }
}
