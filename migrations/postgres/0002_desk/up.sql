ALTER TABLE conversations ADD COLUMN waiting_since BIGINT;
ALTER TABLE conversations ADD COLUMN last_place BIGINT NOT NULL DEFAULT 0;
CREATE INDEX conversations_by_activity ON conversations (activity);
CREATE INDEX conversations_by_user ON conversations (user_id);
CREATE INDEX conversations_waiting ON conversations (waiting_since) WHERE waiting_since IS NOT NULL;

CREATE TABLE conversation_tags (
    conversation_id BYTEA NOT NULL,
    tag BYTEA NOT NULL,
    PRIMARY KEY (conversation_id, tag)
);
CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag);

CREATE TABLE guests (
    user_id BYTEA NOT NULL,
    conversation_id BYTEA NOT NULL,
    PRIMARY KEY (user_id, conversation_id)
);

-- What was committed and has no position in the log yet. Those who read the log give it one.
-- Every post writes here and nobody looks for one of these rows, so one index must do.
CREATE TABLE new_events (
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    conversation_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    message_id BYTEA,
    user_id BYTEA,
    agent_id BYTEA,
    PRIMARY KEY (place, id)
);

CREATE TABLE events (
    position BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    id BYTEA NOT NULL,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    conversation_id BYTEA,
    message_id BYTEA,
    user_id BYTEA,
    agent_id BYTEA
);

CREATE TABLE bookmarks (
    name TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

CREATE TABLE leads (
    work TEXT NOT NULL PRIMARY KEY,
    holder BYTEA NOT NULL,
    until BIGINT NOT NULL
);

CREATE TABLE deliveries (
    version BIGINT NOT NULL,
    due_since BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0,
    conversation_id BYTEA NOT NULL PRIMARY KEY,
    standing TEXT NOT NULL,
    lease BYTEA
);
CREATE INDEX deliveries_by_standing ON deliveries (standing, due_since, conversation_id);
CREATE INDEX deliveries_due ON deliveries (standing, next_at);

CREATE TABLE delivery_attempts (
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    took_ms BIGINT NOT NULL,
    status BIGINT,
    conversation_id BYTEA NOT NULL,
    error TEXT,
    PRIMARY KEY (conversation_id, number)
);

CREATE TABLE search_documents (
    owner BYTEA NOT NULL,
    part BYTEA NOT NULL,
    position BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (owner, part)
);
CREATE INDEX search_documents_by_words ON search_documents USING GIN (words);

-- The words of each message, as text: a vector takes more room, and nothing but the index needs
-- one. No key, which would take more than the index of blocks of 64 that removing needs.
CREATE TABLE search_messages (
    position BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    conversation_id BYTEA NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX search_messages_by_words ON search_messages USING GIN (array_to_tsvector(string_to_array(words, ' ')));
CREATE INDEX search_messages_by_block ON search_messages (conversation_id, (sequence >> 6));
-- Without a key, a publication of all tables would otherwise forbid to remove rows.
ALTER TABLE search_messages REPLICA IDENTITY FULL;
