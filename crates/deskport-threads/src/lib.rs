//! How the machine's scheduler treats the threads of a server.

use std::io;

/// From now on this thread, when it wakes, waits until whoever has its core lets go of it, instead of
/// taking the core away at once: Linux's `SCHED_BATCH`. It gets as much time as before.
///
/// For threads that answer many requests: while one waits for its core, more requests come, and it
/// wakes once for all of them. A core that is free is taken at once, as ever. A thread that was given
/// another policy than the usual one keeps it. Anywhere else than on Linux nothing happens.
///
/// # Errors
/// Those of the operating system, for example where a sandbox forbids the call.
pub fn work_in_batches() -> io::Result<()> {
    scheduler::work_in_batches()
}

#[cfg(target_os = "linux")]
mod scheduler {
    use std::{io, mem};

    /// The thread that calls.
    const THIS: libc::pid_t = 0;

    #[expect(unsafe_code, reason = "the scheduler is asked in C")]
    pub(super) fn work_in_batches() -> io::Result<()> {
        // SAFETY: the call takes a number and gives one back.
        let policy = unsafe { libc::sched_getscheduler(THIS) };
        if policy != libc::SCHED_OTHER {
            return if policy < 0 { Err(io::Error::last_os_error()) } else { Ok(()) };
        }
        // SAFETY: some systems have more members than the priority; they are plain numbers, for which
        // 0 is a value. It is the only priority that the policy has.
        let parameters: libc::sched_param = unsafe { mem::zeroed() };
        // SAFETY: the parameters live until the call is over, which only reads them.
        match unsafe { libc::sched_setscheduler(THIS, libc::SCHED_BATCH, &raw const parameters) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod scheduler {
    use std::io;

    #[expect(clippy::unnecessary_wraps, reason = "on Linux it may fail")]
    pub(super) fn work_in_batches() -> io::Result<()> {
        Ok(())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{fs, thread};

    use super::*;

    const BATCH: &str = "3";

    /// The policy of this thread, as the kernel numbers them.
    fn policy() -> String {
        let status = fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
        // The name, which may have spaces, is the second field, in brackets; the policy is the 41st.
        let (_, after_name) = status.rsplit_once(')').unwrap_or_default();
        after_name.split_whitespace().nth(38).unwrap_or_default().to_owned()
    }

    #[test]
    fn a_thread_works_in_batches_and_others_go_on_as_before() {
        let before = policy();
        let asked = thread::spawn(|| work_in_batches().map(|()| policy())).join();
        assert!(matches!(asked, Ok(Ok(policy)) if policy == BATCH));
        assert_ne!(before, BATCH);
        assert_eq!(policy(), before);
    }

    #[test]
    fn a_thread_may_ask_twice() {
        let asked = thread::spawn(|| work_in_batches().and_then(|()| work_in_batches())).join();
        assert!(matches!(asked, Ok(Ok(()))));
    }
}
