CREATE TABLE agents (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT,
    email TEXT,
    alias TEXT,
    photo_url TEXT,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT,
    email TEXT,
    photo_url TEXT,
    attributes TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE conversations (
    number INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    user_id BLOB NOT NULL,
    assignee_id BLOB,
    status TEXT NOT NULL,
    title TEXT,
    tags TEXT,
    attributes TEXT,
    last_user_read_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL DEFAULT 0,
    activity INTEGER NOT NULL
) STRICT;

-- `slot` is the conversation's number, then 24 bits of the sequence: the messages of a conversation lie
-- side by side. `number` names a message for search: it grows, and no two messages have the same.
CREATE TABLE messages (
    slot INTEGER NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    sequence INTEGER NOT NULL AS (slot & 16777215) VIRTUAL,
    id BLOB NOT NULL,
    author BLOB NOT NULL,
    is_private INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    body TEXT,
    attachments TEXT
) STRICT;

-- Finds messages by id, but for those since the last full sixteen of a conversation (by sequence).
CREATE TABLE messages_by_id (
    conversation INTEGER NOT NULL,
    id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE clients (
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    digest BLOB NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    label TEXT NOT NULL,
    client_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT;
