//! Which conversations a list holds.

use deskport_application::{Assignment, ConversationQuery};
use deskport_domain::{AgentId, Status, Text, Timestamp, UserId};
use deskport_wire::{Invalid, parse_timestamp};
use serde::{
    Deserialize,
    de::value::{Error, StrDeserializer},
};

use crate::desk::{
    call::{Asked, Faults, given},
    cursor,
};

/// The list that the query asks for; a parameter that is left out lets everything through.
pub(super) fn read(asked: &Asked) -> Result<ConversationQuery, Invalid> {
    let mut faults = Faults::default();
    let status = faults.note(asked.text("status").map(status).transpose());
    let assignment = faults.note(asked.text("assignee").map(assignment).transpose());
    let user = faults.note(asked.id("user", UserId::parse));
    let since = faults.note(asked.text("updated_since").map(moment).transpose());
    let after = faults.note(cursor::asked(asked));
    let limit = faults.note(asked.limit());
    faults.refuse()?;
    Ok(ConversationQuery {
        status: status.flatten(),
        assignment: assignment.flatten(),
        user: user.flatten(),
        tag: asked.text("tag").map(Text::from),
        updated_since: since.flatten(),
        after: after.flatten(),
        limit: limit.unwrap_or_default(),
    })
}

fn status(word: &str) -> Result<Status, Invalid> {
    let status = deskport_wire::Status::deserialize(StrDeserializer::<Error>::new(word));
    let unknown = |_| Invalid::field("status", "must be open, resolved, closed or ended");
    status.map(Status::from).map_err(unknown)
}

fn assignment(word: &str) -> Result<Assignment, Invalid> {
    match word {
        "none" => Ok(Assignment::Nobody),
        "waiting" => Ok(Assignment::Waiting),
        id => given("assignee", id, AgentId::parse).map(Assignment::Agent),
    }
}

fn moment(raw: &str) -> Result<Timestamp, Invalid> {
    const REASON: &str = "must be a time as ISO 8601 has it, such as 2025-10-27T14:35:00.000Z";
    parse_timestamp(raw).ok_or_else(|| Invalid::field("updated_since", REASON))
}
