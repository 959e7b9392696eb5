//! A budget that balances: expenses follow from the people, aid from the ETP, and sales make up the
//! rest.

use super::sheet::{Sheet, day, hundredths, part};
use crate::profile::{Figures, Request};

/// A budget: cents by line.
pub struct Budget {
    /// Expenses.
    pub expenses: Vec<(&'static str, i64)>,
    /// Income.
    pub income: Vec<(&'static str, i64)>,
}

/// To the hundred euros.
fn round(cents: i64) -> i64 {
    cents / 10_000 * 10_000
}

impl Budget {
    /// The budget of a year. `pace` is what the year cost against what was thought, in percent.
    pub fn of(request: &Request, figures: &Figures, year: i32, pace: i64) -> Self {
        let dearer = 1_000 + i64::from(year - 2_026) * 15;
        let yearly = |etp: i64, cents: i64| round(etp * cents / 100 * dearer / 1_000 * pace / 100);
        let insertion = yearly(
            figures.etp,
            match request.kind {
                "ACI" => 2_150_000,
                "EI" => 2_450_000,
                "ETTI" => 2_750_000,
                "AI" => 2_400_000,
                _ => 0,
            },
        );
        let team = figures.technical.1 + figures.support.1 + figures.office;
        let permanent = yearly(team, 4_150_000);
        // Independent workers are paid on their invoices: a purchase.
        let invoices = if request.kind == "EITI" { yearly(figures.etp, 1_950_000) } else { 0 };
        let base = insertion + permanent + invoices;
        let mut expenses = vec![
            ("60", invoices + round(part(base, 9))),
            ("61", round(part(base, 6))),
            ("62", round(part(base, 5))),
            ("63", round(part(base, 2))),
            ("64", insertion + permanent),
            ("65", round(part(base, 1))),
            ("68", round(part(base, 3))),
        ];
        let spent: i64 = expenses.iter().map(|(_, cents)| cents).sum();
        expenses.push(("64_insertion", insertion));
        let surplus = round(part(spent, 1));
        expenses.push(("surplus", surplus));
        let mut income = vec![
            ("74_state_base", figures.aid),
            ("74_state_modulated", figures.aid / 20),
            ("75", round(part(spent, 1))),
        ];
        if request.kind == "ACI" {
            income.push(("74_departement", figures.departmental()));
            income.push(("74_region", round(part(spent, 2))));
            income.push(("74_epci", round(part(spent, 1))));
        }
        let received: i64 = income.iter().map(|(_, cents)| cents).sum();
        income.push(("70", spent + surplus - received));
        Self { expenses, income }
    }

    /// Amount of a line.
    pub fn line(&self, line: &str) -> i64 {
        let lines = self.expenses.iter().chain(&self.income);
        lines.into_iter().find(|(known, _)| *known == line).map_or(0, |(_, cents)| *cents)
    }
}

/// The two columns of the budget, and what is said of them.
pub fn fill(sheet: &mut Sheet) {
    let (request, year) = (sheet.request, sheet.request.year);
    let columns = [
        ("previous", Budget::of(&request, &sheet.before, year - 1, 99)),
        ("forecast", Budget::of(&request, &sheet.now, year, 100)),
    ];
    for (column, budget) in &columns {
        for (line, cents) in &budget.expenses {
            sheet.cell(&format!("budget.charges.{column}"), line, hundredths(*cents));
        }
        for (line, cents) in &budget.income {
            sheet.cell(&format!("budget.produits.{column}"), line, hundredths(*cents));
        }
    }
    let spent = columns[1].1.line("64");
    sheet.put("budget.fiscal_year_end", day(31, 12, year - 2));
    sheet.tell(&["budget.variation_comment"]);
    sheet.put("budget.equity", hundredths(round(part(spent, 22))));
    sheet.put("budget.cash", hundredths(round(part(spent, 14))));
    sheet.put("budget.debt", hundredths(round(part(spent, 9))));
    sheet.put("budget.financing_plan", "plan-de-financement.pdf");
    let mut seed = sheet.seed("health");
    let hard = seed.between(0, 9) == 0;
    sheet.put("budget.financial_difficulty", if hard { "oui" } else { "non" });
    if hard {
        sheet.tell(&["budget.financial_difficulty_detail"]);
    }
    let audited = spent > 80_000_000;
    sheet.put("budget.auditor", if audited { "oui" } else { "non" });
    sheet.put("budget.auditor_name", "Cabinet Orme et Associés");
    let fund = seed.between(0, 4) == 0;
    sheet.put("budget.fdi_request", if fund { "oui" } else { "non" });
    sheet.put("budget.fdi_kinds", "developpement");
}
