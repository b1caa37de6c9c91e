using System.Runtime.ExceptionServices;
using Settle.Billing.Rules;
using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Whether an invoice could be sent, asked before there is one: names and addresses are not in the
/// chain, so the decision cannot say it. What a single line must look like was asked when it was
/// charged, so the lines of one tax are taken together; but not where an amount may have more
/// decimals than EN 16931 allows, because a sum can have fewer.
/// </summary>
internal sealed class RunRules(LedgerReader reader, Profiles profiles, RunPlan plan)
{
    private const int DecimalsOfLines = 2;

    private Party? _seller;

    /// <summary>What is odd about invoices that may be made all the same.</summary>
    public List<string> Warnings { get; } = [];

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>The targets whose invoice may be sent; the others are parked.</summary>
    public async Task<List<RunTarget>> PassAsync(List<RunTarget> targets,
        List<ParkedCustomer> parked, CancellationToken cancellation)
    {
        var passed = new List<RunTarget>(targets.Count);
        foreach (var chunk in targets.Chunk(1000))
        {
            var candidates = await reader.ReadAsync(() => Array.ConvertAll(chunk, target =>
                Draft(target).ConvertAll(draft => Look(target.Customer, target.Asset, draft))),
                cancellation).ConfigureAwait(false);
            var all = candidates.SelectMany(each => each).ToList();
            await ReadSellerAsync(all, cancellation).ConfigureAwait(false);
            var buyers = await profiles.GetAllAsync(
                all.Select(each => each.Buyer), cancellation).ConfigureAwait(false);
            var found = JudgeAll(candidates, buyers, cancellation);
            for (var i = 0; i < chunk.Length; i++)
            {
                Warnings.AddRange(found[i].Warnings);
                if (found[i].Fault is { } fault) parked.Add(fault);
                else passed.Add(chunk[i]);
            }
        }
        return passed;
    }

    /// <summary>Why an invoice cannot be sent; null when it can.</summary>
    public async Task<ParkedCustomer?> CheckAsync(string customer, string asset,
        InvoiceDraft draft, CancellationToken cancellation)
    {
        var candidate = await reader.ReadAsync(
            () => Look(customer, asset, draft), cancellation).ConfigureAwait(false);
        await ReadSellerAsync([candidate], cancellation).ConfigureAwait(false);
        var buyer = await profiles.GetAsync(candidate.Buyer, cancellation).ConfigureAwait(false);
        var found = Judge([candidate], _ => buyer);
        Warnings.AddRange(found.Warnings);
        return found.Fault;
    }

    // The caller holds the state's lock.
    private Candidate Look(string customer, string asset, InvoiceDraft draft) => new(customer,
        asset, draft, Book.DurableSeller!.Profile,
        Book.Customers.Durable(Book.FindCustomer(Encoding.UTF8.GetBytes(customer))).Profile,
        UnknownRate(customer, asset, draft), Discounts(customer));

    private async Task ReadSellerAsync(
        List<Candidate> candidates, CancellationToken cancellation)
    {
        if (_seller is null && candidates is [{ Seller: var seller }, ..])
            _seller = await profiles.GetAsync(seller, cancellation).ConfigureAwait(false);
    }

    // Nothing but arithmetic is left, for all cores.
    private Found[] JudgeAll(List<Candidate>[] candidates,
        Dictionary<BlockHash, ReadOnlyMemory<byte>> buyers, CancellationToken cancellation)
    {
        var found = new Found[candidates.Length];
        try
        {
            Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellation },
                i => found[i] = Judge(candidates[i], each =>
                    buyers.TryGetValue(each.Buyer, out var known)
                        ? Profiles.PartyIn(each.Buyer, known) : null));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return found;
    }

    private Found Judge(List<Candidate> candidates, Func<Candidate, Party?> buyerOf)
    {
        var warnings = new List<string>();
        foreach (var candidate in candidates)
        {
            if (Judge(candidate, buyerOf(candidate), warnings) is { } fault)
                return new Found(fault, warnings);
        }
        return new Found(null, warnings);
    }

    private ParkedCustomer? Judge(Candidate candidate, Party? buyer, List<string> warnings)
    {
        var (customer, asset, draft) = (candidate.Customer, candidate.Asset, candidate.Draft);
        if (candidate.UnknownRate is { } unknown)
            return Parked(RefusalCode.UnknownTaxRate.Text(), unknown);
        // The rules know the currencies of ISO 4217 only.
        if (!Iso4217.TryGetScale(asset, out var scale)) return null;
        if (_seller is null || buyer is null)
        {
            return Parked("customer_erased", _seller is null
                ? "the seller's name and address are not here; set the seller again"
                : "the customer's name and address were erased; put the customer again");
        }
        if (draft.Sums.Tax != 0 && plan.Rates.CurrencyFor(asset) is not null
            && plan.Rates.For(asset) is null)
        {
            var missing = plan.Rates.Missing(asset);
            if (plan.Rates.IsNeeded(asset)) return Parked("exchange_rate_missing", missing);
            warnings.Add($"{customer}: {missing}");
        }
        var likely = ElectronicInvoice.Of(Likely(
            customer, new AssetState(asset, scale), draft, buyer, candidate.Discounts));
        foreach (var violation in EnRules.Check(likely))
        {
            if (violation.Severity != RuleSeverity.Fatal) continue;
            return Parked(violation.Rule, $"{violation.Field} {violation.Message}");
        }
        return null;

        ParkedCustomer Parked(string code, string reason) =>
            new() { Customer = customer, Asset = asset, Code = code, Reason = reason };
    }

    // A rate that the seller gave up, perhaps as a small business, is billed no more.
    private string? UnknownRate(string customer, string asset, InvoiceDraft draft)
    {
        var seller = Book.DurableSeller!;
        if (draft.Items.All(item => seller.Knows(item.Tax))) return null;
        var account = Book.FindAccount(Book.FindCustomer(Encoding.UTF8.GetBytes(customer)),
            Book.Assets.Find(Encoding.UTF8.GetBytes(asset)));
        foreach (var at in account < 0 ? [] : Book.OpenNow(account))
        {
            ref readonly var charge = ref Book.Charges[at];
            if (charge.Date > plan.Through || seller.Knows(charge.Tax)) continue;
            return $"charge {Encoding.UTF8.GetString(Book.Charges.IdOf(at))} has the tax "
                + $"{charge.Tax.Text}, which is none of the seller's rates; withdraw it and "
                + "charge it at another one, or set the seller with that rate until it is billed";
        }
        return null;
    }

    /// <summary>
    /// What a customer's first invoice would come to, minor units; 0 if it is of a deposit. The
    /// caller holds the state's lock.
    /// </summary>
    public long AmountOf(RunTarget target) =>
        Draft(target) is [{ Items: [{ IsDeposit: false }, ..], Sums: var sums }, ..]
            ? sums.Amount : 0;

    // Nothing is open when only a repeated run asks for it.
    private List<InvoiceDraft> Draft(RunTarget target)
    {
        var items = Book.OpenNow(target.Account)
            .Where(at => Book.Charges[at].Date <= plan.Through)
            .Select(at => Book.Charges[at].Item).ToArray();
        var treatment =
            Book.Customers.Durable(Book.Accounts[target.Account].Customer).TreatmentOrNone;
        var drafts = new List<InvoiceDraft>();
        foreach (var (part, own) in InvoiceMaker.Separate(items, treatment, item => item))
            if (InvoiceMaker.Make(part, own) is { } sums)
                drafts.Add(new InvoiceDraft(part, own, sums));
        return drafts;
    }

    private Invoice Likely(string customer, AssetState asset, InvoiceDraft draft, Party buyer,
        DiscountTerms discounts) => new()
    {
        Kind = draft.Items[0].IsDeposit ? InvoiceType.Deposit : InvoiceType.Invoice,
        Number = "1",
        Id = plan.Id,
        Date = plan.Date,
        Due = plan.Date,
        Through = plan.Request.Through,
        Scale = asset.Scale,
        Customer = customer,
        Seller = _seller!,
        Buyer = buyer,
        OrderNumber = plan.Request.OrderNumber ?? buyer.OrderNumber,
        BuyerReference = plan.Request.BuyerReference ?? buyer.BuyerReference,
        Note = plan.Request.Note,
        Lines = asset.Scale > DecimalsOfLines
            ? [.. draft.Sums.Nets.Select((net, i) => Line(draft.TermOf(i), net, asset))]
            : [.. draft.Sums.Taxes.Select(tax => Line(tax.Term, tax.Net, asset))],
        Taxes = [.. draft.Sums.Taxes.Select(tax => LinesOfInvoice.Tax(
            tax, asset, [], _seller!, Invoice.LanguageOf(_seller!, buyer)))],
        Net = asset.Of(draft.Sums.Net),
        Tax = asset.Of(draft.Sums.Tax),
        Rounding = asset.OrNone(draft.Sums.Rounding),
        Amount = asset.Of(draft.Sums.Amount),
        Paid = asset.Of(0),
        Open = asset.Of(draft.Sums.Amount),
        CashDiscounts = DiscountViews.Offers(discounts, plan.Date,
            draft.Sums.Amount, draft.Sums.Amount, asset),
        Status = InvoiceStatus.Open,
        InvoicedCharges = [],
        Block = 0,
    };

    private DiscountTerms Discounts(string customer)
    {
        var own = Book.Customers.Durable(
            Book.FindCustomer(Encoding.UTF8.GetBytes(customer))).Discounts;
        return Book.Discounts(own >= 0 ? own : Book.DurableSeller!.Discounts);
    }

    private InvoiceLine Line(TaxTerm term, long net, AssetState asset) => new()
    {
        Charge = "1",
        Description = "1",
        Date = plan.Date,
        Quantity = 1,
        UnitPrice = net / (decimal)Scaled.PowerOfTen(asset.Scale),
        Discount = asset.Of(0),
        Net = asset.Of(net),
        Category = term.Code,
        Rate = term.Rate / (decimal)Scaled.PowerOfTen(TaxTerm.RateDecimals),
    };

    /// <summary>An invoice that may be made, and what the state says of its customer.</summary>
    private sealed record Candidate(string Customer, string Asset, InvoiceDraft Draft,
        BlockHash Seller, BlockHash Buyer, string? UnknownRate, DiscountTerms Discounts);

    private readonly record struct Found(ParkedCustomer? Fault, List<string> Warnings);
}
