//! What Fin is told (spec section 7): a conversation changed, or an agent is typing.

use deskport_domain::{Agent, AgentId, ConversationId};
use serde::{Deserialize, Serialize};

use crate::{
    Invalid,
    check::{missing, required_id},
    field,
};

/// The one word for a kind of notification; a change has none.
const TYPING: &str = "agent_typing";

/// Where Fin lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FinRegion {
    /// The United States.
    Us,
    /// The European Union.
    Eu,
    /// Australia.
    Au,
}

/// A notification, as it travels to Fin.
///
/// ```
/// use deskport_domain::ConversationId;
/// use deskport_wire::{parse, to_json, webhook::{FinNotification, Told}};
///
/// let id = ConversationId::parse("conv_456")?;
/// let json = to_json(&FinNotification::changed(&id));
/// assert_eq!(json, br#"{"conversation_id":"conv_456"}"#);
/// assert_eq!(parse::<FinNotification>(&json)?.into_told()?, Told::Changed(id));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FinNotification {
    /// The helpdesk's id of the conversation.
    #[serde(default, deserialize_with = "field::id", skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// `agent_typing`, or nothing for a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_type: Option<String>,
    /// Who is typing.
    #[serde(default, deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub data: Option<FinNotificationData>,
}

/// What a notification has beside its conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FinNotificationData {
    /// Who is typing.
    #[serde(default, deserialize_with = "field::object", skip_serializing_if = "Option::is_none")]
    pub agent: Option<TypingAgent>,
}

/// Somebody who is typing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypingAgent {
    /// The helpdesk's id of the agent.
    #[serde(default, deserialize_with = "field::id")]
    pub id: Option<String>,
    /// Always `agent`.
    #[serde(default)]
    pub user_type: Option<String>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<String>,
}

/// What a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The conversation changed: synchronize it.
    Changed(ConversationId),
    /// An agent is typing.
    Typing(ConversationId, AgentId),
}

impl FinRegion {
    /// Every region.
    pub const ALL: [Self; 3] = [Self::Us, Self::Eu, Self::Au];

    /// The region's name in settings: `us`, `eu` or `au`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Au => "au",
        }
    }

    /// The region of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.name() == name)
    }

    /// The URL that [`FIN_PATH`](super::FIN_PATH) is below.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Us => "https://api.intercom.io",
            Self::Eu => "https://api.eu.intercom.io",
            Self::Au => "https://api.au.intercom.io",
        }
    }
}

impl FinNotification {
    /// This conversation changed.
    pub fn changed(conversation: &ConversationId) -> Self {
        Self { conversation_id: Some(conversation.as_str().to_owned()), ..Self::default() }
    }

    /// This agent is typing in this conversation; `None` for an agent without a name or an e-mail
    /// address, of whom Fin cannot be told.
    pub fn typing(conversation: &ConversationId, agent: &Agent) -> Option<Self> {
        let agent = TypingAgent {
            id: Some(agent.id.as_str().to_owned()),
            user_type: Some("agent".to_owned()),
            name: Some(agent.name.as_deref()?.to_owned()),
            email: Some(agent.email.as_deref()?.to_owned()),
        };
        Some(Self {
            event_type: Some(TYPING.to_owned()),
            data: Some(FinNotificationData { agent: Some(agent) }),
            ..Self::changed(conversation)
        })
    }

    /// What it says.
    ///
    /// # Errors
    /// [`Invalid`] when a member that the contract requires is missing or makes no sense.
    pub fn into_told(self) -> Result<Told, Invalid> {
        let conversation =
            required_id("conversation_id", self.conversation_id.as_deref(), ConversationId::parse)?;
        match self.event_type.as_deref() {
            None => Ok(Told::Changed(conversation)),
            Some(TYPING) => {
                let agent = self.data.and_then(|data| data.agent).ok_or_else(|| missing("data.agent"))?;
                agent.check().map(|agent| Told::Typing(conversation, agent))
            }
            Some(_) => Err(Invalid::field("event_type", "must be agent_typing or null")),
        }
    }
}

impl TypingAgent {
    fn check(self) -> Result<AgentId, Invalid> {
        let id = required_id("data.agent.id", self.id.as_deref(), AgentId::parse)?;
        if self.user_type.as_deref() != Some("agent") {
            return Err(Invalid::field("data.agent.user_type", "must be agent"));
        }
        self.name.ok_or_else(|| missing("data.agent.name"))?;
        self.email.ok_or_else(|| missing("data.agent.email"))?;
        Ok(id)
    }
}
