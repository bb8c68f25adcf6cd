//! The table of layers. Every line is a decision; a new edge is a line that someone reviews.

/// Where this table is, for messages.
pub(super) const TABLE: &str = "xtask/src/layers/table.rs";

/// The crate that depends on nothing of ours and on little else.
pub(super) const DOMAIN: &str = "deskport-domain";

/// How many packages the domain may pull in, itself and its macros' helpers included; not counting what
/// comes with features that are off by default.
pub(super) const DOMAIN_TREE_LIMIT: usize = 20;

/// One crate of the workspace and what its shipped code may know.
pub(super) struct Layer {
    pub(super) name: &'static str,
    /// The workspace's own crates that it may depend on.
    pub(super) may_use: &'static [&'static str],
    /// Others' crates that it must not depend on; a final `*` stands for any ending.
    pub(super) banned: &'static [&'static str],
    /// Why those are banned.
    pub(super) reason: &'static str,
}

impl Layer {
    /// Whether the package `name` is banned here.
    pub(super) fn bans(&self, name: &str) -> bool {
        self.banned.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *pattern,
        })
    }
}

const ADAPTERS_ARE_STRANGERS: &str = "adapters do not know each other's technology";

#[rustfmt::skip]
pub(super) const LAYERS: &[Layer] = &[
    Layer {
        name: "deskport-domain",
        may_use: &[],
        banned: &["serde", "serde_*", "tokio*", "async-*", "futures*", "time", "chrono", "uuid", "rand*", "getrandom", "fastrand", "actix*", "diesel*"],
        reason: "the domain has no format, no runtime, no clock and no randomness",
    },
    Layer {
        name: "deskport-wire",
        may_use: &["deskport-domain"],
        banned: &["tokio*", "actix*", "diesel*", "reqwest", "async-trait"],
        reason: "wire is JSON and nothing else",
    },
    Layer {
        name: "deskport-ports",
        may_use: &["deskport-domain"],
        banned: &["tokio*", "actix*", "diesel*", "libsqlite3-sys", "rusqlite", "sqlx", "reqwest", "hyper*", "serde", "serde_*"],
        reason: "ports know no driver, no runtime and no format",
    },
    Layer {
        name: "deskport-application",
        may_use: &["deskport-ports", "deskport-domain"],
        banned: &["tokio*", "serde", "serde_*", "actix*", "diesel*", "reqwest", "config"],
        reason: "use cases know no runtime, no HTTP, no SQL and no JSON",
    },
    Layer {
        name: "deskport-storage-memory",
        may_use: &["deskport-ports", "deskport-domain"],
        banned: &["actix*", "diesel*", "reqwest", "serde", "serde_*"],
        reason: ADAPTERS_ARE_STRANGERS,
    },
    Layer {
        name: "deskport-sqlite",
        may_use: &[],
        banned: &["actix*", "diesel*", "reqwest", "tokio*"],
        reason: "it serves SQLite and knows nothing of helpdesks",
    },
    Layer {
        name: "deskport-threads",
        may_use: &[],
        banned: &["actix*", "diesel*", "reqwest", "tokio*"],
        reason: "it speaks with the machine's scheduler and knows nothing of helpdesks",
    },
    Layer {
        name: "deskport-storage-diesel",
        may_use: &["deskport-ports", "deskport-domain", "deskport-sqlite"],
        banned: &["actix*", "reqwest"],
        reason: ADAPTERS_ARE_STRANGERS,
    },
    Layer {
        name: "deskport-transport-reqwest",
        may_use: &["deskport-wire", "deskport-ports", "deskport-domain"],
        banned: &["actix*", "diesel*"],
        reason: ADAPTERS_ARE_STRANGERS,
    },
    Layer {
        name: "deskport-testkit",
        may_use: &["deskport-ports", "deskport-domain"],
        banned: &["actix*", "diesel*", "reqwest"],
        reason: "the contract suite judges adapters and favors none",
    },
    Layer {
        name: "deskport-http-actix",
        may_use: &["deskport-wire", "deskport-application", "deskport-domain", "deskport-threads"],
        banned: &["diesel*", "reqwest", "config"],
        reason: ADAPTERS_ARE_STRANGERS,
    },
    Layer {
        name: "deskport-conformance",
        may_use: &["deskport-wire", "deskport-domain"],
        banned: &["diesel*"],
        reason: "the judge sees a server from outside",
    },
    Layer {
        name: "deskport",
        may_use: &[
            "deskport-domain", "deskport-wire", "deskport-ports", "deskport-application",
            "deskport-storage-memory", "deskport-storage-diesel", "deskport-transport-reqwest",
            "deskport-http-actix", "deskport-conformance",
        ],
        banned: &["diesel*"],
        reason: "only the storage crate speaks SQL",
    },
    Layer { name: "xtask", may_use: &[], banned: &[], reason: "" },
];
