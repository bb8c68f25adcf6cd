//! Slashes that some clients put into paths: trailing ones, and several in a row.

use actix_web::{
    dev::{ServiceRequest, Url},
    http::{Uri, uri::PathAndQuery},
};

/// Makes a request ask for the path that it means.
///
/// actix has a middleware for this, which runs a regular expression over every path; hardly any has
/// such slashes.
pub(super) fn tidy(request: &mut ServiceRequest) {
    let Some(tidied) = tidied(request.uri()) else { return };
    request.head_mut().uri = tidied.clone();
    // What was matched already is the prefix, which stays where it is.
    request.match_info_mut().update_with_reindex(Url::new(tidied), |place| place);
}

/// The address without needless slashes, if it has any.
fn tidied(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.ends_with('/') && !path.contains("//") {
        return None;
    }
    let mut tidied = String::with_capacity(path.len());
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        tidied.push('/');
        tidied.push_str(segment);
    }
    if tidied.is_empty() {
        tidied.push('/');
    }
    if let Some(query) = uri.query() {
        tidied.push('?');
        tidied.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(tidied).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needless_slashes_go_and_the_query_stays() {
        for (sent, meant) in [
            ("/api/fin/user/", "/api/fin/user"),
            ("/api/fin//user?user_id=a//b/", "/api/fin/user?user_id=a//b/"),
            ("/api/fin///", "/api/fin"),
            ("//", "/"),
            ("http://desk.example/api/fin/agents//", "http://desk.example/api/fin/agents"),
        ] {
            assert_eq!(tidied(&Uri::from_static(sent)), Some(Uri::from_static(meant)), "{sent}");
        }
    }

    #[test]
    fn a_path_without_them_is_left_alone() {
        for sent in ["/api/fin/user?user_id=a/", "/api/fin/user"] {
            assert_eq!(tidied(&Uri::from_static(sent)), None, "{sent}");
        }
    }
}
