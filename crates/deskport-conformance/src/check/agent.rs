//! Rules about the list of agents.

use deskport_wire::Variant;
use serde_json::{Value, json};

use super::given::ids;
use super::probe::Probe;
use super::rule::{Chapter, Judged, Level, Pass, Rule, Scope, Stop, fail, hold, seen, skip};
use super::shape;
use crate::client::Endpoint;
use crate::client::answer::id_of;

pub(super) const CHAPTER: Chapter = Chapter {
    name: "Agents",
    rules: &[
        Rule {
            id: "AGT-01",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The list of agents is a list: bare in variant R, under `data` in variant P.",
            source: "R/getagents, P/getagents",
            why: "At setup, the agent that stands for Fin is picked from this list.",
            fix: "Answer an array in variant R and an object with `data` and `error` in variant P.",
            judge: |probe| Box::pin(list_has_the_right_shape(probe)),
        },
        Rule {
            id: "AGT-02",
            level: Level::Must,
            scope: Scope::Both,
            claim: "There is at least one agent, and each has an id.",
            source: "OV, P-index",
            why: "Without an agent to stand for Fin, setup cannot be finished.",
            fix: "Answer at least one agent; a single hard-coded bot is enough.",
            judge: |probe| Box::pin(there_is_an_agent(probe)),
        },
        Rule {
            id: "AGT-03",
            level: Level::Must,
            scope: Scope::OnlyP,
            claim: "Each agent has a name and an e-mail address.",
            source: "P/getagents",
            why: "Variant P marks both as required and not null.",
            fix: "Fill `name` and `email` of every agent in the list.",
            judge: |probe| Box::pin(agents_have_names(probe)),
        },
        Rule {
            id: "AGT-04",
            level: Level::Should,
            scope: Scope::Both,
            claim: "The display name is `alias` in variant R and `alias_name` in variant P.",
            source: "R/getagents, P/getagents",
            why: "Under another name it is not found, and end users see the agent's real name.",
            fix: "Write `alias` in variant R and `alias_name` in variant P.",
            judge: |probe| Box::pin(alias_has_its_name(probe)),
        },
        Rule {
            id: "AGT-05",
            level: Level::Must,
            scope: Scope::Both,
            claim: "The same agents keep the same ids.",
            source: "R/createmessage, P/createmessage",
            why: "Fin signs its messages with the id that was picked at setup, months ago.",
            fix: "Store the ids of agents, or derive them from something that stays.",
            judge: |probe| Box::pin(ids_stay(probe)),
        },
    ],
};

async fn list_has_the_right_shape(probe: &Probe<'_>) -> Judged {
    let view = probe.expect(Endpoint::GetAgents, json!({})).await?;
    shape::list(&view, probe.variant())
}

async fn there_is_an_agent(probe: &Probe<'_>) -> Judged {
    let agents = agents(probe).await?;
    if agents.is_empty() {
        return fail("the list is empty");
    }
    hold(agents.iter().all(|agent| id_of(agent).is_some()), || "an agent has no id".to_owned())
}

async fn agents_have_names(probe: &Probe<'_>) -> Judged {
    for agent in agents(probe).await? {
        for member in ["name", "email"] {
            if !agent[member].is_string() {
                return fail(format!("agent {} has no `{member}`", agent["id"]));
            }
        }
    }
    Ok(Pass::Plain)
}

async fn alias_has_its_name(probe: &Probe<'_>) -> Judged {
    let (right, wrong) = match probe.variant() {
        Variant::R => ("alias", "alias_name"),
        Variant::P => ("alias_name", "alias"),
    };
    let agents = agents(probe).await?;
    let has = |name: &str| agents.iter().any(|agent| agent.get(name).is_some());
    match (has(right), has(wrong)) {
        (true, _) => Ok(Pass::Plain),
        (false, false) => seen("agents have no display name"),
        (false, true) => {
            fail(format!("agents have `{wrong}`, which is the other variant's name of `{right}`"))
        }
    }
}

async fn ids_stay(probe: &Probe<'_>) -> Judged {
    let (first, second) = (ids(&agents(probe).await?), ids(&agents(probe).await?));
    if first.is_empty() {
        return skip("there is no agent; AGT-02 judges that");
    }
    hold(first.iter().any(|id| second.contains(id)), || {
        format!("the first list had {first:?}, the second {second:?}")
    })
}

/// The agents, where the list's shape is not what the rule is about.
async fn agents(probe: &Probe<'_>) -> Result<Vec<Value>, Stop> {
    match probe.need(Endpoint::GetAgents, json!({})).await?.payload {
        Value::Array(agents) => Ok(agents),
        _ => skip("`get_agents` answered no list; AGT-01 judges that"),
    }
}
