using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>What an XRechnung for clean vehicles says besides: XRechnung CVD 0.9.</summary>
internal static class CleanVehicleRules
{
    private const string Scheme = "CVD";
    private const string Attribute = "cva";

    private static readonly string[] Vehicles = ["M1", "M2", "M3", "N1", "N2", "N3"];
    private static readonly string[] Kinds = ["clean", "zero-emission", "other"];

    public static void Check(EnInvoice invoice, Findings found)
    {
        found.Require(Has(invoice.ContractReference), "BR-DE-CVD-01", "contract (BT-12)",
            "is missing");
        found.Require(Has(invoice.TenderReference), "BR-DE-CVD-02", "tender (BT-17)", "is missing");
        found.Require(invoice.Lines.Any(line => Classes(line) > 0 && Attributes(line) > 0),
            "BR-DE-CVD-03", "lines (BG-25)",
            "have no vehicle: a class (BT-158) of the scheme CVD with the attribute cva (BT-160)");
        for (var i = 0; i < invoice.Lines.Count; i++)
            Check(invoice.Lines[i], new FieldPath("lines", i), found);
    }

    private static void Check(EnLine line, FieldPath path, Findings found)
    {
        found.Require(Classes(line) == 0 || Attributes(line) == 1, "BR-DE-CVD-06-a", path,
            "attributes (BT-160)", "need cva once, since there is a class of the scheme CVD");
        found.Require(Attributes(line) == 0 || Classes(line) == 1, "BR-DE-CVD-06-b", path,
            "class (BT-158)", "needs the scheme CVD once, since there is the attribute cva");
        foreach (var each in line.Classes.Where(each => each.Scheme == Scheme))
        {
            found.Require(Vehicles.Contains(each.Value), "BR-DE-CVD-04", path, "class (BT-158)",
                $"is '{each.Value}', and has to be one of {string.Join(", ", Vehicles)}");
        }
        foreach (var each in line.Attributes.Where(each => each.Name == Attribute))
        {
            found.Require(Kinds.Contains(each.Value), "BR-DE-CVD-05", path, "attributes (BT-161)",
                $"have cva '{each.Value}', and it has to be one of {string.Join(", ", Kinds)}");
        }
    }

    private static int Classes(EnLine line) => line.Classes.Count(each => each.Scheme == Scheme);

    private static int Attributes(EnLine line) =>
        line.Attributes.Count(each => each.Name == Attribute);
}
