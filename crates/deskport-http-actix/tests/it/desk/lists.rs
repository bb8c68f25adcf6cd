//! Lists: filters, and paging through everything.

use deskport_testkit::build::moment;

use super::support::{Desk, each};

/// Every page of a list that goes on by its cursor, put together.
async fn all(desk: &Desk, path: &str, parameter: &str, member: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), path.to_owned());
    loop {
        let page = desk.get(&next).await.json();
        found.extend(each(&page, member).into_iter().map(str::to_owned));
        let Some(cursor) = page["next_cursor"].as_str() else { return found };
        let join = if path.contains('?') { '&' } else { '?' };
        next = format!("{path}{join}{parameter}={cursor}");
    }
}

/// Seven conversations, the oldest first; several with the same time of activity.
async fn seven(desk: &Desk) -> Vec<String> {
    let mut matters = vec![desk.given_a_matter().await];
    for number in 1..7 {
        desk.world.clock.set(moment(number / 3));
        matters.push(desk.given_another().await);
    }
    matters
}

#[actix_web::test]
async fn paging_through_conversations_meets_each_once_newest_first() {
    let desk = Desk::new().await;
    let mut matters = seven(&desk).await;
    let whole = all(&desk, "/conversations", "cursor", "id").await;
    for limit in 1..=8 {
        assert_eq!(all(&desk, &format!("/conversations?limit={limit}"), "cursor", "id").await, whole);
    }
    assert_eq!(whole[0], matters[6]);
    let mut sorted = whole;
    sorted.sort();
    matters.sort();
    assert_eq!(sorted, matters);
}

#[actix_web::test]
async fn filters_let_through_what_they_say() {
    let desk = Desk::new().await;
    let matters = seven(&desk).await;
    desk.world.clock.set(moment(10_000));
    let change = async |at: usize, json| desk.patch(&format!("/conversations/{}", matters[at]), json).await;
    change(0, r#"{"status":"closed"}"#).await;
    change(1, r#"{"assignee_id":"agent_sarah"}"#).await;
    change(2, r#"{"assignee_id":null}"#).await;
    change(3, r#"{"tags":["vip","pricing"]}"#).await;
    desk.put("/users/user_john", "{}").await;
    let count =
        async |query: &str| each(&desk.get(&format!("/conversations?{query}")).await.json(), "id").len();
    assert_eq!(count("status=closed").await, 1);
    assert_eq!(count("assignee=agent_sarah").await, 1);
    assert_eq!(count("assignee=none").await, 6);
    assert_eq!(count("assignee=waiting").await, 1);
    assert_eq!(count("tag=vip").await, 1);
    assert_eq!(count("user=user_jane").await, 7);
    assert_eq!(count("user=user_john").await, 0);
    assert_eq!(count("updated_since=2025-10-27T14:30:10Z").await, 4);
    assert_eq!(count("status=open&assignee=none&tag=vip").await, 1);
}

#[actix_web::test]
async fn paging_through_messages_meets_each_once_in_both_directions() {
    let desk = Desk::new().await;
    let messages = format!("/conversations/{}/messages", desk.given_a_matter().await);
    for number in 0..8 {
        desk.post(&messages, &format!(r#"{{"agent_id":"agent_sarah","body":"{number}"}}"#)).await;
    }
    let whole = all(&desk, &messages, "after", "id").await;
    assert_eq!(whole.len(), 9);
    for limit in 1..=10 {
        let path = format!("{messages}?limit={limit}");
        assert_eq!(all(&desk, &path, "after", "id").await, whole);
        let mut backwards = Vec::new();
        let mut before = "newest".to_owned();
        loop {
            let page = desk.get(&format!("{path}&before={before}")).await.json();
            let ids: Vec<String> = each(&page, "id").into_iter().map(str::to_owned).collect();
            backwards.splice(0..0, ids);
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            cursor.clone_into(&mut before);
        }
        assert_eq!(backwards, whole);
    }
}

#[actix_web::test]
async fn a_message_that_comes_later_is_found_after_the_last_sequence() {
    let desk = Desk::new().await;
    let messages = format!("/conversations/{}/messages", desk.given_a_matter().await);
    let last = desk.get(&messages).await.json()["data"][0]["sequence"].as_u64().unwrap();
    assert_eq!(
        desk.get(&format!("{messages}?after={last}")).await.json()["data"].as_array().unwrap().len(),
        0
    );
    let posted = desk.post(&messages, r#"{"agent_id":"agent_sarah","body":"x"}"#).await.json();
    let page = desk.get(&format!("{messages}?after={last}")).await.json();
    assert_eq!(each(&page, "id"), [posted["id"].as_str().unwrap()]);
}

#[actix_web::test]
async fn paging_through_users_meets_each_once() {
    let desk = Desk::new().await;
    for id in ["u-1", "u:2", "a%2Fb", "7", "user_%3F"] {
        assert_eq!(desk.put(&format!("/users/{id}"), "{}").await.status, 200);
    }
    let whole = all(&desk, "/users", "cursor", "id").await;
    assert_eq!(whole.len(), 5);
    assert!(whole.contains(&"a/b".to_owned()));
    assert_eq!(desk.get("/users/a%2Fb").await.json()["id"], "a/b");
    assert_eq!(all(&desk, "/users?limit=1", "cursor", "id").await, whole);
}

#[actix_web::test]
async fn search_finds_titles_names_addresses_and_messages() {
    let desk = Desk::new().await;
    let matter = desk.given_a_matter().await;
    for query in ["pricing", "PRICING+quest", "jane+doe", "jane.doe%40example.com", "hi+jane", "pri"] {
        assert_eq!(each(&desk.get(&format!("/search?q={query}")).await.json(), "id"), [&matter], "{query}");
    }
    for query in ["pricin+question", "refund", "jane+pricing"] {
        assert_eq!(
            desk.get(&format!("/search?q={query}")).await.json()["data"],
            serde_json::json!([]),
            "{query}"
        );
    }
}
