//! Bands hang together: each ends where the one above it begins, so a clerk types each edge once.

use serde_json::Value;

/// Where the bands stand.
const BANDS: &str = "/grades/by/points/bands";

/// Lets every band end where the one above it begins, if a change was among the bands.
pub(super) fn join(document: &mut Value, changed: &str) {
    if !changed.starts_with(BANDS) {
        return;
    }
    let Some(Value::Array(bands)) = document.pointer_mut(BANDS) else {
        return;
    };
    let mut above: Option<Value> = None;
    for band in bands.iter_mut().filter_map(Value::as_object_mut) {
        match above {
            Some(edge) => band.insert("below".to_owned(), edge),
            None => band.remove("below"),
        };
        above = band.get("from").cloned();
    }
}

/// Whether the end of a band, named by its place, is where the one above it begins.
pub(super) fn is_joined(document: &Value, below: &str) -> bool {
    let nth = below
        .strip_suffix("/below")
        .and_then(|band| band.strip_prefix(BANDS)?.strip_prefix('/'));
    let Some(nth) = nth.and_then(|nth| nth.parse::<usize>().ok()) else {
        return false;
    };
    let bands = document.pointer(BANDS).and_then(Value::as_array);
    let band = |nth: usize| bands.and_then(|bands| bands.get(nth));
    let ends = band(nth).and_then(|band| band.get("below"));
    let above = nth.checked_sub(1).and_then(band);
    ends == above.and_then(|band| band.get("from"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(bands: &Value) -> Value {
        json!({"grades": {"by": {"points": {"bands": bands}}}})
    }

    #[test]
    fn an_edge_is_typed_once() {
        // The edge between both was 9000 and is typed as 8500; the best band is open above.
        let mut bands = document(&json!([
            {"from": 8500, "below": 9900},
            {"from": 0, "below": 9000},
        ]));
        assert!(!is_joined(&bands, "/grades/by/points/bands/1/below"));
        join(&mut bands, "/grades/by/points/bands/0/from");
        assert_eq!(
            bands,
            document(&json!([{"from": 8500}, {"from": 0, "below": 8500}]))
        );
        assert!(is_joined(&bands, "/grades/by/points/bands/0/below"));
        assert!(is_joined(&bands, "/grades/by/points/bands/1/below"));
    }

    #[test]
    fn a_change_elsewhere_moves_no_edge() {
        let with_hole = document(&json!([{"from": 9000}, {"from": 0, "below": 8000}]));
        let mut changed = with_hole.clone();
        join(&mut changed, "/people/least_days");
        assert_eq!(changed, with_hole);
        assert!(!is_joined(&changed, "/people/least_days"));
    }
}
