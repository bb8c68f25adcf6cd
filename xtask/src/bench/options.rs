//! What is said on the command line: pairs of a name and a value.

use std::str::FromStr;

use crate::failure::Failure;

/// The pairs, in order. Whether a name is known is for the caller to say.
pub(super) fn pairs(arguments: &[String]) -> Result<Vec<(&str, &str)>, Failure> {
    arguments.chunks(2).map(pair).collect()
}

fn pair(words: &[String]) -> Result<(&str, &str), Failure> {
    match words {
        [name, value] => Ok((name, value)),
        _ => Err(Failure::new(format!("{} needs a value", words.concat()))),
    }
}

/// The number that stands beside `name`.
pub(super) fn number<T: FromStr>(name: &str, value: &str) -> Result<T, Failure> {
    value.parse().map_err(|_| Failure::new(format!("{name} {value}: no number")))
}

/// `server.max_in_flight=64`, as the server's environment has it.
pub(super) fn setting(text: &str) -> Result<(String, String), Failure> {
    let (key, value) = text.split_once('=').ok_or_else(|| Failure::new(format!("{text}: no KEY=VALUE")))?;
    Ok((format!("DESKPORT__{}", key.replace('.', "__").to_uppercase()), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_name_without_a_value_is_refused() {
        assert_eq!(pairs(&words("--rounds 3 --seconds")), Err(Failure::new("--seconds needs a value")));
        assert_eq!(pairs(&words("--rounds 3")), Ok(vec![("--rounds", "3")]));
    }

    #[test]
    fn a_value_that_is_no_number_is_named() {
        assert_eq!(number::<u32>("--rounds", "3"), Ok(3));
        assert_eq!(number::<u32>("--rounds", "-3"), Err(Failure::new("--rounds -3: no number")));
    }

    #[test]
    fn a_setting_goes_into_the_environment() {
        let expected = ("DESKPORT__SERVER__MAX_IN_FLIGHT".to_owned(), "64".to_owned());
        assert_eq!(setting("server.max_in_flight=64"), Ok(expected));
        assert!(setting("server.max_in_flight").is_err());
    }
}
