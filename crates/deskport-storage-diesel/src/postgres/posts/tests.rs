//! For the test of plans: runs the statement.

use deskport_ports::ChangeSet;
use deskport_testkit::build::{a_change_by_fin, a_message, moment};
use diesel_async::AsyncPgConnection;
use tokio::sync::oneshot;

use super::{Post, load};

/// Stores a message of an agent in a conversation that is there already.
pub(crate) async fn store_one(connection: &AsyncPgConnection) {
    let message = a_message().id("msg_plain").by_agent().build();
    let changes: ChangeSet = a_change_by_fin(moment(3)).with_message(message);
    let post = Post::plain(changes, oneshot::channel().0).unwrap();
    assert_eq!(load(connection, &[post]).await.unwrap().len(), 1);
}
