//! Every endpoint, as the desk reads it.

use deskport_testkit::build::moment;

use super::support::Desk;
use crate::support::Transcript;

#[actix_web::test]
async fn every_answer() {
    let desk = Desk::new().await;
    let mut seen = Transcript::default();
    let jane = r#"{"name":"Jane Doe","email":"jane.doe@example.com","attributes":{"plan":"pro"}}"#;
    seen.add("bring a user", &desk.put("/users/user_jane", jane).await);
    seen.add(
        "change a user",
        &desk.patch("/users/user_jane", r#"{"photo_url":"https://a.example/j"}"#).await,
    );
    seen.add("load a user", &desk.get("/users/user_jane").await);
    seen.add("list users", &desk.get("/users").await);
    let sarah = r#"{"name":"Sarah Johnson","email":"sarah.johnson@company.com","alias":"Sarah"}"#;
    seen.add("bring an agent", &desk.put("/agents/agent_sarah", sarah).await);
    seen.add("list agents", &desk.get("/agents").await);
    seen.add("disable an agent", &desk.post("/agents/agent_fin/disable", "").await);
    seen.add("enable an agent", &desk.delete("/agents/agent_fin/disable").await);
    seen.add("load an agent", &desk.get("/agents/agent_sarah").await);

    desk.world.clock.set(moment(1_000));
    let begin = r#"{"user_id":"user_jane","title":"Question about pricing","attributes":{"source":"mail"},
        "initial_message":{"author":{"id":"user_jane","user_type":"end_user"},"body":"<p>Hi!</p>"}}"#;
    let begun = desk.post("/conversations", begin).await;
    seen.add("begin a conversation", &begun);
    let matter = format!("/conversations/{}", begun.json()["conversation"]["id"].as_str().unwrap());
    let change = r#"{"tags":["pricing"],"status":"resolved","assignee_id":"agent_sarah",
        "last_user_read_at":"2025-10-27T15:45:00Z"}"#;
    seen.add("change a conversation", &desk.patch(&matter, change).await);
    seen.add("load a conversation", &desk.get(&matter).await);
    seen.add("list conversations", &desk.get("/conversations?status=resolved").await);
    let reply = r#"{"agent_id":"agent_sarah","body":"<p onclick=x>See <script>1</script>this</p>",
        "attachments":[{"url":"https://example.com/files/pricing-guide.pdf","filetype":"pdf"}]}"#;
    let messages = format!("{matter}/messages");
    let replied = desk.post(&messages, reply).await;
    seen.add("post a reply", &replied);
    let note = r#"{"author":{"id":"agent_sarah"},"visibility":"private","body":"Call her."}"#;
    seen.add("post a note", &desk.post(&messages, note).await);
    let path = format!("{messages}/{}", replied.json()["id"].as_str().unwrap());
    seen.add("load a message", &desk.get(&path).await);
    seen.add("list messages", &desk.get(&messages).await);
    let typing = format!("{matter}/typing");
    seen.add("typing without Fin", &desk.post(&typing, r#"{"agent_id":"agent_sarah"}"#).await);
    seen.add("search", &desk.get("/search?q=JANE+do").await);
    seen.add("erase a user", &desk.delete("/users/user_jane").await);
    seen.add("nobody is left", &desk.get("/conversations").await);
    insta::assert_snapshot!(seen.text());
}
