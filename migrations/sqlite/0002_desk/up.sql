ALTER TABLE conversations ADD COLUMN waiting_since INTEGER;
ALTER TABLE conversations ADD COLUMN last_place INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversations_by_activity ON conversations (activity);
CREATE INDEX conversations_by_user ON conversations (user_id);
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE waiting_since IS NOT NULL;

CREATE TABLE conversation_tags (
    conversation_id BLOB NOT NULL,
    tag BLOB NOT NULL,
    PRIMARY KEY (conversation_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag);

CREATE TABLE guests (
    user_id BLOB NOT NULL,
    conversation_id BLOB NOT NULL,
    PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;

-- The only writer takes positions in the order of its commits; the newest row is never removed, so
-- that no position is taken twice.
CREATE TABLE events (
    position INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    conversation_id BLOB,
    message_id BLOB,
    user_id BLOB,
    agent_id BLOB
) STRICT;

CREATE TABLE bookmarks (
    name TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE leads (
    work TEXT NOT NULL PRIMARY KEY,
    holder BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
    conversation_id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    standing TEXT NOT NULL,
    due_since INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    lease BLOB,
    failures INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deliveries_by_standing ON deliveries (standing, due_since, conversation_id);
CREATE INDEX deliveries_due ON deliveries (standing, next_at);

CREATE TABLE delivery_attempts (
    conversation_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    status INTEGER,
    error TEXT,
    PRIMARY KEY (conversation_id, number)
) STRICT;

CREATE TABLE search_documents (
    id INTEGER NOT NULL PRIMARY KEY,
    owner BLOB NOT NULL,
    part BLOB NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (owner, part)
) STRICT;

-- The messages that search knows, by their numbers.
CREATE TABLE search_messages (
    number INTEGER NOT NULL PRIMARY KEY,
    slot INTEGER NOT NULL
) STRICT;

-- Whoever writes makes the words; `ascii` leaves them as they are. To remove a row, its words must
-- be given again.
CREATE VIRTUAL TABLE search_words USING fts5(
    words, content = '', columnsize = 0, detail = 'none', tokenize = 'ascii'
);
INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1);
