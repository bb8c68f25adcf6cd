//! The members of each object, in the published order.

use deskport_domain::{
    Agent, Attachment, Author, AuthoredMessage, ConversationDetails, EndUser, MessageBody, Text,
};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Authored, Bare, CreatedConversation, Json, Object, Variant};
use crate::{AttributesRef, MessageType, Status, TimestampText, Visibility};

impl Object for EndUser {
    fn write_members<M: SerializeMap>(&self, _: Variant, members: &mut M) -> Result<(), M::Error> {
        members.serialize_entry("id", self.id.as_str())?;
        members.serialize_entry("user_type", "end_user")?;
        members.serialize_entry("name", &self.name.as_deref())?;
        members.serialize_entry("email", &self.email.as_deref())?;
        members.serialize_entry("photo_url", &self.photo_url.as_deref())?;
        members.serialize_entry("attributes", &AttributesRef(&self.attributes))
    }
}

/// P calls the alias `alias_name` and knows no agent without name and email.
impl Object for Agent {
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error> {
        let (alias, unknown) = match variant {
            Variant::R => ("alias", None),
            Variant::P => ("alias_name", Some("")),
        };
        members.serialize_entry("id", self.id.as_str())?;
        members.serialize_entry("user_type", "agent")?;
        members.serialize_entry("name", &self.name.as_deref().or(unknown))?;
        members.serialize_entry("email", &self.email.as_deref().or(unknown))?;
        members.serialize_entry("photo_url", &self.photo_url.as_deref())?;
        members.serialize_entry(alias, &self.alias.as_deref())
    }
}

impl Object for Author {
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error> {
        match self {
            Self::EndUser(user) => user.write_members(variant, members),
            Self::Agent(agent) => agent.write_members(variant, members),
        }
    }
}

impl Object for ConversationDetails {
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error> {
        let conversation = &self.conversation;
        members.serialize_entry("id", conversation.id.as_str())?;
        members.serialize_entry("status", &Status::from(conversation.status))?;
        members.serialize_entry("user", &Bare(variant, &self.user))?;
        members.serialize_entry("title", &conversation.title.as_deref())?;
        members.serialize_entry("tags", &Tags(&conversation.tags))?;
        members.serialize_entry("attributes", &AttributesRef(&conversation.attributes))?;
        members.serialize_entry("assignee", &self.assignee.as_ref().map(|agent| Bare(variant, agent)))?;
        members.serialize_entry("created_at", &TimestampText::from(conversation.created_at))?;
        members.serialize_entry("updated_at", &TimestampText::from(conversation.updated_at))
    }
}

impl Object for AuthoredMessage {
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error> {
        Authored::from(self).write_members(variant, members)
    }
}

/// R has no message without a body, so it writes an empty one.
impl<A: Json> Object for Authored<'_, A> {
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error> {
        let message = self.message;
        let no_body = match variant {
            Variant::R => Some(""),
            Variant::P => None,
        };
        members.serialize_entry("id", message.id.as_str())?;
        members.serialize_entry("conversation_id", message.conversation.as_str())?;
        members.serialize_entry("message_type", &MessageType::Comment)?;
        members.serialize_entry("body", &message.content.body().map(MessageBody::as_html).or(no_body))?;
        members.serialize_entry("author", &Bare(variant, self.author))?;
        members.serialize_entry("visibility", &Visibility::from(message.visibility))?;
        members.serialize_entry("created_at", &TimestampText::from(message.created_at))?;
        members.serialize_entry("attachments", &Bare(variant, message.content.attachments()))
    }
}

impl Object for Attachment {
    fn write_members<M: SerializeMap>(&self, _: Variant, members: &mut M) -> Result<(), M::Error> {
        members.serialize_entry("url", self.url.as_str())?;
        members.serialize_entry("filetype", &self.filetype.as_deref())?;
        members.serialize_entry("filename", &self.filename.as_deref())
    }
}

impl Object for CreatedConversation<'_> {
    fn write_members<M: SerializeMap>(&self, variant: Variant, members: &mut M) -> Result<(), M::Error> {
        members.serialize_entry("conversation", &Bare(variant, self.conversation))?;
        members.serialize_entry("message", &Bare(variant, self.message))
    }
}

struct Tags<'a>(&'a [Text]);

impl Serialize for Tags<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(Text::as_str))
    }
}
