//! Rules that look back at every answer of the run: keys, types, moments, headers.

use deskport_wire::Variant;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::format_rules::RULES;
use super::probe::{Probe, error_in};
use super::rule::{Chapter, Judged, Pass, fail, seen, skip};
use super::scene::Success;
use crate::client::Exchange;

pub(super) const CHAPTER: Chapter = Chapter { name: "Formats", rules: RULES };

/// Members that hold a moment.
const MOMENTS: [&str; 2] = ["created_at", "updated_at"];

/// Looks at each answer that says success, and shows the first one that is wrong.
fn each_success(probe: &Probe<'_>, mut wrong: impl FnMut(&Success) -> Option<String>) -> Judged {
    let successes = probe.scene.successes();
    if successes.is_empty() {
        return skip("no call succeeded");
    }
    for success in successes {
        if let Some(why) = wrong(success) {
            let sent = &success.exchange.sent;
            probe.show(success.exchange.clone());
            return fail(format!("{} {}: {why}", sent.method, path(&sent.url)));
        }
    }
    Ok(Pass::Plain)
}

/// The same for each member of each object in these answers.
fn each_member(probe: &Probe<'_>, mut wrong: impl FnMut(&str, &Value) -> Option<String>) -> Judged {
    each_success(probe, |success| search(&success.view.as_ref()?.payload, &mut wrong))
}

fn path(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split('?').next().unwrap_or(rest)
}

/// Calls `look` with each member of each object in `value`, attributes excepted, until it finds something.
fn search(value: &Value, look: &mut dyn FnMut(&str, &Value) -> Option<String>) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| search(item, look)),
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            let found = look(name, member);
            if found.is_some() || name == "attributes" { found } else { search(member, look) }
        }),
        _ => None,
    }
}

pub(super) fn answers_are_json(probe: &Probe<'_>) -> Judged {
    each_success(probe, |Success { received, .. }| {
        let content_type = received.header("content-type").unwrap_or("missing");
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        let right = media_type.eq_ignore_ascii_case("application/json") || received.body.is_empty();
        (!right).then(|| format!("the content type is {content_type}"))
    })
}

pub(super) fn keys_are_snake_case(probe: &Probe<'_>) -> Judged {
    each_success(probe, |success| {
        search(&success.view.as_ref()?.raw, &mut |name, _| {
            let wrong = name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'-');
            wrong.then(|| format!("a key is spelled `{name}`"))
        })
    })
}

pub(super) fn ids_are_texts(probe: &Probe<'_>) -> Judged {
    each_member(probe, |name, value| {
        let is_id = ["id", "conversation_id"].contains(&name);
        (is_id && !value.is_string()).then(|| format!("`{name}` is {value}"))
    })
}

pub(super) fn user_types_are_known(probe: &Probe<'_>) -> Judged {
    each_member(probe, |name, value| {
        let known = value == "end_user" || value == "agent";
        (name == "user_type" && !known).then(|| format!("`user_type` is {value}"))
    })
}

pub(super) fn users_have_their_type(probe: &Probe<'_>) -> Judged {
    each_member(probe, |name, value| {
        let wrong = name == "user" && value.is_object() && value["user_type"] != "end_user";
        wrong.then(|| format!("`user.user_type` is {}", value["user_type"]))
    })
}

pub(super) fn members_have_their_types(probe: &Probe<'_>) -> Judged {
    each_member(probe, |name, value| {
        let right = match name {
            "name" | "email" | "photo_url" | "alias" | "alias_name" | "title" | "body" => {
                value.is_string() || value.is_null()
            }
            "attributes" => value.is_object() || value.is_null(),
            "tags" => value.is_null() || is_list_of_texts(value),
            "filename" | "filetype" | "url" => value.is_string() || value.is_null(),
            _ => true,
        };
        (!right).then(|| format!("`{name}` is {value}"))
    })
}

fn is_list_of_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

pub(super) fn moments_are_iso_8601(probe: &Probe<'_>) -> Judged {
    each_moment(probe, |value| {
        let shaped = value.as_str().is_some_and(is_date_and_time);
        (!shaped).then(|| "no date and time of ISO 8601".to_owned())
    })
}

pub(super) fn moments_are_utc(probe: &Probe<'_>) -> Judged {
    each_moment(probe, |value| {
        let text = value.as_str().filter(|text| is_date_and_time(text))?;
        let zone =
            text.get(19..)?.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
        match zone {
            "Z" | "z" | "+00:00" | "-00:00" | "+0000" | "+00" => None,
            "" => Some("no zone is named".to_owned()),
            zone => Some(format!("the zone is {zone}, not UTC")),
        }
    })
}

pub(super) fn moments_have_one_form(probe: &Probe<'_>) -> Judged {
    let mut other = None;
    each_moment(probe, |value| {
        let text = value.as_str()?;
        if !(text.len() == 24 && text.ends_with('Z') && OffsetDateTime::parse(text, &Rfc3339).is_ok()) {
            other.get_or_insert_with(|| text.to_owned());
        }
        None
    })?;
    other.map_or(Ok(Pass::Plain), |text| seen(format!("moments such as {text}")))
}

fn each_moment(probe: &Probe<'_>, mut wrong: impl FnMut(&Value) -> Option<String>) -> Judged {
    each_member(probe, |name, value| {
        if !MOMENTS.contains(&name) || value.is_null() {
            return None;
        }
        wrong(value).map(|why| format!("`{name}` is {value}: {why}"))
    })
}

/// `2025-10-27T14:35:00`, and what may follow.
fn is_date_and_time(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let at = |index: usize| text.as_bytes().get(index).copied().unwrap_or_default();
    digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && digits(11..13)
        && digits(14..16)
        && digits(17..19)
        && (at(4), at(7), at(13), at(16)) == (b'-', b'-', b':', b':')
        && matches!(at(10), b'T' | b't' | b' ')
}

pub(super) fn success_has_no_error(probe: &Probe<'_>) -> Judged {
    each_success(probe, |Success { received, view, .. }| {
        let body = &view.as_ref()?.raw;
        let has_data = body.get("data").is_some_and(|data| !data.is_null());
        let error = error_in(received).filter(|_| has_data)?;
        Some(format!("`data` and `error` are both filled: {error}"))
    })
}

pub(super) fn loads_answer_200(probe: &Probe<'_>) -> Judged {
    let statuses = statuses(probe, false);
    match statuses.iter().find(|(_, status)| *status != 200) {
        None if statuses.is_empty() => skip("no load or update succeeded"),
        None => Ok(Pass::Plain),
        Some((path, status)) => fail(format!("{path} answers success with status {status}")),
    }
}

pub(super) fn creates_answer_201(probe: &Probe<'_>) -> Judged {
    let mut found: Vec<u16> = statuses(probe, true).into_iter().map(|(_, status)| status).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [] => skip("no create call succeeded"),
        [201] => Ok(Pass::Plain),
        found => seen(format!("creates answer {found:?}")),
    }
}

/// The statuses of successful calls, of those that create or of the others.
fn statuses(probe: &Probe<'_>, creating: bool) -> Vec<(String, u16)> {
    let creates = |exchange: &Exchange| match probe.variant() {
        Variant::R => exchange.sent.method == reqwest::Method::POST,
        Variant::P => {
            exchange.sent.body.contains("\"object_id\"") || exchange.sent.body.contains("message_type")
        }
    };
    let exchanges = probe.scene.exchanges();
    let wanted = exchanges.iter().filter(|exchange| creates(exchange) == creating);
    wanted
        .filter_map(|exchange| Some((path(&exchange.sent.url).to_owned(), exchange.success()?.status)))
        .collect()
}
