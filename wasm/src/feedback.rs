//! Reading what a merchant said of goods: the text of a CSV file, which is what
//! `pkg/lib/feedback.js` makes of a list. So there is one reader, and names are
//! checked where they are known.

use goodsrank::Result;
use goodsrank::feedback::{Feedback, FeedbackReader};
use wasm_bindgen::JsValue;

use crate::query::string;

/// A query's feedback.
pub(crate) fn feedback(value: &JsValue) -> Result<Vec<Feedback>> {
    let csv = string("feedback", "the text of a CSV file", value)?;
    let mut reader = FeedbackReader::default();
    reader.push(csv.as_bytes())?;
    reader.finish()
}
