//! Judges a server and writes the HTML report: `report URL CLIENT_ID FILE`, with the secret in `CLIENT_SECRET`.

use std::error::Error;
use std::{env, fs};

use deskport_conformance::client::Access;
use deskport_conformance::{CheckOptions, Silent, check};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [url, client_id, file] = arguments.as_slice() else {
        return Err("usage: report URL CLIENT_ID FILE".into());
    };
    let host_end = url.find("/api/").ok_or("the address has no /api/")?;
    let access = Access::ClientCredentials {
        token_url: format!("{}/oauth/token", &url[..host_end]),
        client_id: client_id.clone(),
        client_secret: env::var("CLIENT_SECRET")?,
    };
    let options = CheckOptions { access, ..CheckOptions::new(url) };
    let report = check(&options, &Silent).await?;
    Ok(fs::write(file, report.to_html())?)
}
