//! A problem as a response, in the form that the path's readers expect.

use std::borrow::Cow;

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
};
use deskport_wire::{Variant, problem::Refusal, to_json};
use serde::Serialize;

use super::Problem;
use crate::request_id::RequestId;

/// How errors are written below a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a variant of the Fin face writes them; R's form is also everybody else's.
    Fin(Variant),
    /// As the token endpoint writes them (RFC 6749 section 5.2).
    Token,
}

/// An error of the token endpoint.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct TokenRefusal<'a> {
    /// A code of RFC 6749 section 5.2.
    #[schema(example = "invalid_client")]
    error: &'a str,
    /// What is wrong, in words.
    error_description: &'a str,
    /// The page that explains it.
    #[schema(example = "/problems/invalid-client")]
    error_uri: &'a str,
}

impl Problem {
    /// The response to the request `id` for `instance`, where the framework says what it allows.
    pub(crate) fn answer(
        &self,
        form: Form,
        id: &RequestId,
        instance: &str,
        allow: Option<&HeaderValue>,
    ) -> HttpResponse {
        let (content_type, json) = match form {
            Form::Fin(Variant::R) => ("application/problem+json", to_json(&self.to_wire(id, instance))),
            Form::Fin(Variant::P) => {
                ("application/json", to_json(&Refusal::from(self.to_wire(id, instance))))
            }
            Form::Token => ("application/json", to_json(&self.to_token_refusal())),
        };
        let mut response = HttpResponse::build(self.kind.status());
        if let Some((name, value)) = &self.this.header {
            response.insert_header((name, value));
        }
        if let Some(methods) = allow {
            response.insert_header((header::ALLOW, methods));
        }
        response.content_type(content_type).body(json)
    }

    fn to_wire(&self, id: &RequestId, instance: &str) -> deskport_wire::Problem {
        let kind = self.kind;
        let mut problem = deskport_wire::Problem::new(kind.uri(), kind.title(), kind.status().as_u16());
        problem.detail = Some(self.detail().to_owned());
        problem.instance = Some(instance.to_owned());
        problem.errors.clone_from(&self.this.errors);
        problem.extensions.insert("request_id".to_owned(), id.to_string().into());
        problem
    }

    fn to_token_refusal(&self) -> TokenRefusal<'_> {
        TokenRefusal {
            error: self.kind.oauth_code(),
            error_description: self.detail(),
            error_uri: self.kind.uri(),
        }
    }

    fn detail(&self) -> &str {
        self.this.detail.as_ref().map_or_else(|| self.kind.title(), Cow::as_ref)
    }
}
