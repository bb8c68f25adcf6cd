//! Fin's whole day, in both variants, on each store.

use serde_json::{Value, json};

use crate::support::{Fin, Sandbox, Store};

/// The request of the published example, for this user and conversation.
fn seed(user: &str, conversation: &str) -> Value {
    json!({
        "conversation_id": conversation,
        "message_type": "comment",
        "body": "<p>Hi! I'd like to know more about your pricing plans.</p>",
        "author": {"id": user, "user_type": "end_user"},
        "visibility": "public",
        "created_at": "2025-10-27T14:30:00.000Z",
        "object_id": "123456",
        "attachments": [{"url": "https://example.com/files/pricing-guide.pdf", "filetype": "pdf",
            "filename": "Pricing Guide 2025"}],
    })
}

fn variant_r(store: Store) {
    let sandbox = Sandbox::new(store);
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);

    assert_eq!(fin.get("/agents").expect(200)[0]["id"], "agent_fin");
    let (user, conversation) = fin.conversation();
    assert_eq!(fin.get(&format!("/user?user_id={user}")).expect(200)["name"], "Jane Doe");
    let changed = json!({"user_id": user, "attributes": {"plan_type": "enterprise"}});
    assert_eq!(fin.put("/user", &changed).expect(200)["attributes"]["plan_type"], "enterprise");

    let posted = fin.post("/messages", &seed(&user, &conversation)).expect(201);
    assert_eq!(posted["author"]["name"], "Jane Doe");
    assert_eq!(posted["created_at"], "2025-10-27T14:30:00.000Z");
    assert_eq!(fin.post("/messages", &seed(&user, &conversation)).expect(201), posted);
    let listed = fin.get(&format!("/messages?conversation_id={conversation}")).expect(200);
    assert_eq!((listed.as_array().unwrap().len(), &listed[1]), (2, &posted));
    let first = listed[0]["id"].as_str().unwrap();
    let later = fin.get(&format!("/messages?conversation_id={conversation}&after_id={first}")).expect(200);
    assert_eq!(later, json!([posted]));

    let update = json!({"conversation_id": conversation, "status": "resolved", "assignee_id": "agent_fin"});
    assert_eq!(fin.put("/conversation", &update).expect(200)["assignee"]["id"], "agent_fin");
    let handover = json!({"conversation_id": conversation, "assignee_id": null});
    assert_eq!(fin.put("/conversation", &handover).expect(200)["assignee"], Value::Null);
    let loaded = fin.get(&format!("/conversation?conversation_id={conversation}")).expect(200);
    assert_eq!((&loaded["status"], &loaded["user"]["id"]), (&json!("resolved"), &json!(user)));
    server.stop();
}

fn variant_p(store: Store) {
    let sandbox = Sandbox::new(store);
    let server = sandbox.start();
    let fin = Fin::of(&sandbox, &server);

    assert_eq!(fin.post("/get_agents", &json!({})).expect(200)["data"][0]["alias_name"], "Fin");
    let created = fin.post("/create_user", &json!({"name": "Jane Doe", "object_id": "123456"})).expect(201);
    let user = created["id"].as_str().unwrap();
    assert_eq!(fin.post("/get_user", &json!({"user_id": user})).expect(200)["data"]["name"], "Jane Doe");
    let changed = json!({"user_id": user, "attributes": {"is_premium": true}});
    assert_eq!(fin.post("/update_user", &changed).expect(200)["data"]["attributes"]["is_premium"], true);

    let message = json!({"message_type": "comment", "body": "<p>Hello</p>",
        "author": {"id": user, "user_type": "end_user"}, "visibility": "public", "object_id": "1"});
    let create = json!({"title": "Question", "user": {"id": user, "user_type": "end_user"},
        "object_id": "123456", "initial_message": message});
    let created = fin.post("/create_conversation", &create).expect(201);
    assert_eq!(created["data"]["conversation"], created["conversation"]);
    let conversation = created["conversation"]["id"].as_str().unwrap();

    let posted = fin.post("/create_message", &seed(user, conversation)).expect(201);
    assert_eq!(posted["data"]["id"], posted["id"]);
    let listed = fin.post("/get_messages", &json!({"conversation_id": conversation})).expect(200);
    assert_eq!(listed["data"].as_array().unwrap().len(), 2);
    let handover = json!({"conversation_id": conversation, "status": "open", "assignee_id": null});
    assert_eq!(fin.post("/update_conversation", &handover).expect(200)["data"]["status"], "open");
    let loaded = fin.post("/get_conversation", &json!({"conversation_id": conversation})).expect(200);
    assert_eq!(loaded["data"]["title"], "Question");

    let unknown = fin.post("/get_user", &json!({"user_id": "nobody"})).expect(404);
    assert_eq!((&unknown["data"], &unknown["error"]["status"]), (&Value::Null, &json!(404)));
    server.stop();
}

#[test]
fn variant_r_works_on_sqlite() {
    variant_r(Store::Sqlite);
}

#[test]
fn variant_r_works_on_postgres() {
    variant_r(Store::Postgres);
}

#[test]
fn variant_r_works_in_memory() {
    variant_r(Store::Memory);
}

#[test]
fn variant_p_works_on_sqlite() {
    variant_p(Store::Sqlite);
}

#[test]
fn variant_p_works_on_postgres() {
    variant_p(Store::Postgres);
}

#[test]
fn variant_p_works_in_memory() {
    variant_p(Store::Memory);
}

#[test]
fn the_settings_reach_the_face() {
    let sandbox = Sandbox::new(Store::Memory)
        .with("DESKPORT__FIN__PREFIX", "/helpdesk")
        .with("DESKPORT__FIN__AGENT_ID", "agent_of_mine")
        .with("DESKPORT__FIN__SIGNATURE", "enforce")
        .with("DESKPORT__FIN__SIGNATURE_KEY", "key");
    let server = sandbox.start();
    assert_eq!(sandbox.credentials()["fin"]["agent_id"], "agent_of_mine");
    let fin = Fin::of(&sandbox, &server);
    let call = |path| crate::support::send(fin.server, "GET", path, &fin.headers(), "").status;
    assert_eq!(call("/helpdesk/agents"), 400, "it is not signed");
    assert_eq!(call("/api/fin/agents"), 404);
    assert_eq!(call("/readyz"), 200);
}
