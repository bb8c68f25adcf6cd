CREATE TABLE agents (
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT,
    email TEXT,
    alias TEXT,
    photo_url TEXT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE users (
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT,
    email TEXT,
    photo_url TEXT,
    attributes TEXT
);

-- A post changes the row of its conversation; room in the page keeps that from touching the index.
CREATE TABLE conversations (
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL DEFAULT 0,
    last_user_read_at BIGINT,
    activity BIGINT NOT NULL,
    id BYTEA NOT NULL PRIMARY KEY,
    user_id BYTEA NOT NULL,
    assignee_id BYTEA,
    status TEXT NOT NULL,
    title TEXT,
    tags TEXT,
    attributes TEXT
) WITH (fillfactor = 80);

-- Wide columns first: the order saves padding. Eight columns: a ninth would cost 8 bytes a row.
CREATE TABLE messages (
    sequence BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    is_private BOOLEAN NOT NULL,
    conversation_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    author BYTEA NOT NULL,
    body TEXT,
    attachments TEXT,
    PRIMARY KEY (conversation_id, sequence),
    UNIQUE (conversation_id, id)
);

CREATE TABLE clients (
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    digest BYTEA NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    digest BYTEA NOT NULL UNIQUE,
    label TEXT NOT NULL,
    client_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);
