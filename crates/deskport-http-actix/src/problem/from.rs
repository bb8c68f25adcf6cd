//! Which problem each refusal of a use case or of the wire is.

use deskport_application::{
    AccessError, AgentError, CreateConversationError, HintError, IssueTokenError, ListMessagesError,
    LoadConversationError, PostMessageError, StoreError, UpdateConversationError, UserError,
};
use deskport_wire::{Invalid, ParseError};

use super::{Kind, Problem};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::Unavailable(_) => Kind::StoreUnavailable,
            StoreError::Overloaded => Kind::Overloaded,
            StoreError::Corrupt { .. } => Kind::CorruptData,
            StoreError::Backend(_) => Kind::Internal,
        };
        Self::new(kind).caused_by(error)
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => error.into(),
            refused => Self::new(Kind::InvalidToken).because(refused.to_string()),
        }
    }
}

impl From<IssueTokenError> for Problem {
    fn from(error: IssueTokenError) -> Self {
        match error {
            IssueTokenError::InvalidClient => Self::new(Kind::InvalidClient),
            IssueTokenError::Store(error) => error.into(),
        }
    }
}

impl From<ParseError> for Problem {
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::NotJson { .. } => Self::new(Kind::NotJson).because(error.to_string()),
            ParseError::Invalid(invalid) => invalid.into(),
        }
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        let mut problem = Self::new(Kind::InvalidFields).because(invalid.to_string());
        problem.this.errors = invalid.errors;
        problem
    }
}

impl From<UserError> for Problem {
    fn from(error: UserError) -> Self {
        match error {
            UserError::Unknown => Self::new(Kind::UnknownUser),
            UserError::Store(error) => error.into(),
        }
    }
}

impl From<AgentError> for Problem {
    fn from(error: AgentError) -> Self {
        match error {
            AgentError::Unknown => Self::new(Kind::UnknownAgent),
            AgentError::Store(error) => error.into(),
        }
    }
}

impl From<HintError> for Problem {
    fn from(error: HintError) -> Self {
        match error {
            HintError::UnknownAgent => Self::invalid("agent_id", error),
            HintError::Store(error) => error.into(),
        }
    }
}

impl From<LoadConversationError> for Problem {
    fn from(error: LoadConversationError) -> Self {
        match error {
            LoadConversationError::Unknown => Self::new(Kind::UnknownConversation),
            LoadConversationError::Store(error) => error.into(),
        }
    }
}

impl From<UpdateConversationError> for Problem {
    fn from(error: UpdateConversationError) -> Self {
        match error {
            UpdateConversationError::UnknownConversation => Self::new(Kind::UnknownConversation),
            UpdateConversationError::UnknownAssignee => Self::invalid("assignee_id", error),
            UpdateConversationError::Store(error) => error.into(),
        }
    }
}

impl From<CreateConversationError> for Problem {
    fn from(error: CreateConversationError) -> Self {
        match error {
            CreateConversationError::UnknownUser => Self::invalid("user_id", error),
            CreateConversationError::UnknownAuthor => Self::invalid("initial_message.author.id", error),
            CreateConversationError::Store(error) => error.into(),
        }
    }
}

impl From<PostMessageError> for Problem {
    fn from(error: PostMessageError) -> Self {
        match error {
            PostMessageError::UnknownConversation => Self::new(Kind::UnknownConversation),
            PostMessageError::UnknownAuthor => Self::invalid("author.id", error),
            PostMessageError::Store(error) => error.into(),
        }
    }
}

impl From<ListMessagesError> for Problem {
    fn from(error: ListMessagesError) -> Self {
        match error {
            ListMessagesError::UnknownConversation => Self::new(Kind::UnknownConversation),
            ListMessagesError::Store(error) => error.into(),
        }
    }
}
