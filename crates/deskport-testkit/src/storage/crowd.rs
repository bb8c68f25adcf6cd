//! Many callers at once.

use std::sync::Arc;

use tokio::sync::Barrier;

/// Calls `act` with 0 to `callers - 1`, each in a task of its own, all let go at the same moment.
/// Returns what they got, in the order of their numbers.
pub(crate) async fn all_at_once<T, F>(callers: usize, act: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let gate = Arc::new(Barrier::new(callers));
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let (gate, act) = (Arc::clone(&gate), act(caller));
            tokio::spawn(async move {
                gate.wait().await;
                act.await
            })
        })
        .collect();
    let mut outcomes = Vec::with_capacity(callers);
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}
