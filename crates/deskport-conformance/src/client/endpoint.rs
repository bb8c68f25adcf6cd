//! The nine actions of the contract, and where a server has them.

use std::collections::BTreeMap;

use deskport_wire::Variant;
use reqwest::{Method, Url};
use serde::Deserialize;
use thiserror::Error;

/// An action that Fin calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Load one end user.
    GetUser,
    /// Store attributes of an end user.
    UpdateUser,
    /// Create an end user.
    CreateUser,
    /// List the agents.
    GetAgents,
    /// Load one conversation.
    GetConversation,
    /// Store what Fin derived about a conversation.
    UpdateConversation,
    /// Create a conversation with its first message.
    CreateConversation,
    /// List the messages of a conversation.
    GetMessages,
    /// Store a message.
    CreateMessage,
}

impl Endpoint {
    /// All nine.
    pub const ALL: [Self; 9] = [
        Self::GetUser,
        Self::UpdateUser,
        Self::CreateUser,
        Self::GetAgents,
        Self::GetConversation,
        Self::UpdateConversation,
        Self::CreateConversation,
        Self::GetMessages,
        Self::CreateMessage,
    ];

    /// Whether the action changes something.
    pub fn writes(self) -> bool {
        !matches!(self, Self::GetUser | Self::GetAgents | Self::GetConversation | Self::GetMessages)
    }

    /// The action's name, as variant P has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GetUser => "get_user",
            Self::UpdateUser => "update_user",
            Self::CreateUser => "create_user",
            Self::GetAgents => "get_agents",
            Self::GetConversation => "get_conversation",
            Self::UpdateConversation => "update_conversation",
            Self::CreateConversation => "create_conversation",
            Self::GetMessages => "get_messages",
            Self::CreateMessage => "create_message",
        }
    }

    /// Whether the action makes something new.
    pub fn creates(self) -> bool {
        matches!(self, Self::CreateUser | Self::CreateConversation | Self::CreateMessage)
    }

    /// The method with which it is called.
    pub fn method(self, variant: Variant) -> Method {
        match (variant, self) {
            (Variant::P, _) => Method::POST,
            (Variant::R, Self::UpdateUser | Self::UpdateConversation) => Method::PUT,
            (Variant::R, _) if self.creates() => Method::POST,
            (Variant::R, _) => Method::GET,
        }
    }

    /// The path in the published examples.
    fn example_path(self, variant: Variant) -> &'static str {
        match (variant, self) {
            (Variant::P, _) => self.name(),
            (Variant::R, Self::GetUser | Self::UpdateUser | Self::CreateUser) => "user",
            (Variant::R, Self::GetAgents) => "agents",
            (Variant::R, Self::GetMessages | Self::CreateMessage) => "messages",
            (Variant::R, _) => "conversation",
        }
    }
}

/// Addresses of single endpoints, as a small TOML file names them: a table `r` and a table `p`,
/// each from the action's name to a path below the server's address or to a whole address.
///
/// ```
/// use deskport_conformance::client::EndpointFile;
///
/// let file = EndpointFile::parse("[p]\nget_user = \"users/load\"\n")?;
/// assert!(EndpointFile::parse("[p]\nget_userr = \"x\"\n").is_err());
/// # Ok::<(), deskport_conformance::client::EndpointsError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointFile {
    /// Addresses for variant R.
    #[serde(default)]
    pub r: BTreeMap<Endpoint, String>,
    /// Addresses for variant P.
    #[serde(default)]
    pub p: BTreeMap<Endpoint, String>,
}

/// Why there are no addresses.
#[derive(Debug, Error)]
pub enum EndpointsError {
    /// The file is not TOML of the expected form.
    #[error("the endpoint file is not right")]
    File(#[from] toml::de::Error),
    /// An address is none.
    #[error("`{0}` is not an address of a server")]
    Url(String),
}

impl EndpointFile {
    /// Reads the text of such a file.
    ///
    /// # Errors
    /// [`EndpointsError::File`] with the place of the mistake.
    pub fn parse(text: &str) -> Result<Self, EndpointsError> {
        Ok(toml::from_str(text)?)
    }
}

/// Where a server has each action.
#[derive(Debug, Clone)]
pub struct Endpoints {
    base: Url,
    file: EndpointFile,
}

impl Endpoints {
    /// The published paths below `base`, but for those that `file` names.
    ///
    /// # Errors
    /// [`EndpointsError::Url`] when `base`, or an address in `file`, is none.
    pub fn new(base: &str, file: EndpointFile) -> Result<Self, EndpointsError> {
        let wrong = || EndpointsError::Url(base.to_owned());
        let base = Url::parse(&format!("{}/", base.trim_end_matches('/'))).map_err(|_| wrong())?;
        if !["http", "https"].contains(&base.scheme()) {
            return Err(wrong());
        }
        for address in file.r.values().chain(file.p.values()) {
            base.join(address).map_err(|_| EndpointsError::Url(address.clone()))?;
        }
        Ok(Self { base, file })
    }

    /// The server's address.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// The address of `endpoint`.
    pub fn url(&self, variant: Variant, endpoint: Endpoint) -> String {
        let named = match variant {
            Variant::R => self.file.r.get(&endpoint),
            Variant::P => self.file.p.get(&endpoint),
        };
        let path = named.map_or(endpoint.example_path(variant), String::as_str);
        self.base.join(path).map_or_else(|_| format!("{}{path}", self.base), String::from)
    }
}
