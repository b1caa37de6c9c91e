namespace Settle.Cli.Output;

/// <summary>Invoices for people.</summary>
internal static class InvoiceLines
{
    public static string[] Columns { get; } = ["Number", "Date", "Due", "Customer", "Charges>",
        "Net>", "Tax>", "Amount>", "Open>", "Asset", "Status"];

    public static string[] Row(InvoiceSummary invoice) =>
    [
        invoice.Number, Day(invoice.Date), Day(invoice.Due), invoice.Customer,
        invoice.Charges.ToString(CultureInfo.InvariantCulture), invoice.Net.Digits,
        invoice.Tax.Digits, invoice.Amount.Digits, invoice.Open.Digits, invoice.Asset,
        invoice.Corrects is { } number ? $"credits {number}"
            : invoice.Kind switch
            {
                InvoiceType.Opening => "opening, ",
                InvoiceType.ReminderFee => "reminder fee, ",
                InvoiceType.Deposit => "deposit, ",
                _ => "",
            }
                + Words<InvoiceStatus>.Of(invoice.Status)
                + (invoice.SettledBy is { } final ? $", settled by {final}" : "")
                + (invoice.DebitDate is { } debit ? $", debit {Day(debit)}" : "")
                + (invoice.RemindersHeld ? ", no reminders" : ""),
    ];

    public static void Write(CliContext context, Invoice invoice)
    {
        var output = context.Output;
        var kind = Words<InvoiceType>.Of(invoice.Kind).Replace('_', ' ');
        output.WriteLine($"{kind} {invoice.Number} of {Day(invoice.Date)}, "
            + $"due {Day(invoice.Due)}, {Words<InvoiceStatus>.Of(invoice.Status)}"
            + (invoice.Corrects is { } number ? $", credits {number}" : ""));
        output.WriteLine($"from {Tables.OneLine(invoice.Seller.Name)} to "
            + $"{Tables.OneLine(invoice.Buyer.Name)} ({invoice.Customer})");
        if (invoice.DebitDate is { } debit)
            output.WriteLine($"a direct debit collects it on {Day(debit)}");
        if (invoice.SettledBy is { } final) output.WriteLine($"{final} settles it");
        if (invoice.RemindersHeld) output.WriteLine("reminders of it are held");
        if (invoice.Quotes is { } quotes) output.WriteLine($"quote {string.Join(", ", quotes)}");
        if (invoice.Note is { } note) output.WriteLine(Tables.OneLine(note));
        WriteLines(context, invoice.Lines, invoice.Taxes);
        if (invoice is { TaxInCurrency: { } converted, ExchangeRate: { } rate })
        {
            WriteSum(context, $"tax in {converted.Asset} at {rate.Base}/{rate.Quote} "
                + DecimalJsonConverter.ToText(rate.Rate), converted.Digits);
        }
        WriteSum(context, "net", invoice.Net.Digits);
        if (invoice.Rounding is { } rounding)
            WriteSum(context, "rounding", rounding.Digits);
        WriteSum(context, "amount", invoice.Amount.ToString());
        foreach (var deposit in invoice.Deposits ?? [])
            WriteSum(context, $"deposit {deposit.Number}", (-deposit.Amount).Digits);
        if (invoice is { Kind: InvoiceType.CreditNote, Prepaid: { } ofDeposits })
        {
            WriteSum(context, "credited", (invoice.Amount - ofDeposits).Digits);
            return;
        }
        WriteSum(context, "paid", invoice.Paid.Digits);
        if (invoice.Discounted is { } discounted)
            WriteSum(context, "of which cash discount", discounted.Digits);
        WriteSum(context, "open", invoice.Open.Digits);
    }

    /// <summary>The lines of an invoice or a quote, and its taxes.</summary>
    public static void WriteLines(CliContext context, IReadOnlyList<InvoiceLine> lines,
        IReadOnlyList<InvoiceTax> taxes)
    {
        Tables.Write(context,
            ["Date", "Description", "Quantity>", "Unit", "Price>", "Discount>", "Net>", "Tax>"],
            lines.Select(line => (string[])
            [
                (line.Start is { } start ? $"{Day(start)} to " : "") + Day(line.Date)
                    + (line.ChargedDays is { } days
                        ? string.Create(CultureInfo.InvariantCulture,
                            $" ({days} of {line.MonthDays} days)") : ""),
                line.Description, DecimalJsonConverter.ToText(line.Quantity),
                line.Unit, DecimalJsonConverter.ToText(line.UnitPrice),
                line.Discount.IsZero ? "" : line.Discount.Digits, line.Net.Digits,
                $"{line.Category} {DecimalJsonConverter.ToText(line.Rate)}",
            ]));
        foreach (var tax in taxes)
            WriteSum(context, $"tax {tax.Category} {DecimalJsonConverter.ToText(tax.Rate)} % of "
                + tax.Net.Digits, tax.Tax.Digits);
    }

    public static void WriteSum(CliContext context, string what, string amount) =>
        context.Output.WriteLine($"{what,-32}{amount,16}");

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
