namespace Settle.Billing.Rules;

/// <summary>The rules of allowances and charges, of the document and of its lines.</summary>
internal static class AllowanceRules
{
    public static void Check(EnInvoice invoice, Findings found)
    {
        for (var i = 0; i < invoice.Allowances.Count; i++)
        {
            Document(invoice.Allowances[i], new FieldPath("allowances", i), found,
                ("BR-31", "BR-32", "BR-33", "BR-CO-21"), ("BT-92", "BT-95", "BT-97, BT-98"));
        }
        for (var i = 0; i < invoice.Charges.Count; i++)
        {
            Document(invoice.Charges[i], new FieldPath("charges", i), found,
                ("BR-36", "BR-37", "BR-38", "BR-CO-22"), ("BT-99", "BT-102", "BT-104, BT-105"));
        }
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            var path = new FieldPath("lines", i);
            var line = invoice.Lines[i];
            for (var j = 0; j < line.Allowances.Count; j++)
            {
                OfLine(line.Allowances[j], path.Within("allowances", j), found,
                    ("BR-41", "BR-42", "BR-CO-23"), ("BT-136", "BT-139, BT-140"));
            }
            for (var j = 0; j < line.Charges.Count; j++)
            {
                OfLine(line.Charges[j], path.Within("charges", j), found,
                    ("BR-43", "BR-44", "BR-CO-24"), ("BT-141", "BT-144, BT-145"));
            }
        }
    }

    private static void Document(EnAllowance allowance, FieldPath path, Findings found,
        (string Amount, string Category, string Reason, string Both) rules,
        (string Amount, string Category, string Reason) terms)
    {
        if (allowance.Category is null)
        {
            found.Add(rules.Category, path.Of($"category ({terms.Category})"), "is missing",
                RuleSeverity.Fatal);
        }
        OfLine(allowance, path, found, (rules.Amount, rules.Reason, rules.Both),
            (terms.Amount, terms.Reason));
    }

    private static void OfLine(EnAllowance allowance, FieldPath path, Findings found,
        (string Amount, string Reason, string Both) rules, (string Amount, string Reason) terms)
    {
        if (allowance.Amount is null)
            found.Add(rules.Amount, path.Of($"amount ({terms.Amount})"), "is missing", default);
        if (allowance.Reason is not null || allowance.ReasonCode is not null) return;
        const string Message = "is missing; give a text or a code";
        found.Add(rules.Reason, path.Of($"reason ({terms.Reason})"), Message, default);
        found.Add(rules.Both, path.Of($"reason ({terms.Reason})"), Message, default);
    }
}
