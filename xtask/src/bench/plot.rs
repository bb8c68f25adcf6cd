//! A plot of rates, as SVG: one bar for each phase at one number of connections.

use std::fmt::Write as _;

use super::measured::Row;

const LINE: usize = 26;
const LEFT: f64 = 150.0;
const WIDTH: f64 = 420.0;

/// The bars of all rows with so many connections, each with its rate.
pub(super) fn svg(rows: &[Row], connections: u32) -> String {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.connections == connections).collect();
    let most = rows.iter().map(|row| row.median.per_second).fold(1.0, f64::max);
    let height = LINE * (rows.len() + 2);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 680 {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\">\n\
         <title>Requests per second at {connections} connections</title>\n\
         <rect width=\"680\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"10\" y=\"20\" font-weight=\"600\">Requests per second, {connections} connections</text>\n",
    );
    for (number, row) in rows.iter().enumerate() {
        let (y, rate) = (LINE * (number + 1) + 8, row.median.per_second);
        let width = WIDTH * rate / most;
        let (name, text) = (row.phase.replace('_', " "), y + 14);
        let color = if row.phase.starts_with("limit") { "#c3c9d1" } else { "#2f6f8f" };
        let end = LEFT + width + 6.0;
        // Writing to a string does not fail.
        let _ = writeln!(
            svg,
            "<text x=\"10\" y=\"{text}\">{name}</text><rect x=\"{LEFT}\" y=\"{y}\" width=\"{width:.0}\" height=\"18\" rx=\"2\" fill=\"{color}\"/><text x=\"{end:.0}\" y=\"{text}\">{rate:.0}</text>",
        );
    }
    svg + "</svg>\n"
}
