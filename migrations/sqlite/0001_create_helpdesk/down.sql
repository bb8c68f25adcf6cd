DROP TABLE tokens;
DROP TABLE clients;
DROP TABLE messages_by_id;
DROP TABLE messages;
DROP TABLE conversations;
DROP TABLE users;
DROP TABLE agents;
