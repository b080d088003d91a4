//! The subcommands, one a file: parse, call, print.

pub mod build;
pub mod delta;
pub mod inspect;
pub mod keygen;
pub mod rank;
pub mod sample;
pub mod serve;
pub mod sign;
pub mod users;
pub mod verify;
pub mod what_if;
pub mod withdraw;

use serde::Serialize;

/// A value as one line of JSON, for machines.
fn as_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value);
    json.map_or_else(|e| format!("{{\"error\":\"{e}\"}}\n"), |json| json + "\n")
}

/// Prints a value as one line of JSON.
fn print_json(value: &impl Serialize) {
    print!("{}", as_json(value));
}

/// A number with its thousands set apart.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(super::grouped(7), "7");
        assert_eq!(super::grouped(1_234_567), "1,234,567");
    }
}
