//! Who may enter: tokens, the token endpoint, signatures.

use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::{Behavior, Choice, EXPIRED, Fault, KEY, SECRET, Site, TOKEN};

pub(super) fn authorize(site: &Site, action: &str, header: &str, body: &[u8]) -> Result<(), (u16, String)> {
    let outcome = check_token(site, action, header);
    if !site.behavior.has(Fault::RefusalBurnsObjectId) {
        return outcome;
    }
    let input: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(object_id) = input["object_id"].as_str().map(str::to_owned) else { return outcome };
    let burnt = &mut site.state.lock().burnt;
    match outcome {
        Ok(()) if burnt.contains(&object_id) => Err((409, "it was tried before".to_owned())),
        Ok(()) => Ok(()),
        Err(refusal) => {
            burnt.insert(object_id);
            Err(refusal)
        }
    }
}

fn check_token(site: &Site, action: &str, header: &str) -> Result<(), (u16, String)> {
    let behavior = &site.behavior;
    let refusal = match () {
        () if behavior.has(Fault::RefusesTokensWith500) => 500,
        () if behavior.chose(Choice::Forbidden) => 403,
        () => 401,
    };
    let refused = Err((refusal, "token refused".to_owned()));
    let Some(token) = header.strip_prefix("Bearer ") else {
        let open = behavior.has(Fault::NoTokenCheck)
            || (behavior.has(Fault::OneOpenEndpoint) && action == "get_messages");
        return if open { Ok(()) } else { refused };
    };
    let issued = site.state.lock().tokens;
    let right =
        if behavior.has(Fault::OneTokenAtATime) { format!("{TOKEN}-{issued}") } else { TOKEN.to_owned() };
    let good = token == right
        || behavior.has(Fault::NaiveTokens)
        || behavior.has(Fault::NoTokenCheck)
        || (token == EXPIRED && behavior.has(Fault::ExpiredTokenAccepted));
    if good && !behavior.has(Fault::RefusesEveryToken) { Ok(()) } else { refused }
}

pub(super) fn verify(
    behavior: &Behavior,
    (timestamp, signature): (&str, &str),
    text: &[u8],
) -> Result<(), (u16, String)> {
    if !behavior.verifies || behavior.has(Fault::IgnoresSignature) {
        return Ok(());
    }
    let mut signed = format!("{timestamp}:").into_bytes();
    if behavior.has(Fault::VerifiesReprintedBody) && !text.is_empty() && text[0] == b'{' {
        let reprinted: Value = serde_json::from_slice(text).unwrap_or_default();
        signed.extend_from_slice(reprinted.to_string().as_bytes());
    } else {
        signed.extend_from_slice(text);
    }
    let digest = hmac_sha256::HMAC::mac(&signed, KEY.as_bytes());
    let hex = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let age = timestamp.parse::<u64>().map_or(u64::MAX, |then| epoch_seconds().abs_diff(then));
    let fresh = age < 600 || behavior.has(Fault::StaleSignatureAccepted);
    if hex == signature && fresh { Ok(()) } else { Err((400, "signature".to_owned())) }
}

#[expect(clippy::disallowed_methods, reason = "a server has a clock")]
fn epoch_seconds() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

pub(super) fn token(site: &Site, header: &str, body: &[u8]) -> Response<Full<Bytes>> {
    let behavior = &site.behavior;
    let form = String::from_utf8_lossy(body);
    // Base64 of `fin:reference-client-secret`.
    let basic =
        header == "Basic ZmluOnJlZmVyZW5jZS1jbGllbnQtc2VjcmV0" && !behavior.chose(Choice::SecretInForm);
    let good = basic || form.contains(SECRET) || behavior.has(Fault::AnySecretBringsToken);
    let (status, body) = match () {
        () if behavior.has(Fault::NoTokenEndpoint) => (500, json!({"error": "server_error"})),
        () if good => (200, token_body(site)),
        () => (401, json!({"error": "invalid_client"})),
    };
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Full::new(Bytes::from(body.to_string()))).unwrap()
}

fn token_body(site: &Site) -> Value {
    let behavior = &site.behavior;
    let mut body = json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600});
    if behavior.has(Fault::OneTokenAtATime) {
        let tokens = &mut site.state.lock().tokens;
        *tokens += 1;
        body["access_token"] = json!(format!("{TOKEN}-{tokens}"));
    }
    let members = body.as_object_mut().unwrap();
    if behavior.has(Fault::TokenWithoutType) {
        members.remove("token_type");
    }
    if behavior.has(Fault::TokenWithoutLifetime) {
        members.remove("expires_in");
    }
    body
}
