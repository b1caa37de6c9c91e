using Settle.Local;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A random year of one bookkeeper: after every step all books say the same.</summary>
public sealed class BookkeepersYearTests
{
    private static readonly string[] Customers = ["ann", "bob", "cyd"];
    private static readonly string[] Debtors = ["10000", "10001", "10002"];

    // SKR03: 19 %, 7 %, zero rated, exempt, reverse charge, out of scope, rounding.
    private static readonly string[] Revenue = ["8400", "8300", "8290", "8100", "8337", "8338", "2709"];

    // At 19 %, at 7 %, reverse charge, others.
    private static readonly string[] Discounts = ["8736", "8731", "8741", "8730"];

    // Asked for, paid at 19 %, at 7 %, others.
    private static readonly string[] Deposits = ["1593", "1718", "1711", "1710"];
    private const string Fees = "2700";

    private const string Settled = "#settled";
    private const string Discounted = "#discounted";
    private const string Billed = "#billed ";
    private const string Net = "#net ";

    private static readonly Comparer<KeyValuePair<string, decimal>> ByKey =
        Comparer<KeyValuePair<string, decimal>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    private static readonly string[] Taxes = ["19", "7", "0", "exempt", "out_of_scope"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Statement_invoices_and_ledger_agree_to_the_cent_at_every_step(int seed)
    {
        var random = new Random(seed);
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("year", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await ledger.InitializeAsync("EUR");
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party
            {
                Name = "Bench GmbH", Country = "DE", VatId = "DE123456788", Iban = "DE02120300000000202051", CreditorId = "DE98ZZZ09999999999",
            },
            TaxRates = ["19", "7"], DefaultTax = "19",
            CashDiscounts = [new CashDiscount { Percent = 3, Days = 20 }, new CashDiscount { Percent = 2.25m, Days = 60 }],
        });
        foreach (var customer in Customers)
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
            {
                Customer = customer, Party = new Party
                {
                    Name = customer, Country = "DE", VatId = "DE136695976", Iban = "DE89370400440532013000",
                    Mandate = $"M-{customer}", MandateDate = new DateOnly(2026, 1, 1),
                },
                Treatment = customer == "cyd" ? TaxTreatment.ReverseCharge : null,
            });
        }
        var (refused, done, ordered) = (0, 0, new HashSet<string>());
        for (var step = 0; step < 150; step++)
        {
            var before = await MonthEnd.BooksAsync(ledger);
            try
            {
                await ActAsync(ledger, random, step, new DateOnly(2026, 1, 1).AddDays(step * 364 / 150));
                done++;
            }
            catch (SettleException)
            {
                refused++;
                Assert.Equal(before, await MonthEnd.BooksAsync(ledger));
            }
            await AssertSameAsync(ledger);
            if (step % 10 == 9) await OrderAsync(ledger, step, ordered);
        }
        Assert.True(ordered.Count > 5, $"{ordered.Count} ordered");
        Assert.True(done > 60 && refused > 5, $"{done} done, {refused} refused");
        await AssertEveryDayAsync(ledger);
        Assert.Empty((await LedgerVerification.VerifyAsync(store, null,
            TestContext.Current.CancellationToken)).Faults);
    }

    internal static async Task ActAsync(LocalLedger ledger, Random random, int step, DateOnly day)
    {
        var (billing, id) = (ledger.Billing, $"s{step}");
        var customer = Customers[random.Next(Customers.Length)];
        var number = $"2026-{random.Next(1, 12):D6}";
        var other = $"s{random.Next(int.Max(1, step))}";
        var amount = Minor(random.Next(1, 20_000));
        switch (random.Next(23))
        {
            case 0 or 1 or 2:
                await billing.ChargeAsync(new ChargeRequest
                {
                    Id = id, Customer = customer, Description = "desk", Date = day,
                    Amount = step % 2 == 0 ? amount : null,
                    UnitPrice = step % 2 == 0 ? null : random.Next(1, 5000) / 100m,
                    Quantity = step % 2 == 0 ? null : random.Next(1, 8000) / 1000m,
                    Tax = Taxes[random.Next(Taxes.Length)],
                    Discount = random.Next(3) == 0 ? Minor(random.Next(1, 500)) : null,
                    Prices = random.Next(3) == 0 ? PriceKind.Gross : null,
                });
                break;
            case 3 or 4:
                await billing.InvoiceAsync(new InvoiceRunRequest { Id = id, Through = day, Date = day });
                break;
            case 5:
                await billing.CreditAsync(new CreditRequest
                    { Id = id, Invoice = number, Date = day, Amount = random.Next(2) == 0 ? null : amount });
                break;
            case 7:
                await PayEarlyAsync(billing, random, id, day);
                break;
            case 6:
                await billing.PayAsync(new PaymentRequest
                    { Id = id, Customer = customer, Amount = amount, Date = day });
                break;
            case 8:
                await billing.RefundAsync(new RefundRequest
                {
                    Id = id, Customer = customer, Amount = amount, Date = day,
                    Payment = random.Next(2) == 0 ? null : other,
                });
                break;
            case 9:
                await billing.ChargebackAsync(new ChargebackRequest
                {
                    Id = id, Payment = other, Date = day, Fee = Minor(300),
                    Amount = random.Next(2) == 0 ? null : amount,
                });
                break;
            case 10:
                await billing.PayAsync(new PaymentRequest
                    { Id = id, Invoice = number, Amount = amount, WriteOff = true, Date = day });
                break;
            case 16:
                await billing.WithdrawAsync(other, id);
                break;
            case 17 or 18 or 19 or 20:
                await DepositAsync(billing, random, (id, customer, number), amount, day);
                break;
            case 21 or 22:
                await RemindAsync(billing, random, id, number, day);
                break;
            default:
                await CorrectAsync(billing, random, (id, customer, number), amount, day);
                break;
        }
    }

    private static Task RemindAsync(IBilling billing, Random random, string id, string number, DateOnly day) =>
        random.Next(2) == 0 ? billing.RemindAsync(new ReminderRunRequest { Id = id, Date = day })
            : billing.HoldRemindersAsync(new ReminderHoldRequest
                { Id = id, Invoice = number, Released = random.Next(2) == 0, Date = day });

    // A deposit is asked for, paid whole, and settled.
    private static async Task DepositAsync(IBilling billing, Random random,
        (string Id, string Customer, string Number) of, Money amount, DateOnly day)
    {
        var (id, customer, number) = of;
        var deposits = (await billing.ListInvoicesAsync(new InvoiceQuery { Limit = 1000 })).Items
            .Where(invoice => invoice is { Kind: InvoiceType.Deposit, SettledBy: null }).ToList();
        switch (random.Next(4))
        {
            case 0:
                await billing.ChargeAsync(new ChargeRequest
                {
                    Id = id, Customer = customer, Description = "deposit", Date = day, Deposit = true,
                    Amount = amount, Tax = Taxes[random.Next(Taxes.Length)],
                    Prices = random.Next(3) == 0 ? PriceKind.Gross : null,
                });
                break;
            case 1 when deposits.Find(invoice => !invoice.Open.IsZero) is { } open:
                await billing.PayAsync(new PaymentRequest
                {
                    Id = id, Invoice = open.Number, Date = day,
                    Amount = random.Next(3) == 0 ? Minor(1 + random.Next((int)open.Open.Units)) : open.Open,
                });
                break;
            default:
                var paid = deposits.FindLast(invoice => invoice.Open.IsZero && invoice.Status == InvoiceStatus.Paid);
                if (paid is not null && random.Next(3) > 0)
                {
                    await billing.ChargeAsync(new ChargeRequest
                    {
                        Id = $"{id}-work", Customer = paid.Customer, Description = "work", Date = day,
                        Amount = Minor((long)paid.Amount.Units + random.Next(500)),
                    });
                }
                await billing.InvoiceAsync(new InvoiceRunRequest
                {
                    Id = id, Through = day, Date = day, Customer = paid?.Customer ?? customer,
                    Settles = [paid?.Number ?? number],
                });
                break;
        }
    }

    private static async Task PayEarlyAsync(IBilling billing, Random random, string id, DateOnly day)
    {
        var offers = (await billing.ListInvoicesAsync(new InvoiceQuery { Limit = 1000, Status = InvoiceStatus.Open }))
            .Items.Where(invoice => invoice.CashDiscounts is not null).ToList();
        if (offers.Count == 0) return;
        var invoice = offers[random.Next(offers.Count)];
        var offer = invoice.CashDiscounts![random.Next(invoice.CashDiscounts.Count)];
        await billing.PayAsync(new PaymentRequest
            { Id = id, Invoice = invoice.Number, Amount = Minor((long)offer.Payable.Units), Date = day });
    }

    // An order moves no money, is of what is open, and has nothing that another one has.
    private static async Task OrderAsync(LocalLedger ledger, int step, HashSet<string> ordered)
    {
        var books = await MonthEnd.BooksAsync(ledger);
        var debits = await ledger.Billing.DebitAsync(new DebitRequest { Id = $"d{step}", Through = new DateOnly(2026, 12, 31) });
        foreach (var item in debits.Orders.SelectMany(order => order.Items))
        {
            Assert.True(ordered.Add(item.Number), $"{item.Number} is collected twice");
            Assert.Equal((await ledger.Billing.GetInvoiceAsync(item.Number))!.Open, item.Amount);
        }
        var payouts = await ledger.Billing.PayOutAsync(new PayoutRequest { Id = $"o{step}", From = new DateOnly(2026, 1, 1) });
        foreach (var item in payouts.Orders.SelectMany(order => order.Items))
        {
            Assert.True(ordered.Add(item.Number), $"{item.Number} is paid twice");
            Assert.Equal((await ledger.Billing.GetRefundAsync(item.Number))!.Amount, item.Amount);
        }
        Assert.Equal(books, await MonthEnd.BooksAsync(ledger));
    }

    // Credits of lines, bills again, subscriptions.
    private static async Task CorrectAsync(IBilling billing, Random random,
        (string Id, string Customer, string Number) of, Money amount, DateOnly day)
    {
        var (id, customer, number) = of;
        switch (random.Next(5))
        {
            case 0 or 1:
                await billing.CreditAsync(new CreditRequest
                    { Id = id, Invoice = number, Date = day, Lines = Lines(random), Rebill = random.Next(4) == 0 });
                break;
            case 2:
                await billing.CreditAsync(new CreditRequest { Id = id, Invoice = number, Date = day, Rebill = true });
                break;
            case 3:
                await billing.SubscribeAsync(new SubscriptionRequest
                {
                    Id = id, Customer = customer, Amount = amount, Description = "membership", Start = day,
                    Tax = Taxes[random.Next(Taxes.Length)],
                });
                break;
            default:
                var known = (await billing.ListSubscriptionsAsync(new PageQuery())).Items;
                await billing.EndSubscriptionAsync(known.Count == 0 ? "none"
                    : known[random.Next(known.Count)].Id, day.AddDays(random.Next(-20, 20)), id);
                break;
        }
    }

    private static CreditLine[] Lines(Random random) => [.. Enumerable.Range(1, random.Next(1, 3)).Select(_ => random.Next(1, 4))
        .Distinct().Select(line => new CreditLine
        {
            Line = line, Quantity = random.Next(2) == 0 ? null : random.Next(1, 3000) / 1000m,
        })];

    private static async Task AssertSameAsync(LocalLedger ledger)
    {
        var (expected, deposits) = await ExpectedAsync(ledger);
        var deducted = await DeductedAsync(ledger);
        foreach (var (account, sum) in deducted.Where(each => !each.Key.StartsWith('#'))) Add(account, -sum);
        var exports = await YearExports.OfAsync(ledger);
        var balances = (await ledger.ListBalancesAsync())
            .ToDictionary(balance => balance.Account, balance => balance.Amount.Units);
        // The tax of a deposit is on one of two accounts: all of it is due once all is paid.
        foreach (var (account, sum) in expected.Where(each => !each.Key.StartsWith('#')))
            Assert.Equal((account, sum), (account, Balance(account)));
        if (deposits.All(deposit => deposit.SettledBy is not null || deposit.Open.IsZero))
            Assert.DoesNotContain(balances, each => each.Key.StartsWith("deposit-tax:", StringComparison.Ordinal) && each.Value != 0);
        // In the journals what is ours is above zero, so every sign is the other one.
        foreach (var account in balances.Keys.Union(exports.Journal.Keys))
            Assert.Equal((account, -balances.GetValueOrDefault(account)), (account, Cents(exports.Journal.GetValueOrDefault(account))));
        Assert.Equal(exports.HledgerRoots.Order(ByKey), exports.BeancountRoots.Order(ByKey));
        foreach (var (tax, (net, _)) in exports.Taxes)
            Assert.Equal((tax, expected[$"{Net}{tax}"]), (tax, Cents(net)));
        foreach (var (tax, (_, sum)) in exports.Taxes)
            Assert.Equal((tax, Balance($"tax:{tax}") + deducted.GetValueOrDefault($"tax:{tax}")), (tax, Cents(sum)));
        Assert.Equal(deducted.GetValueOrDefault(Discounted), Cents(Discounts.Sum(account => exports.Datev.GetValueOrDefault(account))));
        Assert.Equal(-Cents(Revenue.Concat(Deposits).Sum(account => exports.Datev.GetValueOrDefault(account))) + deducted.GetValueOrDefault("rounding"),
            Customers.Aggregate(-expected.GetValueOrDefault(Settled), (sum, customer) => sum + expected.GetValueOrDefault($"{Billed}{customer}")));
        Assert.Equal(expected["reminder-fees"], -Cents(exports.Datev.GetValueOrDefault(Fees)));
        foreach (var (customer, debtor) in Customers.Zip(Debtors))
        {
            Assert.Equal(expected.GetValueOrDefault($"{Billed}{customer}"), Cents(exports.Billed.GetValueOrDefault(customer)));
            Assert.Equal(-balances.GetValueOrDefault($"receivable:{customer}"), Cents(exports.Datev.GetValueOrDefault(debtor)));
            var statement = (await ledger.Billing.GetStatementAsync(customer, to: new DateOnly(2999, 1, 1)))!;
            Assert.Equal(-balances.GetValueOrDefault($"receivable:{customer}"), statement.Closing.Units);
            // What was paid too much is all that open invoices and statement can differ by.
            var age = statement.Ageing;
            Assert.Equal(Int128.Max(0, statement.Closing.Units),
                (age.Current + age.Days30 + age.Days60 + age.Days90 + age.Older).Units);
        }

        Int128 Balance(string account) => balances.GetValueOrDefault(account)
            + (account.StartsWith("tax:", StringComparison.Ordinal) ? balances.GetValueOrDefault($"deposit-{account}") : 0);

        void Add(string account, Int128 sum) =>
            expected[account] = expected.GetValueOrDefault(account) + sum;
    }

    /// <summary>What the invoices come to on each account, and the deposit invoices among them.</summary>
    private static async Task<(Dictionary<string, Int128> Expected, List<InvoiceSummary> Deposits)> ExpectedAsync(
        LocalLedger ledger)
    {
        var expected = new Dictionary<string, Int128> { ["deposit-invoices"] = 0, ["reminder-fees"] = 0 };
        var rows = await MonthEnd.InvoicesAsync(ledger);
        var deposits = rows.Where(row => row.Kind == InvoiceType.Deposit).ToDictionary(row => row.Number);
        foreach (var row in rows)
        {
            if (row.Kind == InvoiceType.ReminderFee)
            {
                Add("reminder-fees", row.Amount.Units);
                continue;
            }
            var sign = row.Kind == InvoiceType.CreditNote ? -1 : 1;
            var deposit = deposits.GetValueOrDefault(row.Corrects ?? row.Number);
            var invoice = (await ledger.Billing.GetInvoiceAsync(row.Number))!;
            Assert.Equal(invoice.Net.Units, invoice.Lines.Aggregate((Int128)0, (sum, line) => sum + line.Net.Units));
            Add($"{Billed}{invoice.Customer}", sign * invoice.Amount.Units);
            // What an invoice settles is in its own sums.
            if (deposit?.SettledBy is not null)
            {
                Add(Settled, sign * invoice.Amount.Units);
                continue;
            }
            Add(deposit is null ? "revenue" : "deposit-invoices", sign * invoice.Net.Units);
            Add("rounding", sign * (invoice.Rounding?.Units ?? 0));
            foreach (var tax in invoice.Taxes)
            {
                if (!tax.Tax.IsZero) Add($"tax:{tax.Category}:{tax.Rate:0.####}", sign * tax.Tax.Units);
                Add($"{Net}{tax.Category}:{tax.Rate:0.####}", sign * tax.Net.Units);
            }
        }
        return (expected, [.. deposits.Values]);

        void Add(string account, Int128 sum) =>
            expected[account] = expected.GetValueOrDefault(account) + sum;
    }

    /// <summary>What cash discounts took of each account, and in all but roundings.</summary>
    private static async Task<Dictionary<string, Int128>> DeductedAsync(LocalLedger ledger)
    {
        var deducted = new Dictionary<string, Int128>();
        var all = new PaymentQuery { Limit = 1000 };
        var parts = (await ledger.Billing.ListPaymentsAsync(all)).Items.Select(each => (each.CashDiscounts, 1))
            .Concat((await ledger.Billing.ListRefundsAsync(all)).Items.Select(each => (each.LostDiscounts, -1)))
            .Concat((await ledger.Billing.ListChargebacksAsync(all)).Items.Select(each => (each.LostDiscounts, -1)));
        foreach (var (discounts, sign) in parts)
        {
            foreach (var part in discounts ?? [])
            {
                Add("rounding", sign * (part.Rounding?.Units ?? 0));
                Add(Discounted, sign * (part.Amount.Units - (part.Rounding?.Units ?? 0)));
                foreach (var tax in part.Taxes)
                {
                    Add("revenue", sign * tax.Net.Units);
                    if (!tax.Tax.IsZero) Add($"tax:{tax.Category}:{tax.Rate:0.####}", sign * tax.Tax.Units);
                }
            }
        }
        return deducted;

        void Add(string account, Int128 sum) => deducted[account] = deducted.GetValueOrDefault(account) + sum;
    }

    // Through each day, the statement says what the journal comes to.
    private static async Task AssertEveryDayAsync(LocalLedger ledger)
    {
        var exports = await YearExports.OfAsync(ledger);
        foreach (var customer in Customers)
        {
            for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
            {
                var statement = (await ledger.Billing.GetStatementAsync(customer, to: day))!;
                Assert.Equal((customer, day, Cents(exports.Owed(customer, day))), (customer, day, statement.Closing.Units));
            }
        }
    }

    private static Int128 Cents(decimal amount) => (Int128)(amount * 100);
}
