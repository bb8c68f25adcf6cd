//! Whatever comes in: html5ever reads the output as the tree that was meant, in every usual place.
#![no_main]

use deskport_domain::html::sanitize;
use deskport_html_proof::stability;
use libfuzzer_sys::fuzz_target;


fuzz_target!(|input: &str| {
    let output = sanitize(input);
    if let Err(difference) = stability::check(&output) {
        panic!("{difference}\nfrom {input:?}");
    }
});
