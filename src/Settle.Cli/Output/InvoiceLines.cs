using System.Globalization;
using Settle.Cli.Input;

namespace Settle.Cli.Output;

/// <summary>Invoices for people.</summary>
internal static class InvoiceLines
{
    public static void WriteList(CliContext context, IEnumerable<InvoiceSummary> invoices,
        Scales scales) =>
        Tables.Write(context,
            ["Number", "Date", "Due", "Customer", "Charges>", "Net>", "Tax>", "Amount>", "Open>",
            "Asset", "Status"],
            invoices.Select(invoice => new[]
            {
                invoice.Number,
                Day(invoice.Date),
                Day(invoice.Due),
                invoice.Customer,
                invoice.Charges.ToString(CultureInfo.InvariantCulture),
                scales.Format(invoice.Net, invoice.Asset),
                scales.Format(invoice.Tax, invoice.Asset),
                scales.Format(invoice.Amount, invoice.Asset),
                scales.Format(invoice.Open, invoice.Asset),
                invoice.Asset,
                invoice.Corrects is { } number ? $"credits {number}" : invoice.Status,
            }));

    public static void Write(CliContext context, Invoice invoice, Scales scales)
    {
        var output = context.Output;
        output.WriteLine($"{invoice.Kind.Replace('_', ' ')} {invoice.Number} of "
            + $"{Day(invoice.Date)}, due {Day(invoice.Due)}, {invoice.Status}"
            + (invoice.Corrects is { } number ? $", credits {number}" : ""));
        output.WriteLine($"from {Tables.OneLine(invoice.Seller.Name)} to "
            + $"{Tables.OneLine(invoice.Buyer.Name)} ({invoice.Customer})");
        if (invoice.Note is { } note) output.WriteLine(Tables.OneLine(note));
        Tables.Write(context,
            ["Date", "Description", "Quantity>", "Unit", "Price>", "Discount>", "Net>", "Tax>"],
            invoice.Lines.Select(line => new[]
            {
                Day(line.Date),
                line.Description,
                Decimals.Format(line.Quantity),
                line.Unit,
                Decimals.Format(line.UnitPrice),
                line.Discount == 0 ? "" : scales.Format(line.Discount, invoice.Asset),
                scales.Format(line.Net, invoice.Asset),
                $"{line.Category} {Decimals.Format(line.Rate)}",
            }));
        foreach (var tax in invoice.Taxes)
            WriteSum(context, $"tax {tax.Category} {Decimals.Format(tax.Rate)} % of "
                + scales.Format(tax.Net, invoice.Asset), scales.Format(tax.Tax, invoice.Asset));
        WriteSum(context, "net", scales.Format(invoice.Net, invoice.Asset));
        if (invoice.Rounding != 0)
            WriteSum(context, "rounding", scales.Format(invoice.Rounding, invoice.Asset));
        WriteSum(context, "amount", scales.FormatMoney(invoice.Amount, invoice.Asset));
        WriteSum(context, "paid", scales.Format(invoice.Paid, invoice.Asset));
        WriteSum(context, "open", scales.Format(invoice.Open, invoice.Asset));
    }

    private static void WriteSum(CliContext context, string what, string amount) =>
        context.Output.WriteLine($"{what,-32}{amount,16}");

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
