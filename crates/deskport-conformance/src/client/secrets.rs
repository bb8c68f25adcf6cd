//! What must not be shown, cut out of everything that is.

use std::sync::{Arc, Mutex, PoisonError};

use crate::client::{Exchange, form_encode};

/// What stands where a secret stood.
const CUT: &str = "[cut]";

/// Shorter ones would be cut out of ordinary words.
const SHORTEST: usize = 4;

/// Secrets that this run knows; more come up while it runs.
#[derive(Debug, Clone, Default)]
pub struct Secrets(Arc<Mutex<Vec<String>>>);

impl Secrets {
    /// From now on `secret` is cut out.
    pub fn add(&self, secret: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for form in [secret.to_owned(), form_encode(secret)] {
            if !held.contains(&form) {
                held.push(form);
            }
        }
    }

    /// `text` without any secret.
    pub fn cut(&self, text: &str) -> String {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().fold(text.to_owned(), |text, secret| text.replace(secret, CUT))
    }

    /// `exchange` without any secret.
    pub fn cut_exchange(&self, mut exchange: Exchange) -> Exchange {
        let cut_headers = |headers: &mut Vec<(String, String)>| {
            for (name, value) in headers {
                let is_secret = ["authorization", "x-fin-signature", "x-webhook-key", "set-cookie"]
                    .contains(&name.to_ascii_lowercase().as_str());
                *value = if is_secret { CUT.to_owned() } else { self.cut(value) };
            }
        };
        cut_headers(&mut exchange.sent.headers);
        exchange.sent.url = self.cut(&exchange.sent.url);
        exchange.sent.body = self.cut(&exchange.sent.body);
        match &mut exchange.answer {
            Ok(received) => {
                cut_headers(&mut received.headers);
                received.body = self.cut(&received.body);
            }
            Err(text) => *text = self.cut(text),
        }
        exchange
    }
}
