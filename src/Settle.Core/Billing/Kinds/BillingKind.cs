namespace Settle.Billing;

/// <summary>
/// A kind of entry of billing: what a request must look like before it may reach the ledger,
/// whether it is allowed, and what it does to the state.
/// </summary>
internal abstract class BillingKind
{
    private static readonly BillingKind[] Kinds =
        [new SellerKind(), new CustomerKind(), new ChargeKind(), new SubscriptionKind(),
            new InvoiceKind(), new CreditNoteKind(), new PaymentKind(), new RefundKind(),
            new ChargebackKind(), new WithdrawalKind(), new OpeningKind(),
            new SepaOrderKind(), new ReminderKind(), new ReminderHoldKind(), new QuoteKind(),
            new QuoteAnswerKind()];

    protected const string TaxWords =
        "must be a rate in percent such as 19 or 8.1, 0, exempt, reverse_charge, "
        + "intra_community, export or out_of_scope";

    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static void Check(RequestBatch batch, ref Request request)
    {
        ref readonly var terms = ref batch.Billing(request);
        if (!request.Asset.IsEmpty) Texts.CheckAsset("asset", batch.Bytes(request.Asset));
        foreach (var member in EntryMembers.Of(request.Kind)) member.Check(batch, ref request);
        Of(request.Kind).Check(batch, request, terms);
    }

    public static BillingKind Of(EntryKind kind) => Kinds[kind - EntryKind.Seller];

    public abstract void Check(RequestBatch batch, in Request request, in BillingTerms terms);

    /// <summary>
    /// Decides all but whether the money can move; fills in what the entry records.
    /// </summary>
    public abstract RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms);

    /// <summary>Applies a successful entry; the book of the ledger moves its money.</summary>
    public abstract void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location);

    protected static void CheckPlace(RequestBatch batch, in BillingTerms terms)
    {
        var country = batch.Bytes(terms.Country);
        if (country.Length != 2 || country.ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            throw new InvalidRequestException(
                "country", "must be two letters of ISO 3166-1, such as DE");
        Texts.CheckLine("zone", batch.Bytes(terms.Zone), 64);
        if (!BlockHash.TryParse(batch.Bytes(terms.Profile), out _))
            throw new InvalidRequestException("profile", "must be a SHA-256 in hexadecimal");
    }

    /// <summary>Cash discounts, as their text has to be.</summary>
    protected static void CheckDiscounts(RequestBatch batch, in BillingTerms terms)
    {
        if (terms.CashDiscount.IsEmpty) return;
        var text = batch.Text(terms.CashDiscount);
        if (DiscountTerms.Parse(text).Text != text)
            throw Parse.Fault("cash_discounts", text, "are not as the chain writes them");
    }

    protected static void CheckWhat(RequestBatch batch, in BillingTerms terms)
    {
        CheckReference(batch, "customer", terms.Customer);
        VisibleText.Check("description", batch.Bytes(terms.Description));
        if (!terms.Tax.IsEmpty && !TaxTerm.TryParse(batch.Bytes(terms.Tax), out _))
            throw new InvalidRequestException("tax", TaxWords);
        CheckExemption(batch, terms);
    }

    // Only a tax word that means no tax can have a reason, so the reason needs one beside it.
    private static void CheckExemption(RequestBatch batch, in BillingTerms terms)
    {
        var field = !terms.Exemption.IsEmpty ? "exemption"
            : !terms.ExemptionCode.IsEmpty ? "exemption_code" : null;
        if (field is null) return;
        if (!TaxTerm.TryParse(batch.Bytes(terms.Tax), out var tax)
            || tax.Category <= TaxCategory.Zero)
        {
            throw new InvalidRequestException(field,
                "says why there is no tax; name the tax beside it: exempt, reverse_charge, "
                + "intra_community, export or out_of_scope");
        }
        if (!terms.ExemptionCode.IsEmpty)
        {
            Rules.VatexCode.Check(
                "exemption_code", batch.Text(terms.ExemptionCode), tax.Category);
        }
    }

    protected static void CheckName(RequestBatch batch, string field, Slice name) =>
        Texts.CheckName(field, batch.Bytes(name), Limits.CustomerBytesMax);

    /// <summary>The name of what must be there: older rules let more names in.</summary>
    protected static void CheckReference(RequestBatch batch, string field, Slice name) =>
        Texts.CheckLine(field, batch.Bytes(name), Limits.CustomerBytesMax);

    protected static void CheckNumber(RequestBatch batch, Slice number) =>
        Texts.CheckLine("invoice", batch.Bytes(number), Limits.IdBytesMax);

    /// <summary>An account that money comes from or goes to, and that is not billing's.</summary>
    protected static void CheckOwn(RequestBatch batch, string field, Slice account)
    {
        var name = batch.Bytes(account);
        Texts.CheckAccount(field, name, batch.KnowsAccount);
        if (BillingAccounts.IsOne(name))
        {
            throw Parse.Fault(field, batch.Text(account),
                "is an account of billing; name one of your own, such as @world");
        }
    }

    /// <summary>
    /// Whether an entry is dated before what it is about. A request without a date may have been
    /// made before that was known; then both have the same day.
    /// </summary>
    protected static bool IsBefore(int day, BillingDecider decider, ref BillingTerms terms)
    {
        if (terms.Date >= day || !decider.Follows(9)) return false;
        if (!terms.IsDefaultDate) return true;
        terms.Date = day;
        return false;
    }

    protected static Slice AppendHash(RequestBatch batch, BlockHash hash)
    {
        var hex = (stackalloc byte[BlockHash.TextLength]);
        hash.WriteHex(hex);
        return batch.Append(hex);
    }

    protected static void CheckDay(string field, int day)
    {
        if (day < Days.Min || day > Days.Max)
            throw Parse.OutOfRange(field, DateOnly.FromDayNumber(day));
    }
}
