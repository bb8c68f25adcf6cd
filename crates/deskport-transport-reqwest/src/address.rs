//! Where webhooks may go: to `https`, and without TLS only where nobody listens in.

use deskport_wire::webhook::FinRegion;
use reqwest::Url;

/// A URL that webhooks may go to.
///
/// ```
/// use deskport_transport_reqwest::WebhookUrl;
///
/// assert!(WebhookUrl::parse("https://desk.example.com/hooks").is_ok());
/// assert!(WebhookUrl::parse("http://127.0.0.1:8081").is_ok());
/// assert!(WebhookUrl::parse("http://desk.example.com").is_err());
/// assert!(WebhookUrl::parse_insecure("http://desk.example.com").is_ok());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(Url);

/// The text is no URL that webhooks may go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUrl {
    /// It is no URL with a host, or neither `https` nor `http`.
    #[error("this is no URL such as https://desk.example.com/hooks")]
    NoUrl,
    /// What it carries could be read on the way.
    #[error("http is for this machine only: elsewhere it must be https")]
    NotHttps,
}

impl WebhookUrl {
    /// Takes a URL with `https`, or with `http` to this very machine.
    ///
    /// # Errors
    /// [`InvalidUrl`] for any other.
    pub fn parse(raw: &str) -> Result<Self, InvalidUrl> {
        let url = Self::parse_insecure(raw)?;
        if url.0.scheme() == "https" || url.is_here() { Ok(url) } else { Err(InvalidUrl::NotHttps) }
    }

    /// Takes a URL also with `http`, wherever it leads: for networks in which nobody listens in.
    ///
    /// # Errors
    /// [`InvalidUrl::NoUrl`] for anything but a URL with `https` or `http`.
    pub fn parse_insecure(raw: &str) -> Result<Self, InvalidUrl> {
        let url = Url::parse(raw.trim()).map_err(|_| InvalidUrl::NoUrl)?;
        let known = matches!(url.scheme(), "https" | "http") && url.has_host();
        if known { Ok(Self(url)) } else { Err(InvalidUrl::NoUrl) }
    }

    /// The URL.
    pub(crate) fn into_url(self) -> Url {
        self.0
    }

    /// The URL with these segments at the end of its path, escaped.
    pub(crate) fn below<'a>(self, segments: impl Iterator<Item = &'a str>) -> Url {
        let Self(mut url) = self;
        // Every URL with a host has a path.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// Whether it leads to this machine. Hosts are compared as the URL standard writes them, which
    /// knows `127.1`, `0x7f.0.0.1` and the like.
    fn is_here(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let address: Option<std::net::IpAddr> = host.parse().ok();
        host == "localhost" || address.is_some_and(|address| address.is_loopback())
    }
}

impl From<FinRegion> for WebhookUrl {
    #[expect(clippy::expect_used, reason = "a test parses the URL of every region")]
    fn from(region: FinRegion) -> Self {
        Self::parse(region.base_url()).expect("regions have URLs")
    }
}

/// The host only: the rest may hold secrets.
impl std::fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WebhookUrl({}://{}/…)", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_leads_anywhere() {
        for raw in
            ["https://desk.example.com", "https://10.0.0.7:8443/hooks?a=b", " HTTPS://desk.example.com\n"]
        {
            assert!(WebhookUrl::parse(raw).is_ok(), "{raw}");
        }
    }

    #[test]
    fn http_leads_to_this_machine_only() {
        for raw in
            ["http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://0x7f.1", "http://[::1]:9"]
        {
            assert!(WebhookUrl::parse(raw).is_ok(), "{raw}");
        }
        for raw in [
            "http://desk.example.com",
            "http://10.0.0.7",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@desk.example.com",
            "http://[2001:db8::1]",
            "http://0.0.0.0",
        ] {
            assert_eq!(WebhookUrl::parse(raw), Err(InvalidUrl::NotHttps), "{raw}");
            assert!(WebhookUrl::parse_insecure(raw).is_ok(), "{raw}");
        }
    }

    #[test]
    fn what_is_no_web_address_leads_nowhere() {
        for raw in [
            "",
            "desk.example.com",
            "ftp://desk.example.com",
            "file:///etc/passwd",
            "https://",
            "unix:/run/x",
        ] {
            assert_eq!(WebhookUrl::parse_insecure(raw), Err(InvalidUrl::NoUrl), "{raw}");
        }
    }

    #[test]
    fn every_region_has_a_url() {
        for region in FinRegion::ALL {
            assert_eq!(WebhookUrl::from(region).into_url().scheme(), "https");
        }
    }

    #[test]
    fn debug_hides_what_may_be_secret() {
        let url = WebhookUrl::parse("https://jane:secret@desk.example.com/secret?secret#secret").unwrap();
        assert_eq!(format!("{url:?}"), "WebhookUrl(https://desk.example.com/…)");
    }
}
