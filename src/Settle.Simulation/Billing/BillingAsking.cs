using Settle.Local;
using Settle.Views;

namespace Settle.Simulation;

/// <summary>Asks a ledger's billing in its own words.</summary>
internal static class BillingAsking
{
    public static async Task<Reply[]> AskAsync(LocalLedger ledger, IReadOnlyList<Wish> wishes)
    {
        if (wishes.Count == 1)
            return [await AskAsync(ledger.Billing, wishes[0]).ConfigureAwait(false)];
        var requests = wishes.Select(Charge).ToArray();
        var verdicts = await ledger.Billing.ChargeBatchAsync(requests).ConfigureAwait(false);
        return [.. verdicts.Select(verdict => new Reply(ReplyKind.Verdict,
            verdict.Refusal.Text(), verdict.Block, verdict.Replayed))];
    }

    private static async Task<Reply> AskAsync(IBilling billing, Wish wish)
    {
        switch (wish.Kind)
        {
            case WishKind.Seller:
                var seller = await billing.PutSellerAsync(Seller(wish)).ConfigureAwait(false);
                return Done(seller.Block, seller.Replayed);
            case WishKind.Customer:
                var customer = await billing.PutCustomerAsync(Customer(wish)).ConfigureAwait(false);
                return Done(customer.Block, customer.Replayed);
            case WishKind.Charge:
                var charge = await billing.ChargeAsync(Charge(wish)).ConfigureAwait(false);
                return Done(charge.Block, charge.Replayed);
            case WishKind.Subscription:
                var made = await billing.SubscribeAsync(Subscription(wish)).ConfigureAwait(false);
                return Done(0, made.Replayed);
            case WishKind.SubscriptionEnd:
                var ended = await billing.EndSubscriptionAsync(wish.Bill!.Subscription,
                    wish.Bill.End!.Value, wish.Id).ConfigureAwait(false);
                return Done(0, ended.Replayed);
            case WishKind.Reprice:
                var repriced = await billing.RepriceSubscriptionAsync(wish.Bill!.Subscription,
                    Reprice(wish)).ConfigureAwait(false);
                return Done(0, repriced.Replayed);
            case WishKind.CreditNote:
                return await CreditAsync(billing, wish).ConfigureAwait(false);
            case WishKind.Payment:
                var payment = await billing.PayAsync(Payment(wish)).ConfigureAwait(false);
                return Done(payment.Block, payment.Replayed) with
                {
                    Told = Told(payment.Allocations),
                };
            case WishKind.Reminders:
                return await RemindAsync(billing, wish).ConfigureAwait(false);
            case WishKind.ReminderHold:
                var hold = await billing.HoldRemindersAsync(new ReminderHoldRequest
                {
                    Id = wish.Id, Invoice = wish.Reference, Released = wish.Bill!.IsReleased,
                }).ConfigureAwait(false);
                return Done(hold.Block, hold.Replayed);
            case WishKind.Quote:
                var quote = await billing.QuoteAsync(Quote(wish)).ConfigureAwait(false);
                return Done(quote.Block, quote.Replayed);
            case WishKind.QuoteAnswer:
                return await AnswerAsync(billing, wish).ConfigureAwait(false);
            case WishKind.Opening:
                var brought = await billing.BringInvoiceAsync(Opening(wish)).ConfigureAwait(false);
                return Done(brought.Block, brought.Replayed);
            case WishKind.Refund:
                var refund = await billing.RefundAsync(Refund(wish)).ConfigureAwait(false);
                return Done(refund.Block, refund.Replayed) with { Told = Told(refund.Reopened) };
            case WishKind.Chargeback:
                var taken = await billing.ChargebackAsync(Chargeback(wish)).ConfigureAwait(false);
                return Done(taken.Block, taken.Replayed) with { Told = Told(taken.Reopened) };
            case WishKind.Withdrawal:
                var withdrawn = await billing.WithdrawAsync(wish.Reference, wish.Id)
                    .ConfigureAwait(false);
                return Done(0, withdrawn.Replayed);
            case WishKind.Debit or WishKind.Payout or WishKind.SepaCancel:
                return await SepaAsking.AskAsync(billing, wish).ConfigureAwait(false);
            default:
                return await RunAsync(billing, wish).ConfigureAwait(false);
        }
    }

    private static async Task<Reply> AnswerAsync(IBilling billing, Wish wish)
    {
        var answer = new QuoteAnswerRequest
        {
            Id = wish.Id, Date = wish.Bill!.Date, Late = wish.Bill.IsLate,
        };
        var answered = await (wish.Bill.IsDeclined
            ? billing.DeclineQuoteAsync(wish.Reference, answer)
            : billing.AcceptQuoteAsync(wish.Reference, answer)).ConfigureAwait(false);
        return Done(0, answered.Replayed);
    }

    // One that could not be sent is refused before it is anything.
    private static async Task<Reply> CreditAsync(IBilling billing, Wish wish)
    {
        try
        {
            var note = await billing.CreditAsync(CreditNote(wish)).ConfigureAwait(false);
            return Done(note.Block, note.Replayed) with
            {
                Told = string.Create(CultureInfo.InvariantCulture,
                    $"{note.Number} {note.Net.Units} {note.Tax.Units} {note.Amount.Units}"),
            };
        }
        catch (InvoiceRuleException e)
        {
            return new Reply(ReplyKind.Run, e.Message);
        }
    }

    private static async Task<Reply> RunAsync(IBilling billing, Wish wish)
    {
        try
        {
            var run = await billing.InvoiceAsync(new InvoiceRunRequest
            {
                Id = wish.Id, Through = wish.Bill!.Through, Date = wish.Bill.Date,
                Customer = NullIfNone(wish.Bill.Customer), DryRun = wish.Bill.IsDryRun,
                Settles = wish.Bill.Settles.Count == 0 ? null : wish.Bill.Settles,
            }).ConfigureAwait(false);
            var newest = run.Invoices.Select(invoice => invoice.Block).DefaultIfEmpty().Max();
            return new Reply(ReplyKind.Run, "", newest) { Run = run };
        }
        catch (RejectedException e)
        {
            return new Reply(ReplyKind.Run, e.Code, e.Block);
        }
    }

    private static async Task<Reply> RemindAsync(IBilling billing, Wish wish)
    {
        try
        {
            var run = await billing.RemindAsync(new ReminderRunRequest
            {
                Id = wish.Id, Date = wish.Bill!.Date, Customer = NullIfNone(wish.Bill.Customer),
                DryRun = wish.Bill.IsDryRun,
            }).ConfigureAwait(false);
            return new Reply(ReplyKind.Run, "") { Reminders = run };
        }
        catch (RejectedException e)
        {
            return new Reply(ReplyKind.Run, e.Code, e.Block);
        }
    }

    private static Reply Done(long block, bool replayed) =>
        new(ReplyKind.Verdict, "", block, replayed);

    private static SellerRequest Seller(Wish wish) => new()
    {
        Id = wish.Id, TaxRates = wish.Bill!.TaxRates, DefaultTax = wish.Bill.Tax,
        FirstNumbers = wish.Bill.FirstNumbers,
        Dunning = wish.Bill.Levels.Count == 0 ? null : new DunningSettings
        {
            Levels = [.. wish.Bill.Levels.Select(level => new ReminderLevel
            {
                Days = level.Days,
                Fee = level.Fee == 0 ? null : Money.InLedgersScale(level.Fee, null),
            })],
        },
        CashDiscounts = wish.Bill.CashDiscount.Length == 0
            ? null : DiscountViews.Read(wish.Bill.CashDiscount),
        Party = new Party
        {
            Name = wish.Bill.Name, Country = "DE", VatId = "DE123456788",
            Iban = "DE89370400440532013000", CreditorId = "DE98ZZZ09999999999",
        },
    };

    private static CustomerRequest Customer(Wish wish) => new()
    {
        Id = wish.Id, Customer = wish.Bill!.Customer,
        Treatment = wish.Bill.Treatment is { } word ? Enum.Parse<TaxTreatment>(
            word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true) : null,
        TermsDays = wish.Bill.TermsDays, Asset = wish.Asset,
        NoReminders = wish.Bill.IsNotReminded,
        CashDiscounts = wish.Bill.CashDiscount.Length == 0
            ? null : DiscountViews.Read(wish.Bill.CashDiscount),
        Party = new Party
        {
            Name = wish.Bill.Name, Country = "AT", VatId = "ATU12345675",
            Iban = "AT611904300234573201", Mandate = wish.Bill.Name,
            MandateDate = new DateOnly(2025, 1, 1),
        },
    };

    private static ChargeRequest Charge(Wish wish) => new()
    {
        Id = wish.Id, Customer = wish.Bill!.Customer, Description = "x", Asset = wish.Asset,
        Amount = Amount(wish), Date = wish.Bill.Date, Deposit = wish.Bill.IsDeposit,
        Tax = wish.Bill.Tax, Prices = wish.Bill.IsGross ? PriceKind.Gross : null,
        Quantity = wish.Amount == 0 ? wish.Bill.Quantity / 1000m : null,
        UnitPrice = wish.Amount == 0 ? wish.Bill.UnitPrice / 1000m : null,
        Discount = Discount(wish),
    };

    private static QuoteRequest Quote(Wish wish) => new()
    {
        Id = wish.Id, Customer = wish.Bill!.Customer, Date = wish.Bill.Date,
        ValidUntil = wish.Bill.Due == default ? null : wish.Bill.Due,
        Lines = [.. wish.Bill.Offers.Select(amount => new QuoteLine
        {
            Amount = Money.InLedgersScale(amount, null), Description = "x", Tax = wish.Bill.Tax,
            Prices = wish.Bill.IsGross ? PriceKind.Gross : null,
        })],
    };

    private static SubscriptionRequest Subscription(Wish wish) => new()
    {
        Id = wish.Id, Subscription = wish.Bill!.Subscription, Customer = wish.Bill.Customer,
        Amount = Amount(wish), Description = "x", Tax = wish.Bill.Tax,
        Quantity = wish.Amount == 0 ? wish.Bill.Quantity / 1000m : null,
        UnitPrice = wish.Amount == 0 ? wish.Bill.UnitPrice / 1000m : null,
        Discount = Discount(wish),
        Prices = wish.Bill.IsGross ? PriceKind.Gross : null,
        Every = wish.Bill.Every.Length == 0 ? null
            : Words<BillingInterval>.Parse(wish.Bill.Every),
        Anchor = wish.Bill.Anchor, Start = wish.Bill.Start, End = wish.Bill.End,
    };

    private static RepriceRequest Reprice(Wish wish) => new()
    {
        Id = wish.Id, From = wish.Bill!.Start, Amount = Amount(wish), Discount = Discount(wish),
        Quantity = wish.Amount == 0 ? wish.Bill.Quantity / 1000m : null,
        UnitPrice = wish.Amount == 0 ? wish.Bill.UnitPrice / 1000m : null,
    };

    private static CreditRequest CreditNote(Wish wish) => new()
    {
        Id = wish.Id, Invoice = wish.Reference, Rebill = wish.Bill!.Rebill,
        Amount = Amount(wish),
        Lines = wish.Bill.Lines.Count == 0 ? null : [.. wish.Bill.Lines.Select(Line)],
    };

    private static CreditLine Line((int Line, long Quantity) line) => new()
    {
        Line = line.Line, Quantity = line.Quantity == 0 ? null : line.Quantity / 1000m,
    };

    private static OpeningInvoiceRequest Opening(Wish wish) => new()
    {
        Id = wish.Id, Number = wish.Reference, Customer = wish.Bill!.Customer,
        Date = wish.Bill.Date!.Value, Due = wish.Bill.Due, Asset = wish.Asset,
        Amount = Money.InLedgersScale(
            wish.Bill.Gross == 0 ? wish.Amount : wish.Bill.Gross, wish.Asset),
        Open = wish.Bill.Gross == 0 ? null : Money.InLedgersScale(wish.Amount, wish.Asset),
    };

    private static RefundRequest Refund(Wish wish) => new()
    {
        Id = wish.Id, Customer = wish.Bill!.Customer, Payment = NullIfNone(wish.Reference),
        Amount = Money.InLedgersScale(wish.Amount, null), Date = wish.Bill.Date,
    };

    private static ChargebackRequest Chargeback(Wish wish) => new()
    {
        Id = wish.Id, Payment = wish.Reference, Amount = Amount(wish), Date = wish.Bill!.Date,
        Fee = wish.Bill.Fee == 0 ? null : Money.InLedgersScale(wish.Bill.Fee, null),
    };

    private static PaymentRequest Payment(Wish wish) => new()
    {
        Id = wish.Id, Customer = NullIfNone(wish.Bill!.Customer),
        Amount = Money.InLedgersScale(wish.Amount, wish.Asset),
        Invoice = NullIfNone(wish.Reference), From = NullIfNone(wish.From),
        Date = wish.Bill.Date, WriteOff = wish.Bill.WriteOff,
    };

    private static string Told(IReadOnlyList<PaymentAllocation> invoices) =>
        string.Join(' ', invoices.Select(part => string.Create(
            CultureInfo.InvariantCulture, $"{part.Number} {part.Amount.Units}")));

    private static Money? Amount(Wish wish) =>
        wish.Amount == 0 ? null : Money.InLedgersScale(wish.Amount, null);

    private static Money? Discount(Wish wish) =>
        wish.Bill!.Discount == 0 ? null : Money.InLedgersScale(wish.Bill.Discount, null);

    private static string? NullIfNone(string text) => text.Length == 0 ? null : text;
}
