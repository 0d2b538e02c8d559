//! The sheets that are shipped: they validate, ship with money off, and mark what is the product's.

use shared::ledger::sheet::{SheetVersion, shipped};
use shared::regime::tariff::{Legal, TariffSheet};
use shared::regime::validate_2::validate_sheet;

use super::SHEET;

#[test]
fn every_shipped_sheet_can_be_adopted() {
    let sheets = shipped();
    assert_eq!(sheets.len(), 2);
    for sheet in sheets {
        assert_eq!(validate_sheet(&sheet), [], "{}", sheet.key);
        let text = serde_json::to_string(&sheet).unwrap();
        assert_eq!(serde_json::from_str::<TariffSheet>(&text).unwrap(), sheet);
    }
}

#[test]
fn fines_ship_as_points_with_money_off() {
    for sheet in shipped() {
        for tariff in &sheet.tariffs {
            let money = tariff.money.as_ref();
            assert!(money.is_none_or(|money| !money.on), "{}", tariff.key);
            let fine = !matches!(tariff.legal, Legal::Reward | Legal::Record);
            assert_eq!(fine, tariff.legal == Legal::Points, "{}", tariff.key);
            assert_eq!(fine, tariff.points.is_some(), "{}", tariff.key);
        }
    }
}

#[test]
fn a_version_names_its_document_by_digest() {
    let [one, other] = [0, 1].map(|at| SheetVersion::new(SHEET, shipped().remove(at)));
    assert_eq!(one.digest.len(), 64);
    assert_ne!(one.digest, other.digest);
    let unknown = r#"{"format":2,"key":"k","name":{"zh":"甲","en":"A"},"fines":[]}"#;
    assert!(serde_json::from_str::<TariffSheet>(unknown).is_err());
}
