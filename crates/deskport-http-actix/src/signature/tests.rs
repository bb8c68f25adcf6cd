//! Signatures against digests that Python's hmac module computed:
//! `hmac.new(b"fin-signing-key", b"1761575400:" + content, "sha256")`.

use actix_web::http::header::HeaderValue;

use super::*;

const BODY: &str = r#"{"conversation_id":"conv_456","body":"<p>Größe</p>"}"#;
const BODY_HEX: &str = "3509beb531ab7c8dfb3fa920e3152da3b8104ce4008046f32ece7a3e9109fc87";
const BODY_HEX_BY_NEXT_KEY: &str = "e22df78da53fec97dfdf43eb8eaa60111bebde652b6f1f38f4d1ddd5c082663a";
const EMPTY_HEX: &str = "8650fb450e814c56e9d9f36ab4b2bcc5cd2c73a0acbf696618381175682566c0";
const SECONDS: i64 = 1_761_575_400;

fn policy() -> SignaturePolicy {
    SignaturePolicy::new(SignatureKeys::new(["fin-signing-key", "next-key"]).unwrap())
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000).unwrap()
}

fn headers(signature: &str, timestamp: &str) -> HeaderMap {
    [(SIGNATURE, signature), (TIMESTAMP, timestamp)]
        .map(|(name, value)| (name, HeaderValue::from_str(value).unwrap()))
        .into_iter()
        .collect()
}

fn signed_body(signature: &str) -> Result<(), Problem> {
    let headers = headers(signature, "1761575400");
    SignatureCheck::Enforce(policy()).body(&headers, BODY.as_bytes(), || at(SECONDS))
}

fn signed_query(query: &str, hex: &str) -> Result<(), Problem> {
    let headers = headers(hex, "1761575400");
    SignatureCheck::Enforce(policy()).query(&headers, query, || at(SECONDS))
}

#[test]
fn every_written_form_of_the_digest_is_accepted() {
    let base64 = "NQm+tTGrfI37P6kg4xUto7gQTOQAgEbzLs56PpEJ/Ic";
    for signature in [
        BODY_HEX.to_owned(),
        BODY_HEX.to_uppercase(),
        format!("sha256={BODY_HEX}"),
        format!("SHA256={BODY_HEX}"),
        base64.to_owned(),
        format!("{base64}="),
        format!("sha256={base64}="),
        "NQm-tTGrfI37P6kg4xUto7gQTOQAgEbzLs56PpEJ_Ic=".to_owned(),
    ] {
        signed_body(&signature).unwrap();
    }
}

#[test]
fn any_of_several_keys_may_have_signed() {
    signed_body(BODY_HEX_BY_NEXT_KEY).unwrap();
}

#[test]
fn a_digest_of_something_else_is_refused() {
    for signature in [EMPTY_HEX, "", "sha256=", &BODY_HEX[1..], &format!("{BODY_HEX}00"), "ÄÖ", "zz"] {
        let refused = signed_body(signature).unwrap_err();
        assert_eq!(refused.kind(), Kind::InvalidSignature, "{signature:?}");
    }
}

#[test]
fn the_query_may_be_signed_as_sent_or_decoded_and_always_sorted() {
    signed_query("", EMPTY_HEX).unwrap();
    let plain = "700dcbcf4730b1c6a313f7408b0389554fe0b834803728dc408d00f808b3f6d6";
    signed_query("conversation_id=conv_456&after_id=msg_101", plain).unwrap();
    signed_query("after_id=msg_101&conversation_id=conv_456", plain).unwrap();
    for hex in [
        "d4a3f3012500142ddd43d662cb9448f96d8d75f25469cad051a9dd60f507b5f8",
        "779cab3f7aa899e4aaa698a423feddc3e8d5ae224c53117a92ed4136e38d2d67",
        "a8255d93a0fb7a09976457db5f4e82fccdb25826176631dfe58ca6e8edfa1740",
    ] {
        signed_query("conversation_id=conv_456&after_id=a%2Fb+c", hex).unwrap();
    }
    signed_query("conversation_id=conv_457&after_id=msg_101", plain).unwrap_err();
}

#[test]
fn the_clocks_may_be_300_seconds_apart_and_no_more() {
    let check = SignatureCheck::Enforce(policy());
    let headers = headers(BODY_HEX, "1761575400");
    for apart in [-300, 0, 300] {
        check.body(&headers, BODY.as_bytes(), || at(SECONDS + apart)).unwrap();
    }
    for apart in [-301, 301, 1_000_000] {
        check.body(&headers, BODY.as_bytes(), || at(SECONDS + apart)).unwrap_err();
    }
}

#[test]
fn a_timestamp_must_be_there_and_count_seconds() {
    let check = SignatureCheck::Enforce(policy());
    for timestamp in ["", "now", "1761575400.5", "99999999999999999999", "-1"] {
        check.body(&headers(BODY_HEX, timestamp), BODY.as_bytes(), || at(SECONDS)).unwrap_err();
    }
    let mut unsigned = headers(BODY_HEX, "1761575400");
    unsigned.remove(SIGNATURE);
    check.body(&unsigned, BODY.as_bytes(), || at(SECONDS)).unwrap_err();
}

#[test]
fn a_bad_signature_passes_where_it_is_only_logged_or_not_looked_at() {
    let bad = headers(EMPTY_HEX, "1761575400");
    SignatureCheck::Log(policy()).body(&bad, BODY.as_bytes(), || at(SECONDS)).unwrap();
    SignatureCheck::Off.body(&HeaderMap::new(), BODY.as_bytes(), || at(SECONDS)).unwrap();
}

#[test]
fn keys_are_neither_missing_nor_empty_nor_shown() {
    assert_eq!(SignatureKeys::new(Vec::<String>::new()).unwrap_err(), NoKey);
    assert_eq!(SignatureKeys::new(["a", ""]).unwrap_err(), NoKey);
    assert_eq!(format!("{:?}", SignatureKeys::new(["secret"]).unwrap()), "SignatureKeys(1 keys)");
}
