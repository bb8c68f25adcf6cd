//! What a client asks of the token endpoint, and how it says who it is.

use actix_web::{
    HttpMessage, HttpRequest,
    http::header::{self, HeaderValue},
    mime::Mime,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::{
    body,
    problem::{Kind, Problem},
};

/// A client that wants a token.
pub(super) struct TokenRequest {
    pub(super) client_id: String,
    pub(super) client_secret: String,
}

/// The members of the request's body. A scope is ignored: the client's role decides.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Members {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

pub(super) fn read(request: &HttpRequest, body: &[u8]) -> Result<TokenRequest, Problem> {
    let members = members(request, body)?;
    let authorization = request.headers().get(header::AUTHORIZATION);
    match members.grant_type.as_deref() {
        None | Some("") => return Err(invalid("grant_type is missing")),
        Some("client_credentials") => {}
        Some(_) => return Err(Problem::new(Kind::UnsupportedGrantType)),
    }
    match (authorization, members.client_id, members.client_secret) {
        (None, Some(client_id), Some(client_secret)) => Ok(TokenRequest { client_id, client_secret }),
        (None, _, _) => Err(Problem::new(Kind::InvalidClient).because("the client does not say who it is")),
        (Some(_), _, Some(_)) => Err(invalid("the client authenticates in two ways at once")),
        (Some(basic), named, None) => {
            let client = basic_credentials(basic).ok_or_else(|| Problem::new(Kind::InvalidClient))?;
            match named {
                Some(named) if named != client.client_id => Err(invalid("the client has two ids")),
                _ => Ok(client),
            }
        }
    }
}

fn members(request: &HttpRequest, body: &[u8]) -> Result<Members, Problem> {
    body::expect_uncoded(request.headers())?;
    let mime = request.mime_type().map_err(|_| Problem::new(Kind::UnsupportedMediaType))?;
    match mime.as_ref().map(Mime::essence_str) {
        Some("application/json") => {
            serde_json::from_slice(body).map_err(|_| invalid("the body is no JSON object of texts"))
        }
        None | Some("application/x-www-form-urlencoded") => form_members(body),
        Some(_) => Err(Problem::new(Kind::UnsupportedMediaType)),
    }
}

/// Parameters must not be repeated, unknown ones are ignored (RFC 6749 section 3.2).
fn form_members(body: &[u8]) -> Result<Members, Problem> {
    let mut members = Members::default();
    for (name, value) in form_urlencoded::parse(body) {
        let member = match name.as_ref() {
            "grant_type" => &mut members.grant_type,
            "client_id" => &mut members.client_id,
            "client_secret" => &mut members.client_secret,
            _ => continue,
        };
        if member.replace(value.into_owned()).is_some() {
            return Err(invalid("a parameter is repeated"));
        }
    }
    Ok(members)
}

/// Id and secret of HTTP Basic, each of them form-encoded (RFC 6749 section 2.3.1).
fn basic_credentials(header: &HeaderValue) -> Option<TokenRequest> {
    let (scheme, encoded) = header.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client_id, client_secret) = pair.split_once(':')?;
    Some(TokenRequest { client_id: decoded(client_id)?, client_secret: decoded(client_secret)? })
}

fn decoded(raw: &str) -> Option<String> {
    let spaced = raw.replace('+', " ");
    Some(percent_decode_str(&spaced).decode_utf8().ok()?.into_owned())
}

fn invalid(detail: &'static str) -> Problem {
    Problem::new(Kind::BadRequest).because(detail)
}
