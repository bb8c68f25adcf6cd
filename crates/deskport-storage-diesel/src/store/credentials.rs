//! Tokens and clients.

use async_trait::async_trait;
use deskport_domain::Timestamp;
use deskport_ports::{Client, ClientRepository, Digest, StoreError, Token, TokenRepository};
use diesel::{BoolExpressionMethods, ExpressionMethods as _, OptionalExtension, QueryDsl, SelectableHelper};

use super::{Connection, RunQueryDsl, Store, Task};
use crate::{
    error::Failure,
    row::credential::{ClientRow, TokenRow},
    schema::{clients, tokens},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

#[async_trait]
impl TokenRepository for Store {
    async fn token(&self, digest: &Digest) -> Result<Option<Token>, StoreError> {
        Ok(self.database.look_up(digest).await?)
    }

    async fn tokens(&self, now: Timestamp) -> Result<Vec<Token>, StoreError> {
        Ok(self.database.read(&UnexpiredTokens(now)).await?)
    }

    async fn add_token(&self, token: &Token) -> Result<(), StoreError> {
        Ok(self.database.write(token.clone()).await?)
    }

    async fn revoke_token(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        Ok(self.database.write(RevokeToken { id: id.to_owned(), at }).await?)
    }
}

#[async_trait]
impl ClientRepository for Store {
    async fn client(&self, id: &str) -> Result<Option<Client>, StoreError> {
        Ok(self.database.read(&FindClient(id)).await?)
    }

    async fn clients(&self) -> Result<Vec<Client>, StoreError> {
        Ok(self.database.read(&AllClients).await?)
    }

    async fn add_client(&self, client: &Client) -> Result<(), StoreError> {
        Ok(self.database.write(client.clone()).await?)
    }

    async fn revoke_client(&self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        Ok(self.database.write(RevokeClient { id: id.to_owned(), at }).await?)
    }
}

struct UnexpiredTokens(Timestamp);

struct RevokeToken {
    id: String,
    at: Timestamp,
}

struct FindClient<'a>(&'a str);

struct AllClients;

struct RevokeClient {
    id: String,
    at: Timestamp,
}

impl Task for Digest {
    type Output = Option<Token>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<Token>, Failure> {
        let query = tokens::table.filter(tokens::digest.eq(&self.0[..])).select(TokenRow::as_select());
        let row = run!(query.get_result::<TokenRow>(connection)).optional()?;
        Ok(row.map(Token::try_from).transpose()?)
    }
}

impl Task for UnexpiredTokens {
    type Output = Vec<Token>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<Token>, Failure> {
        let unexpired = tokens::expires_at.is_null().or(tokens::expires_at.gt(self.0.as_millis()));
        let query = tokens::table.filter(unexpired).select(TokenRow::as_select());
        let rows: Vec<TokenRow> = run!(query.load(connection))?;
        let mut tokens = rows.into_iter().map(Token::try_from).collect::<Result<Vec<_>, _>>()?;
        tokens.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(tokens)
    }
}

impl Task for Token {
    type Output = ();

    async fn run(&self, connection: &mut Connection) -> Result<(), Failure> {
        let day_before = self.created_at.plus_millis(-DAY).as_millis();
        let expired = diesel::delete(tokens::table.filter(tokens::expires_at.lt(day_before)));
        run!(expired.execute(connection))?;
        insert_token(connection, self).await
    }
}

pub(super) async fn insert_token(connection: &mut Connection, token: &Token) -> Result<(), Failure> {
    let insert = diesel::insert_into(tokens::table).values(TokenRow::from(token));
    run!(insert.execute(connection))?;
    Ok(())
}

impl Task for RevokeToken {
    type Output = bool;

    async fn run(&self, connection: &mut Connection) -> Result<bool, Failure> {
        let at = self.at.as_millis();
        let valid = tokens::table.filter(tokens::id.eq(&self.id).and(tokens::revoked_at.is_null()));
        if run!(diesel::update(valid).set(tokens::revoked_at.eq(at)).execute(connection))? > 0 {
            return Ok(true);
        }
        let query = tokens::table.find(&self.id).select(tokens::id);
        Ok(run!(query.get_result::<String>(connection)).optional()?.is_some())
    }
}

impl Task for FindClient<'_> {
    type Output = Option<Client>;

    async fn run(&self, connection: &mut Connection) -> Result<Option<Client>, Failure> {
        let query = clients::table.find(self.0).select(ClientRow::as_select());
        let row = run!(query.get_result::<ClientRow>(connection)).optional()?;
        Ok(row.map(Client::try_from).transpose()?)
    }
}

impl Task for AllClients {
    type Output = Vec<Client>;

    async fn run(&self, connection: &mut Connection) -> Result<Vec<Client>, Failure> {
        let rows: Vec<ClientRow> = run!(clients::table.select(ClientRow::as_select()).load(connection))?;
        let mut clients = rows.into_iter().map(Client::try_from).collect::<Result<Vec<_>, _>>()?;
        clients.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(clients)
    }
}

impl Task for Client {
    type Output = ();

    async fn run(&self, connection: &mut Connection) -> Result<(), Failure> {
        insert_client(connection, self).await
    }
}

pub(super) async fn insert_client(connection: &mut Connection, client: &Client) -> Result<(), Failure> {
    let insert = diesel::insert_into(clients::table).values(ClientRow::from(client));
    run!(insert.execute(connection))?;
    Ok(())
}

impl Task for RevokeClient {
    type Output = bool;

    async fn run(&self, connection: &mut Connection) -> Result<bool, Failure> {
        let at = self.at.as_millis();
        let valid = clients::table.filter(clients::id.eq(&self.id).and(clients::revoked_at.is_null()));
        run!(diesel::update(valid).set(clients::revoked_at.eq(at)).execute(connection))?;
        let fetched = tokens::table.filter(tokens::client_id.eq(&self.id).and(tokens::revoked_at.is_null()));
        run!(diesel::update(fetched).set(tokens::revoked_at.eq(at)).execute(connection))?;
        let query = clients::table.find(&self.id).select(clients::id);
        Ok(run!(query.get_result::<String>(connection)).optional()?.is_some())
    }
}
