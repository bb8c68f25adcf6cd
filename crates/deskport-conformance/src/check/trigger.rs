//! Requests that make the helpdesk itself do something, so that it has something to tell Fin.

use std::fmt;

use reqwest::Method;
use reqwest::header::AUTHORIZATION;

use crate::client::{Sent, form_encode};

/// A request that makes the helpdesk itself change a conversation, such as an agent's reply.
/// In `url` and `body`, `{conversation_id}` stands for the conversation's id, `{agent_id}` for the id of the first
/// agent in the list, and `{webhook_url}` for the address at which the checker listens.
#[derive(Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The method.
    pub method: String,
    /// The address.
    pub url: String,
    /// A bearer token.
    pub token: Option<String>,
    /// The JSON body.
    pub body: String,
}

impl fmt::Debug for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trigger({} {})", self.method, self.url)
    }
}

impl Trigger {
    /// Whether an agent's id has to be filled in.
    pub(super) fn names_an_agent(&self) -> bool {
        [&self.url, &self.body].iter().any(|text| text.contains("{agent_id}"))
    }

    /// The request, with each name replaced by its value: encoded in the address, escaped in the body.
    pub(super) fn fill(&self, values: &[(&str, &str)]) -> Sent {
        let fill = |text: &str, write: fn(&str) -> String| {
            values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, &write(value)))
        };
        let method = Method::from_bytes(self.method.as_bytes()).unwrap_or(Method::POST);
        let mut sent = Sent::new(method, fill(&self.url, form_encode));
        sent.set_header(Sent::CONTENT_TYPE.as_str(), "application/json");
        if let Some(token) = &self.token {
            sent.set_header(AUTHORIZATION.as_str(), &format!("Bearer {token}"));
        }
        sent.body = fill(&self.body, json_escape);
        sent
    }
}

/// `text` as it stands between the quotes of a JSON string.
fn json_escape(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_break_out_of_address_and_body() {
        let trigger = Trigger {
            method: "PATCH".to_owned(),
            url: "http://desk/{conversation_id}".to_owned(),
            token: Some("secret".to_owned()),
            body: r#"{"id": "{conversation_id}"}"#.to_owned(),
        };
        let sent = trigger.fill(&[("{conversation_id}", "a/b\"c")]);
        assert_eq!((sent.method.as_str(), sent.url.as_str()), ("PATCH", "http://desk/a%2Fb%22c"));
        assert_eq!(sent.body, r#"{"id": "a/b\"c"}"#);
        assert!(!format!("{trigger:?}").contains("secret"));
    }
}
