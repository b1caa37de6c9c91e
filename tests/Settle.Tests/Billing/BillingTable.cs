using System.Globalization;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>
/// Runs a table of billing that an accountant can read on a real ledger. At the end the chain must
/// verify, the books must balance, and the ledger opened again must say the same.
/// </summary>
internal sealed class BillingTable : StepTable
{
    private readonly Dictionary<string, InvoiceRun> _runs = [];
    private Subscription? _ended;

    public static async Task RunAsync(string table)
    {
        await using var run = new BillingTable();
        await run.OpenAsync();
        await run.Ledger.InitializeAsync("EUR");
        await run.RunStepsAsync(table);
        await run.CheckAsync();
    }

    protected override async Task<string> ActAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "seller":
                await Ledger.Billing.PutSellerAsync(BillingSteps.Seller(step));
                return "";
            case "customer":
                var customer = await Ledger.Billing.PutCustomerAsync(BillingSteps.Customer(step));
                return Again(customer.Replayed).Trim();
            case "erase":
                await Ledger.Billing.EraseCustomerAsync(step.Word());
                return "";
            case "charge":
                var charge = await Ledger.Billing.ChargeAsync(BillingSteps.Charge(step));
                return Show((long)charge.Amount.Units) + Again(charge.Replayed);
            case "subscribe":
                await Ledger.Billing.SubscribeAsync(BillingSteps.Subscription(step));
                return "";
            case "reprice":
                var (name, reprice) = BillingSteps.Reprice(step);
                _ended = await Ledger.Billing.RepriceSubscriptionAsync(name, reprice);
                return Again(_ended.Replayed).Trim();
            case "end":
                _ended = await Ledger.Billing.EndSubscriptionAsync(step.Word(), BillingSteps.Day(step));
                return "";
            case "run" or "dry":
                return Show(await RunAsync(step, isDry: verb == "dry"));
            case "credit":
                var note = await Ledger.Billing.CreditAsync(BillingSteps.Credit(step));
                return $"{note.Number} {Show((long)note.Amount.Units)}" + Again(note.Replayed);
            case "opening":
                var brought = await Ledger.Billing.BringInvoiceAsync(BillingSteps.Opening(step));
                return $"{Show((long)brought.Open.Units)} of {Show((long)brought.Amount.Units)}" + Again(brought.Replayed);
            case "debited":
                return (await Ledger.Billing.GetInvoiceAsync(step.Word()))!.DebitDate?.ToString("yyyy-MM-dd") ?? "no";
            case "open":
                var known = await Ledger.Billing.GetInvoiceAsync(step.Word());
                return known is null ? "none" : $"{Show((long)known.Open.Units)} {known.Kind}".ToLowerInvariant();
            case "pay":
                return Show(await Ledger.Billing.PayAsync(BillingSteps.Payment(step)));
            case "debit" or "would-debit" or "payout" or "cancel":
                return await OrderAsync(verb, step);
            case "withdraw":
                var withdrawn = await Ledger.Billing.WithdrawAsync(step.Word(), step.IsOver ? null : step.Word());
                return (withdrawn.Withdrawn ? "withdrawn" : "no") + Again(withdrawn.Replayed);
            case "refund":
                var refund = await Ledger.Billing.RefundAsync(BillingSteps.Refund(step));
                return Show(refund.Reopened, refund.OfCredit, "credit") + BillingSteps.Show(refund.LostDiscounts) + Again(refund.Replayed);
            case "chargeback":
                var taken = await Ledger.Billing.ChargebackAsync(BillingSteps.Chargeback(step));
                return Show(taken.Reopened, taken.OfCredit, "credit") + BillingSteps.Show(taken.LostDiscounts) + Again(taken.Replayed);
            case "transfer":
                var id = step.Word();
                var posting = step.Posting();
                await Ledger.TransferAsync(new TransferRequest
                    { Id = id, From = posting.From, To = posting.To, Amount = Minor(posting.Amount.Units) });
                return "";
            default:
                return await LookAsync(verb, step);
        }
    }

    private async Task<string> OrderAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "debit" or "would-debit":
                return BillingSteps.Show(await Ledger.Billing.DebitAsync(
                    BillingSteps.Debit(step) with { DryRun = verb == "would-debit" }));
            case "payout":
                return BillingSteps.Show(await Ledger.Billing.PayOutAsync(BillingSteps.Payout(step)));
            default:
                var (order, items) = (step.Word(), new List<string>());
                while (!step.IsOver) items.Add(step.Word());
                var cancelled = await Ledger.Billing.CancelSepaOrderAsync(
                    order, new SepaCancelRequest { Id = $"no:{order}:{string.Join(',', items)}", Items = items.Count > 0 ? items : null });
                return string.Join(", ", cancelled.Items.Where(item => item.Cancelled).Select(item => item.Number))
                    + Again(cancelled.Replayed);
        }
    }

    private async Task<string> LookAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "restart":
                await Ledger.DisposeAsync();
                await OpenAsync();
                return "";
            case "close":
                await Ledger.PutAccountAsync(new AccountRequest { Account = step.Word(), Closed = true });
                return "";
            case "later":
                Clock.Now += step.Span();
                return "";
            case "today":
                Clock.Now = new DateTimeOffset(BillingSteps.Day(step), new TimeOnly(12, 0), TimeSpan.Zero);
                return "";
            case "balance":
                return Show((long)((await Ledger.GetAccountAsync(step.Word()))?.Balances[0].Balance.Units ?? 0));
            case "invoice":
                return BillingSteps.Show((await Ledger.Billing.GetInvoiceAsync(step.Word()))!);
            case "lines":
                var invoice = await Ledger.Billing.GetInvoiceAsync(step.Word());
                return string.Join(", ", invoice!.Lines.Select(BillingSteps.Show));
            case "periods":
                return string.Join(", ", (await Ledger.Billing.GetInvoiceAsync(step.Word()))!
                    .Lines.Select(BillingSteps.ShowPeriod));
            case "converted":
                return BillingSteps.ShowConverted((await Ledger.Billing.GetInvoiceAsync(step.Word()))!);
            case "reasons":
                return string.Join(", ", (await Ledger.Billing.GetInvoiceAsync(step.Word()))!
                    .Taxes.Select(BillingSteps.ShowReason));
            case "warned":
                return _runs[step.Word()].Warnings is { } warnings ? string.Join(" & ", warnings) : "no";
            case "prices":
                var listed = await Ledger.Billing.GetSubscriptionAsync(step.Word());
                return Show((long)listed!.Amount.Units) + string.Concat((listed.Changes ?? [])
                    .Select(change => $", {Show((long)change.Amount.Units)} from {change.From:yyyy-MM-dd}"));
            case "end-warning":
                return _ended!.Warning ?? "none";
            case "buyer":
                return (await Ledger.Billing.GetInvoiceAsync(step.Word()))!.Buyer.Name;
            case "offers":
                return BillingSteps.Show((await Ledger.Billing.GetInvoiceAsync(step.Word()))!.CashDiscounts);
            case "prepaid":
                return Show((long)((await Ledger.Billing.GetInvoiceAsync(step.Word()))!.Prepaid?.Units ?? 0));
            case "charges":
                return string.Join(", ", _runs[step.Word()].Invoices.Select(made => made.Charges));
            case "parked":
                return string.Join(", ", _runs[step.Word()].Parked.Select(each => $"{each.Customer} {each.Code}"));
            case "uninvoiced":
                var open = await Ledger.Billing.ListChargesAsync(new ChargeQuery { Uninvoiced = true, Limit = 1000 });
                return open.Items.Count == 0
                    ? "none" : string.Join(", ", open.Items.Select(each => each.Id));
            case "billed":
                return (await Ledger.Billing.GetChargeAsync(step.Word()))!.Invoice ?? "no";
            case "amount":
                var shown = (await Ledger.Billing.GetChargeAsync(step.Word()))!;
                return $"{Show((long)shown.Amount.Units)} {shown.Date:yyyy-MM-dd}";
            case "statement":
                return BillingSteps.Show((await Ledger.Billing.GetStatementAsync(
                    step.Word(), to: step.IsOver ? null : BillingSteps.Day(step)))!);
            case "dun" or "dry-dun":
                return Show(await Ledger.Billing.RemindAsync(BillingSteps.Reminders(step, verb != "dun")));
            default:
                return await LookAtDepositsAsync(verb, step);
        }
    }

    private async Task<string> LookAtDepositsAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "settled":
                return (await Ledger.Billing.GetInvoiceAsync(step.Word()))!.SettledBy ?? "no";
            case "deposits":
                return string.Join(", ", ((await Ledger.Billing.GetInvoiceAsync(step.Word()))!.Deposits ?? [])
                    .Select(BillingSteps.Show));
            case "hold" or "release":
                var hold = await Ledger.Billing.HoldRemindersAsync(new ReminderHoldRequest
                    { Id = step.Word(), Invoice = step.Word(), Released = verb == "release" });
                return hold.Customer + Again(hold.Replayed);
            case "why-parked":
                return _runs[step.Word()].Parked[0].Reason.Contains(" refused it, because at that time: ", StringComparison.Ordinal)
                    ? "then" : "now";
            case "forget" or "spoil":
                var (beside, document) = (MemorySideDocuments.Of(Store), step.Word());
                await beside.EraseAsync(document, CancellationToken.None);
                if (verb == "spoil") await beside.CreateAsync([new Document(document, "{\"typ"u8.ToArray())], CancellationToken.None);
                return "";
            default:
                return await LookAtQuotesAsync(verb, step);
        }
    }

    private async Task<string> LookAtQuotesAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "quote":
                var made = await Ledger.Billing.QuoteAsync(QuoteSteps.Quote(step));
                return $"{made.Number} {Show((long)made.Amount.Units)} {Words<QuoteStatus>.Of(made.Status)}"
                    + Again(made.Replayed);
            case "accept" or "decline":
                var (quote, answer) = QuoteSteps.Answer(step);
                var answered = await (verb == "accept" ? Ledger.Billing.AcceptQuoteAsync(quote, answer)
                    : Ledger.Billing.DeclineQuoteAsync(quote, answer));
                return $"{answered.Number} {Words<QuoteStatus>.Of(answered.Status)}" + Again(answered.Replayed);
            case "quotes":
                return string.Join(", ", await Ledger.Billing.AllQuotesAsync(new QuoteQuery { Limit = 1 })
                    .Select(each => $"{each.Number} {Words<QuoteStatus>.Of(each.Status)}").ToListAsync());
            case "offered":
                var whole = (await Ledger.Billing.GetQuoteAsync(step.Word()))!;
                Assert.Equal(whole.Taxes!.Select(tax => tax.Category), whole.Lines!.Select(line => line.Category).Distinct());
                return string.Join(", ", whole.Lines!.Select(line => $"{line.Category} {Show((long)line.Net.Units)}"));
            case "quoted":
                return string.Join(", ", (await Ledger.Billing.GetInvoiceAsync(step.Word()))!.Quotes ?? ["none"]);
            default:
                throw new FormatException($"what is '{verb}' in: {step.Line}");
        }
    }

    private static string Show(ReminderRun run) => run.Reminders.Count + run.Parked.Count == 0 ? "nothing"
        : string.Join("; ", run.Reminders.Select(BillingSteps.Show).Concat(run.Parked.Select(
            parked => $"{parked.Customer} {parked.Code}")));

    private async Task<InvoiceRun> RunAsync(TableStep step, bool isDry)
    {
        var id = step.Word();
        var request = new InvoiceRunRequest
        {
            Id = id, Through = BillingSteps.Day(step), DryRun = isDry,
            Customer = step.Is("only") ? step.Word() : null,
            Date = step.Is("dated") ? BillingSteps.Day(step) : null,
        };
        while (step.Is("settles"))
            request = request with { Settles = [.. request.Settles ?? [], step.Word()] };
        while (step.Is("rate"))
            request = request with { Rates = [.. request.Rates ?? [], BillingSteps.Rate(step)] };
        return _runs[id] = await Ledger.Billing.InvoiceAsync(request);
    }

    private async Task CheckAsync()
    {
        var balances = await Ledger.ListBalancesAsync();
        foreach (var asset in balances.GroupBy(balance => balance.Asset))
            Assert.Equal(0, asset.Aggregate((Int128)0, (sum, balance) => sum + balance.Amount.Units));
        var before = await InvoicesAsync();
        await Ledger.DisposeAsync();
        await OpenAsync();
        Assert.Equal(before, await InvoicesAsync());
        Assert.Equal(balances, await Ledger.ListBalancesAsync());
        var report = await LedgerVerification.VerifyAsync(Store, null, CancellationToken.None);
        Assert.Empty(report.Faults);
    }

    private async Task<IReadOnlyList<InvoiceSummary>> InvoicesAsync() =>
        (await Ledger.Billing.ListInvoicesAsync(new InvoiceQuery { Limit = 1000 })).Items;

    private static string Show(InvoiceRun run) => run.Invoices.Count == 0 ? "nothing"
        : string.Join(", ", run.Invoices.Select(made =>
            $"{made.Number} {made.Customer} {Show((long)made.Amount.Units)}" + Again(made.Replayed)));

    private static string Show(Payment payment) =>
        Show(payment.Allocations, payment.Unallocated, "rest")
            + BillingSteps.Show(payment.CashDiscounts) + Again(payment.Replayed);

    private static string Show(
        IReadOnlyList<PaymentAllocation> invoices, Money other, string otherName)
    {
        var parts = invoices.Select(part => $"{part.Number} {Show((long)part.Amount.Units)}");
        return string.Join(", ", other.IsZero
            ? parts : parts.Append($"{otherName} {Show((long)other.Units)}"));
    }

    private static string Again(bool replayed) => replayed ? " again" : "";

    private static string Show(long minor) =>
        (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
