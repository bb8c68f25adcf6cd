//! Rules about handing a conversation over to a human: the assignee is set to null.

use serde_json::json;

use super::given::Chat;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, Stop, fail, hold, skip};
use crate::client::Endpoint;
use crate::client::answer::id_of;
use crate::client::request;

const SOURCE: &str = "R/updateconversation, P/updateconversation, OV, P-index";

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Handover",
    rules: &[
        Rule {
            id: "HND-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "An agent is assigned, and the conversation shows that agent as an object.",
            source: "R/updateconversation, P/updateconversation, R/models",
            why: "By the assignee both sides know whether Fin or a human is in charge.",
            fix: "Store `assignee_id`, and write the whole agent under `assignee`.",
            judge: |probe| Box::pin(an_agent_is_assigned(probe)),
        },
        Rule {
            id: "HND-02",
            level: Level::Must,
            scope: Scope::Both,
            claim: "An `assignee_id` of null takes the conversation from Fin.",
            source: SOURCE,
            why: "It is the only way in which Fin calls a human; nobody would come.",
            fix: "Tell a null from an absent member, and clear the assignee.",
            judge: |probe| Box::pin(null_hands_over(probe)),
        },
        Rule {
            id: "HND-03",
            level: Level::Must,
            scope: Scope::Both,
            claim: "An absent `assignee_id` is no handover.",
            source: SOURCE,
            why: "Every other update would take the conversation away from Fin.",
            fix: "Change the assignee only when the request names it.",
            judge: |probe| Box::pin(absence_is_no_handover(probe)),
        },
        Rule {
            id: "HND-04",
            level: Level::Must,
            scope: Scope::Both,
            claim: "A repeated handover is accepted.",
            source: "OV",
            why: "Failed jobs are repeated as a whole.",
            fix: "Take a handover of an unassigned conversation as done.",
            judge: |probe| Box::pin(a_handover_may_be_repeated(probe)),
        },
        Rule {
            id: "HND-05",
            level: Level::Must,
            scope: Scope::Both,
            claim: "After the handover the end user can still write.",
            source: "OV",
            why: "The human who took over would wait in vain.",
            fix: "Accept messages whoever is assigned.",
            judge: |probe| Box::pin(the_end_user_can_still_write(probe)),
        },
    ],
};

async fn an_agent_is_assigned(probe: &Probe<'_>) -> Judged {
    let (chat, agent) = (probe.chat_for_updates().await?, probe.agent().await?);
    probe.update(&chat, &json!({"assignee_id": agent.id})).await?;
    let assignee = &probe.stored(&chat).await?["assignee"];
    if !assignee.is_object() {
        return fail(format!("`assignee` is {assignee}"));
    }
    hold(id_of(assignee).as_ref() == Some(&agent.id), || {
        format!("assigned to {}, stored {}", agent.id, assignee["id"])
    })
}

async fn null_hands_over(probe: &Probe<'_>) -> Judged {
    let (chat, agent) = assigned(probe).await?;
    probe.update(&chat, &json!({"assignee_id": null})).await?;
    let assignee = id_of(&probe.stored(&chat).await?["assignee"]);
    hold(assignee.as_ref() != Some(&agent), || format!("{agent}, which stands for Fin, is still assigned"))
}

async fn absence_is_no_handover(probe: &Probe<'_>) -> Judged {
    let (chat, agent) = assigned(probe).await?;
    probe.update(&chat, &json!({"status": "open"})).await?;
    let assignee = &probe.stored(&chat).await?["assignee"];
    hold(id_of(assignee).as_ref() == Some(&agent), || {
        format!("an update that names no assignee left {assignee} in place of {agent}")
    })
}

async fn a_handover_may_be_repeated(probe: &Probe<'_>) -> Judged {
    let (chat, _) = assigned(probe).await?;
    probe.prepare(&chat, &json!({"assignee_id": null})).await?;
    probe.update(&chat, &json!({"assignee_id": null})).await?;
    Ok(Pass::Plain)
}

async fn the_end_user_can_still_write(probe: &Probe<'_>) -> Judged {
    probe.chat_for_messages().await?;
    let (chat, _) = assigned(probe).await?;
    probe.prepare(&chat, &json!({"assignee_id": null})).await?;
    let message = probe.message(&chat.user, "<p>Is anybody there?</p>");
    let body = request::create_message(probe.variant(), &chat.id, &message);
    probe.expect(Endpoint::CreateMessage, body).await?;
    Ok(Pass::Plain)
}

/// A conversation that Fin has, and the id of the agent that stands for Fin.
async fn assigned(probe: &Probe<'_>) -> Result<(Chat, String), Stop> {
    let (chat, agent) = (probe.new_chat().await?, probe.agent().await?.id.clone());
    probe.prepare(&chat, &json!({"assignee_id": agent})).await?;
    let assignee = id_of(&probe.stored(&chat).await?["assignee"]);
    if assignee.as_ref() != Some(&agent) {
        return skip("no agent can be assigned; HND-01 judges that");
    }
    Ok((chat, agent))
}
