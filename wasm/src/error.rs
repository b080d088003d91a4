//! How errors cross: as a JavaScript `Error` with a `code`, never as a string.

use goodsrank::Error;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A result whose error is thrown.
pub type Result<T> = std::result::Result<T, Thrown>;

/// What is thrown: an error of the core, or whatever JavaScript threw.
pub enum Thrown {
    /// Gets its code and message.
    Core(Error),
    /// Stays as it is.
    Js(JsValue),
}

impl From<Error> for Thrown {
    fn from(error: Error) -> Thrown {
        Thrown::Core(error)
    }
}

impl From<JsValue> for Thrown {
    fn from(value: JsValue) -> Thrown {
        Thrown::Js(value)
    }
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> JsValue {
        match thrown {
            Thrown::Js(value) => value,
            Thrown::Core(core) => {
                let error = js_sys::Error::new(&core.to_string());
                // Fails for frozen objects only, and this one is new.
                let _ = Reflect::set(&error, &"code".into(), &core.code().into());
                error.into()
            }
        }
    }
}
