//! The sorted query of a request without a body, in each form that may have been signed.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The parameters sorted and joined again: as sent, and percent-decoded, where a plus stays a plus
/// or stands for a space.
pub(super) fn sorted(query: &str) -> Vec<String> {
    let decoded = |parameter: &str| percent_decode_str(parameter).decode_utf8_lossy().into_owned();
    let mut forms = vec![
        joined(query, Cow::Borrowed),
        joined(query, |parameter| decoded(parameter).into()),
        joined(query, |parameter| decoded(&parameter.replace('+', " ")).into()),
    ];
    forms.dedup();
    forms
}

fn joined<'a>(query: &'a str, read: impl Fn(&'a str) -> Cow<'a, str>) -> String {
    let mut parameters: Vec<_> =
        query.split('&').filter(|parameter| !parameter.is_empty()).map(read).collect();
    parameters.sort_unstable();
    parameters.join("&")
}
