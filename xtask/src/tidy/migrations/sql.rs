//! Words that have no place in a migration: what not every PostgreSQL-like engine has, or has at scale.

use super::SourceFile;

/// Each is one or more words of SQL in a row; `*` in front stands for any beginning, behind for any ending.
const FORBIDDEN: &[(&str, &str)] = &[
    ("*serial", "ids come from the application"),
    ("as identity", "ids come from the application"),
    ("autoincrement", "ids come from the application"),
    ("*advisory*", "locks are row locks"),
    ("listen", "correctness must not need it"),
    ("notify", "correctness must not need it"),
    ("skip locked", "claims are leases"),
    ("savepoint", "a unit of work is one transaction"),
    ("trigger", "rules live in the domain"),
    ("plpgsql", "rules live in the domain"),
];

/// Findings in one script.
pub(super) fn check(script: &SourceFile) -> Vec<String> {
    let words = words(&without_comments(&script.text));
    let found = FORBIDDEN.iter().filter(|(pattern, _)| contains(&words, pattern));
    found
        .map(|(pattern, reason)| {
            format!("{}: `{}` is not portable: {reason}", script.path, pattern.replace('*', ""))
        })
        .collect()
}

fn contains(words: &[String], pattern: &str) -> bool {
    let pattern: Vec<&str> = pattern.split(' ').collect();
    words
        .windows(pattern.len())
        .any(|window| window.iter().zip(&pattern).all(|(word, pattern)| matches(word, pattern)))
}

fn matches(word: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => word.contains(pattern.trim_matches('*')),
        (Some(end), None) => word.ends_with(end),
        (None, Some(start)) => word.starts_with(start),
        (None, None) => word == pattern,
    }
}

/// Everything that could be a keyword or a name, in lower case.
fn words(sql: &str) -> Vec<String> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    sql.split(|character| !is_word(character))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// `sql` without `-- …` and `/* … */`.
fn without_comments(sql: &str) -> String {
    let mut kept = String::new();
    let mut rest = sql;
    while let Some(start) = [rest.find("--"), rest.find("/*")].into_iter().flatten().min() {
        kept.push_str(&rest[..start]);
        kept.push(' ');
        let end = if rest[start..].starts_with("--") { "\n" } else { "*/" };
        let Some(length) = rest[start..].find(end) else {
            return kept;
        };
        rest = &rest[start + length + end.len()..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::super::super::file;
    use super::*;

    fn findings(sql: &str) -> Vec<String> {
        check(&file("up.sql", sql))
    }

    #[test]
    fn portable_sql_is_fine() {
        let sql = "CREATE TABLE messages (id TEXT PRIMARY KEY, notified_at BIGINT);";
        assert_eq!(findings(sql), Vec::<String>::new());
    }

    #[test]
    fn every_forbidden_word_is_found() {
        for (pattern, _) in FORBIDDEN {
            let sql = format!("SELECT {} FROM x", pattern.replace('*', "").to_uppercase());
            assert_eq!(findings(&sql).len(), 1, "{pattern}");
        }
    }

    #[test]
    fn families_of_words_are_found() {
        assert_eq!(findings("id BIGSERIAL, SELECT pg_advisory_lock(1)").len(), 2);
    }

    #[test]
    fn words_on_two_lines_are_found() {
        assert_eq!(
            findings("FOR UPDATE SKIP\n  LOCKED"),
            ["up.sql: `skip locked` is not portable: claims are leases"]
        );
    }

    #[test]
    fn comments_may_say_anything() {
        assert_eq!(
            findings("-- no TRIGGER here\nSELECT 1; /* nor\nSERIAL */ SELECT 2; -- LISTEN"),
            Vec::<String>::new()
        );
    }
}
