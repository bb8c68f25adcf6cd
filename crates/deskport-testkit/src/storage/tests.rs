//! The list of behaviors is complete.

/// The listed behaviors of each topic, and the source file that they are in.
macro_rules! listed {
    (() $($topic:ident { $($behavior:ident)* })*) => {
        [$((stringify!($topic), include_str!(concat!(stringify!($topic), ".rs")), vec![$(stringify!($behavior)),*])),*]
    };
}

#[test]
fn every_behavior_is_on_the_list() {
    for (topic, source, listed) in crate::each_storage_behavior!([listed]()) {
        let written: Vec<_> =
            source.lines().filter_map(|line| line.strip_prefix("pub async fn ")?.split('(').next()).collect();
        assert_eq!(listed, written, "{topic}");
    }
}

#[test]
fn every_topic_is_on_the_list() {
    let topics = crate::each_storage_behavior!([listed]()).map(|(topic, ..)| format!("pub mod {topic};"));
    let mut declared: Vec<_> =
        include_str!("../storage.rs").lines().filter(|line| line.starts_with("pub mod ")).collect();
    declared.sort_unstable();
    let mut topics: Vec<_> = topics.iter().map(String::as_str).collect();
    topics.sort_unstable();
    assert_eq!(topics, declared);
}
