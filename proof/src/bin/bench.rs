//! Measures the HTML rules beside ammonia, lol_html and what memory allows, in one run.
//!
//! Every number is the median of several rounds in which all contestants take turns, in processor
//! time of the thread, so that other work on the machine counts less.

use std::borrow::Cow;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use deskport_domain::html::{sanitize, verify};
use deskport_html_proof::{messages, rivals};

/// Something that is measured: its name and what it does.
type Contestant<'a> = (&'static str, Box<dyn Fn(&str) + 'a>);

fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|it| it == name);
    let ammonia = rivals::ammonia();
    let contestants: Vec<Contestant<'_>> = vec![
        ("deskport", Box::new(|html| drop(black_box(sanitize(black_box(html)))))),
        ("verify", Box::new(|html| {
            black_box(verify(black_box(html)));
        })),
        ("memchr3", Box::new(|html| {
            black_box(memchr::memchr3_iter(b'<', b'>', b'&', black_box(html).as_bytes()).count());
        })),
        ("memcpy", Box::new(|html| drop(black_box(html.to_owned())))),
        ("ammonia", Box::new(|html| drop(black_box(ammonia.clean(black_box(html)))))),
        ("lol_html", Box::new(|html| drop(black_box(rivals::lol_html(black_box(html)))))),
    ];
    if wanted("messages") {
        let clean = vec![("clean", messages::CLEAN.to_owned()), ("nearly clean", messages::NEAR.to_owned())];
        assert!(matches!(sanitize(messages::CLEAN), Cow::Borrowed(_)) && verify(messages::CLEAN));
        group(&contestants, &clean);
        group(&contestants, &messages::mails());
        group(&contestants, &messages::plain());
    }
    if wanted("hostile") {
        hostile();
    }
}

/// Prints nanoseconds of each contestant on each input, and ratios to the first.
fn group(contestants: &[Contestant<'_>], inputs: &[messages::Named]) {
    let mut products = vec![1.0; contestants.len()];
    for (name, input) in inputs {
        let times = compare(contestants, input);
        println!("\n{name}, {} bytes", input.len());
        for (index, ((contestant, _), time)) in contestants.iter().zip(&times).enumerate() {
            let ratio = time / times[0];
            products[index] *= ratio;
            println!("  {contestant:10} {time:12.0} ns   {ratio:8.2} x");
        }
    }
    print!("\ngeometric means:");
    for ((contestant, _), product) in contestants.iter().zip(&products) {
        print!("  {contestant} {:.2}", product.powf(1.0 / inputs.len() as f64));
    }
    println!();
}

/// The median time of each contestant, taken in turns.
fn compare(contestants: &[Contestant<'_>], input: &str) -> Vec<f64> {
    const ROUNDS: usize = 15;
    const LONG: Duration = Duration::from_millis(10);
    let repeats: Vec<u32> = contestants.iter().map(|(_, run)| repeats_for(LONG, || run(input))).collect();
    let mut times = vec![Vec::new(); contestants.len()];
    for _ in 0..ROUNDS {
        for (index, (_, run)) in contestants.iter().enumerate() {
            times[index].push(time(repeats[index], || run(input)));
        }
    }
    times.into_iter().map(median).collect()
}

/// How often to run it so that it takes about so long.
fn repeats_for(long: Duration, run: impl Fn()) -> u32 {
    let mut repeats = 1;
    loop {
        let start = ThreadTime::now();
        (0..repeats).for_each(|_| run());
        if start.elapsed() > long {
            return repeats;
        }
        repeats *= 2;
    }
}

fn time(repeats: u32, run: impl Fn()) -> f64 {
    let start = ThreadTime::now();
    (0..repeats).for_each(|_| run());
    start.elapsed().as_nanos() as f64 / f64::from(repeats)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Prints nanoseconds per byte and the growth per doubling of every hostile family, and beside each growth that
/// of one search through the same bytes for one that is not there: what the caches of the machine cost alone.
fn hostile() {
    const SIZES: [usize; 4] = [8_000, 16_000, 32_000, 64_000];
    println!("\n{:34} {:>8}   growth for each doubling (of a search alone)", "hostile family", "ns/byte");
    let families = messages::hostile(1).len();
    let (mut worst_cost, mut worst_growth) = (0.0_f64, 0.0_f64);
    for family in 0..families {
        let inputs = SIZES.map(|size| messages::hostile(size).swap_remove(family));
        let times = fastest(&inputs);
        let growth = |of: fn(&Times) -> f64| {
            let costs: Vec<f64> = times.iter().zip(&inputs).map(|(it, input)| of(it) / input.1.len() as f64).collect();
            costs.windows(2).map(|pair| pair[1] / pair[0] * 2.0).collect::<Vec<f64>>()
        };
        let (ours, search) = (growth(|it| it.ours), growth(|it| it.search));
        let cost = times[SIZES.len() - 1].ours / inputs[SIZES.len() - 1].1.len() as f64;
        print!("{:34} {cost:8.2}", inputs[0].0);
        ours.iter().zip(&search).for_each(|(ours, search)| print!("   {ours:.2} ({search:.2})"));
        println!();
        worst_cost = worst_cost.max(cost);
        worst_growth = worst_growth.max(ours[ours.len() - 1]);
    }
    println!("\nworst: {worst_cost:.1} ns/byte, {worst_growth:.2} x per doubling");
}

/// How long cleaning took, and a search for a byte that is not there.
#[derive(Clone, Copy)]
struct Times {
    ours: f64,
    search: f64,
}

/// The shortest of many measurements of each input. They take turns, so that the clock of the machine counts less.
fn fastest(inputs: &[messages::Named]) -> Vec<Times> {
    const ROUNDS: usize = 15;
    // No family has this byte.
    const ABSENT: u8 = 0x7F;
    const LONG: Duration = Duration::from_millis(1);
    let clean = |input: &str| drop(black_box(sanitize(black_box(input))));
    let search = |input: &str| assert!(black_box(memchr::memchr(ABSENT, black_box(input).as_bytes())).is_none());
    let repeats: Vec<(u32, u32)> = inputs
        .iter()
        .map(|(_, input)| (repeats_for(LONG, || clean(input)), repeats_for(LONG, || search(input))))
        .collect();
    let mut times = vec![Times { ours: f64::MAX, search: f64::MAX }; inputs.len()];
    for _ in 0..ROUNDS {
        for (index, (_, input)) in inputs.iter().enumerate() {
            let best = &mut times[index];
            best.ours = best.ours.min(time(repeats[index].0, || clean(input)));
            best.search = best.search.min(time(repeats[index].1, || search(input)));
        }
    }
    times
}
