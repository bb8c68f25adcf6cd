//! The tables, the same on both backends, but that SQLite's messages have a slot instead of a
//! `conversation_id`. What each column holds: `migrations/README.md`.

diesel::table! {
    agents (id) {
        id -> Binary,
        name -> Nullable<Text>,
        email -> Nullable<Text>,
        alias -> Nullable<Text>,
        photo_url -> Nullable<Text>,
        disabled_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    users (id) {
        id -> Binary,
        name -> Nullable<Text>,
        email -> Nullable<Text>,
        photo_url -> Nullable<Text>,
        attributes -> Nullable<Text>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    conversations (id) {
        id -> Binary,
        user_id -> Binary,
        assignee_id -> Nullable<Binary>,
        status -> Text,
        title -> Nullable<Text>,
        tags -> Nullable<Text>,
        attributes -> Nullable<Text>,
        last_user_read_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
        last_sequence -> BigInt,
        activity -> BigInt,
        waiting_since -> Nullable<BigInt>,
        last_place -> BigInt,
    }
}

diesel::table! {
    messages (conversation_id, sequence) {
        conversation_id -> Binary,
        sequence -> BigInt,
        id -> Binary,
        author -> Binary,
        is_private -> Bool,
        created_at -> BigInt,
        body -> Nullable<Text>,
        attachments -> Nullable<Text>,
    }
}

diesel::table! {
    clients (id) {
        id -> Text,
        role -> Text,
        digest -> Binary,
        label -> Text,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    tokens (id) {
        id -> Text,
        role -> Text,
        digest -> Binary,
        label -> Text,
        client_id -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    conversation_tags (conversation_id, tag) {
        conversation_id -> Binary,
        tag -> Binary,
    }
}

diesel::table! {
    guests (user_id, conversation_id) {
        user_id -> Binary,
        conversation_id -> Binary,
    }
}

diesel::table! {
    events (position) {
        position -> BigInt,
        id -> Binary,
        at -> BigInt,
        origin -> Text,
        kind -> Text,
        conversation_id -> Nullable<Binary>,
        message_id -> Nullable<Binary>,
        user_id -> Nullable<Binary>,
        agent_id -> Nullable<Binary>,
    }
}

diesel::table! {
    bookmarks (name) {
        name -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    leads (work) {
        work -> Text,
        holder -> Binary,
        until -> BigInt,
    }
}

diesel::table! {
    deliveries (conversation_id) {
        conversation_id -> Binary,
        version -> BigInt,
        standing -> Text,
        due_since -> BigInt,
        next_at -> BigInt,
        lease -> Nullable<Binary>,
        failures -> BigInt,
        tries -> BigInt,
    }
}

diesel::table! {
    delivery_attempts (conversation_id, number) {
        conversation_id -> Binary,
        number -> BigInt,
        at -> BigInt,
        took_ms -> BigInt,
        status -> Nullable<BigInt>,
        error -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(conversations, messages, conversation_tags, users, agents);
