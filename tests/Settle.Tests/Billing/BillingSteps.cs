using System.Globalization;
using Settle.Tests.Rules;
using Settle.Views;

namespace Settle.Tests.Invoicing;

/// <summary>The words of a table of billing.</summary>
internal static class BillingSteps
{
    public static DateOnly Day(TableStep step) =>
        DateOnly.ParseExact(step.Word(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // seller 19 7 series A- country PL currency EUR, seller small number 12/345
    public static SellerRequest Seller(TableStep step)
    {
        var request = new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
            Zone = "Europe/Berlin",
        };
        while (!step.IsOver)
        {
            var party = request.Party;
            request = step.Word() switch
            {
                "series" => request with { Series = step.Word() },
                "first" => request with { FirstNumbers = [.. request.FirstNumbers ?? [], step.Word()] },
                "discount" => request with { CashDiscounts = DiscountViews.Read(step.Word()) },
                "dun" => request with { Dunning = Dunning(step.Word(), request.Dunning) },
                "flat" => request with { Dunning = request.Dunning! with { FlatFee = Minor(step.Amount()) } },
                "minimum" => request with { Dunning = request.Dunning! with { Minimum = Minor(step.Amount()) } },
                "default" => request with { DefaultTax = step.Word() },
                "country" => request with { Party = party with { Country = step.Word(), VatId = null } },
                "currency" => request with { Party = party with { TaxCurrency = step.Word() } },
                "small" => request with { Party = party with { SmallBusiness = true, VatId = null } },
                "number" => request with { Party = party with { TaxNumber = step.Word(), VatId = null } },
                "because" => request with { Party = party with { Exemption = step.Word() } },
                "code" => request with { Party = party with { ExemptionCode = step.Word() } },
                "creditor" => request with
                {
                    Party = party with { Iban = "DE02120300000000202051", CreditorId = step.Word() },
                },
                var rate => request with { TaxRates = [.. request.TaxRates, rate] },
            };
        }
        return request with
        {
            DefaultTax = request.DefaultTax ?? (request.TaxRates.Count > 0 ? request.TaxRates[0] : null),
        };
    }

    // 7/21=5.00/35=10.00
    private static DunningSettings Dunning(string text, DunningSettings? known) =>
        (known ?? new DunningSettings { Levels = [] }) with
        {
            Levels = [.. text.Split('/').Select(level => level.Split('=')).Select(parts => new ReminderLevel
            {
                Days = int.Parse(parts[0], CultureInfo.InvariantCulture),
                Fee = parts.Length == 1 ? null : Minor(TableStep.AmountOf(parts[1])),
            })],
        };

    // dun d1 on 2026-12-01 only ann
    public static ReminderRunRequest Reminders(TableStep step, bool isDry) => new()
    {
        Id = step.Word(), Date = step.Is("on") ? Day(step) : null, DryRun = isDry,
        Customer = step.Is("only") ? step.Word() : null,
    };

    // 2026-000001 119.00 (S19 100.00+19.00)
    public static string Show(SettledDeposit deposit) => $"{deposit.Number} {Money((long)deposit.Amount.Units)} ("
        + string.Join(' ', deposit.Taxes.Select(tax => $"{tax.Category}{tax.Rate:0.####} "
            + $"{Money((long)tax.Net.Units)}+{Money((long)tax.Tax.Units)}")) + ")";

    // 2026-000001-R2 ann 124.00 (2026-000001 2 119.00, credit 1.00, fee 5.00)
    public static string Show(Reminder reminder) => $"{reminder.Number} {reminder.Customer} "
        + $"{Money((long)reminder.Total.Units)} (" + string.Join(", ", reminder.Invoices.Select(item =>
            $"{item.Number} {item.Level} {Money((long)item.Open.Units)}"))
        + (reminder.Credit is { } credit ? $", credit {Money((long)credit.Units)}" : "")
        + (reminder.Fee is { } fee ? $", fee {Money((long)fee.Units)}" : "") + ")"
        + (reminder.Replayed ? " again" : "");

    // customer ann reverse_charge 30d zone Europe/Paris asset USD
    public static CustomerRequest Customer(TableStep step)
    {
        var name = step.Word();
        var request = new CustomerRequest
        {
            Customer = name, Party = new Party
            {
                Name = name.ToUpperInvariant(), Country = "DE",
                VatId = step.Is("private") ? null : "DE136695976",
            },
        };
        while (!step.IsOver)
        {
            if (step.SpanIfAny() is { } terms) request = request with { TermsDays = terms.Days };
            else if (step.Is("discount")) request = request with { CashDiscounts = DiscountViews.Read(step.Word()) };
            else if (step.Is("unreminded")) request = request with { NoReminders = true };
            else if (step.Is("zone")) request = request with { Zone = step.Word() };
            else if (step.Is("asset")) request = request with { Asset = step.Word() };
            else if (step.Is("mandate")) request = request with { Party = WithMandate(request.Party, step) };
            else if (step.Is("id")) request = request with { Id = step.Word() };
            else request = request with { Treatment = Words<TaxTreatment>.Parse(step.Word()) };
        }
        return request;
    }

    // mandate M-1 since 2026-01-02 one_off b2b
    private static Party WithMandate(Party party, TableStep step)
    {
        party = party with
        {
            Iban = "DE89370400440532013000", Mandate = step.Word(),
            MandateDate = step.Is("since") ? Day(step) : new DateOnly(2026, 1, 2),
        };
        if (step.Is("one_off")) party = party with { MandateType = "one_off" };
        return step.Is("b2b") ? party with { MandateScheme = "b2b" } : party;
    }

    // debit d1 2026-11-30 on 2026-12-01
    public static DebitRequest Debit(TableStep step) => new()
    {
        Id = step.Word(), Through = Day(step), Date = step.Is("on") ? Day(step) : null,
    };

    // payout p1 r1 r2, or payout p1 from 2026-11-01
    public static PayoutRequest Payout(TableStep step)
    {
        var request = new PayoutRequest { Id = step.Word() };
        if (step.Is("from")) return request with { From = Day(step) };
        var refunds = new List<string>();
        while (!step.IsOver) refunds.Add(step.Word());
        return request with { Refunds = refunds };
    }

    public static string Show(SepaRun run) => string.Join("; ", run.Orders
        .Select(order => $"{order.Date:MM-dd}: " + string.Join(", ", order.Items.Select(item =>
            $"{item.Number} {item.Amount.Digits}" + (item.Sequence is { } sequence ? $" {sequence}" : "")))
            + (order.Replayed ? " again" : ""))
        .Concat(run.Skipped.Select(item => $"{item.Number} {item.Code}"))) is { Length: > 0 } text ? text : "nothing";

    // charge c1 ann 10.00 EUR tax 7 gross on 2026-10-05, or 2.5 x 39.90
    public static ChargeRequest Charge(TableStep step)
    {
        var request = new ChargeRequest
            { Id = step.Word(), Customer = step.Word(), Description = "meeting room" };
        var amount = step.Word();
        request = step.Is("x")
            ? request with { Quantity = Decimal(amount), UnitPrice = Decimal(step.Word()) }
            : request with { Amount = Minor(TableStep.AmountOf(amount) )};
        if (step.AssetIfAny() is { } asset) request = request with { Asset = asset };
        while (!step.IsOver)
        {
            request = step.Word() switch
            {
                "tax" => request with { Tax = step.Word() },
                "unit" => request with { Unit = step.Word() },
                "gross" => request with { Prices = PriceKind.Gross },
                "deposit" => request with { Deposit = true },
                "less" => request with { Discount = Minor(step.Amount() )},
                "on" => request with { Date = Day(step) },
                "from" => request with { Start = Day(step) },
                "because" => request with { Exemption = step.Word() },
                "code" => request with { ExemptionCode = step.Word() },
                "at" => request with { Time = DateTimeOffset.Parse(
                    step.Word(), CultureInfo.InvariantCulture) },
                var other => throw new FormatException($"what is '{other}' in: {step.Line}"),
            };
        }
        return request;
    }

    // subscribe desk ann 200.00 from 2026-10-15 to 2026-12-10 every week anchor 2026-10-07, or 3 x 20 less 5.00
    public static SubscriptionRequest Subscription(TableStep step)
    {
        var request = new SubscriptionRequest
        {
            Subscription = step.Word(), Customer = step.Word(), Description = "membership", Start = default,
        };
        var amount = step.Word();
        request = step.Is("x")
            ? request with { Quantity = Decimal(amount), UnitPrice = Decimal(step.Word()) }
            : request with { Amount = Minor(TableStep.AmountOf(amount)) };
        while (!step.IsOver)
        {
            request = step.Word() switch
            {
                "from" => request with { Start = Day(step) },
                "to" => request with { End = Day(step) },
                "less" => request with { Discount = Minor(step.Amount()) },
                "unit" => request with { Unit = step.Word() },
                "gross" => request with { Prices = PriceKind.Gross },
                "every" => request with { Every = Words<BillingInterval>.Parse(step.Word()) },
                "anchor" => request with { Anchor = Day(step) },
                var other => throw new FormatException($"what is '{other}' in: {step.Line}"),
            };
        }
        return request;
    }

    // reprice desk 200.00 from 2026-10-15, or 3 x 20 less 5.00 from 2026-10-15 id v1
    public static (string Subscription, RepriceRequest Request) Reprice(TableStep step)
    {
        var (subscription, amount) = (step.Word(), step.Word());
        var request = new RepriceRequest { From = default };
        request = step.Is("x")
            ? request with { Quantity = Decimal(amount), UnitPrice = Decimal(step.Word()) }
            : request with { Amount = Minor(TableStep.AmountOf(amount)) };
        while (!step.IsOver)
        {
            request = step.Word() switch
            {
                "from" => request with { From = Day(step) },
                "less" => request with { Discount = Minor(step.Amount()) },
                "asset" => request with { Asset = step.Word() },
                "id" => request with { Id = step.Word() },
                var other => throw new FormatException($"what is '{other}' in: {step.Line}"),
            };
        }
        return (subscription, request);
    }

    // credit g1 2026-000001 5.00, or whole, or rebill, or line 2 line 3=1.5
    public static CreditRequest Credit(TableStep step)
    {
        var request = new CreditRequest { Id = step.Word(), Invoice = step.Word() };
        var lines = new List<CreditLine>();
        while (!step.IsOver)
        {
            if (step.Is("on")) request = request with { Date = Day(step) };
            else if (step.Is("rebill")) request = request with { Rebill = true };
            else if (step.Is("line")) lines.Add(Line(step.Word().Split('=')));
            else if (!step.Is("whole")) request = request with { Amount = Minor(step.Amount()) };
        }
        return request with { Lines = lines.Count == 0 ? null : lines };
    }

    private static CreditLine Line(string[] words) => new()
    {
        Line = int.Parse(words[0], CultureInfo.InvariantCulture),
        Quantity = words.Length == 1 ? null : Decimal(words[1]),
    };

    // opening RE-1 ann 119.00 on 2026-09-30 due 2026-10-14 open 50.00
    public static OpeningInvoiceRequest Opening(TableStep step)
    {
        var request = new OpeningInvoiceRequest
        {
            Number = step.Word(), Customer = step.Word(), Amount = Minor(step.Amount()), Asset = step.AssetIfAny(),
            Date = step.Is("on") ? Day(step) : default, Due = step.Is("due") ? Day(step) : default,
        };
        return step.Is("open") ? request with { Open = Minor(step.Amount()) } : request;
    }

    // pay p1 ann 5.00, pay p1 2026-000001 5.00 write-off, pay p1 ann 5.00 from wallet
    public static PaymentRequest Payment(TableStep step)
    {
        var (id, whose, amount) = (step.Word(), step.Word(), step.Amount());
        var isNumber = char.IsAsciiDigit(whose[^1]);
        return new PaymentRequest
        {
            Id = id, Customer = isNumber ? null : whose, Invoice = isNumber ? whose : null,
            Amount = Minor(amount), Asset = step.AssetIfAny(), WriteOff = step.Is("write-off"),
            From = step.Is("from") ? step.Word() : null,
            Date = step.Is("on") ? Day(step) : null,
        };
    }

    // refund b1 ann 5.00, refund b1 ann 5.00 of p1, refund b1 ann 5.00 to wallet
    public static RefundRequest Refund(TableStep step) => new()
    {
        Id = step.Word(), Customer = step.Word(), Amount = Minor(step.Amount()),
        Asset = step.AssetIfAny(), Payment = step.Is("of") ? step.Word() : null,
        To = step.Is("to") ? step.Word() : null, Date = step.Is("on") ? Day(step) : null,
    };

    // chargeback b2 p1, chargeback b2 p1 5.00, chargeback b2 p1 fee 3.00
    public static ChargebackRequest Chargeback(TableStep step)
    {
        var (id, payment) = (step.Word(), step.Word());
        Money? amount = null, fee = null;
        DateOnly? day = null;
        while (!step.IsOver)
        {
            if (step.Is("fee")) fee = Minor(step.Amount());
            else if (step.Is("on")) day = Day(step);
            else amount = Minor(step.Amount());
        }
        return new ChargebackRequest
            { Id = id, Payment = payment, Amount = amount, Fee = fee, Date = day };
    }

    // net 10.00 S19 1.90 rounding 0.01 = 11.91, open 11.91 of it
    public static string Show(Invoice invoice)
    {
        var taxes = string.Concat(invoice.Taxes.Select(tax =>
            $" {tax.Category}{Plain(tax.Rate)} {Money((long)tax.Net.Units)}+{Money((long)tax.Tax.Units)}"));
        var rounding = invoice.Rounding is null ? "" : $" rounding {Money((long)(invoice.Rounding?.Units ?? 0))}";
        return $"{Money((long)invoice.Net.Units)}{taxes}{rounding} = {Money((long)invoice.Amount.Units)} "
            + $"{Words<InvoiceStatus>.Of(invoice.Status)} {Money((long)invoice.Open.Units)}";
    }

    // EUR/USD=1.25@2026-10-30
    public static ExchangeRate Rate(TableStep step)
    {
        var parts = step.Word().Split('/', '=', '@');
        return new ExchangeRate
        {
            Base = parts[0], Quote = parts[1], Rate = Decimal(parts[2]),
            Date = DateOnly.ParseExact(parts[3], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    // c1 2026-10-16 to 2026-10-31 (16 of 31)
    public static string ShowPeriod(InvoiceLine line) => $"{line.Charge ?? line.Description} "
        + (line.Start is { } start ? $"{start:yyyy-MM-dd} to " : "") + $"{line.Date:yyyy-MM-dd}"
        + (line.ChargedDays is null ? "" : $" ({line.ChargedDays} of {line.MonthDays})");

    // 8.80 EUR at EUR/USD 1.25 of 2026-10-30
    public static string ShowConverted(Invoice invoice) =>
        invoice is not { TaxInCurrency: { } tax, ExchangeRate: { } rate } ? "none"
        : $"{tax} at {rate.Base}/{rate.Quote} {Plain(rate.Rate)} of {rate.Date:yyyy-MM-dd}";

    // E Steuerfrei [VATEX-EU-132-1I]
    public static string ShowReason(InvoiceTax tax) =>
        $"{tax.Category} {tax.Reason}{(tax.ReasonCode is null ? "" : $" [{tax.ReasonCode}]")}";

    public static string Show(InvoiceLine line) =>
        $"{line.Charge ?? line.Description} {Plain(line.Quantity)} x {Plain(line.UnitPrice)}"
        + (line.Discount.IsZero ? "" : $" less {Money((long)line.Discount.Units)}")
        + (line.CreditedBefore is { } before ? $" before {Money((long)before.Units)}" : "")
        + $" = {Money((long)line.Net.Units)} {line.Category}{Plain(line.Rate)}";

    public static string Show(Statement statement)
    {
        var lines = string.Join("; ", statement.Lines.Select(line =>
            $"{line.Date:MM-dd} {Words<StatementLineKind>.Of(line.Kind)} {line.Number} {Money((long)line.Amount.Units)}"));
        var age = statement.Ageing;
        Int128[] parts = [age.Current.Units, age.Days30.Units, age.Days60.Units, age.Days90.Units, age.Older.Units];
        return $"{lines} = {Money((long)statement.Closing.Units)} "
            + $"[{string.Join(' ', parts.Select(part => Money((long)part)))}]";
    }

    // 2% by 11-11: 2.38 less, 116.62
    public static string Show(IReadOnlyList<CashDiscountOffer>? offers) =>
        string.Join(", ", (offers ?? []).Select(offer => $"{Plain(offer.Percent)}% by {offer.Until:MM-dd}: "
            + $"{Money((long)offer.Discount.Units)} less, {Money((long)offer.Payable.Units)}"));

    // , discount 2026-000001 2.38 (S19 2.00+0.38)
    public static string Show(IReadOnlyList<CashDiscountPart>? discounts) =>
        string.Concat((discounts ?? []).Select(part => $", discount {part.Invoice} {Money((long)part.Amount.Units)} ("
            + string.Join(' ', part.Taxes.Select(tax =>
                $"{tax.Category}{Plain(tax.Rate)} {Money((long)tax.Net.Units)}+{Money((long)tax.Tax.Units)}"))
            + (part.Rounding is { } rounding ? $" rounding {Money((long)rounding.Units)})" : ")")));

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Plain(decimal value) =>
        value.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string Money(long minor) =>
        (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
