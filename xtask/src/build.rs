//! `cargo xtask build`

use anyhow::Result;

/// Builds the page into `dist/`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Builds without optimising.
    #[arg(long)]
    dev: bool,
}

/// x
pub fn run(arguments: &Arguments) -> Result<()> {
    let t = crate::setup::WasmToolchain::set_up()?;
    println!("{:?}", t.cargo());
    println!("{:?}", crate::setup::wasm_bindgen()?);
    crate::setup::npm::set_up()?;
    println!("{:?}", crate::setup::wasm_pack()?);
    crate::setup::browser::Browsers::set_up()?;
    Ok(())
}
