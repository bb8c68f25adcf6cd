//! What was measured: runs, and their medians as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

/// One run of one phase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) per_second: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
    /// Answers of 400 and above, and requests without an answer.
    pub(super) failed: u64,
}

/// All runs by phase, in the order of the phases, and by connections.
#[derive(Debug, Default)]
pub(super) struct Measured {
    phases: Vec<&'static str>,
    runs: BTreeMap<(usize, u32), Vec<Run>>,
}

/// A phase at a number of connections, by the medians of its runs.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) phase: &'static str,
    pub(super) connections: u32,
    pub(super) median: Run,
    pub(super) lowest: f64,
    pub(super) highest: f64,
}

impl Measured {
    pub(super) fn add(&mut self, phase: &'static str, connections: u32, run: Run) {
        let known = self.phases.iter().position(|known| *known == phase);
        let place = known.unwrap_or_else(|| {
            self.phases.push(phase);
            self.phases.len() - 1
        });
        self.runs.entry((place, connections)).or_default().push(run);
    }

    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |(&(place, connections), runs): (&(usize, u32), &Vec<Run>)| {
            let of = |what: fn(&Run) -> f64| sorted(runs.iter().map(what));
            let rates = of(|run| run.per_second);
            let median = Run {
                per_second: middle(&rates),
                p50_ms: middle(&of(|run| run.p50_ms)),
                p99_ms: middle(&of(|run| run.p99_ms)),
                failed: runs.iter().map(|run| run.failed).sum(),
            };
            let (lowest, highest) = (rates[0], rates[rates.len() - 1]);
            Row { phase: self.phases[place], connections, median, lowest, highest }
        };
        self.runs.iter().map(row).collect()
    }
}

/// A table in Markdown. Beside each rate stands its part of what limits it, if that was measured.
pub(super) fn table(rows: &[Row]) -> String {
    let mut table = String::from(
        "| phase | connections | per second (lowest to highest) | p50 ms | p99 ms | of the limit | failed |\n\
         |---|---:|---:|---:|---:|---:|---:|\n",
    );
    for Row { phase, connections, median, lowest, highest } in rows {
        let part = limit_of(rows, phase, *connections)
            .map_or_else(String::new, |limit| format!("{:.0} %", 100.0 * median.per_second / limit));
        let Run { per_second, p50_ms, p99_ms, failed } = median;
        // Writing to a string does not fail.
        let _ = writeln!(
            table,
            "| {} | {connections} | {per_second:.0} ({lowest:.0} to {highest:.0}) | {p50_ms:.2} | {p99_ms:.2} | {part} | {failed} |",
            phase.replace('_', " "),
        );
    }
    table
}

pub(super) fn json(rows: &[Row]) -> Value {
    let row = |Row { phase, connections, median, lowest, highest }: &Row| {
        json!({
            "phase": phase, "connections": connections, "per_second": median.per_second,
            "lowest": lowest, "highest": highest, "p50_ms": median.p50_ms, "p99_ms": median.p99_ms,
            "failed": median.failed,
        })
    };
    rows.iter().map(row).collect()
}

/// How many requests actix answers that does nothing else.
fn limit_of(rows: &[Row], phase: &str, connections: u32) -> Option<f64> {
    let limit = match phase {
        "post" | "repeated" => "limit_post",
        "page_of_10" => "limit_page",
        "nothing_new" => "limit_nothing",
        _ => return None,
    };
    let row = rows.iter().find(|row| row.phase == limit && row.connections == connections)?;
    Some(row.median.per_second)
}

/// The values, the lowest first.
pub(super) fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The median of an odd number of values; of an even one the higher of the two in the middle.
pub(super) fn middle(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(per_second: f64) -> Run {
        Run { per_second, p50_ms: 1.0, p99_ms: 2.0, failed: 0 }
    }

    #[test]
    fn a_row_is_the_median_of_its_runs_beside_its_limit() {
        let mut measured = Measured::default();
        for rate in [300.0, 100.0, 200.0] {
            measured.add("nothing_new", 64, run(rate));
        }
        measured.add("limit_nothing", 64, run(400.0));
        let table = table(&measured.rows());
        assert!(
            table.contains("| nothing new | 64 | 200 (100 to 300) | 1.00 | 2.00 | 50 % | 0 |"),
            "{table}"
        );
    }
}
