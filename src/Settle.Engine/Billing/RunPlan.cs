namespace Settle.Billing;

/// <summary>What a run was asked to do.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">The request.</param>
/// <param name="Date">The date of its invoices.</param>
/// <param name="MayRepeat">Whether it may have run before: somebody chose its id.</param>
/// <param name="Rates">Its rates, checked.</param>
internal sealed record RunPlan(
    string Id, InvoiceRunRequest Request, DateOnly Date, bool MayRepeat, RunRates Rates)
{
    public int Through => Request.Through.DayNumber;

    /// <summary>What no invoice of it says.</summary>
    public AskedRun Asked => new()
    {
        Makes = AskedRun.Invoices,
        Through = Request.Through,
        Date = Date,
        IsDefaultDate = Request.Date is null,
        Customer = Request.Customer,
        Note = Request.Note,
        OrderNumber = Request.OrderNumber,
        BuyerReference = Request.BuyerReference,
        Settles = Request.Settles,
    };

    /// <exception cref="InvalidRequestException">What it says on its invoices is malformed.
    /// </exception>
    public void Check()
    {
        PrintableText.Check("note", Request.Note);
        if (Request.Settles is { Count: > 0 } settles && Request.Customer is null)
        {
            throw Parse.Fault("settles", settles[0] ?? "",
                "is one customer's; name the customer, or leave it out");
        }
        foreach (var (field, text) in new[]
        {
            ("order_number", Request.OrderNumber), ("buyer_reference", Request.BuyerReference),
        })
        {
            if (text is null) continue;
            PrintableText.Check(field, text);
            // An empty one is said to be so where it is filled in.
            if (text.Length > 0)
                Texts.CheckName(
                    field, Encoding.UTF8.GetBytes(text), Limits.InvoiceReferenceBytesMax);
            if (Request.Customer is null)
            {
                throw Parse.Fault(field, text,
                    "is one customer's; name the customer, or leave it out");
            }
        }
    }

    /// <inheritdoc cref="RunIds.Of"/>
    public string InvoiceId(string customer, string asset, int part) =>
        RunIds.Of(Id, customer, asset, part);

    /// <summary>What it asks an account's first invoice for.</summary>
    public RunTarget FirstOf(BillingBook book, int account)
    {
        ref readonly var row = ref book.Accounts[account];
        var (customer, asset) = (book.CustomerName(row.Customer), book.Assets[row.Asset].Code);
        return new RunTarget(account, customer, asset, InvoiceId(customer, asset, 1));
    }

    /// <summary>
    /// Which of the named deposit invoices an account's invoice settles: not its customer's in
    /// other assets.
    /// </summary>
    /// <param name="book">The state.</param>
    /// <param name="customer">The customer's place.</param>
    /// <param name="account">The account's place; -1 for one that is not there yet.</param>
    public IReadOnlyList<string> SettledOf(BillingBook book, int customer, int account) =>
        [.. (Request.Settles ?? []).Where(number => !Settlements.IsOfAnotherAsset(
            book, customer, account, book.FindInvoice(Encoding.UTF8.GetBytes(number))))];

    /// <summary>Asks for a target's invoice.</summary>
    public void Add(RequestBatch batch, RunTarget target) =>
        BillingRequests.Add(batch, EntryKind.Invoice, target.Id,
            (RequestBatch to, ref Request request, ref BillingTerms terms) =>
        {
            terms.Customer = to.Append("customer", target.Customer);
            request.Asset = to.Append("asset", target.Asset);
            terms.Date = Date.DayNumber;
            terms.IsDefaultDate = Request.Date is null;
            terms.Through = Through;
            Rates.Fill(to, ref terms, target.Asset);
            request.Memo = to.Append("note", Request.Note);
            terms.OrderNumber = to.Append("order_number", Request.OrderNumber);
            terms.BuyerReference = to.Append("buyer_reference", Request.BuyerReference);
            // A customer's first invoice of a run is the one that does not hold deposits.
            if (Request.Settles is { Count: > 0 } settles && target.Part == 1)
                terms.Settles = AppendNumbers(to, settles);
        });

    private static Slice AppendNumbers(RequestBatch batch, IReadOnlyList<string> numbers)
    {
        var (json, seen) = (new JsonBuffer(64), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < numbers.Count; i++)
        {
            var number = numbers[i]
                ?? throw new InvalidRequestException($"settles[{i}]", "is missing");
            Texts.CheckLine(
                $"settles[{i}]", Encoding.UTF8.GetBytes(number), Limits.IdBytesMax);
            if (!seen.Add(number)) throw Parse.Fault($"settles[{i}]", number, "is named twice");
            json.Raw(i == 0 ? "["u8 : ","u8);
            json.String(Encoding.UTF8.GetBytes(number));
        }
        json.Raw("]"u8);
        return batch.Append(json.Written);
    }
}
