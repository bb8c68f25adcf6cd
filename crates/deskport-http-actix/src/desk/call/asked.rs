//! The parameters of a request's query. Unknown and empty ones count as nothing.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use deskport_domain::InvalidId;
use deskport_wire::Invalid;

use super::given;
use crate::problem::Problem;

/// How many objects an answer holds where nothing is said.
const LIMIT: u32 = 50;

/// The most objects that an answer holds.
const MAX_LIMIT: u32 = 200;

/// What a request asks for in its query.
pub(in crate::desk) struct Asked(Vec<(String, String)>);

impl Asked {
    /// The value of a parameter; of repeated ones, the last.
    pub(in crate::desk) fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The id that a parameter names.
    pub(in crate::desk) fn id<T>(
        &self,
        name: &str,
        parse: fn(&str) -> Result<T, InvalidId>,
    ) -> Result<Option<T>, Invalid> {
        self.text(name).map(|raw| given(name, raw, parse)).transpose()
    }

    /// The whole number that a parameter holds.
    pub(in crate::desk) fn number(&self, name: &str) -> Result<Option<u64>, Invalid> {
        let read = |raw: &str| raw.parse().map_err(|_| Invalid::field(name, "must be a whole number"));
        self.text(name).map(read).transpose()
    }

    /// How many objects to answer.
    pub(in crate::desk) fn limit(&self) -> Result<u32, Invalid> {
        match self.text("limit").map(str::parse) {
            None => Ok(LIMIT),
            Some(Ok(limit @ 1..=MAX_LIMIT)) => Ok(limit),
            Some(_) => Err(Invalid::field("limit", format!("must be a number from 1 to {MAX_LIMIT}"))),
        }
    }
}

impl FromRequest for Asked {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parameters = form_urlencoded::parse(request.query_string().as_bytes());
        ready(Ok(Self(parameters.into_owned().collect())))
    }
}
