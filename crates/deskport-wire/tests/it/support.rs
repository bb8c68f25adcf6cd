//! Golden files and the people who occur in them.

use deskport_domain::{Agent, AgentId, Attributes, EndUser, Timestamp, UserId, Value as Attribute};
use deskport_wire::parse_timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The text of a golden file.
pub(crate) fn golden(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// A golden file as a tree.
pub(crate) fn golden_tree(name: &str) -> Value {
    serde_json::from_str(&golden(name)).unwrap()
}

/// What a golden file says, read as a request.
pub(crate) fn request<T: DeserializeOwned>(name: &str) -> T {
    deskport_wire::parse(golden(name).as_bytes()).unwrap()
}

/// Reads and writes a request; what comes out must be the golden file without the members at
/// `unread`.
pub(crate) fn prints_back<T: Serialize + DeserializeOwned>(name: &str, unread: &[&str]) {
    let mut expected = golden_tree(name);
    for path in unread {
        let (parent, member) = path.rsplit_once('/').unwrap();
        expected.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(member).unwrap();
    }
    assert_eq!(serde_json::to_value(request::<T>(name)).unwrap(), expected, "{name}");
}

pub(crate) fn moment(text: &str) -> Timestamp {
    parse_timestamp(text).unwrap()
}

/// The end user of most examples.
pub(crate) fn jane() -> EndUser {
    EndUser {
        name: Some("Jane Doe".into()),
        email: Some("jane.doe@example.com".into()),
        photo_url: Some("https://example.com/avatars/jane.jpg".into()),
        attributes: profile(),
        ..EndUser::unknown(UserId::parse("user_123456").unwrap(), Timestamp::EPOCH)
    }
}

/// The attributes of the end user of most examples.
pub(crate) fn profile() -> Attributes {
    let mut attributes: Attributes =
        [("plan_type", "enterprise"), ("signup_date", "2024-01-15")].into_iter().collect();
    attributes.insert("is_premium".into(), Attribute::Bool(true));
    attributes
}

/// The attributes of the conversation of most examples.
pub(crate) fn billing() -> Attributes {
    [("issue_type", "Billing"), ("priority", "High")].into_iter().collect()
}

pub(crate) fn agent(id: &str, name: &str, email: &str, photo_url: &str, alias: &str) -> Agent {
    Agent {
        name: Some(name.into()),
        email: Some(email.into()),
        photo_url: Some(photo_url.into()),
        alias: Some(alias.into()),
        ..Agent::unnamed(AgentId::parse(id).unwrap(), Timestamp::EPOCH)
    }
}

/// The agent of most examples.
pub(crate) fn support_jane() -> Agent {
    let photo = "https://example.com/avatars/jane.jpg";
    agent("agent_123456", "Jane Doe", "jane.doe@example.com", photo, "Support Jane")
}
