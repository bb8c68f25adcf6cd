//! Search: conversations in which words occur.

use actix_web::{HttpResponse, web::Data};
use deskport_application::SearchQuery;
use deskport_domain::Text;
use deskport_wire::Invalid;

use super::{
    answer,
    call::{Asked, Faults},
    view::{Conversation, Page},
};
use crate::{problem::Problem, state::State};

/// The most words that are looked for at once.
const MAX_WORDS: usize = 20;

pub(super) async fn find(state: Data<State>, asked: Asked) -> Result<HttpResponse, Problem> {
    let mut faults = Faults::default();
    let words = faults.note(words(asked.text("q").unwrap_or_default())).unwrap_or_default();
    let limit = faults.note(asked.limit()).unwrap_or_default();
    faults.refuse()?;
    let found = state.desk.conversations.search(&SearchQuery { words, limit }).await?;
    Ok(answer::ok(&Page { data: found.iter().map(Conversation::from).collect(), next_cursor: None }))
}

/// What there is between spaces and punctuation: `jane@example.com` is three words.
fn words(text: &str) -> Result<Vec<Text>, Invalid> {
    let between = |c: char| !c.is_alphanumeric();
    let words: Vec<Text> = text.split(between).filter(|word| !word.is_empty()).map(Text::from).collect();
    match words.len() {
        1..=MAX_WORDS => Ok(words),
        0 => Err(Invalid::field("q", "must hold at least one word")),
        _ => Err(Invalid::field("q", format!("must hold at most {MAX_WORDS} words"))),
    }
}
