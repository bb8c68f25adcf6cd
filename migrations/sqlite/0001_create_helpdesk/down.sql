DROP TABLE tokens;
DROP TABLE clients;
DROP TABLE messages;
DROP TABLE conversations;
DROP TABLE users;
DROP TABLE agents;
