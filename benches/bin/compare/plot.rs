//! The growth of time over rows, drawn.

use std::error::Error;
use std::path::Path;

use cnic_benches::responses;
use plotters::prelude::*;

use crate::race::Outcome;

/// Colours that people who see few of them can tell apart (Okabe and Ito); ours comes first and thick.
const COLOURS: [RGBColor; 5] = [
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 86, 86),
];

/// Draws ns a line over rows, both logarithmic: a flat line is a time that grows with the text and no faster.
pub(crate) fn growth(outcomes: &[Outcome], path: &Path) -> Result<(), Box<dyn Error>> {
    let mut names: Vec<&str> = outcomes.first().into_iter().flat_map(Outcome::entrants).collect();
    names.sort_by_key(|name| *name != responses::OURS);
    let points = |name: &str| -> Vec<(f64, f64)> {
        let point = |list: &Outcome| {
            let rows: f64 = list.name.parse().ok()?;
            Some((rows, list.nanoseconds(name)? / rows))
        };
        outcomes.iter().filter_map(point).collect()
    };
    let times = || names.iter().flat_map(|name| points(name)).map(|(_, time)| time);
    let (low, high) = (times().fold(f64::MAX, f64::min), times().fold(0.0, f64::max));

    let area = SVGBackend::new(path, (820, 440)).into_drawing_area();
    area.fill(&WHITE)?;
    let (plane, legend) = area.split_horizontally(670);
    let mut chart = ChartBuilder::on(&plane)
        .margin(16)
        .caption("Parsing a list of one column: time a line", ("sans-serif", 18))
        .x_label_area_size(44)
        .y_label_area_size(56)
        .build_cartesian_2d(
            (800.0..1_250_000.0_f64).log_scale(),
            (low / 1.5..high * 1.5).log_scale(),
        )?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.12))
        .label_style(("sans-serif", 13))
        .axis_desc_style(("sans-serif", 14))
        .x_desc("rows")
        .y_desc("ns a line")
        .x_label_formatter(&|rows| short(*rows))
        .y_label_formatter(&|time| format!("{time}"))
        .draw()?;
    for ((name, colour), top) in names.iter().zip(COLOURS).zip((60..).step_by(24)) {
        let style = colour.stroke_width(if *name == responses::OURS { 3 } else { 1 });
        chart.draw_series(LineSeries::new(points(name), style))?;
        chart
            .draw_series(points(name).into_iter().map(|at| Circle::new(at, 3, colour.filled())))?;
        legend.draw(&PathElement::new([(0, top + 6), (20, top + 6)], style))?;
        legend.draw(&Text::new(*name, (28, top), ("sans-serif", 14)))?;
    }
    area.present()?;
    Ok(())
}

/// `1k`, `300k`, `1M`
fn short(rows: f64) -> String {
    if rows >= 1e6 { format!("{}M", rows / 1e6) } else { format!("{}k", rows / 1e3) }
}
