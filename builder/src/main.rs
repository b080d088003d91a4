//! The `goodsrank` command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use goodsrank_builder::cmd::{
    build, delta, inspect, keygen, rank, sample, serve, sign, users, verify, what_if,
    withdraw,
};

/// Decide which supply-chain goods a shop should sell.
#[derive(Parser)]
#[command(name = "goodsrank", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Sample(sample::SampleArgs),
    Build(build::BuildArgs),
    Inspect(inspect::InspectArgs),
    Verify(verify::VerifyArgs),
    Withdraw(withdraw::WithdrawArgs),
    Delta(delta::DeltaArgs),
    Keygen(keygen::KeygenArgs),
    Sign(sign::SignArgs),
    Rank(Box<rank::RankArgs>),
    WhatIf(what_if::WhatIfArgs),
    Users(users::UsersArgs),
    Serve(serve::ServeArgs),
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    if !matches!(command, Command::Serve(_)) {
        // Who reads the first lines alone is no error, as it is for other commands.
        sigpipe::reset();
    }
    let result = match command {
        Command::Sample(args) => sample::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Withdraw(args) => withdraw::run(&args),
        Command::Delta(args) => delta::run(&args),
        Command::Keygen(args) => keygen::run(&args),
        Command::Sign(args) => sign::run(&args),
        Command::Rank(args) => rank::run(&args),
        Command::WhatIf(args) => what_if::run(&args),
        Command::Users(args) => users::run(&args),
        Command::Serve(args) => serve::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
