//! Which requests may be served: nobody but the page itself may use the page.

use std::net::IpAddr;

use hyper::header::{CONTENT_TYPE, HOST, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

/// Why a request is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused(pub(super) StatusCode);

/// Passes what the page itself may have sent; returns the path below its key.
///
/// The host must be an address or this machine's own name: any other name is somebody's DNS that points here.
pub(super) fn pass<'p>(parts: &'p Parts, key: &str) -> Result<&'p str, Refused> {
    let host =
        header(parts, HOST.as_str()).filter(|host| is_ours(host)).ok_or(Refused(StatusCode::FORBIDDEN))?;
    let path = parts.uri.path().strip_prefix('/').and_then(|path| path.strip_prefix(key));
    let path = path.filter(|path| path.starts_with('/')).ok_or(Refused(StatusCode::NOT_FOUND))?;
    if parts.method == Method::GET {
        return Ok(path);
    }
    if header(parts, ORIGIN.as_str()) != Some(&format!("http://{host}")) {
        return Err(Refused(StatusCode::FORBIDDEN));
    }
    if header(parts, CONTENT_TYPE.as_str()) != Some("application/json") {
        return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    Ok(path)
}

fn header<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    parts.headers.get(name)?.to_str().ok()
}

fn is_ours(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    fn judge(method: &str, path: &str, headers: &[(&str, &str)]) -> Result<String, u16> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        pass(&parts, "key").map(str::to_owned).map_err(|Refused(status)| status.as_u16())
    }

    const OWN: [(&str, &str); 3] =
        [("host", "127.0.0.1:80"), ("origin", "http://127.0.0.1:80"), ("content-type", "application/json")];

    #[test]
    fn the_page_is_served_to_who_knows_the_key() {
        assert_eq!(judge("GET", "/key/", &[("host", "localhost:80")]), Ok("/".to_owned()));
        assert_eq!(judge("GET", "/key/events", &[("host", "[::1]:80")]), Ok("/events".to_owned()));
        for path in ["/", "/other/", "/key", "/keys/"] {
            assert_eq!(judge("GET", path, &[("host", "127.0.0.1")]), Err(404), "{path}");
        }
    }

    #[test]
    fn a_name_that_points_here_is_refused() {
        for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example:80"]
        {
            assert_eq!(judge("GET", "/key/", &[("host", host)]), Err(403), "{host}");
        }
        assert_eq!(judge("GET", "/key/", &[]), Err(403));
    }

    #[test]
    fn only_the_page_itself_may_act() {
        assert_eq!(judge("POST", "/key/do", &OWN), Ok("/do".to_owned()));
        let foreign = [OWN[0], ("origin", "http://evil.example"), OWN[2]];
        assert_eq!(judge("POST", "/key/do", &foreign), Err(403));
        assert_eq!(judge("POST", "/key/do", &[OWN[0], OWN[2]]), Err(403), "no origin");
        let form = [OWN[0], OWN[1], ("content-type", "text/plain")];
        assert_eq!(judge("POST", "/key/do", &form), Err(415));
    }
}
