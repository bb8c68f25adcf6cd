//! Fields of log lines for people.

use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing_subscriber::field::{RecordFields, VisitOutput};
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::{DefaultVisitor, Writer};

/// The field that every request has, mostly for no line at all.
const REQUEST_ID: &str = "request.id";

/// Writes fields as tracing-subscriber does by itself; the id of a request without its detours.
pub(super) struct Fields;

impl<'writer> FormatFields<'writer> for Fields {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'writer>, fields: R) -> fmt::Result {
        let mut visitor = Visitor { writer, is_empty: true, result: Ok(()) };
        fields.record(&mut visitor);
        visitor.result
    }
}

struct Visitor<'writer> {
    writer: Writer<'writer>,
    is_empty: bool,
    result: fmt::Result,
}

impl Visitor<'_> {
    fn as_usual(&mut self, visit: impl FnOnce(&mut DefaultVisitor<'_>)) {
        if self.result.is_ok() {
            let mut usual = DefaultVisitor::new(self.writer.by_ref(), self.is_empty);
            visit(&mut usual);
            self.result = usual.finish();
            self.is_empty = false;
        }
    }
}

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if !self.is_empty || field.name() != REQUEST_ID || self.writer.has_ansi_escapes() {
            return self.as_usual(|usual| usual.record_debug(field, value));
        }
        // Written at once, so that the writer makes room once.
        let mut short = Short { text: [0; 160], length: 0 };
        match write!(short, "{REQUEST_ID}={value:?}").map(|()| str::from_utf8(&short.text[..short.length])) {
            Ok(Ok(text)) => {
                self.is_empty = false;
                self.result = self.writer.write_str(text);
            }
            _ => self.as_usual(|usual| usual.record_debug(field, value)),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.as_usual(|usual| usual.record_str(field, value));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.as_usual(|usual| usual.record_error(field, value));
    }
}

/// A text that is not long.
struct Short {
    text: [u8; 160],
    length: usize,
}

impl Write for Short {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let room = self.text.get_mut(self.length..self.length + more.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(more.as_bytes());
        self.length += more.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::fmt::format::DefaultFields;
    use tracing_subscriber::fmt::{MakeWriter, SubscriberBuilder};

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(line)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Log {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    fn logged<F>(fields: F, ansi: bool) -> String
    where
        F: for<'writer> FormatFields<'writer> + Send + Sync + 'static,
    {
        let log = Log::default();
        let lines: SubscriberBuilder<_, _, _, _> =
            tracing_subscriber::fmt().without_time().with_ansi(ansi).with_writer(log.clone());
        tracing::subscriber::with_default(lines.fmt_fields(fields).finish(), || {
            let error = io::Error::other(io::Error::other("inner"));
            tracing::info_span!("request", request.id = %"4711").in_scope(|| {
                tracing::info!(one = "text", two = 2, ok = true, id = ?Some(1), "A line");
                tracing::warn!(error = &error as &dyn std::error::Error, cause = %error, "Trouble");
            });
            tracing::info_span!("other", first = 1, request.id = %"4711")
                .in_scope(|| tracing::info!("Second"));
            tracing::info_span!("other", request.id = "4711", last = 1)
                .in_scope(|| tracing::info!("As text"));
        });
        String::from_utf8(log.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn lines_are_those_that_tracing_subscriber_writes() {
        for ansi in [false, true] {
            assert_eq!(logged(Fields, ansi), logged(DefaultFields::new(), ansi));
        }
        assert!(logged(Fields, false).contains("request{request.id=4711}"));
    }
}
