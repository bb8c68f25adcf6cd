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
}
