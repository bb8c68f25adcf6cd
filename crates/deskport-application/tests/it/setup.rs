//! The first start.

use deskport_application::Role;
use deskport_domain::{AgentId, AgentUpdate, Patch};

use crate::{desk, sarah};

fn fin() -> (AgentId, AgentUpdate) {
    let profile = AgentUpdate { name: Patch::Set("Fin".into()), ..AgentUpdate::default() };
    (AgentId::parse("agent_fin").unwrap(), profile)
}

#[tokio::test]
async fn a_first_start_makes_an_agent_a_client_and_a_token_that_work() {
    let helpdesk = desk().helpdesk;
    let (id, profile) = fin();
    let prepared = helpdesk.setup.prepare(id.clone(), &profile).await.unwrap().unwrap();
    assert!(helpdesk.setup.complete(&prepared).await.unwrap());

    assert_eq!(helpdesk.agents.list().await.unwrap()[0].id, id);
    let secrets = prepared.secrets;
    let caller = helpdesk.access.authenticate(secrets.desk_token.reveal()).await.unwrap();
    assert_eq!(caller.role, Role::Desk);
    let issued = helpdesk
        .access
        .issue_token(&secrets.fin_client_id, secrets.fin_client_secret.reveal())
        .await
        .unwrap();
    assert_eq!(helpdesk.access.authenticate(issued.secret.reveal()).await.unwrap().role, Role::Fin);
}

#[tokio::test]
async fn of_two_instances_that_start_at_once_one_prepares_in_vain() {
    let helpdesk = desk().helpdesk;
    let (id, profile) = fin();
    let one = helpdesk.setup.prepare(id.clone(), &profile).await.unwrap().unwrap();
    let two = helpdesk.setup.prepare(id, &profile).await.unwrap().unwrap();
    assert!(helpdesk.setup.complete(&one).await.unwrap());
    assert!(!helpdesk.setup.complete(&two).await.unwrap());
    assert!(helpdesk.access.authenticate(two.secrets.desk_token.reveal()).await.is_err());
}

#[tokio::test]
async fn a_store_that_holds_anything_is_no_first_start() {
    let desk = desk();
    sarah(&desk).await;
    let (id, profile) = fin();
    assert!(desk.helpdesk.setup.prepare(id, &profile).await.unwrap().is_none());
}

#[tokio::test]
async fn disabled_agents_are_no_longer_offered_and_stay_known() {
    let desk = desk();
    let id = sarah(&desk).await;
    desk.helpdesk.agents.disable(id.clone()).await.unwrap();
    assert_eq!(desk.helpdesk.agents.list().await.unwrap(), []);
    assert_eq!(desk.helpdesk.agents.all().await.unwrap().len(), 1);
    let enabled = desk.helpdesk.agents.enable(id).await.unwrap();
    assert_eq!(desk.helpdesk.agents.list().await.unwrap(), [enabled]);
}
