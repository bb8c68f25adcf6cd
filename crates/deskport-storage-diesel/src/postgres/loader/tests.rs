//! For the test of plans: runs each statement.

use deskport_ports::ChangeSet;
use deskport_testkit::build::{a_change_by_fin, a_message, moment};
use diesel_async::AsyncPgConnection;

use super::{
    super::{
        repeats::{Posted, Repeats},
        versions::Versions,
    },
    Lookup,
};
use crate::row::key::Key;

/// Looks up what is there already.
pub(crate) async fn look_up_each(connection: &AsyncPgConnection) {
    let message = a_message().build();
    let key = message.conversation.key();
    assert_eq!(Versions::load(connection, vec![&key]).await.unwrap().len(), 1);
    let changes: ChangeSet = a_change_by_fin(moment(3)).with_message(message);
    let post = Posted::of(&changes).unwrap();
    assert_eq!(Repeats::load(connection, vec![&post]).await.unwrap().len(), 1);
}
