using As = Settle.MemberEncoding;
using On = Settle.KindSet;

namespace Settle;

/// <summary>
/// The members of entries, each said once and in the canonical order: reading, writing, comparing
/// and deciding again follow these rows.
/// </summary>
internal static class EntryMembers
{
    private static readonly Member[] Rows =
    [
        new("account", On.Account | On.Sharing, (_, ref e) => ref e.From),
        new("allocations", On.Payment | On.Returned, (b, ref e) => ref b.Billing(e).Allocations)
            { Encoding = As.Array, IsResult = true },
        new("amended", On.Invoice | On.Subscription, (b, ref e) => ref b.Billing(e).Amended)
            { Encoding = As.Array, IsResult = true, Since = 8 },
        new("amount",
            On.Moving | On.Sharing | On.Priced | On.Document | On.Payment | On.Returned
                | On.Withdrawal | On.Opening | On.SepaOrder | On.Reminder | On.Quote
                | On.QuoteAnswer,
            (_, ref e) => ref e.Amount)
        {
            Always = On.Summed | On.Ask,
            DecidedIn = On.Derived | On.Document | On.Priced | On.Chargeback | On.Withdrawal
                | On.Reminder | On.Quote | On.QuoteAnswer,
            IsDecided = IsAmountDecided,
        },
        new("anchor", On.Subscription, (b, ref e) => ref b.Billing(e).Anchor)
            { Encoding = As.Day, Since = 9 },
        new("asset", On.Ledger | On.Asset | On.Account | On.Moving | On.Sharing,
            (_, ref e) => ref e.Asset)
            { DecidedIn = On.Derived },
        new("asset",
            On.Customer | On.Priced | On.Document | On.Payment | On.Returned | On.Withdrawal
                | On.Opening | On.Reminder | On.Quote | On.QuoteAnswer,
            (_, ref e) => ref e.Asset)
        {
            DecidedIn = On.Billing,
            IsDecided = (b, e) => e.Kind is EntryKind.CreditNote or EntryKind.Chargeback
                or EntryKind.Withdrawal or EntryKind.Quote or EntryKind.QuoteAnswer
                || b.Billing(e).IsDefaultAsset,
            Repeats = IsAssetRepeated,
        },
        new("asset_default", On.Priced | On.Payment | On.Refund | On.Opening,
            (b, ref e) => ref b.Billing(e).IsDefaultAsset)
            { DecidedIn = On.All },
        new("asset_named", On.Priced | On.Payment | On.Refund | On.Opening,
            (b, ref e) => ref b.Billing(e).IsNamedAsset)
            { Repeats = (_, _, _, _, _) => true },
        new("author", On.Transfer, (_, ref e) => ref e.Author) { Since = 2 },
        new("buyer", On.Invoice | On.Reminder | On.Quote, (b, ref e) => ref b.Billing(e).Buyer)
            { IsResult = true },
        new("buyer_reference", On.Invoice, (b, ref e) => ref b.Billing(e).BuyerReference)
            { Max = Limits.InvoiceReferenceBytesMax, IsName = true, Since = 8 },
        new("cash_discount", On.Party, (b, ref e) => ref b.Billing(e).CashDiscount)
            { Field = "cash_discounts", Since = 11 },
        new("cash_discount", On.Invoice, (b, ref e) => ref b.Billing(e).CashDiscount)
            { IsResult = true, Since = 11 },
        new("cancels", On.SepaOrder, (_, ref e) => ref e.Reference),
        new("ceiling", On.Account, (b, ref e) => ref b.Terms(e).Ceiling)
            { Encoding = As.Limit, Word = "none", Absent = AccountTerms.Unset },
        new("charge", On.Withdrawal, (_, ref e) => ref e.Reference),
        new("closed", On.Account, (b, ref e) => ref b.Terms(e).IsClosed)
            { Has = (b, ref e) => ref b.Terms(e).HasClosed },
        new("cost_centre", On.Charge, (b, ref e) => ref b.Billing(e).CostCentre)
            { Max = Limits.CostCentreBytesMax, IsName = true, Since = 4 },
        new("cost_centre", On.Subscription, (b, ref e) => ref b.Billing(e).CostCentre)
            { Max = Limits.CostCentreBytesMax, IsName = true, Since = 11 },
        new("country", On.Party, (b, ref e) => ref b.Billing(e).Country),
        new("credited", On.CreditNote, (b, ref e) => ref b.Billing(e).Credited)
            { Encoding = As.Array, IsResult = true, Since = 8 },
        // The customer of a credit note, or of a payment of one invoice, is the invoice's.
        new("customer",
            On.Customer | On.Priced | On.Document | On.Payment | On.Returned | On.Withdrawal
                | On.Opening | On.Reminder | On.ReminderHold | On.Quote | On.QuoteAnswer,
            (b, ref e) => ref b.Billing(e).Customer)
        {
            DecidedIn = On.CreditNote | On.Payment | On.Chargeback | On.Withdrawal
                | On.ReminderHold | On.QuoteAnswer,
            IsDecided = (_, e) => !e.Reference.IsEmpty,
        },
        new("date",
            On.Charge | On.Document | On.Payment | On.Returned | On.Withdrawal | On.Opening
                | On.SepaOrder | On.Reminder | On.ReminderHold | On.Quote | On.QuoteAnswer,
            (b, ref e) => ref b.Billing(e).Date)
            { Encoding = As.Day, Repeats = IsDateRepeated },
        new("date_default",
            On.Charge | On.Document | On.Payment | On.Returned | On.Withdrawal | On.SepaOrder
                | On.Reminder | On.ReminderHold | On.Quote | On.QuoteAnswer,
            (b, ref e) => ref b.Billing(e).IsDefaultDate)
            { Repeats = (_, _, _, _, _) => true },
        new("declined", On.QuoteAnswer, (b, ref e) => ref b.Billing(e).IsDeclined),
        new("default_tax", On.Seller, (b, ref e) => ref b.Billing(e).DefaultTax),
        new("deposit", On.Charge, (b, ref e) => ref b.Billing(e).IsDeposit) { Since = 12 },
        new("deposit", On.Invoice, (b, ref e) => ref b.Billing(e).IsDeposit)
            { IsResult = true, Since = 12 },
        new("deposits", On.Document | On.Payment | On.Returned,
            (b, ref e) => ref b.Billing(e).Deposits)
            { Encoding = As.Array, IsResult = true, Since = 12 },
        new("description", On.Priced, (b, ref e) => ref b.Billing(e).Description)
            { Max = Limits.DescriptionBytesMax },
        new("discount", On.Charge, (b, ref e) => ref b.Billing(e).Discount),
        new("discount", On.Subscription, (b, ref e) => ref b.Billing(e).Discount) { Since = 9 },
        new("discounted", On.Payment | On.Returned, (b, ref e) => ref b.Billing(e).Discounted)
            { Encoding = As.Array, IsResult = true, Since = 11 },
        new("due", On.Invoice | On.Reminder, (b, ref e) => ref b.Billing(e).Due)
            { Encoding = As.Day, IsResult = true },
        new("due", On.Opening, (b, ref e) => ref b.Billing(e).Due) { Encoding = As.Day },
        new("dunning", On.Seller, (b, ref e) => ref b.Billing(e).Dunning)
            { Encoding = As.Object, Since = 11 },
        new("end", On.Subscription, (b, ref e) => ref b.Billing(e).End) { Encoding = As.Day },
        new("every", On.Subscription, (b, ref e) => ref b.Billing(e).Every) { Since = 9 },
        new("exemption", On.Priced, (b, ref e) => ref b.Billing(e).Exemption)
            { Max = Limits.ExemptionBytesMax, IsName = true, Since = 9 },
        new("exemption_code", On.Priced, (b, ref e) => ref b.Billing(e).ExemptionCode)
            { Since = 9 },
        new("expires", On.Hold, (_, ref e) => ref e.ExpiresAt)
            { Encoding = As.Time, DecidedIn = On.All },
        new("expires", On.Resolution, (_, ref e) => ref e.ExpiresAt)
            { Encoding = As.Time, DecidedIn = On.All, Since = 2 },
        new("expires_in", On.Hold, (_, ref e) => ref e.ExpiresIn),
        new("fee", On.Chargeback | On.Reminder, (b, ref e) => ref b.Billing(e).Fee),
        new("first_day", On.Charge, (b, ref e) => ref b.Billing(e).Start)
            { Field = "start", Encoding = As.Day, Since = 9 },
        new("first_numbers", On.Seller, (b, ref e) => ref b.Billing(e).FirstNumbers)
            { Encoding = As.Array, Since = 9 },
        new("from", On.Moving | On.Payment, (_, ref e) => ref e.From)
            { DecidedIn = On.Derived },
        new("from_day", On.Subscription, (b, ref e) => ref b.Billing(e).Start)
            { Field = "from", Encoding = As.Day, Since = 9 },
        new("gross", On.Opening, (b, ref e) => ref b.Billing(e).Gross)
            { Field = "amount", Since = 9 },
        new("hash", On.End, (b, ref e) => ref b.Site(e).Hash) { DecidedIn = On.End },
        new("hashes", On.Fork, (b, ref e) => ref b.Site(e).Hashes) { Encoding = As.Array },
        new("height", On.End | On.Fork, (b, ref e) => ref b.Site(e).Height)
            { Always = On.End, DecidedIn = On.End },
        new("held", On.Capture, (_, ref e) => ref e.Held) { DecidedIn = On.All, Since = 2 },
        new("hold", On.Resolution, (_, ref e) => ref e.Reference),
        new("id", On.Asked, (_, ref e) => ref e.Id),
        new("invoice", On.CreditNote | On.Payment | On.ReminderHold,
            (_, ref e) => ref e.Reference),
        new("invoiced_charges", On.Invoice, (b, ref e) => ref b.Billing(e).Charges)
            { Encoding = As.Array, IsResult = true },
        new("items", On.SepaOrder, (b, ref e) => ref b.Billing(e).Ordered)
            { Encoding = As.Array },
        new("last", On.Reminder, (b, ref e) => ref b.Billing(e).IsLast) { IsResult = true },
        new("late", On.QuoteAnswer, (b, ref e) => ref b.Billing(e).IsLate),
        new("ledger", On.Join, (b, ref e) => ref b.Site(e).Ledger),
        new("line_count", On.Quote, (b, ref e) => ref b.Billing(e).LineCount)
            { Field = "lines" },
        new("lines", On.CreditNote, (b, ref e) => ref b.Billing(e).Lines)
            { Encoding = As.Array, Since = 8 },
        new("memo", On.Noted, (_, ref e) => ref e.Memo),
        new("memo", On.CreditNote | On.ReminderHold | On.QuoteAnswer, (_, ref e) => ref e.Memo)
            { Field = "reason", Max = Limits.MemoBytesMax },
        new("memo", On.Invoice | On.Quote, (_, ref e) => ref e.Memo)
            { Field = "note", Max = Limits.MemoBytesMax, Since = 8 },
        new("memo", On.Payment | On.Returned, (_, ref e) => ref e.Memo)
            { Field = "reference", Max = Limits.MemoBytesMax },
        new("memo", On.Derived, (_, ref e) => ref e.Memo) { Since = 7 },
        new("meta", On.Noted | On.Account, (_, ref e) => ref e.Meta) { Encoding = As.Object },
        new("net", On.Summed, (b, ref e) => ref b.Billing(e).Net)
            { Always = On.Summed, IsResult = true },
        new("not_reminded", On.Customer, (b, ref e) => ref b.Billing(e).IsNotReminded)
            { Field = "no_reminders", Since = 11 },
        new("number", On.Summed | On.Reminder, (b, ref e) => ref b.Billing(e).Number)
            { IsResult = true },
        new("number", On.Opening, (b, ref e) => ref b.Billing(e).Number)
            { Max = Limits.OldNumberBytesMax, IsName = true },
        new("of", On.Ask, (_, ref e) => ref e.To),
        new("offered", On.Charge, (b, ref e) => ref b.Billing(e).IsOffered) { Since = 13 },
        new("offered", On.Quote, (b, ref e) => ref b.Billing(e).Reopened)
            { Encoding = As.Array, IsResult = true },
        new("opened", On.QuoteAnswer, (b, ref e) => ref b.Billing(e).Reopened)
            { Encoding = As.Array, IsResult = true },
        new("order_number", On.Invoice, (b, ref e) => ref b.Billing(e).OrderNumber)
            { Max = Limits.InvoiceReferenceBytesMax, IsName = true, Since = 8 },
        new("overdraft", On.Account, (b, ref e) => ref b.Terms(e).Overdraft)
            { Encoding = As.Limit, Word = "unlimited", Absent = AccountTerms.Unset },
        new("owners", On.Account, (b, ref e) => ref b.Terms(e).Owners) { Encoding = As.Array },
        new("paid", On.Invoice | On.Opening | On.Reminder, (b, ref e) => ref b.Billing(e).Paid)
            { IsResult = true },
        new("part", On.Revert, (_, ref e) => ref e.IsPart) { Field = "amount", Since = 7 },
        new("payment", On.Returned, (_, ref e) => ref e.Reference),
        new("period_days", On.Charge, (b, ref e) => ref b.Billing(e).PeriodDays) { Since = 9 },
        new("postings",
            On.Transaction | On.Revert | On.Document | On.Payment | On.Returned | On.Opening
                | On.Reminder,
            As.Postings)
            { DecidedIn = On.All & ~On.Transaction },
        new("prefix", On.Site, (b, ref e) => ref b.Site(e).Prefix),
        new("price", On.Charge, (b, ref e) => ref b.Billing(e).Price)
            { Field = "amount", Since = 6 },
        new("price", On.Subscription, (b, ref e) => ref b.Billing(e).Price)
            { Field = "amount", Since = 9 },
        new("prices", On.Priced, (b, ref e) => ref b.Billing(e).IsGross)
            { Encoding = As.Word, Word = "gross" },
        new("profile", On.Party, (b, ref e) => ref b.Billing(e).Profile) { Field = "party" },
        new("quantity", On.Charge, (b, ref e) => ref b.Billing(e).Quantity)
            { Encoding = As.Decimal, Has = HasUnitPrice },
        new("quantity", On.Subscription, (b, ref e) => ref b.Billing(e).Quantity)
            { Encoding = As.Decimal, Has = HasUnitPrice, Since = 9 },
        new("quote", On.QuoteAnswer, (_, ref e) => ref e.Reference),
        new("rate", On.Invoice, (b, ref e) => ref b.Billing(e).Rate)
            { Field = "rates", Since = 9 },
        new("rate_date", On.Invoice, (b, ref e) => ref b.Billing(e).RateDate)
            { Field = "rates", Encoding = As.Day, Since = 9 },
        new("rate_pair", On.Invoice, (b, ref e) => ref b.Billing(e).RatePair)
            { Field = "rates", Since = 9 },
        new("reason", On.Asked, As.Reason),
        new("rebill", On.CreditNote, (b, ref e) => ref b.Billing(e).IsRebill),
        new("refunds", On.SepaOrder, (b, ref e) => ref b.Billing(e).IsOfRefunds),
        new("released", On.ReminderHold, (b, ref e) => ref b.Billing(e).IsReleased),
        new("reminded", On.Reminder, (b, ref e) => ref b.Billing(e).Reminded)
            { Encoding = As.Array, IsResult = true },
        new("reopened", On.CreditNote, (b, ref e) => ref b.Billing(e).Reopened)
            { Encoding = As.Array, IsResult = true },
        new("reverted", On.Revert, (_, ref e) => ref e.Reverted)
            { DecidedIn = On.Revert, Since = 7 },
        new("reverts", On.Revert, (_, ref e) => ref e.Reference),
        new("rounding", On.Summed, (b, ref e) => ref b.Billing(e).Rounding) { IsResult = true },
        new("scale", On.Ledger | On.Asset, (_, ref e) => ref e.Scale)
            { Always = On.Ledger | On.Asset, Max = Limits.ScaleMax },
        new("seller", On.Invoice | On.Reminder | On.Quote, (b, ref e) => ref b.Billing(e).Seller)
            { IsResult = true },
        new("seller", On.SepaOrder, (b, ref e) => ref b.Billing(e).Seller),
        new("series", On.Seller, (b, ref e) => ref b.Billing(e).Series),
        new("settles", On.Invoice, (b, ref e) => ref b.Billing(e).Settles)
            { Encoding = As.Array, Since = 12 },
        new("site", On.Site | On.Suspend | On.End | On.Fork, (b, ref e) => ref b.Site(e).Name),
        new("standing", On.Grant, (b, ref e) => ref b.Site(e).Level)
            { Has = (b, ref e) => ref b.Site(e).IsStanding, Max = Limits.AmountMax, Since = 12 },
        new("start", On.Subscription, (b, ref e) => ref b.Billing(e).Date) { Encoding = As.Day },
        new("status", On.Asked, As.Status),
        new("strict", On.Ledger, (_, ref e) => ref e.IsStrict)
        {
            Has = (_, ref e) => ref e.HasStrict, Repeats = (_, _, _, _, _) => true, Since = 7,
        },
        new("subscription", On.Priced, (b, ref e) => ref b.Billing(e).Subscription)
            { Max = Limits.CustomerBytesMax, IsName = true },
        new("tax", On.Priced, (b, ref e) => ref b.Billing(e).Tax)
            { DecidedIn = On.Priced, IsDecided = (b, e) => b.Billing(e).IsDefaultTax },
        new("tax", On.Summed, (b, ref e) => ref b.Billing(e).TaxSum)
            { Always = On.Summed, IsResult = true },
        new("tax_currency", On.Invoice, (b, ref e) => ref b.Billing(e).TaxCurrency)
            { Field = "rates", Since = 9 },
        new("tax_currency", On.CreditNote, (b, ref e) => ref b.Billing(e).TaxCurrency)
            { IsResult = true, Since = 14 },
        new("tax_default", On.Priced, (b, ref e) => ref b.Billing(e).IsDefaultTax)
            { DecidedIn = On.All },
        new("tax_in_currency", On.Invoice, (b, ref e) => ref b.Billing(e).TaxConverted)
            { IsResult = true, Since = 9 },
        new("tax_in_currency", On.CreditNote, (b, ref e) => ref b.Billing(e).TaxConverted)
            { IsResult = true, Since = 14 },
        new("tax_rates", On.Seller, (b, ref e) => ref b.Billing(e).TaxRates)
            { Encoding = As.Array },
        new("taxes", On.Summed, (b, ref e) => ref b.Billing(e).Taxes)
            { Encoding = As.Array, IsResult = true },
        new("teller", On.Transfer, (_, ref e) => ref e.IsTeller) { Since = 2 },
        new("terms_days", On.Customer, (b, ref e) => ref b.Billing(e).TermsDays)
            { Always = On.Customer, Max = Limits.TermsDaysMax },
        new("texts", On.Reminder, (b, ref e) => ref b.Billing(e).Texts)
            { Encoding = As.Object, IsResult = true },
        new("through", On.Invoice, (b, ref e) => ref b.Billing(e).Through) { Encoding = As.Day },
        new("timestamp", On.Noted, (_, ref e) => ref e.Timestamp) { Repeats = IsTimestampRepeated },
        new("timestamp", On.Derived, (_, ref e) => ref e.Timestamp)
            { Repeats = IsTimestampRepeated, Since = 7 },
        new("timestamp", On.SepaOrder, (_, ref e) => ref e.Timestamp)
            { Repeats = (_, _, _, _, _) => true },
        new("to", On.Moving | On.Refund | On.Grant, (_, ref e) => ref e.To)
            { DecidedIn = On.Derived },
        new("total", On.Reminder, (b, ref e) => ref b.Billing(e).Gross) { IsResult = true },
        new("treatment", On.Customer, (b, ref e) => ref b.Billing(e).Treatment),
        new("type", On.All, As.Kind),
        new("unit", On.Charge, (b, ref e) => ref b.Billing(e).Unit),
        new("unit", On.Subscription, (b, ref e) => ref b.Billing(e).Unit) { Since = 9 },
        new("unit_price", On.Charge, (b, ref e) => ref b.Billing(e).UnitPrice)
            { Encoding = As.Decimal, Has = HasUnitPrice },
        new("unit_price", On.Subscription, (b, ref e) => ref b.Billing(e).UnitPrice)
            { Encoding = As.Decimal, Has = HasUnitPrice, Since = 9 },
        new("url", On.Site, (b, ref e) => ref b.Site(e).Url),
        new("valid_until", On.Quote, (b, ref e) => ref b.Billing(e).Due) { Encoding = As.Day },
        new("whole", On.Capture | On.CreditNote | On.Chargeback, (_, ref e) => ref e.IsWhole)
            { Field = "amount" },
        new("write_off", On.Payment, (b, ref e) => ref b.Billing(e).IsWriteOff),
        new("zone", On.Party, (b, ref e) => ref b.Billing(e).Zone),
    ];

    private static readonly Member[][] ByKind =
        [.. Enum.GetValues<EntryKind>().Select(kind =>
            Rows.Where(row => row.Kinds.Has(kind)).ToArray())];

    // A transfer, which most requests are, has none; each request is reset before it is decided.
    private static readonly Member[][] DecidedByKind =
        [.. Enum.GetValues<EntryKind>().Select(kind =>
            ByKind[(int)kind].Where(row => row.IsResult || row.DecidedIn.Has(kind)).ToArray())];

    /// <summary>The members of a kind in the order in which they are written.</summary>
    public static ReadOnlySpan<Member> Of(EntryKind kind) => ByKind[(int)kind];

    /// <summary>
    /// The next member that has this name, whatever the kind: an entry's kind comes near its end.
    /// </summary>
    /// <param name="key">The name.</param>
    /// <param name="token">What its value begins with.</param>
    /// <param name="at">The row behind the member before; behind this one afterwards.</param>
    /// <param name="kinds">The kinds that have such a member.</param>
    /// <exception cref="FormatException">No entry has it there.</exception>
    public static Member Next(
        ReadOnlySpan<byte> key, JsonTokenType token, ref int at, out KindSet kinds)
    {
        while (at < Rows.Length && !Rows[at].Is(key, token)) at++;
        if (at == Rows.Length)
        {
            throw new FormatException(
                $"'{Encoding.UTF8.GetString(key)}' is unknown, out of order, or not of its type");
        }
        var found = Rows[at];
        for (kinds = KindSet.None; at < Rows.Length && Rows[at].Is(key, token); at++)
            kinds |= Rows[at].Kinds;
        return found;
    }

    /// <summary>
    /// Whether a request repeats a recorded one: same id, same content (L5).
    /// </summary>
    /// <returns>The name of the first field that differs; null when they are the same.</returns>
    public static string? DifferingField(RequestBatch batch, ref Request request,
        RequestBatch recordedBatch, ref Request recorded)
    {
        if (request.Kind != recorded.Kind) return "type";
        foreach (var member in Of(request.Kind))
        {
            if (!member.IsSame(batch, ref request, recordedBatch, ref recorded))
                return member.Field;
        }
        return null;
    }

    /// <summary>
    /// Takes back what a decision filled in, so that the request can be decided again.
    /// </summary>
    public static void Reset(RequestBatch batch, ref Request request)
    {
        // What was left out comes before the flag that says so, as its name does.
        foreach (var member in DecidedByKind[(int)request.Kind])
            member.Reset(batch, ref request);
    }

    /// <summary>Takes back what only an accepted entry records.</summary>
    public static void ResetResults(RequestBatch batch, ref Request request)
    {
        foreach (var member in DecidedByKind[(int)request.Kind])
            if (member.IsResult) member.Reset(batch, ref request);
    }

    private static ref bool HasUnitPrice(RequestBatch batch, ref Request entry) =>
        ref batch.Billing(entry).HasUnitPrice;

    private static bool IsAmountDecided(RequestBatch batch, Request entry) => entry.Kind switch
    {
        EntryKind.Void or EntryKind.Invoice or EntryKind.Withdrawal or EntryKind.Reminder
            or EntryKind.Quote or EntryKind.QuoteAnswer => true,
        EntryKind.Revert => !entry.IsPart,
        EntryKind.Capture or EntryKind.Chargeback => entry.IsWhole,
        EntryKind.CreditNote => entry.IsWhole || !batch.Billing(entry).Lines.IsEmpty,
        EntryKind.Charge or EntryKind.Subscription =>
            batch.Billing(entry) is { HasUnitPrice: true } or { Price: > 0 },
        _ => false,
    };

    // A default may have changed since; the default asset of the ledger can be named or left out.
    private static bool IsAssetRepeated(bool isSame, RequestBatch batch, Request request,
        RequestBatch recordedBatch, Request recorded)
    {
        ref readonly var terms = ref recordedBatch.Billing(recorded);
        return isSame && !(terms.IsDefaultAsset && !request.AssetGiven.IsEmpty)
            && !(terms.IsNamedAsset && request.AssetGiven.IsEmpty);
    }

    // Today may be another day.
    private static bool IsTimestampRepeated(bool isSame, RequestBatch batch, Request request,
        RequestBatch recordedBatch, Request recorded) =>
        isSame || (!request.Timestamp.IsEmpty && !recorded.Timestamp.IsEmpty
            && Texts.TimestampOf(batch.Bytes(request.Timestamp))
                == Texts.TimestampOf(recordedBatch.Bytes(recorded.Timestamp)));

    private static bool IsDateRepeated(bool isSame, RequestBatch batch, Request request,
        RequestBatch recordedBatch, Request recorded) =>
        isSame || (batch.Billing(request).IsDefaultDate
            && recordedBatch.Billing(recorded).IsDefaultDate);
}
