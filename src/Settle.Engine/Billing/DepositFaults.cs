using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// Why a run did not settle the deposit invoices that it names, each with its number. The caller
/// holds the state's lock.
/// </summary>
internal sealed class DepositFaults(LedgerReader reader, RunPlan plan)
{
    private IReadOnlyList<string> Numbers => plan.Request.Settles ?? [];

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>What is wrong and what to do; the refusal's meaning where it is about something
    /// else.</summary>
    /// <param name="refusal">What the decision said.</param>
    /// <param name="numbers">The deposit invoices that the invoice was to settle.</param>
    /// <param name="asset">The asset of the invoice.</param>
    /// <param name="amount">What the invoice would come to, minor units.</param>
    public string Reason(
        RefusalCode refusal, IReadOnlyList<string> numbers, string asset, long amount) =>
        refusal switch
        {
            RefusalCode.DepositNotSettleable =>
                Reason(refusal, numbers.Select(FaultOf).OfType<string>()),
            RefusalCode.ExceedsInvoice when numbers.Count > 0 =>
                Exceeding(numbers, asset, amount),
            _ => refusal.Meaning(),
        };

    /// <summary>What a run names, and settles with no invoice: it had none to bill.</summary>
    /// <param name="assets">The assets in which it billed, or tried to.</param>
    public IEnumerable<ParkedCustomer> NotBilled(IReadOnlyCollection<string> assets) => Numbers
        .GroupBy(AssetOf)
        .Where(each => each.Key is null ? assets.Count == 0 : !assets.Contains(each.Key))
        .Select(each => new ParkedCustomer
        {
            Customer = plan.Request.Customer!,
            Asset = each.Key ?? reader.DefaultAsset,
            Code = RefusalCode.NothingToInvoice.Text(),
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"nothing is open through {plan.Request.Through:yyyy-MM-dd}, so no invoice ")
                + $"settles {string.Join(", ", each)}: charge the work first",
        });

    // Null for what is not the customer's.
    private string? AssetOf(string number) => Find(number) is { } row
        && Book.Accounts[row.Account] is var owner
        && Book.CustomerName(owner.Customer) == plan.Request.Customer
            ? reader.State.Book.Assets[owner.Asset].Code : null;

    private static string Reason(RefusalCode refusal, IEnumerable<string> faults) =>
        string.Join("; ", faults) is { Length: > 0 } text ? text : refusal.Meaning();

    // The first condition that one does not meet; null where it meets all.
    private string? FaultOf(string number)
    {
        if (Find(number) is not { } row) return $"there is no invoice {number}";
        if (!row.IsDeposit) return $"{number} is not a deposit invoice";
        ref readonly var owner = ref Book.Accounts[row.Account];
        var customer = Book.CustomerName(owner.Customer);
        if (customer != plan.Request.Customer) return $"{number} is {customer}'s";
        if (row.SettledBy > 0)
        {
            return $"{number} is settled already, by "
                + Book.NumberOf(Book.Invoices[row.SettledBy - 1]);
        }
        if (row.Open > 0)
        {
            var asset = reader.State.Book.Assets[owner.Asset].Code;
            return $"{reader.Assets.Of(row.Open, asset)} of {number} is open: "
                + "record its payment, or credit what is open";
        }
        if (row.Creditable == 0) return $"all of {number} is credited";
        return row.Date <= plan.Date.DayNumber ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{number} is of {DateOnly.FromDayNumber(row.Date):yyyy-MM-dd}, and the invoice ")
            + string.Create(CultureInfo.InvariantCulture, $"of {plan.Date:yyyy-MM-dd}");
    }

    private string Exceeding(IReadOnlyList<string> numbers, string asset, long amount)
    {
        var brought = numbers.Select(Find).OfType<InvoiceRow>()
            .Sum(row => DepositParts.Received(Book, row).Amount);
        return $"{string.Join(", ", numbers)} brought {reader.Assets.Of(brought, asset)}, and "
            + (amount == 0 ? "only a deposit is open, which settles none: charge the work first"
            : $"the invoice comes to {reader.Assets.Of(amount, asset)} only: charge the rest of "
                + "the work first, or credit a part of the deposit and refund it");
    }

    private InvoiceRow? Find(string number) =>
        Book.FindInvoice(Encoding.UTF8.GetBytes(number)) is var at and >= 0
            && at < Book.Invoices.DurableCount ? Book.Invoices[at] : null;
}
