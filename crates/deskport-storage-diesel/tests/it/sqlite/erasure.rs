//! That nothing of an erased person can be read from the files.

use deskport_domain::{ConversationUpdate, Patch, UserUpdate};
use deskport_ports::{ConversationChange, Eraser, Erasure, Inbox, SearchQuery, UnitOfWork, UserChange};
use deskport_testkit::build::{a_change, a_change_id, a_message, moment, user_id};
use tempfile::TempDir;

use super::fresh;
use crate::given::{a_helpdesk, conversation_id};

/// How often any of the markers is in the files of the store.
fn traces(directory: &TempDir, markers: &[&str]) -> usize {
    let files = std::fs::read_dir(directory.path()).unwrap();
    files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .map(|bytes| {
            let holds = |marker: &&&str| bytes.windows(marker.len()).any(|part| part == marker.as_bytes());
            markers.iter().filter(holds).count()
        })
        .sum()
}

#[tokio::test]
async fn an_erased_person_leaves_no_trace_in_the_files() {
    let markers = ["quagga", "Quagga", "okapi", "Okapi"];
    let (store, directory) = fresh().await;
    store.commit(a_helpdesk()).await.unwrap();
    for number in 0..200 {
        let body = format!("<p>Okapi{number} {}</p>", "and more ".repeat(number));
        let message = a_message().id(&format!("msg_{number}")).body(&body).build();
        store.commit(a_change(moment(1)).with_message(message)).await.unwrap();
    }
    let name = UserUpdate { name: Patch::Set("Quagga Roe".into()), ..UserUpdate::default() };
    let title = ConversationUpdate { title: Patch::Set("Quagga".into()), ..ConversationUpdate::default() };
    let change = a_change(moment(2))
        .with_user(UserChange::Update(user_id("user_jane"), name))
        .with_conversation(ConversationChange::Update(conversation_id(), title));
    store.commit(change).await.unwrap();
    let search = SearchQuery { words: vec!["okapi7".into()], limit: 10 };
    assert_eq!(store.search(&search).await.unwrap().len(), 1);
    assert!(traces(&directory, &markers) > 2, "the test would see traces");

    let erasure = Erasure { id: a_change_id(), user: user_id("user_jane"), at: moment(3) };
    assert_eq!(store.erase(&erasure).await.unwrap().unwrap().messages, 201);
    assert_eq!(traces(&directory, &markers), 0);
}
